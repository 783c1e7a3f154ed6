import { useQuery } from '@tanstack/react-query';
import type { ServedMetric, YearChange } from '#contract/metric';
import type { RuleEffect } from '#contract/rule-effect';
import { ruleEffectQuery } from '../../api/metrics.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Figure } from '../../components/figure.tsx';
import { noun, plural, sentence, spelled } from '../../format/noun.ts';
import { amount, count, SUPPRESSION } from '../../format/number.ts';
import { grainNoun } from '../../state/grain.ts';
import { useScope } from '../../state/use-scope.ts';
import { movedIn, rateBy } from '../../statistics/rule-effect.ts';

interface ChangesProps {
  readonly letter: string;
  readonly metric: ServedMetric;
  readonly changes: readonly YearChange[];
}

const COLUMNS: Column<YearChange>[] = [
  { key: 'part', label: 'Part', align: 'date', card: 'full', show: ({ part }) => part },
  { key: 'before', label: 'Before', card: 'full', show: ({ before }) => before },
  { key: 'after', label: 'After', card: 'full', show: ({ after }) => after },
  {
    key: 'applied',
    label: 'Applied here',
    card: 'full',
    show: ({ applied }) => applied ?? <span className="quiet">To each year its own rule.</span>,
  },
];

/** What the publisher changed from one measurement year to the next, what of it is applied here, and whom it moves. */
export function Changes({ letter, metric, changes }: ChangesProps) {
  const { mode } = useScope();
  const effect = useQuery(ruleEffectQuery(metric.id, mode)).data;
  const later = changes[0]?.from ?? '2026';
  const years = { earlier: String(Number(later) - 1), later };
  const isByYear = changes.some(({ applied }) => applied === null);
  const columns = COLUMNS.map((column) =>
    column.key === 'before'
      ? { ...column, label: `Up to ${years.earlier}` }
      : column.key === 'after'
        ? { ...column, label: `From ${years.later}` }
        : column,
  );
  return (
    <Figure
      letter={letter}
      title={
        changes.length === 0
          ? `No published rule changed from ${years.earlier} to ${years.later}`
          : `${sentence(spelled(changes.length, noun('published rule')))} changed from ${years.earlier} to ${years.later}`
      }
      sub={effect && <EffectWords effect={effect} metric={metric} years={years} isByYear={isByYear} />}
      note="By what is published of both years, in our words. One list of codes stands for a value set in both, since those of 2026 are not published openly."
    >
      {changes.length > 0 && (
        <DataTable caption="Rules that changed" columns={columns} rows={changes} id={({ before }) => before} />
      )}
      {effect && <Moved effect={effect} metric={metric} years={years} />}
    </Figure>
  );
}

interface EffectProps {
  readonly effect: RuleEffect;
  readonly metric: ServedMetric;
  readonly years: { readonly earlier: string; readonly later: string };
}

/** "In 2026 the rate of everybody is 68.0% by the rules of 2026 and 67.1% by those of 2025." */
function EffectWords({
  effect: { period, hidden, cells },
  metric,
  years,
  isByYear,
}: EffectProps & { isByYear: boolean }) {
  if (period === null)
    return isByYear
      ? 'Each year follows its own rules; whom they move is not worked out.'
      : 'None is applied to one year only, so it moves nobody.';
  if (hidden) return `How many people the rules move is hidden: ${SUPPRESSION}.`;
  const [by, other] = [rateBy(cells, 'later'), rateBy(cells, 'earlier')];
  if (by.rate === null || other.rate === null) return `In ${period} nobody counts by the rules of one of the years.`;
  const words = ({ rate, numerator, denominator }: typeof by) =>
    `${amount(rate ?? 0, metric.unit)} (${count(numerator)} of ${count(denominator)})`;
  const moved = movedIn(cells).reduce((sum, { subjects }) => sum + subjects, 0);
  return moved === 0
    ? `In ${period} the rules of ${years.earlier} place nobody differently from those of ${years.later}.`
    : `Everybody in ${period}: ${words(by)} by the rules of ${years.later}, ${words(other)} by those of ${years.earlier}. They place ${plural(moved, grainNoun(metric))} differently.`;
}

type Cell = RuleEffect['cells'][number];

function Moved({ effect: { cells }, metric, years }: EffectProps) {
  const moved = movedIn(cells);
  const columns: Column<Cell>[] = [
    {
      key: 'earlier',
      label: `By the rules of ${years.earlier}`,
      card: 'full',
      show: ({ earlier }) => sentence(earlier),
    },
    { key: 'later', label: `By those of ${years.later}`, card: 'full', show: ({ later }) => sentence(later) },
    {
      key: 'subjects',
      label: sentence(grainNoun(metric).many),
      align: 'right',
      show: ({ subjects }) => count(subjects),
      by: ({ subjects }) => subjects,
    },
  ];
  return (
    moved.length > 0 && (
      <div className="moved">
        <DataTable
          caption="Whom the two years’ rules place differently"
          columns={columns}
          rows={moved}
          id={({ earlier, later }) => `${earlier}, ${later}`}
        />
      </div>
    )
  );
}
