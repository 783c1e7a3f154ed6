import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import type { Candidate, Plan } from '#contract/risk';
import { candidatesQuery } from '../../api/risk.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Figure } from '../../components/figure.tsx';
import { Pages, useTurn } from '../../components/pages.tsx';
import { Message, Waiting } from '../../components/states.tsx';
import { dated, day } from '../../format/date.ts';
import { noun, plural, sentence } from '../../format/noun.ts';
import { count } from '../../format/number.ts';
import { ExportMenu } from '../../shell/export-menu.tsx';
import { useCatalogue, useScope } from '../../state/use-scope.ts';
import { driverIn, labelIn, scoreOf } from '../patient-table.tsx';
import { PersonLink } from '../subject-table.tsx';

const SIZE = 10;

const LISTS = [
  { id: undefined, label: 'To call' },
  { id: 'rising', label: 'Rising' },
  { id: 'off', label: 'Not to be called' },
] as const;

/** The people behind the cut-off, what drives their risk, and why somebody is not called. */
export function List({ letter, plan: { people, listed } }: { letter: string; plan: Plan }) {
  const { mode } = useScope();
  const { list } = useSearch({ from: '/app/risk' });
  return (
    <Figure
      letter={letter}
      title={
        list === 'off'
          ? 'Who is not called, and why'
          : list === 'rising'
            ? 'Whose risk is rising'
            : reachOf(people, listed)
      }
      sub="The likeliest first. The three factors are those that raise the person’s risk the most above the average person’s."
    >
      {mode === 'identified' ? (
        <>
          <nav className="parts" aria-label="Lists">
            {LISTS.map(({ id, label }) => (
              <Link
                key={label}
                to="."
                search={(search) => ({ ...search, list: id, page: undefined })}
                resetScroll={false}
                activeOptions={{ exact: true }}
                aria-current={list === id ? 'page' : undefined}
              >
                {label}
              </Link>
            ))}
          </nav>
          <People />
        </>
      ) : (
        <Message title="Lists of people are closed">
          <p>Shareable pages show no one by name. Switch the mode to Identified to see the list.</p>
        </Message>
      )}
    </Figure>
  );
}

/** How much of the list the hours reach. */
const reachOf = (people: number | null, listed: number | null): string =>
  people === null || listed === null || people === 0 || people === listed
    ? 'The list'
    : `The list: the team reaches the first ${count(people)} of ${plural(listed, noun('person', 'people'))}`;

function People() {
  const { where, mode } = useScope();
  const { dimensions } = useCatalogue();
  const { list = 'on', page = 1 } = useSearch({ from: '/app/risk' });
  const turn = useTurn();
  const answer = useQuery(candidatesQuery({ where, mode, list, limit: SIZE, offset: (page - 1) * SIZE }));
  if (!answer.data) return <Waiting on={[answer]} lines={12} />;
  const { total, people } = answer.data;
  if (total === 0)
    return (
      <Message title="Nobody">
        <p>Nobody of this cohort is on this list.</p>
      </Message>
    );
  return (
    <div className="people">
      <div className="rows-acts">
        <ExportMenu persons path="risk/candidates" query={{ where, list }} />
      </div>
      <DataTable
        caption="People by predicted risk"
        columns={columnsOf(list, dimensions)}
        rows={people}
        id={({ person_id }) => person_id}
      />
      <Pages page={page} size={SIZE} total={total} onPage={turn} />
    </div>
  );
}

const ordered = (items: readonly string[]) => (
  <ol className="drivers">
    {items.map((item) => (
      <li key={item}>{item}</li>
    ))}
  </ol>
);

const points = (items: readonly string[]) =>
  items.length === 0 ? (
    <span className="quiet">–</span>
  ) : (
    <ul className="drivers">
      {items.map((item) => (
        <li key={item}>{sentence(dated(item))}</li>
      ))}
    </ul>
  );

type Dimensions = Parameters<typeof labelIn>[0];

export const columnsOf = (list: 'on' | 'rising' | 'off', dimensions: Dimensions): Column<Candidate>[] => [
  {
    key: 'person',
    label: 'Person',
    show: (person) => (
      <>
        <PersonLink {...person} />
        <small className="below">{labelIn(dimensions, 'practice', person.practice) ?? 'no practice'}</small>
      </>
    ),
  },
  {
    key: 'risk',
    label: 'Risk',
    card: 'full',
    show: (person) => (
      <>
        <b>{scoreOf(person)}</b>
        <small className="below">
          {labelIn(dimensions, 'risk_tier', person.tier)}
          {person.chance_before !== null && `; ${Math.round(100 * person.chance_before)}% six months ago`}
          {person.is_rising && '; rising'}
        </small>
      </>
    ),
  },
  {
    key: 'drivers',
    label: 'What raises it',
    card: 'full',
    show: ({ drivers }) => ordered(drivers.map((driver) => driverIn(dimensions, driver))),
  },
  ...(list === 'off'
    ? [
        {
          key: 'barriers',
          label: 'Why not',
          card: 'full' as const,
          show: ({ barriers }: Candidate) => points(barriers),
        },
      ]
    : [
        {
          key: 'handles',
          label: 'Next action',
          card: 'full' as const,
          show: ({ handles, barriers }: Candidate) =>
            barriers.length > 0 ? (
              <>
                <b>Not to be called</b>
                {points(barriers)}
              </>
            ) : (
              <>
                <b>{actionFor(handles)}</b>
                {handles.length > 0 && points(handles)}
              </>
            ),
        },
      ]),
  {
    key: 'contact',
    label: 'Last contact',
    unit: 'a visit',
    align: 'date',
    show: ({ last_visit_date }) => (last_visit_date ? day(last_visit_date) : <span className="quiet">none known</span>),
  },
];

/** What to do first, by the first of the handles that a person has. */
const ACTIONS: readonly (readonly [RegExp, string])[] = [
  [/^discharged on/, 'Follow up the discharge'],
  [/care outside hospitals/, 'Review the care plan'],
  [/emergency visits/, 'Agree where to turn first'],
  [/^no visit/, 'Book a visit'],
  [/drugs to review$/, 'Review the medicines'],
];

const actionFor = ([first]: readonly string[]): string =>
  ACTIONS.find(([means]) => first !== undefined && means.test(first))?.[1] ?? 'Call and ask what is needed';
