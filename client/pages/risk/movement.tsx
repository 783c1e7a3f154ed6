import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { Fragment, type ReactNode } from 'react';
import { formatFilter, parseFilter } from '#contract/filter';
import type { Risk } from '#contract/risk';
import { candidatesQuery } from '../../api/risk.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Figure } from '../../components/figure.tsx';
import { Pages, useTurn } from '../../components/pages.tsx';
import { Message, Waiting } from '../../components/states.tsx';
import { day } from '../../format/date.ts';
import { noun, plural } from '../../format/noun.ts';
import { count, ROUGHLY, SUPPRESSION } from '../../format/number.ts';
import { ExportMenu } from '../../shell/export-menu.tsx';
import { useCatalogue, useScope } from '../../state/use-scope.ts';
import { labelIn } from '../patient-table.tsx';
import { columnsOf } from './list.tsx';

interface Row {
  readonly before: string;
  readonly now: ReadonlyMap<string, number | null>;
}

interface MovementProps {
  readonly letter: string;
  readonly risk: Risk;
  /** The count whose people are listed, if any; absent where no list opens. */
  readonly chosen?: Partial<Move>;
}

/** How many moved from which tier to which within a year, and who stands where now. */
export function Movement({ letter, risk: { month, persons, migration, tiers }, chosen }: MovementProps) {
  const { mode } = useScope();
  const opens = chosen !== undefined && mode === 'identified';
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
          if (persons === undefined || persons === null) return persons === null ? '–' : '0';
          const told = opens ? <Opening {...{ before, tier }}>{count(persons)}</Opening> : count(persons);
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
          {persons === null ? 'Everybody' : `All ${count(persons)} people`} ever seen, those who died or left at their
          last tier:{' '}
          {tiers
            .toSorted((a, b) => order.indexOf(a.tier) - order.indexOf(b.tier))
            .map(({ tier, persons, rising }, at) => (
              <Fragment key={tier}>
                {at > 0 && '; '}
                {label(tier)} {persons === null ? '–' : <Tier tier={tier} persons={persons} />}
                {rising ? <>, {opens ? <Opening tier={tier}>{count(rising)}</Opening> : count(rising)} rising</> : ''}
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
      {opens && chosen.tier !== undefined && (
        <Behind
          key={`${chosen.before} ${chosen.tier}`}
          {...{ tier: chosen.tier, before: chosen.before }}
          title={
            chosen.before === undefined
              ? `${label(chosen.tier)}, rising`
              : `${label(chosen.before)} a year before, ${label(chosen.tier)} now`
          }
        />
      )}
    </Figure>
  );
}

interface Move {
  readonly tier: string;
  /** Absent: who is rising in the tier. */
  readonly before?: string | undefined;
}

/** A count that lists its people below. */
const Opening = ({ tier, before, children }: Move & { children: ReactNode }) => (
  <Link to="." search={(search) => ({ ...search, tier, before, listed: undefined })} resetScroll={false}>
    {children}
  </Link>
);

const SIZE = 10;

function Behind({ title, tier, before }: Move & { title: string }) {
  const { where, mode } = useScope();
  const { dimensions } = useCatalogue();
  const { listed: page = 1 } = useSearch({ from: '/app/risk' });
  const turn = useTurn({ name: 'listed' });
  const whole = { where, tier, before, list: before === undefined ? ('rising' as const) : ('moved' as const) };
  const answer = useQuery(candidatesQuery({ ...whole, mode, limit: SIZE, offset: (page - 1) * SIZE }));
  if (!answer.data) return <Waiting on={[answer]} lines={10} />;
  const { total, people } = answer.data;
  return (
    <section className="people" aria-label={title}>
      <div className="rows-acts">
        <span>{`${title}: ${plural(total, noun('person', 'people'))}`}</span>
        <ExportMenu persons path="risk/candidates" query={whole} />
      </div>
      <DataTable
        caption={title}
        columns={columnsOf('on', dimensions)}
        rows={people}
        id={({ person_id }) => person_id}
      />
      <Pages page={page} size={SIZE} total={total} onPage={turn} of={title} />
    </section>
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
