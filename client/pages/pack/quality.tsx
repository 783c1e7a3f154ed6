import { type Column, DataTable } from '../../components/data-table.tsx';
import { Estimate } from '../../components/estimate.tsx';
import { Figure } from '../../components/figure.tsx';
import { Message, Waiting } from '../../components/states.tsx';
import { Judged } from '../../components/verdict.tsx';
import { amount } from '../../format/number.ts';
import { monthsOf } from '../../state/scope.ts';
import { useCatalogue, useScope } from '../../state/use-scope.ts';
import type { Contribution } from '../../statistics/quality-score.ts';
import { type Asked, askedIn, nameOf } from '../gaps/program.ts';
import { useTargets } from '../gaps/target.tsx';
import { ScoreAnswer } from '../quality-score/quality-score.tsx';
import { ScoreBar } from '../quality-score/score-bar.tsx';
import { useScore } from '../quality-score/use-score.ts';
import { barWords, points, standardWords } from '../quality-score/words.ts';
import { Page } from './page.tsx';

const COLLECTION = 'Medicare CQM';

/** The measures of the year's program, with targets, points and the score. */
export function Quality({ number }: { number: number }) {
  const scope = useScope();
  const catalogue = useCatalogue();
  const year = monthsOf({ kind: 'measure' }, scope, catalogue).to.slice(0, 4);
  const [asked] = askedIn(catalogue.programs, year);
  if (asked) return <Scored number={number} asked={asked} />;
  return (
    <Page number={number} question="What would the quality score be?">
      <Message title="No program">
        <p>No program that this product knows scores {year}.</p>
      </Message>
    </Page>
  );
}

function Scored({ number, asked }: { number: number; asked: Asked }) {
  const { year } = asked;
  const { score, before, standingOf, isRunning, queries } = useScore(asked, COLLECTION);
  const targetOf = useTargets(year.year);
  const scored = year.measures.flatMap((measure) => standingOf(measure)?.now.metric ?? []);
  const columns: Column<Contribution>[] = [
    {
      key: 'measure',
      label: 'Measure',
      show: ({ measure }) => (
        <>
          {measure.title}
          <small className="below">
            {measure.qualityId}
            {standingOf(measure)?.now.metric.betterIs === 'lower' && ', lower is better'}
          </small>
        </>
      ),
    },
    {
      key: 'rate',
      label: 'Rate',
      align: 'right',
      show: ({ measure, state }) => {
        const now = standingOf(measure)?.now;
        if (!now || state === 'not recorded') return <span className="quiet">not known here</span>;
        return <Estimate of={now.total} metric={now.metric} />;
      },
    },
    ...(scored.some((metric) => targetOf(metric) !== null)
      ? [
          {
            key: 'target',
            label: 'Our target',
            align: 'right' as const,
            show: ({ measure }: Contribution) => {
              const metric = standingOf(measure)?.now.metric;
              const target = metric ? targetOf(metric) : null;
              return metric && target !== null ? amount(target, metric.unit) : <span className="quiet">none</span>;
            },
          },
        ]
      : []),
    {
      key: 'verdict',
      label: 'Against the comparator',
      show: ({ measure, state }) => {
        const standing = standingOf(measure);
        return standing && state !== 'not recorded' && <Judged comparison={standing.comparison} />;
      },
    },
    { key: 'decile', label: 'Decile', align: 'right', show: ({ scored }) => scored?.decile ?? '–' },
    {
      key: 'points',
      label: 'Points',
      align: 'right',
      show: ({ scored, low, high }) => scored?.points.toFixed(1) ?? <span className="quiet">{`${low}–${high}`}</span>,
      total: () => score && points(score),
    },
  ];
  return (
    <Page number={number} question={`What would the quality score of ${nameOf(asked)} be?`} metrics={scored}>
      {score ? (
        <>
          <ScoreAnswer asked={asked} score={score} before={before} collection={COLLECTION} isRunning={isRunning} />
          <div className="figures">
            <Figure
              letter="D"
              title={standardWords(score, year.standard, isRunning)}
              sub={`Of 100, as ${COLLECTION}.`}
              note={barWords(score, before)}
            >
              <ScoreBar score={score} before={before?.value ?? null} standard={year.standard} />
            </Figure>
            <Figure letter="E" title={`${points(score)} scored here`} sub="Up to 10 for each measure.">
              <DataTable
                caption="Measures of the program"
                columns={columns}
                rows={score.contributions}
                id={({ measure }) => measure.qualityId}
              />
            </Figure>
          </div>
        </>
      ) : (
        <Waiting on={queries} lines={12} />
      )}
    </Page>
  );
}
