import { Link } from '@tanstack/react-router';
import type { Collection, ProgramYear } from '#contract/program';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { DecileBar } from '../../components/decile-bar.tsx';
import { Estimate } from '../../components/estimate.tsx';
import { count } from '../../format/number.ts';
import { useCatalogue } from '../../state/use-scope.ts';
import type { Contribution, QualityScore } from '../../statistics/quality-score.ts';
import { asPublished, needLabel, nextGoal } from '../gaps/program.ts';
import { TargetControl, useTargets } from '../gaps/target.tsx';
import type { Standing } from '../standings.ts';
import { points } from './words.ts';

const WHY: Record<Exclude<Contribution['state'], 'scored'>, string> = {
  'no benchmark': 'No benchmark: leaves the score',
  'too few people': 'Too few people: leaves the score',
  'not recorded': 'Recorded by no source here',
  'not known here': 'Not known here',
};

interface PointsTableProps {
  readonly score: QualityScore;
  readonly standingOf: (measure: Contribution['measure']) => Standing | undefined;
  readonly collection: Collection;
  readonly year: ProgramYear;
}

/** Each measure: its rate over the deciles, its points, and what the next decile or the target takes. */
export function PointsTable({ score, standingOf, collection, year: { year } }: PointsTableProps) {
  const targetOf = useTargets(year);
  const { dataThrough } = useCatalogue();
  const goalOf = ({ measure }: Contribution) => {
    const standing = standingOf(measure);
    if (!standing) return null;
    const { metric, total } = standing.now;
    const benchmark = measure.benchmarks[collection];
    return benchmark ? nextGoal(metric, total, targetOf(metric), benchmark) : null;
  };
  const columns: Column<Contribution>[] = [
    {
      key: 'measure',
      label: 'Measure',
      show: ({ measure }) => {
        const metric = standingOf(measure)?.now.metric;
        return (
          <>
            {metric ? (
              <Link to="/measures/$id" params={{ id: metric.id }}>
                {measure.title}
              </Link>
            ) : (
              measure.title
            )}
            <small className="below">
              quality ID {measure.qualityId}
              {measure.isOutcome && ', outcome measure'}
              {metric?.betterIs === 'lower' && ', lower is better'}
            </small>
          </>
        );
      },
      total: () => (score.value === null ? 'Nothing is scored here' : `Score: ${points(score)}`),
    },
    {
      key: 'rate',
      label: 'Rate',
      align: 'right',
      show: ({ measure, state }) => {
        const now = standingOf(measure)?.now;
        if (!now || state === 'not recorded') return <span className="quiet">–</span>;
        return <Estimate of={now.total} metric={now.metric} />;
      },
    },
    {
      key: 'bar',
      label: 'Among those who report',
      card: 'full',
      show: ({ measure, state }) => {
        const now = standingOf(measure)?.now;
        const benchmark = measure.benchmarks[collection];
        if (state !== 'scored' || !now || now.total.value === null || !benchmark)
          return (
            <span className="quiet">
              {state !== 'scored' && (measure.reportedBy === 'the ACO' ? WHY[state] : `Comes from ${source(measure)}`)}
            </span>
          );
        const { value, low, high } = now.total;
        return <DecileBar starts={benchmark.starts} {...{ value, low, high }} target={targetOf(now.metric)} />;
      },
    },
    {
      key: 'decile',
      label: 'Decile',
      align: 'right',
      show: ({ scored, measure }) =>
        scored && (
          <>
            <b>{scored.decile}</b>
            {measure.benchmarks[collection]?.basis === 'flat' && <small className="below">flat benchmark</small>}
          </>
        ),
      by: ({ scored }) => scored?.decile ?? null,
    },
    {
      key: 'points',
      label: 'Points',
      align: 'right',
      show: ({ scored, low, high, state }) =>
        scored ? (
          <>
            <b>{scored.points.toFixed(1)}</b>
            <small className="below">{low === high ? 'of 10' : `${low.toFixed(1)}–${high.toFixed(1)}`}</small>
          </>
        ) : (
          (state === 'not known here' || state === 'not recorded') && (
            <span className="quiet">
              {low}–{high}
            </span>
          )
        ),
      by: ({ scored }) => scored?.points ?? null,
      total: () => score.value !== null && <b>{`${Math.round(score.value)}\u00a0of\u00a0100`}</b>,
    },
    {
      key: 'target',
      label: 'Target',
      align: 'right',
      show: ({ measure }) => {
        const metric = standingOf(measure)?.now.metric;
        return metric && <TargetControl metric={metric} year={year} />;
      },
    },
    {
      key: 'need',
      label: needLabel(year, dataThrough),
      align: 'right',
      show: (row) => {
        const goal = row.state === 'scored' ? goalOf(row) : null;
        return (
          goal && (
            <>
              {count(goal.people)}
              <small className="below">
                for {asPublished(goal.rate)}%, {goal.kind === 'target' ? 'the target' : 'the next decile'}
              </small>
            </>
          )
        );
      },
      by: (row) => goalOf(row)?.people ?? null,
    },
  ];
  return (
    <DataTable
      caption="Points of each measure"
      columns={columns}
      rows={score.contributions}
      id={({ measure }) => measure.qualityId}
    />
  );
}

const source = ({ reportedBy }: Contribution['measure']) =>
  reportedBy === 'a survey' ? 'the survey' : 'CMS, by its own model';
