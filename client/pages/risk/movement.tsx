import type { Risk } from '#contract/risk';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Figure } from '../../components/figure.tsx';
import { Message } from '../../components/states.tsx';
import { day } from '../../format/date.ts';
import { noun, plural } from '../../format/noun.ts';
import { count, SUPPRESSED } from '../../format/number.ts';
import { useCatalogue } from '../../state/use-scope.ts';
import { labelIn } from '../patient-table.tsx';

interface Row {
  readonly before: string;
  readonly now: ReadonlyMap<string, number | null>;
}

/** How many moved from which tier to which within a year, and who stands where now. */
export function Movement({ letter, risk: { month, migration, tiers } }: { letter: string; risk: Risk }) {
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
          const told = persons === undefined ? '0' : persons === null ? SUPPRESSED : count(persons);
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
      note={tiers
        .toSorted((a, b) => order.indexOf(a.tier) - order.indexOf(b.tier))
        .map(({ tier, persons, rising }) => {
          const all = persons === null ? SUPPRESSED : count(persons);
          return `${label(tier)}: ${all}${rising ? `, ${count(rising)} rising` : ''}`;
        })
        .join('; ')}
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
