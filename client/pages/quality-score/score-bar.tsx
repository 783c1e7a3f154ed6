import type { QualityScore } from '../../statistics/quality-score.ts';

interface ScoreBarProps {
  readonly score: QualityScore;
  /** With the rates of the year before. */
  readonly before?: number | null;
  readonly standard: number | null;
}

/** The score from 0 to 100 with all that it could be, and the standard. The answer says the numbers in words. */
export function ScoreBar({ score: { value, low, high }, before = null, standard }: ScoreBarProps) {
  const at = (percent: number) => `${percent}%`;
  return (
    <div className="score-bar" aria-hidden="true">
      <div className="score-words">
        {standard !== null && <span style={{ left: at(standard) }}>standard {standard}</span>}
      </div>
      <div className="score-line">
        <span className="score-range" style={{ left: at(low), width: at(high - low) }} />
        {standard !== null && <span className="score-standard" style={{ left: at(standard) }} />}
        {before !== null && <span className="score-dot before" style={{ left: at(before) }} />}
        {value !== null && <span className="score-dot" style={{ left: at(value) }} />}
      </div>
      <div className="score-words">
        {low > 15 && <span style={{ left: 0 }}>0</span>}
        {high < 85 && <span style={{ left: '100%' }}>100</span>}
        <span style={{ left: at(low) }}>{Math.round(low)} at worst</span>
        <span style={{ left: at(high) }}>{Math.round(high)} at best</span>
      </div>
    </div>
  );
}
