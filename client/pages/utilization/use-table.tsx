import { Link } from '@tanstack/react-router';
import { isRecorded, type ServedMetric } from '#contract/metric';
import { caveatsOfAll } from '../../components/caveats.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Estimate } from '../../components/estimate.tsx';
import { Figure } from '../../components/figure.tsx';
import { Waiting } from '../../components/states.tsx';
import { VerdictMark } from '../../components/verdict.tsx';
import { months } from '../../format/date.ts';
import { topicLabel } from '../../format/label.ts';
import { inWords, sentence } from '../../format/noun.ts';
import { amount, change, unitLabel } from '../../format/number.ts';
import { useScope } from '../../state/use-scope.ts';
import { isBeyondChance } from '../../statistics/compare.ts';
import { HowComputed, See } from '../onward.tsx';
import { seeWords } from '../overview/headline.tsx';
import { type Standing, useStandings } from '../standings.ts';
import Trend from '../trend.tsx';

interface UseTableProps {
  readonly letter: string;
  readonly metrics: readonly ServedMetric[];
  readonly chosen: ServedMetric;
}

/** Every measure of use and cost on one line each; one is chosen for the figures below. */
export function UseTable({ letter, metrics, chosen }: UseTableProps) {
  const { compare, months: period } = useScope();
  const { standings, queries } = useStandings(metrics);
  const columns: Column<Standing>[] = [
    {
      key: 'metric',
      label: 'Measure',
      show: ({ now }) => (
        <>
          <Link to="." search={(search) => ({ ...search, metric: now.metric.id })} resetScroll={false}>
            {now.metric.title}
          </Link>
          <small className="below">{unitLabel(now.metric.unit)}</small>
        </>
      ),
    },
    {
      key: 'value',
      label: 'Value',
      align: 'right',
      show: ({ now: { total, metric } }) => <Estimate of={total} metric={metric} />,
    },
    {
      key: 'trend',
      label: 'Month by month',
      card: 'hide',
      show: ({ now }) => isRecorded(now.metric) && <Trend metric={now.metric} />,
    },
    {
      key: 'change',
      label: 'Change',
      align: 'right',
      show: ({ now, before }) => change(now.total.value, before.total.value, now.metric.unit) ?? '–',
    },
    {
      key: 'verdict',
      label: `Against ${compare}`,
      card: 'full',
      show: ({ comparison: { verdict }, before: { total }, now: { metric } }) => (
        <>
          <VerdictMark verdict={verdict} />
          {total.value !== null && isRecorded(metric) && `, ${amount(total.value, metric.unit)}`}
        </>
      ),
    },
    {
      key: 'onward',
      label: 'Lists and definition',
      unlabelled: true,
      card: 'full',
      show: ({ now }) => (
        <span className="row-acts">
          {now.total.numerator !== 0 && <See metric={now.metric}>{seeWords(now.metric, now.total)}</See>}
          <HowComputed metric={now.metric} />
        </span>
      ),
    },
  ];
  const moved = standings?.filter(({ comparison }) => isBeyondChance(comparison)).length;
  return (
    <Figure
      letter={letter}
      title={
        moved === undefined
          ? 'Use and cost'
          : `${sentence(moved === 0 ? 'none' : inWords(moved))} of ${metrics.filter(isRecorded).length} measures ${moved > 1 ? 'differ' : 'differs'} from ${compare} beyond chance`
      }
      sub={`${months(period.from, period.to)}. Choose a measure to see it below.`}
      caveats={caveatsOfAll(metrics)}
    >
      {standings ? (
        <DataTable
          caption="Use and cost"
          columns={columns}
          rows={standings}
          id={({ now }) => now.metric.id}
          selected={chosen.id}
          section={({ now }) => topicLabel(now.metric.topic)}
        />
      ) : (
        <Waiting on={queries} lines={metrics.length * 3} />
      )}
    </Figure>
  );
}
