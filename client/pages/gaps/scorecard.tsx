import { Link, useSearch } from '@tanstack/react-router';
import { isRecorded, NOT_RECORDED, type ServedMetric } from '#contract/metric';
import type { Benchmark } from '#contract/program';
import { caveatsOfAll } from '../../components/caveats.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { DecileBar } from '../../components/decile-bar.tsx';
import { Estimate } from '../../components/estimate.tsx';
import { Figure } from '../../components/figure.tsx';
import { Arrow } from '../../components/icon.tsx';
import { IntervalBar } from '../../components/interval-bar.tsx';
import { Waiting } from '../../components/states.tsx';
import { Judged } from '../../components/verdict.tsx';
import { months } from '../../format/date.ts';
import { noun, plural, sentence, spelled } from '../../format/noun.ts';
import { count, SUPPRESSED } from '../../format/number.ts';
import { monthsOf } from '../../state/scope.ts';
import { useCatalogue, useScope } from '../../state/use-scope.ts';
import { compare, type Verdict } from '../../statistics/compare.ts';
import { pointsOf } from '../../statistics/quality-score.ts';
import { behindLink, HowComputed } from '../onward.tsx';
import { type Standing, useStandings } from '../standings.ts';
import { openGaps } from './open-gaps.ts';
import { askedBy, askedIn, asPublished, benchmarkOf, type Goal, nameOf, needLabel } from './program.ts';
import { TargetControl, useTargets } from './target.tsx';
import { useGoals } from './worklist-goals.tsx';

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
  const year = period.to.slice(0, 4);
  const targetOf = useTargets(year);
  const goalOf = useGoals(year);
  const all = useSearch({ from: '/app/gaps' }).rates === 'all';
  const program = askedIn(catalogue.programs, year)[0]?.program.title;
  const asked = measures.filter((metric) => askedBy(catalogue.programs, metric, year) !== null);
  const shown =
    all || asked.length === 0 ? measures : measures.filter((one) => asked.includes(one) || one === selected);
  const sub = `${months(period.from, period.to)}, % of eligible people. Bands: deciles of the benchmark, the better the stronger; dashed: ${scope.compare}; upright: the target. Choose a measure to see it below.`;
  if (!standings)
    return (
      <Figure letter={letter} title="How each measure stands" sub={sub}>
        <Waiting on={queries} lines={shown.length * 2} />
      </Figure>
    );
  const judged = (verdict: Verdict): number =>
    standings.filter(({ comparison }) => comparison.verdict === verdict).length;
  const [worse, better] = [judged('worse'), judged('better')];
  const unjudged = judged('too early to say') + judged('too few to say') === standings.length;
  const askedFor = ({ now: { metric } }: Standing) => askedBy(catalogue.programs, metric, year);
  const benchmarkFor = ({ now: { metric } }: Standing) => benchmarkOf(catalogue.programs, metric, year, COLLECTION);
  const [lowest] = standings
    .flatMap((row) => {
      const [benchmark, value] = [benchmarkFor(row), row.now.total.value];
      const { metric } = row.now;
      return benchmark && value !== null && isRecorded(metric)
        ? [{ title: metric.title, decile: pointsOf(value, benchmark).decile }]
        : [];
    })
    .sort((a, b) => a.decile - b.decile);
  const finding = !unjudged
    ? `${sentence(spelled(worse, noun('measure')))} ${worse === 1 ? 'is' : 'are'} worse than ${scope.compare}, ${better === 0 ? 'none is better' : `${spelled(better, noun('measure'))} better`}`
    : judged('too early to say') > 0
      ? `${lowest ? `${lowest.title} stands lowest, in decile ${lowest.decile}; the` : 'The'} year is not over`
      : `Too little is known of ${scope.compare} to hold them against it`;
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
      show: ({ now: { total, metric } }) => <Estimate of={total} metric={metric} />,
      by: ({ now }) => now.total.value,
    },
    {
      key: 'bar',
      label: 'Deciles',
      card: 'hide',
      show: (row) => <Bar {...row} target={targetOf(row.now.metric)} benchmark={benchmarkFor(row)} />,
    },
    {
      key: 'verdict',
      label: `Against ${scope.compare}`,
      card: 'full',
      show: ({ now, comparison }) => isRecorded(now.metric) && <Judged comparison={comparison} />,
    },
    {
      key: 'target',
      label: 'Target',
      align: 'right',
      show: ({ now: { metric, total } }) => {
        const value = targetOf(metric);
        const against = value !== null && compare(total, { label: 'the target', value }, metric);
        return (
          isRecorded(metric) && (
            <>
              <TargetControl metric={metric} year={year} />
              {against && <small className="below">{against.verdict}</small>}
            </>
          )
        );
      },
      by: ({ now: { metric } }) => targetOf(metric),
    },
    {
      key: 'decile',
      label: 'Decile',
      align: 'right',
      show: (row) => {
        const benchmark = benchmarkFor(row);
        const { value, low, high } = row.now.total;
        if (!benchmark || value === null || !isRecorded(row.now.metric)) return null;
        const [one, other] = [low ?? value, high ?? value]
          .map((rate) => pointsOf(rate, benchmark).decile)
          .sort(byNumber);
        return (
          <>
            <b>{pointsOf(value, benchmark).decile}</b>
            {one !== other && (
              <small className="below">
                {one} to {other}
              </small>
            )}
          </>
        );
      },
    },
    {
      key: 'open',
      label: 'Open gaps',
      align: 'right',
      show: ({ now }) => {
        const open = openGaps(now.metric, now.total);
        const eligible = now.total.denominator;
        return (
          <>
            {open !== null ? <Open metric={now.metric} open={open} /> : isRecorded(now.metric) && SUPPRESSED}
            {eligible !== null && <small className="below">of {count(eligible)}</small>}
          </>
        );
      },
      by: ({ now }) => openGaps(now.metric, now.total),
    },
    {
      key: 'need',
      label: needLabel(year, catalogue.dataThrough),
      align: 'right',
      show: (row) => {
        const goal = goalOf(row.now);
        return (
          goal && (
            <>
              {count(goal.people)} <small className="below">{GOALS[goal.kind](goal.rate)}</small>
            </>
          )
        );
      },
      by: ({ now }) => goalOf(now)?.people ?? null,
    },
    { key: 'how', label: 'Definition', unlabelled: true, show: ({ now }) => <HowComputed metric={now.metric} /> },
  ];
  return (
    <Figure
      letter={letter}
      title={finding}
      sub={sub}
      caveats={caveatsOfAll(measures)}
      note={`A gap is open when a person is eligible and the care is not on record. Decile: among those who report a ${COLLECTION}, ten is best; below it where the interval reaches. Last: for the target, else for the next decile, else for the next ten points. ${plural(measures.length, noun('rate'))} in all.`}
      onward={
        <>
          {asked.length > 0 && (
            <Link
              className="link"
              to="."
              search={(search) => ({ ...search, rates: all ? undefined : 'all' })}
              resetScroll={false}
            >
              {all ? `Only those of ${program}` : `Show all ${plural(measures.length, noun('rate'))}`}
            </Link>
          )}
          <Link className="see" to="/quality-score">
            See the quality score
            <Arrow />
          </Link>
        </>
      }
    >
      <DataTable
        caption="Quality measures"
        columns={columns}
        rows={standings.filter(({ now }) => shown.some(({ id }) => id === now.metric.id))}
        section={(row) => {
          const asked = askedFor(row);
          return !isRecorded(row.now.metric) ? NOT_RECORDED.title : asked ? nameOf(asked) : 'Other measures';
        }}
        id={({ now }) => now.metric.id}
        selected={selected.id}
      />
    </Figure>
  );
}

/** How an ACO reports the people whom CMS assigns to it. */
const COLLECTION = 'Medicare CQM';

const GOALS: Record<Goal['kind'], (rate: number) => string> = {
  target: (rate) => `for the target, ${asPublished(rate)}%`,
  decile: (rate) => `for the next decile, ${asPublished(rate)}%`,
  ten: (rate) => `for ${rate}%`,
};

const byNumber = (a: number, b: number): number => a - b;

/** Over the deciles of its benchmark, or on a plain scale where nothing is known of others. */
const Bar = ({
  now: { metric, total },
  before,
  target,
  benchmark,
}: Standing & { target: number | null; benchmark: Benchmark | null }) => {
  if (!isRecorded(metric) || total.value === null) return null;
  const drawn = { value: total.value, low: total.low, high: total.high, comparator: before.total.value, target };
  return benchmark ? (
    <DecileBar {...drawn} starts={benchmark.starts} width={120} />
  ) : (
    <IntervalBar {...drawn} max={100} />
  );
};

/** The number of open gaps; it leads to them. */
function Open({ metric, open }: { metric: ServedMetric; open: number }) {
  const link = behindLink({ metric, part: 'gap' }, useScope());
  return link && open > 0 ? (
    <Link {...link}>
      <b>{count(open)}</b>
      <span className="unseen">{` open gaps: ${metric.title}`}</span>
    </Link>
  ) : (
    <b>{count(open)}</b>
  );
}
