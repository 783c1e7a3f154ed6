import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { isRecorded, type ServedMetric } from '#contract/metric';
import { metQuery } from '../../api/metrics.ts';
import { type Course as Told, type Year, yearCourse } from '../../charts/year-course.ts';
import { ChartFigure, Figure } from '../../components/figure.tsx';
import { Message, Waiting } from '../../components/states.tsx';
import { noun, plural } from '../../format/noun.ts';
import { grainNoun } from '../../state/grain.ts';
import { calendarYear, monthsOf } from '../../state/scope.ts';
import { useCatalogue, useScope, useTable } from '../../state/use-scope.ts';
import { HowComputed, See, useOpen } from '../onward.tsx';
import { useAsked, useMetric } from '../use-metric.ts';
import { openGaps } from './open-gaps.ts';
import { asPublished, type Goal } from './program.ts';
import { useGoals } from './worklist-goals.tsx';

interface CourseProps {
  readonly letter: string;
  readonly metric: ServedMetric;
}

const NAMES: Readonly<Record<Goal['kind'], (rate: string) => string>> = {
  target: () => 'the target',
  decile: () => 'the next decile',
  ten: (rate) => `${rate}%`,
};

/** Who had met a measure by each month of the year, and the way that is left to its goal. */
export function Course({ letter, metric }: CourseProps) {
  const { mode } = useScope();
  const title = `${metric.title}: the way to the end of the year`;
  if (mode === 'identified' && isRecorded(metric)) return <Asked letter={letter} metric={metric} title={title} />;
  return (
    <Figure letter={letter} title={title} caveats={metric.caveats}>
      {mode === 'shareable' ? (
        <Message title="Not in shareable mode">
          <p>Months differ by few people, so they are not shared. Switch the mode to Identified to see them.</p>
        </Message>
      ) : (
        <Message title="Not recorded">
          <p>No source here records what this measure asks for.</p>
        </Message>
      )}
    </Figure>
  );
}

function Asked({ letter, metric, title }: CourseProps & { title: string }) {
  const scope = useScope();
  const catalogue = useCatalogue();
  const { dataThrough } = catalogue;
  const table = useTable(letter);
  const openList = useOpen();
  const year = monthsOf(metric, scope, catalogue).to.slice(0, 4);
  const goalOf = useGoals(year);
  const span = { from: `${Number(year) - 1}-01`, to: `${year}-12` };
  const asked = useAsked(metric, [], span);
  const met = useQuery(metQuery(asked));
  const years = useMetric(metric, ['year'], span);
  const now = useMetric(metric);
  const onlyEnds =
    metric.betterIs === 'lower'
      ? 'that something was not done has no date'
      : metric.isDecidedAtEnd
        ? 'its last value, or the whole of the year, decides, so nobody has met it for good before'
        : undefined;
  const goal = now.data ? goalOf(now.data) : null;
  const { rate, people } = goal ?? {};
  const name = goal && NAMES[goal.kind](asPublished(goal.rate));
  const label = goal && (goal.kind === 'ten' ? name : `${asPublished(goal.rate)}%, ${name}`);
  const options = useMemo(
    () => ({
      ...{ metric, noun: grainNoun(metric), onlyEnds },
      goal: rate === undefined || people === undefined || !name || !label ? null : { rate, people, name, label },
    }),
    [metric, onlyEnds, rate, people, name, label],
  );
  const rows = useMemo((): Told | null => {
    if (!met.data || !years.data) return null;
    const known = met.data.filter(({ month }) => month <= dataThrough.slice(0, 7));
    const courseOf = (wanted: string): Year => {
      const cell = years.data.cells.find(({ key }) => key.year === wanted);
      const months = known.filter(({ month }) => month.startsWith(wanted));
      const ends = months.slice(-1).map(({ month }) => ({ month, met: cell?.numerator ?? 0 }));
      return { year: wanted, eligible: cell?.denominator ?? 0, months: onlyEnds === undefined ? months : ends };
    };
    return { now: courseOf(year), before: courseOf(String(Number(year) - 1)) };
  }, [met.data, years.data, dataThrough, year, onlyEnds]);
  const open = now.data ? (openGaps(metric, now.data.total) ?? 0) : 0;
  if (!rows || !now.data)
    return (
      <Figure letter={letter} title={title}>
        <Waiting on={[met, years, now]} lines={8} />
      </Figure>
    );
  return (
    <ChartFigure
      letter={letter}
      chart={yearCourse}
      rows={rows}
      options={options}
      fileName={`${metric.id}-along-the-year`}
      caveats={metric.caveats}
      table={table}
      onSelect={(month) => {
        const { from, to } = calendarYear(month.slice(0, 4));
        openList({ metric, from, month: to, ...(onlyEnds === undefined && { met: month }) });
      }}
      onward={
        <>
          {open > 0 && (
            <See metric={metric} part="gap">
              See the {plural(open, noun('open gap'))}
            </See>
          )}
          <HowComputed metric={metric} />
        </>
      }
    />
  );
}
