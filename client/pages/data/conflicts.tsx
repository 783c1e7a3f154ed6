import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import type { Conflict, ConflictReason, Identity } from '#contract/identity';
import { conflictsQuery, identityQuery } from '../../api/identity.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Figure } from '../../components/figure.tsx';
import { Pages, useTurn } from '../../components/pages.tsx';
import { Waiting } from '../../components/states.tsx';
import { months } from '../../format/date.ts';
import { noun, plural, sentence } from '../../format/noun.ts';
import { count, ROUGHLY } from '../../format/number.ts';
import { ExportMenu } from '../../shell/export-menu.tsx';
import { useScope } from '../../state/use-scope.ts';

/** What the numbers make of a month in dispute. */
const counts: Readonly<Record<ConflictReason, string>> = {
  'on the list, not covered': 'counts as fee-for-service',
  'on the list, in Medicare Advantage': 'counts as fee-for-service',
  'covered, not on the list': 'does not count',
  'covered, taken off the list': 'does not count',
  'covered, not eligible by the list': 'does not count',
};

/** Months on which the assignment list and the spans of coverage disagree, by reason, and the people behind each. */
export function ConflictsFigure({ letter }: { letter: string }) {
  const { mode } = useScope();
  const { conflict } = useSearch({ from: '/app/data' });
  const answer = useQuery(identityQuery(mode));
  if (!answer.data)
    return (
      <Figure letter={letter} title="Assignment list and spans of coverage">
        <Waiting on={[answer]} />
      </Figure>
    );
  const { conflicts, not_shared } = answer.data;
  const total = conflicts.reduce<number | null>(
    (sum, { months }) => (sum === null || months === null ? null : sum + months),
    0,
  );
  const unshared =
    not_shared === null
      ? 'CMS does not share the claims of a few people: lists of people leave them out, a search finds them.'
      : not_shared > 0 &&
        `CMS does not share the claims of ${plural(not_shared, noun('person', 'people'))}: lists of people leave them out, a search finds them.`;
  const chosen = mode === 'identified' ? conflicts.find(({ reason }) => reason === conflict) : undefined;
  return (
    <Figure
      letter={letter}
      title={
        total === null
          ? 'Assignment list and spans of coverage disagree on some months'
          : total === 0
            ? 'No month is in dispute between assignment list and spans of coverage'
            : `Assignment list and spans of coverage disagree on ${plural(total, noun('person-month'))}`
      }
      sub="Fee-for-service Medicare, in months that a delivered assignment list covers. The list decides; each dispute stays here until one of the two is corrected."
      note={[unshared, mode === 'shareable' && conflicts.length > 0 && ROUGHLY].filter(Boolean).join(' ')}
    >
      {conflicts.length > 0 && (
        <DataTable
          caption="Months in dispute, by reason"
          columns={kindColumns(mode === 'identified')}
          rows={conflicts}
          id={({ reason }) => reason}
          selected={chosen?.reason}
        />
      )}
      {chosen && <Listed key={chosen.reason} reason={chosen.reason} />}
    </Figure>
  );
}

type Kind = Identity['conflicts'][number];

const hidden = <span className="quiet">hidden</span>;

const kindColumns = (opens: boolean): Column<Kind>[] => [
  {
    key: 'reason',
    label: 'Dispute',
    show: ({ reason }) =>
      opens ? (
        <Link
          to="."
          search={({ page: _, ...search }) => ({
            ...search,
            conflict: search.conflict === reason ? undefined : reason,
          })}
          resetScroll={false}
        >
          {sentence(reason)}
        </Link>
      ) : (
        sentence(reason)
      ),
    by: ({ reason }) => reason,
  },
  { key: 'counts', label: 'The month', show: ({ reason }) => counts[reason], by: ({ reason }) => counts[reason] },
  {
    key: 'months',
    label: 'Months',
    align: 'right',
    show: ({ months }) => (months === null ? hidden : count(months)),
    by: ({ months }) => months,
  },
  {
    key: 'persons',
    label: 'People',
    align: 'right',
    show: ({ persons }) => (persons === null ? hidden : count(persons)),
    by: ({ persons }) => persons,
  },
];

const SIZE = 25;

function Listed({ reason }: { reason: ConflictReason }) {
  const { page = 1 } = useSearch({ from: '/app/data' });
  const turn = useTurn();
  const answer = useQuery(conflictsQuery({ reason, limit: SIZE, offset: (page - 1) * SIZE }));
  if (!answer.data) return <Waiting on={[answer]} lines={10} />;
  return (
    <section className="people" aria-label={sentence(reason)}>
      <div className="rows-acts">
        <span>{`${sentence(reason)}: the people`}</span>
        <ExportMenu persons path="identity/conflicts" query={{ reason }} />
      </div>
      <DataTable
        caption={`${sentence(reason)}: the people`}
        columns={personColumns}
        rows={answer.data.conflicts}
        id={({ person_id }) => person_id}
      />
      <Pages page={page} size={SIZE} total={answer.data.total} onPage={turn} />
    </section>
  );
}

const personColumns: Column<Conflict>[] = [
  {
    key: 'person',
    label: 'Person',
    show: ({ person_id, name }) => (
      <Link to="/patients/$key" params={{ key: person_id }}>
        {name ?? person_id.slice(0, 8)}
      </Link>
    ),
  },
  {
    key: 'sources',
    label: 'Known as',
    show: ({ source_person_ids }) => <code className="origin">{source_person_ids.join(', ')}</code>,
  },
  {
    key: 'when',
    label: 'When',
    align: 'date',
    show: ({ first_month, last_month }) => months(first_month, last_month),
  },
  { key: 'months', label: 'Months', align: 'right', show: ({ months }) => count(months) },
];
