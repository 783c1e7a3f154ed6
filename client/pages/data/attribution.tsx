import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Agreement, Attributed, AttributedQuery, Attribution, AttributionOutcome } from '#contract/attribution';
import { attributedQuery, attributionQuery, downloadAttributed } from '../../api/attribution.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Figure } from '../../components/figure.tsx';
import { Pages } from '../../components/pages.tsx';
import { Message, Waiting } from '../../components/states.tsx';
import { day } from '../../format/date.ts';
import { noun, plural, sentence } from '../../format/noun.ts';
import { count } from '../../format/number.ts';
import { useScope } from '../../state/use-scope.ts';

const people = noun('person', 'people');

/** What the rules of 42 CFR 425.401 and 425.402 say, in a line. */
const meaning: Readonly<Record<AttributionOutcome, string>> = {
  'voluntary alignment': 'the person named a practitioner; that comes before charges',
  'step 1': 'most charges of physicians of primary care, nurse practitioners and physician assistants',
  'step 2': 'no such care from anybody: most charges of other specialists',
  'step 3': 'no physician within 12 months, but one within 24: most charges of 24 months',
  'more charges elsewhere': 'another organization has more charges than all participants',
  'no physician': 'seen at participants, but by none of their physicians',
  'primary care elsewhere only': 'no participant gave any',
  'no primary care service': 'none within 12 months',
  'in Medicare Advantage': 'a month of it within 12 bars assignment',
  'Part A or Part B alone': 'a month of one without the other bars assignment',
  'not in Medicare': 'covered by others',
  'lives outside the United States': 'bars assignment',
  'no coverage': 'none known within 12 months',
  'died before the twelve months': 'not assessed',
};

const agreementMeaning: Readonly<Record<Agreement, string>> = {
  'same practice': 'both name it',
  'another practice': 'both assign, to different practices',
  'stated, not by the rule': 'on the list or named by the payer; the claims at hand assign nobody',
  'by the rule, not stated': 'assigned by the claims at hand; not on the list, not named by the payer',
  neither: 'assigned by neither',
};

/** What of a count is asked for: its people are listed under the tables. */
type Selection = Pick<AttributedQuery, 'outcome' | 'agreement' | 'change' | 'cause' | 'practice' | 'npi'>;

/** How people came to their practice: by step, against the assignment list, who came and went, and panels. */
export function AttributionFigure({ letter }: { letter: string }) {
  const { mode } = useScope();
  const { assessment } = useSearch({ from: '/app/data' });
  const answer = useQuery(attributionQuery(mode, assessment));
  if (!answer.data)
    return (
      <Figure letter={letter} title="Attribution">
        <Waiting on={[answer]} lines={10} />
      </Figure>
    );
  if (answer.data.assessment === null)
    return (
      <Figure letter={letter} title="Nobody is attributed to a practice">
        <Message title="No data">
          <p>No person is known.</p>
        </Message>
      </Figure>
    );
  return <Assessed letter={letter} date={answer.data.assessment} told={answer.data} />;
}

function Assessed({ letter, date, told }: { letter: string; date: string; told: Attribution }) {
  const { mode } = useScope();
  const opens = mode === 'identified';
  const selection = useSelection();
  return (
    <Figure
      letter={letter}
      title={titleOf(told)}
      sub={`Assessed ${day(date)} over 12 months, by the rules of the Medicare Shared Savings Program. The assignment list, or a payer's word, decides who is responsible; the rules, worked out from the claims at hand, are the second opinion.`}
      note="Claims do not tell of other Shared Savings organizations, of electing teaching hospitals, nor of care that CMS does not share; charges of facilities are what was paid where nobody tells what was allowed."
      onward={<Dates chosen={date} all={told.assessments} />}
    >
      <Counted
        caption="People by step"
        rows={told.outcomes}
        name="outcome"
        meaning={meaning}
        opens={opens}
        selected={selection?.outcome}
      />
      {told.agreement.length > 0 && (
        <Counted
          caption="The list or payer, and the rules"
          rows={told.agreement}
          name="agreement"
          meaning={agreementMeaning}
          opens={opens}
          selected={selection?.agreement}
        />
      )}
      {told.changes.length > 0 && (
        <DataTable
          caption="Who came and went since the assessment before"
          columns={changeColumns(opens)}
          rows={told.changes}
          id={({ change, reason }) => `${change} ${reason}`}
        />
      )}
      <details className="more-rows">
        <summary>{sentence(plural(told.panels.length, noun('panel')))} and their risk</summary>
        <DataTable
          caption="Panels"
          columns={panelColumns(opens)}
          rows={told.panels}
          id={({ practice_id, npi }) => `${practice_id} ${npi}`}
        />
      </details>
      {opens && selection && (
        <Listed key={JSON.stringify([date, selection])} asked={{ ...selection, assessment: date }} />
      )}
    </Figure>
  );
}

function titleOf({ outcomes, agreement }: Attribution): string {
  const persons = outcomes.map((row) => row.persons ?? 0);
  const assigned = outcomes.filter(({ outcome }) => /^(step|voluntary)/.test(outcome)).map((row) => row.persons ?? 0);
  const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);
  const differing = agreement.filter((row) => row.agreement !== 'same practice' && row.agreement !== 'neither');
  const begin = `The rules assign ${count(sum(assigned))} of ${plural(sum(persons), people)}`;
  return differing.length === 0
    ? begin
    : `${begin}; on ${count(sum(differing.map((row) => row.persons ?? 0)))} list or payer say otherwise`;
}

/** The selection in the address, if there is one. */
function useSelection(): Selection | undefined {
  const { outcome, agreement, change, cause, practice, npi } = useSearch({ from: '/app/data' });
  const selection = { outcome, agreement, change, cause, practice, npi };
  return Object.values(selection).some((value) => value !== undefined) ? selection : undefined;
}

const NONE: Required<{ [Key in keyof Selection]: undefined }> = {
  ...{ outcome: undefined, agreement: undefined, change: undefined, cause: undefined },
  ...{ practice: undefined, npi: undefined },
};

const Opening = ({ selection, children }: { selection: Selection; children: ReactNode }) => (
  <Link to="." search={({ listed: _, ...search }) => ({ ...search, ...NONE, ...selection })} resetScroll={false}>
    {children}
  </Link>
);

const Dates = ({ chosen, all }: { chosen: string; all: readonly string[] }) => (
  <>
    {all.map((date, at) => (
      <Link
        key={date}
        className="see"
        to="."
        search={({ listed: _, ...search }) => ({ ...search, ...NONE, assessment: at === 0 ? undefined : date })}
        resetScroll={false}
        aria-current={date === chosen ? 'date' : undefined}
      >
        {day(date)}
      </Link>
    ))}
  </>
);

const hidden = <span className="quiet">hidden</span>;
const shown = (persons: number | null): ReactNode => (persons === null ? hidden : count(persons));

function Counted<Name extends 'outcome' | 'agreement', Value extends AttributionOutcome | Agreement>({
  caption,
  rows,
  name,
  meaning,
  opens,
  selected,
}: {
  caption: string;
  rows: readonly ({ readonly persons: number | null } & { readonly [Key in Name]: Value })[];
  name: Name;
  meaning: Readonly<Record<Value, string>>;
  opens: boolean;
  selected: Value | undefined;
}) {
  const columns: Column<(typeof rows)[number]>[] = [
    {
      key: name,
      label: caption,
      show: (row) =>
        opens ? <Opening selection={{ [name]: row[name] }}>{sentence(row[name])}</Opening> : sentence(row[name]),
      by: (row) => row[name],
    },
    { key: 'meaning', label: 'Which is', show: (row) => sentence(meaning[row[name]]), card: 'full' },
    {
      key: 'persons',
      label: 'People',
      align: 'right',
      show: ({ persons }) => shown(persons),
      by: ({ persons }) => persons,
    },
  ];
  return <DataTable caption={caption} columns={columns} rows={rows} id={(row) => row[name]} selected={selected} />;
}

const movement = { in: 'Came in', moved: 'Moved', out: 'Went out' } as const;

const changeColumns = (opens: boolean): Column<Attribution['changes'][number]>[] => [
  {
    key: 'change',
    label: 'Since the assessment before',
    show: ({ change, reason }) =>
      opens ? <Opening selection={{ change, cause: reason }}>{movement[change]}</Opening> : movement[change],
    by: ({ change }) => change,
  },
  { key: 'reason', label: 'Why', show: ({ reason }) => sentence(reason), by: ({ reason }) => reason, card: 'full' },
  {
    key: 'persons',
    label: 'People',
    align: 'right',
    show: ({ persons }) => shown(persons),
    by: ({ persons }) => persons,
  },
];

const share = (part: number | null, whole: number | null): string =>
  part === null || whole === null || whole === 0 ? '–' : `${Math.round((100 * part) / whole)}%`;

const panelColumns = (opens: boolean): Column<Attribution['panels'][number]>[] => [
  {
    key: 'panel',
    label: 'Practitioner',
    show: ({ practice_id, npi, practitioner, practice }) => (
      <>
        {opens ? (
          <Opening selection={{ practice: practice_id ?? 'none', npi: npi ?? 'none' }}>
            {practitioner ?? 'No practitioner named'}
          </Opening>
        ) : (
          (practitioner ?? 'No practitioner named')
        )}
        <small className="below">{practice ?? 'No practice known'}</small>
      </>
    ),
    by: ({ practice, practitioner }) => `${practice} ${practitioner}`,
  },
  {
    key: 'persons',
    label: 'People',
    align: 'right',
    show: ({ persons }) => shown(persons),
    by: ({ persons }) => persons,
  },
  {
    key: 'expected',
    label: 'Expected in hospital',
    unit: 'people, 12 months',
    align: 'right',
    show: ({ expected }) => (expected === null ? '–' : count(Math.round(expected))),
    by: ({ expected }) => expected,
  },
  {
    key: 'high',
    label: 'High risk',
    align: 'right',
    show: ({ high_risk, persons }) => share(high_risk, persons),
    by: ({ high_risk, persons }) => (persons ? (high_risk ?? 0) / persons : null),
  },
  {
    key: 'seen',
    label: 'Seen there within 12 months',
    align: 'right',
    show: ({ seen, persons }) => share(seen, persons),
    by: ({ seen, persons }) => (persons ? (seen ?? 0) / persons : null),
  },
];

const SIZE = 25;

function Listed({ asked }: { asked: Selection & { assessment: string } }) {
  const { listed: page = 1 } = useSearch({ from: '/app/data' });
  const navigate = useNavigate();
  const query = { ...asked, limit: SIZE, offset: (page - 1) * SIZE };
  const answer = useQuery(attributedQuery(query));
  const saving = useMutation({ mutationFn: () => downloadAttributed(query) });
  if (!answer.data) return <Waiting on={[answer]} lines={10} />;
  const { total, persons } = answer.data;
  return (
    <section className="people" aria-label="The people">
      <div className="rows-acts">
        <span>{sentence(plural(total, people))}</span>
        <button type="button" className="link" disabled={saving.isPending} onClick={() => saving.mutate()}>
          CSV of all
        </button>
        {saving.error && <span role="alert">{sentence(saving.error.message)}</span>}
      </div>
      <DataTable caption="The people" columns={personColumns} rows={persons} id={({ person_id }) => person_id} />
      <Pages
        page={page}
        size={SIZE}
        total={total}
        onPage={(page) =>
          navigate({
            to: '.',
            search: (search) => ({ ...search, listed: page > 1 ? page : undefined }),
            resetScroll: false,
          })
        }
      />
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
