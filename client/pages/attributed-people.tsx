import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Agreement, Attributed } from '#contract/attribution';
import { attributedQuery } from '../api/attribution.ts';
import { type Column, DataTable } from '../components/data-table.tsx';
import { Pages, useTurn } from '../components/pages.tsx';
import { Waiting } from '../components/states.tsx';
import { day } from '../format/date.ts';
import { noun, plural, sentence } from '../format/noun.ts';
import { count, SUPPRESSED } from '../format/number.ts';
import { ExportMenu } from '../shell/export-menu.tsx';
import { formatAddress } from '../state/search.ts';
import { useScope } from '../state/use-scope.ts';
import { AttributedSearch } from './attributed-search.ts';

export type Selection = Omit<AttributedSearch, 'listed'>;

const NAMES = Object.keys(AttributedSearch.shape);

/** The address with another count chosen, or none. */
export const choosing =
  (selection: Selection) =>
  <Search extends object>(search: Search) => ({
    ...search,
    ...Object.fromEntries(NAMES.map((name) => [name, undefined])),
    ...selection,
  });

/** A count that lists its people. */
export const Opening = ({ selection, children }: { selection: Selection; children: ReactNode }) => (
  <Link to="." search={choosing(selection)} resetScroll={false}>
    {children}
  </Link>
);

/** The count in the address, if there is one. */
export function useSelection(): Selection | null {
  const search = useSearch({ strict: false });
  const { listed: _, ...selection } = AttributedSearch.parse(
    Object.fromEntries(Object.entries(search).filter(([name]) => NAMES.includes(name))),
  );
  return Object.values(selection).some((value) => value !== undefined) ? selection : null;
}

export const agreementMeaning: Readonly<Record<Agreement, string>> = {
  'same practice': 'both name it',
  'another practice': 'both assign, to different practices',
  'stated, not by the rule': 'on the list or named by the payer; the claims at hand assign nobody',
  'by the rule, not stated': 'assigned by the claims at hand; not on the list, not named by the payer',
  neither: 'assigned by neither',
};

interface Counted {
  readonly label: string;
  readonly meaning: string;
  readonly persons: number | null;
  readonly selection: Selection;
}

/** Counts that add up, each with its people behind it. */
export function CountedPeople({ caption, rows }: { caption: string; rows: readonly Counted[] }) {
  const { mode } = useScope();
  const chosen = useSelection();
  const columns: Column<Counted>[] = [
    {
      key: 'label',
      label: caption,
      show: ({ label, selection }) =>
        mode === 'identified' ? <Opening selection={selection}>{sentence(label)}</Opening> : sentence(label),
      by: ({ label }) => label,
    },
    { key: 'meaning', label: 'Which is', show: ({ meaning }) => sentence(meaning), card: 'full' },
    {
      key: 'persons',
      label: 'People',
      align: 'right',
      show: ({ persons }) => (persons === null ? <span className="quiet">{SUPPRESSED}</span> : count(persons)),
      by: ({ persons }) => persons,
    },
  ];
  const selected = rows.find(({ selection }) => chosen && isSame(selection, chosen));
  return (
    <DataTable
      caption={caption}
      columns={columns}
      rows={rows}
      id={({ label, meaning }) => `${label} ${meaning}`}
      selected={selected && `${selected.label} ${selected.meaning}`}
    />
  );
}

const isSame = (one: Selection, other: Selection): boolean => formatAddress(one) === formatAddress(other);

/** The assessments that a page may show, the latest by saying nothing. */
export function Dates({ chosen, all }: { chosen: string; all: readonly string[] }) {
  const navigate = useNavigate();
  const choose = (date: string) =>
    navigate({
      to: '.',
      search: (search) => ({ ...choosing({})(search), assessment: date === all[0] ? undefined : date }),
      resetScroll: false,
    });
  return (
    <label className="group-by">
      Assessment
      <select value={chosen} onChange={({ target }) => choose(target.value)}>
        {all.map((date) => (
          <option key={date} value={date}>
            {day(date)}
          </option>
        ))}
      </select>
    </label>
  );
}

const SIZE = 25;

/** The people behind a count of attribution, each with the reason in words. */
export function AttributedPeople({ selection: { at, ...asked }, date }: { selection: Selection; date: string }) {
  const { listed: page = 1 } = useSearch({ strict: false });
  const turn = useTurn({ name: 'listed' });
  const whole = { ...asked, assessment: at ?? date };
  const query = { ...whole, limit: SIZE, offset: (page - 1) * SIZE };
  const answer = useQuery(attributedQuery(query));
  if (!answer.data) return <Waiting on={[answer]} lines={10} />;
  const { total, persons } = answer.data;
  return (
    <section className="people" aria-label="The people">
      <div className="rows-acts">
        <span>{sentence(plural(total, noun('person', 'people')))}</span>
        <ExportMenu persons path="attribution/persons" query={whole} />
      </div>
      <DataTable caption="The people" columns={personColumns} rows={persons} id={({ person_id }) => person_id} />
      <Pages page={page} size={SIZE} total={total} onPage={turn} />
    </section>
  );
}

const personColumns: Column<Attributed>[] = [
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
    key: 'practice',
    label: 'Responsible',
    show: ({ practice, practitioner, basis }) => (
      <>
        {practice ?? practitioner ?? 'nobody'}
        {basis !== null && (
          <small className="below">{basis === 'stated' ? 'as the payer states' : `by ${basis}`}</small>
        )}
      </>
    ),
  },
  { key: 'rule', label: 'By the rules', show: ({ rule_practice }) => rule_practice ?? 'nobody' },
  { key: 'reason', label: 'Why', show: ({ reason }) => reason, card: 'full' },
];
