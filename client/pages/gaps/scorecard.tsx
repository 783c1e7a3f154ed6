import { Link } from '@tanstack/react-router';
import { isRecorded, NOT_RECORDED, type ServedMetric } from '#contract/metric';
import { caveatsOfAll } from '../../components/caveats.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Figure } from '../../components/figure.tsx';
import { IntervalBar } from '../../components/interval-bar.tsx';
import { Waiting } from '../../components/states.tsx';
import { Judged } from '../../components/verdict.tsx';
import { months } from '../../format/date.ts';
import { noun, plural, sentence, spelled } from '../../format/noun.ts';
import { amount, count, interval, SUPPRESSED } from '../../format/number.ts';
import { monthsOf } from '../../state/scope.ts';
import { useCatalogue, useScope } from '../../state/use-scope.ts';
import type { Verdict } from '../../statistics/compare.ts';
import { HowComputed } from '../onward.tsx';
import { type Standing, useStandings } from '../standings.ts';
import { openGaps } from './open-gaps.ts';
import { askedBy, toNextStep } from './program.ts';

interface ScorecardProps {
  readonly letter: string;
  readonly measures: readonly ServedMetric[];
  readonly selected: ServedMetric;
}

/** Every measure: its rate, what it is held against, and how many gaps are open. One is chosen for the figures below. */
export function Scorecard({ letter, measures, selected }: ScorecardProps) {
  const scope = useScope();
  const catalogue = useCatalogue();
  const { standings, queries } = useStandings(measures);
  const period = monthsOf(selected, scope, catalogue);
  const sub = `${months(period.from, period.to)}, % of eligible people. Dashed: ${scope.compare}. Choose a measure to see it below.`;
  if (!standings)
    return (
      <Figure letter={letter} title="How each measure stands" sub={sub}>
        <Waiting on={queries} lines={measures.length * 2} />
      </Figure>
    );
  const judged = (verdict: Verdict): number =>
    standings.filter(({ comparison }) => comparison.verdict === verdict).length;
  const [worse, better] = [judged('worse'), judged('better')];
  const finding =
    judged('too early to say') + judged('too few to say') === standings.length
      ? `The year is not over: too early to hold it against ${scope.compare}`
      : `${sentence(spelled(worse, noun('measure')))} ${worse === 1 ? 'is' : 'are'} worse than ${scope.compare}, ${better === 0 ? 'none is better' : `${spelled(better, noun('measure'))} better`}`;
  const program = ({ now: { metric } }: Standing) => askedBy(catalogue.programs, metric, period.to.slice(0, 4));
  const columns: Column<Standing>[] = [
    {
      key: 'measure',
      label: 'Measure',
      show: ({ now }) => (
        <>
          <Link to="." search={(search) => ({ ...search, measure: now.metric.id })} resetScroll={false}>
            {now.metric.title}
          </Link>
          {now.metric.betterIs === 'lower' && <small className="below">lower is better</small>}
        </>
      ),
      by: ({ now }) => now.metric.title,
    },
    {
      key: 'rate',
      label: 'Rate',
      align: 'right',
      show: ({ now: { total, metric } }) =>
        !isRecorded(metric) ? (
          <span className="quiet">not recorded</span>
        ) : total.denominator === 0 ? (
          <span className="quiet">nobody</span>
        ) : total.value === null ? (
          SUPPRESSED
        ) : (
          <>
            <b>{amount(total.value, metric.unit)}</b>
            <small className="below">{interval(total.low, total.high, metric.unit)}</small>
          </>
        ),
      by: ({ now }) => now.total.value,
    },
    { key: 'bar', label: 'On a scale', unlabelled: true, card: 'hide', show: (row) => <Bar {...row} /> },
    {
      key: 'verdict',
      label: `Against ${scope.compare}`,
      card: 'full',
      show: ({ now, comparison }) => isRecorded(now.metric) && <Judged comparison={comparison} />,
    },
    {
      key: 'eligible',
      label: 'Eligible',
      align: 'right',
      show: ({ now }) => (now.total.denominator === null ? SUPPRESSED : count(now.total.denominator)),
      by: ({ now }) => now.total.denominator,
    },
    {
      key: 'open',
      label: 'Open gaps',
      align: 'right',
      show: ({ now }) => {
        const open = openGaps(now.metric, now.total);
        return open !== null ? <b>{count(open)}</b> : isRecorded(now.metric) && SUPPRESSED;
      },
      by: ({ now }) => openGaps(now.metric, now.total),
    },
    {
      key: 'step',
      label: 'To the next ten',
      align: 'right',
      show: ({ now }) => {
        const step = toNextStep(now.metric, now.total);
        return (
          isRecorded(now.metric) &&
          step && (
            <>
              {count(step.people)} <small className="below">for {step.rate} %</small>
            </>
          )
        );
      },
      by: ({ now }) => toNextStep(now.metric, now.total)?.people ?? null,
    },
    { key: 'how', label: 'Definition', unlabelled: true, show: ({ now }) => <HowComputed metric={now.metric} /> },
  ];
  return (
    <Figure
      letter={letter}
      title={finding}
      sub={sub}
      caveats={caveatsOfAll(measures)}
      note={`A gap is open when a person is eligible and the care is not on record. To the next ten: how many must close for the next step of ten points. ${plural(measures.length, noun('rate'))} in all.`}
    >
      <DataTable
        caption="Quality measures"
        columns={columns}
        rows={standings}
        section={(row) => (isRecorded(row.now.metric) ? program(row) : NOT_RECORDED.title) ?? 'Other measures'}
        id={({ now }) => now.metric.id}
        selected={selected.id}
      />
    </Figure>
  );
}

const Bar = ({ now, before }: Standing) =>
  isRecorded(now.metric) &&
  now.total.value !== null && (
    <IntervalBar
      value={now.total.value}
      low={now.total.low}
      high={now.total.high}
      comparator={before.total.value}
      max={100}
    />
  );
