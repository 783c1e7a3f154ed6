import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { formatFilter, parseFilter } from '#contract/filter';
import type { Risk } from '#contract/risk';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Figure } from '../../components/figure.tsx';
import { Message } from '../../components/states.tsx';
import { day } from '../../format/date.ts';
import { noun, plural } from '../../format/noun.ts';
import { count, ROUGHLY, SUPPRESSION } from '../../format/number.ts';
import { useCatalogue, useScope } from '../../state/use-scope.ts';
import { labelIn } from '../patient-table.tsx';

interface Row {
  readonly before: string;
  readonly now: ReadonlyMap<string, number | null>;
}

/** How many moved from which tier to which within a year, and who stands where now. */
export function Movement({ letter, risk: { month, migration, tiers } }: { letter: string; risk: Risk }) {
  const { mode } = useScope();
  const { dimensions } = useCatalogue();
  const order = dimensions.find(({ id }) => id === 'risk_tier')?.values.map(({ value }) => value) ?? [];
  const label = (tier: string) => labelIn(dimensions, 'risk_tier', tier) ?? tier;
  const rows = order.map(
    (before): Row => ({
      before,
      now: new Map(migration.cells.filter((cell) => cell.before === before).map(({ now, persons }) => [now, persons])),
    }),
  );
  const columns: Column<Row>[] = [
    { key: 'before', label: 'A year before', show: ({ before }) => label(before) },
    ...order.map(
      (tier): Column<Row> => ({
        key: tier,
        label: `${label(tier)} now`,
        align: 'right',
        show: ({ before, now }) => {
          const persons = now.get(tier);
          const told = persons === undefined ? '0' : persons === null ? '–' : count(persons);
          return before === tier ? <b>{told}</b> : told;
        },
      }),
    ),
  ];
  return (
    <Figure
      letter={letter}
      title={findingOf(migration.cells, order)}
      sub={
        migration.from && month
          ? `People alive and told on the same basis on both days: ${day(migration.from)} in rows, ${day(month)} in columns.`
          : undefined
      }
      note={
        <>
          Now:{' '}
          {tiers
            .toSorted((a, b) => order.indexOf(a.tier) - order.indexOf(b.tier))
            .map(({ tier, persons, rising }, at) => (
              <Fragment key={tier}>
                {at > 0 && '; '}
                {label(tier)} {persons === null ? '–' : <Tier tier={tier} persons={persons} />}
                {rising ? `, ${count(rising)} rising` : ''}
              </Fragment>
            ))}
          .{mode === 'shareable' && ` ${ROUGHLY}`}
          {[...tiers, ...migration.cells].some(({ persons }) => persons === null) && ` –: ${SUPPRESSION}.`}
        </>
      }
    >
      {migration.cells.length === 0 ? (
        <Message title="Nothing to compare with">
          <p>Nobody has a tier on the same basis a year before.</p>
        </Message>
      ) : (
        <DataTable caption="From tier to tier" columns={columns} rows={rows} id={({ before }) => before} />
      )}
    </Figure>
  );
}

/** How many stand in a tier, and who. */
function Tier({ tier, persons }: { tier: string; persons: number }) {
  const { where, mode } = useScope();
  if (mode !== 'identified') return count(persons);
  const within = formatFilter({ ...parseFilter(where), risk_tier: [tier] });
  return (
    <Link to="/patients" search={{ cohort: undefined, where: within }}>
      {count(persons)}
    </Link>
  );
}

/** "312 people moved to a higher tier within a year, 280 to a lower one" */
export function findingOf(cells: Risk['migration']['cells'], order: readonly string[]): string {
  if (cells.length === 0) return 'Who moved between tiers is not known';
  if (cells.some(({ persons }) => persons === null)) return 'How people moved between the tiers within a year';
  const moved = (isWanted: (steps: number) => boolean) =>
    cells
      .filter(({ before, now }) => isWanted(order.indexOf(now) - order.indexOf(before)))
      .reduce((sum, { persons }) => sum + (persons ?? 0), 0);
  const [up, down] = [moved((steps) => steps > 0), moved((steps) => steps < 0)];
  return `${plural(up, noun('person', 'people'))} moved to a higher tier within a year, ${count(down)} to a lower one`;
}
