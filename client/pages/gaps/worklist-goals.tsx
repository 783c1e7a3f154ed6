import { Link } from '@tanstack/react-router';
import { formatFilter } from '#contract/filter';
import { isRecorded, type ServedMetric } from '#contract/metric';
import type { Cell, MetricResult } from '#contract/result';
import { metricQuery } from '../../api/metrics.ts';
import { useAnswers } from '../../api/use-answers.ts';
import { caveatsOfAll } from '../../components/caveats.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Estimate } from '../../components/estimate.tsx';
import { Figure } from '../../components/figure.tsx';
import { Waiting } from '../../components/states.tsx';
import { day, daysBetween } from '../../format/date.ts';
import { noun, plural, sentence, spelled } from '../../format/noun.ts';
import { amount, count, SUPPRESSED } from '../../format/number.ts';
import { monthsOf } from '../../state/scope.ts';
import { useCatalogue, useScope } from '../../state/use-scope.ts';
import { labelIn } from '../patient-table.tsx';
import { useMetric } from '../use-metric.ts';
import { openGaps } from './open-gaps.ts';
import { benchmarkOf, type Goal, nextGoal, peopleTo } from './program.ts';
import { useTargets } from './target.tsx';

/** The days of the year that are left after the data. */
export function useDaysLeft() {
  const { dataThrough, period } = useCatalogue();
  const end = `${period}-12-31`;
  return { end, days: Math.max(0, daysBetween(dataThrough, end)) };
}

/** What a rate of the scope is to reach: the target of the ACO, the next decile, or the next ten points. */
export function useGoals(year: string): (result: Pick<MetricResult, 'metric' | 'total'>) => Goal | null {
  const { programs } = useCatalogue();
  const targetOf = useTargets(year);
  return ({ metric, total }) =>
    isRecorded(metric)
      ? nextGoal(metric, total, targetOf(metric), benchmarkOf(programs, metric, year, 'Medicare CQM'))
      : null;
}

const KIND: Readonly<Record<Goal['kind'], string>> = {
  target: 'the target',
  decile: 'the next decile',
  ten: 'the next ten points',
};

/** How many gaps must close by the end of the year, for each measure of the scope. */
export function MeasureGoals({ letter, measures }: { letter: string; measures: readonly ServedMetric[] }) {
  const scope = useScope();
  const catalogue = useCatalogue();
  const goalOf = useGoals(catalogue.period);
  const { end, days } = useDaysLeft();
  const recorded = measures.filter(isRecorded);
  const { mode, where } = scope;
  const { answers, failed } = useAnswers(
    recorded.map((metric) => metricQuery({ id: metric.id, ...monthsOf(metric, scope, catalogue), where, mode })),
  );
  const waiting = answers?.filter((result) => (goalOf(result)?.people ?? 0) > 0) ?? [];
  return (
    <Figure
      letter={letter}
      title={
        answers
          ? waiting.length === 0 && answers.some(({ total }) => total.suppressed)
            ? 'What is left to reach is hidden, as the rates are'
            : `${sentence(spelled(waiting.length, noun('rate')))} ${waiting.length === 1 ? 'has' : 'have'} a goal to reach by ${day(end)}`
          : `What is to be reached by ${day(end)}`
      }
      sub={`${left(days)} A goal is the ACO’s target, else the next decile of the benchmark, else the next ten points. Choose a measure to see it by practice.`}
      caveats={caveatsOfAll(recorded)}
    >
      {answers ? (
        <DataTable<MetricResult>
          caption="What each measure needs"
          columns={[
            {
              key: 'measure',
              label: 'Measure',
              show: ({ metric }) => (
                <>
                  <Link to="." search={(search) => ({ ...search, measure: metric.id })} resetScroll={false}>
                    {metric.title}
                  </Link>
                  {metric.betterIs === 'lower' && <small className="below">lower is better</small>}
                </>
              ),
              by: ({ metric }) => metric.title,
            },
            ...standingColumns<MetricResult>((result) => ({ ...result, cell: result.total })),
            ...goalColumns<MetricResult>(
              ({ metric, ...result }) => {
                const goal = goalOf({ metric, ...result });
                return goal && { ...goal, words: KIND[goal.kind] };
              },
              end,
              days,
            ),
          ]}
          rows={answers}
          id={({ metric }) => metric.id}
        />
      ) : (
        <Waiting on={failed} lines={recorded.length} />
      )}
    </Figure>
  );
}

interface PracticeGoalsProps {
  readonly letter: string;
  readonly metric: ServedMetric;
  readonly onClear: () => void;
}

/** How many gaps of one measure must close in each practice to bring it to the goal of all of them. */
export function PracticeGoals({ letter, metric, onClear }: PracticeGoalsProps) {
  const { dimensions, period } = useCatalogue();
  const scope = useScope();
  const answer = useMetric(metric, ['practice']);
  const goal = useGoals(period);
  const { end, days } = useDaysLeft();
  if (!answer.data)
    return (
      <Figure letter={letter} title={metric.title}>
        <Waiting on={[answer]} lines={12} />
      </Figure>
    );
  const aim = goal(answer.data);
  const labelOf = ({ key }: Cell) => labelIn(dimensions, 'practice', key.practice ?? null) ?? 'no practice';
  return (
    <Figure
      letter={letter}
      title={
        aim
          ? `${metric.title}: ${plural(aim.people, noun('gap'))} to close by ${day(end)} for ${amount(aim.rate, metric.unit)}`
          : `${metric.title}: nothing left to reach`
      }
      sub={`${left(days)} ${aim ? `Each practice against ${KIND[aim.kind]} of all of them, ${amount(aim.rate, metric.unit)}.` : ''}`}
      caveats={metric.caveats}
      note={aim && 'Practices past the goal make up for others, so the rows add up to more than all of them need.'}
      onward={
        <button type="button" className="link" onClick={onClear}>
          All measures
        </button>
      }
    >
      <DataTable<Cell>
        caption={`${metric.title}, by practice`}
        columns={[
          {
            key: 'practice',
            label: 'Practice',
            show: (cell) =>
              scope.mode === 'shareable' ? (
                labelOf(cell)
              ) : (
                <Link
                  to="/gaps/worklist"
                  search={{
                    measure: metric.id,
                    where: formatFilter({ ...scope.chosen, practice: [cell.key.practice ?? ''] }),
                  }}
                >
                  {labelOf(cell)}
                </Link>
              ),
            by: labelOf,
          },
          ...standingColumns<Cell>((cell) => ({ metric, cell })),
          ...goalColumns<Cell>(
            (cell) => {
              const people = aim && peopleTo(aim.rate, metric, cell);
              return aim && people !== null ? { ...aim, people, words: KIND[aim.kind] } : null;
            },
            end,
            days,
          ),
        ]}
        rows={answer.data.cells}
        id={({ key }) => key.practice ?? 'none'}
      />
    </Figure>
  );
}

const left = (days: number): string =>
  days === 0
    ? 'The data reach the end of the year.'
    : `${plural(days, noun('day'))} of the year are left after the data.`;

/** Rate, eligible people and open gaps. */
const standingColumns = <Row,>(of: (row: Row) => { metric: ServedMetric; cell: Cell }): Column<Row>[] => [
  {
    key: 'rate',
    label: 'Rate',
    align: 'right',
    show: (row) => {
      const { metric, cell } = of(row);
      return <Estimate of={cell} metric={metric} />;
    },
    by: (row) => of(row).cell.value,
  },
  {
    key: 'eligible',
    label: 'Eligible',
    align: 'right',
    show: (row) => number(of(row).cell.denominator),
    by: (row) => of(row).cell.denominator,
  },
  {
    key: 'open',
    label: 'Open gaps',
    align: 'right',
    show: (row) => number(openGaps(of(row).metric, of(row).cell)),
    by: (row) => openGaps(of(row).metric, of(row).cell),
  },
];

const number = (value: number | null) => (value === null ? SUPPRESSED : count(value));

/** What must close until the end of the year, and how many a week. */
const goalColumns = <Row,>(
  of: (row: Row) => { people: number; rate: number; words: string } | null,
  end: string,
  days: number,
): Column<Row>[] => [
  {
    key: 'more',
    label: `To close by ${day(end)}`,
    align: 'right',
    show: (row) => {
      const goal = of(row);
      if (!goal) return null;
      if (goal.people === 0) return <span className="quiet">reached</span>;
      return (
        <>
          <b>{count(goal.people)}</b>
          <small className="below">
            for {amount(goal.rate, 'percent')}, {goal.words}
          </small>
        </>
      );
    },
    by: (row) => of(row)?.people ?? null,
  },
  {
    key: 'week',
    label: 'A week',
    align: 'right',
    show: (row) => {
      const goal = of(row);
      return goal && goal.people > 0 && days > 0 && count(Math.ceil(goal.people / (days / 7)));
    },
    by: (row) => (days > 0 ? (of(row)?.people ?? null) : null),
  },
];
