import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { ServedMetric } from '#contract/metric';
import { funnel } from '../../charts/funnel.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Estimate } from '../../components/estimate.tsx';
import { ChartFigure, Figure } from '../../components/figure.tsx';
import { ReliabilityBadge } from '../../components/reliability-badge.tsx';
import { Suppressed, Waiting } from '../../components/states.tsx';
import { months } from '../../format/date.ts';
import { plural, sentence, spelled } from '../../format/noun.ts';
import { count, SUPPRESSED, signed, unitWords } from '../../format/number.ts';
import { Nothing } from '../../shell/nothing.tsx';
import { grainNoun } from '../../state/grain.ts';
import { monthsOf } from '../../state/scope.ts';
import { useCatalogue, useScope, useTable } from '../../state/use-scope.ts';
import { CASE_MINIMUM } from '../../statistics/compare.ts';
import type { FunnelUnit } from '../../statistics/funnel.ts';
import { ENOUGH, type Reliability, tellingOf } from '../../statistics/reliability.ts';
import { HowToRead } from '../how-to-read.tsx';
import { HowComputed, See } from '../onward.tsx';
import { type Unit, unitNoun, useLeftAside } from './units.ts';
import { type Comparison, useComparison } from './use-comparison.ts';

interface ComparisonProps {
  readonly metric: ServedMetric;
  readonly unit: Unit;
}

/** The metric's units against the limits of chance, and each with how far its number can be trusted. */
export function ComparisonFigures(props: ComparisonProps) {
  const { query, comparison } = useComparison(props.metric, props.unit);
  if (!comparison)
    return (
      <Figure letter="A" title="Who stands outside the limits of chance">
        <Waiting on={[query]} lines={12} />
      </Figure>
    );
  if (comparison.groups.length === 0) {
    const isHidden = query.data?.total.suppressed;
    return (
      <Figure letter="A" title={`${props.metric.title}: ${isHidden ? 'too few to be shown' : 'nobody to compare'}`}>
        {isHidden ? <Suppressed /> : <Nothing of={grainNoun(props.metric).many} />}
      </Figure>
    );
  }
  return (
    <>
      <FunnelFigure {...props} comparison={comparison} />
      <Units {...props} comparison={comparison} />
    </>
  );
}

type DrawnProps = ComparisonProps & { readonly comparison: Comparison };

function FunnelFigure({ metric, unit, comparison }: DrawnProps) {
  const table = useTable('A');
  const navigate = useNavigate();
  const leftAside = useLeftAside();
  const options = useMemo(() => ({ metric, units: unitNoun[unit], noun: grainNoun(metric) }), [metric, unit]);
  return (
    <ChartFigure
      letter="A"
      chart={funnel}
      rows={comparison.funnel}
      options={options}
      fileName={`${metric.id}-by-${unit}`}
      caveats={metric.caveats}
      table={table}
      note={leftAside}
      below={<HowToRead of="funnel" />}
      onSelect={(id) => navigate({ to: '/providers/$id', params: { id } })}
      onward={<HowComputed metric={metric} />}
    />
  );
}

type Row = Comparison['groups'][number] & { readonly drawn: FunnelUnit | undefined };

const FIRST = 15;

/** Every unit, the largest first; by rate they sort only where each is large enough to be told from the others. */
function Units({ metric, unit, comparison: { groups, funnel, reliability } }: DrawnProps) {
  const scope = useScope();
  const catalogue = useCatalogue();
  const { from, to } = monthsOf(metric, scope, catalogue);
  const rows = groups
    .map((group): Row => ({ ...group, drawn: funnel.units.find(({ id }) => id === group.id) }))
    .toSorted((a, b) => (b.cell.denominator ?? 0) - (a.cell.denominator ?? 0) || a.label.localeCompare(b.label));
  const sorts = rows.every(({ cell }) => tellingOf(reliability, cell.denominator) === 'enough to tell apart');
  const columns = columnsOf(metric, unit, reliability, sorts);
  const table = (some: readonly Row[]) => (
    <DataTable
      caption={`${sentence(unitNoun[unit].many)} and how far each can be told apart`}
      columns={columns}
      rows={some}
      id={({ id }) => id}
    />
  );
  return (
    <Figure
      letter="B"
      title={findingOf(rows, unit, reliability)}
      sub={`${metric.title}${unitWords(metric.unit) && `, ${unitWords(metric.unit)}`}, ${months(from, to)}. The largest first.${sorts ? '' : ' They do not sort by their rate, because some are too small for it.'}`}
      note={workings(metric, reliability)}
      caveats={metric.caveats}
      onward={<HowComputed metric={metric} />}
    >
      {table(rows.slice(0, FIRST))}
      {rows.length > FIRST && (
        <details className="more-rows">
          <summary>{plural(rows.length - FIRST, unitNoun[unit])} more</summary>
          {table(rows.slice(FIRST))}
        </details>
      )}
    </Figure>
  );
}

function findingOf(rows: readonly Row[], unit: Unit, reliability: Reliability | null): string {
  const noun = unitNoun[unit];
  if (reliability === null) return `Too few ${noun.many} to say how far they differ`;
  if (reliability.between === 0) return `${sentence(noun.many)} differ no more than chance makes them`;
  const enough = rows.filter(({ cell }) => tellingOf(reliability, cell.denominator) === 'enough to tell apart').length;
  if (enough === 0) return `No ${noun.one} is large enough to be told from the others on this number`;
  return `${sentence(spelled(enough, noun))} of ${count(rows.length)} ${enough === 1 ? 'is' : 'are'} large enough to be told from the others`;
}

/** The formula with its numbers. */
function workings(metric: ServedMetric, reliability: Reliability | null): string {
  const formula = `Reliability is signal ÷ (signal + noise): the variance between units ÷ (that + the variance by chance ÷ size). ${ENOUGH.toFixed(2)} is the customary least (Adams, RAND TR-653, 2009).`;
  if (reliability === null || reliability.enoughFrom === null) return formula;
  const spread = signed(Math.sqrt(reliability.between), metric.unit).replace('+', '');
  return `${formula} Here units differ by ${spread} (standard deviation beyond chance), so ${plural(Math.max(CASE_MINIMUM, reliability.enoughFrom), grainNoun(metric))} are enough; with few units both variances are rough.`;
}

const reading = ({ side, beyond }: FunnelUnit): string =>
  side === null ? 'within the limits' : `${side} the ${beyond}% limit`;

const columnsOf = (
  metric: ServedMetric,
  unit: Unit,
  reliability: Reliability | null,
  sorts: boolean,
): Column<Row>[] => [
  {
    key: 'name',
    label: sentence(unitNoun[unit].one),
    show: ({ id, label }) => (
      <Link to="/providers/$id" params={{ id }}>
        {label}
      </Link>
    ),
    by: ({ label }) => label,
  },
  {
    key: 'n',
    label: sentence(grainNoun(metric).many),
    align: 'right',
    show: ({ cell }) => (cell.denominator === null ? SUPPRESSED : count(cell.denominator)),
    by: ({ cell }) => cell.denominator,
  },
  {
    key: 'rate',
    label: 'Value',
    align: 'right',
    show: ({ cell }) => <Estimate of={cell} metric={metric} />,
    ...(sorts && { by: ({ cell }: Row) => cell.value }),
  },
  {
    key: 'reads',
    label: 'Against chance',
    card: 'full',
    show: ({ drawn }) => (drawn ? sentence(reading(drawn)) : <span className="quiet">not drawn</span>),
  },
  {
    key: 'reliability',
    label: 'Reliability',
    card: 'full',
    show: ({ cell }) => <ReliabilityBadge reliability={reliability} n={cell.denominator} />,
    by: ({ cell }) => cell.denominator,
  },
  {
    key: 'list',
    label: 'The people',
    unlabelled: true,
    show: ({ id }) => (
      <See metric={metric} group={{ [unit]: id }} {...(metric.kind === 'measure' && { part: 'gap' as const })}>
        {metric.kind === 'measure' ? 'Open gaps' : 'The list'}
      </See>
    ),
  },
];
