import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Identity, Review } from '#contract/identity';
import { downloadDecision, identityQuery, reviewsQuery } from '../../api/identity.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Figure } from '../../components/figure.tsx';
import { Folded } from '../../components/folded.tsx';
import { Message, Waiting } from '../../components/states.tsx';
import { day } from '../../format/date.ts';
import { sourceLabel } from '../../format/label.ts';
import { listed, noun, plural, sentence, spelled } from '../../format/noun.ts';
import { count } from '../../format/number.ts';
import { useScope } from '../../state/use-scope.ts';

const SHOWN = 5;

/** Who is known to which sources, and records that may be one person, for somebody to decide: nothing is joined by guess. */
export function Matching({ letter }: { letter: string }) {
  const { mode } = useScope();
  const answer = useQuery(identityQuery(mode));
  if (!answer.data)
    return (
      <Figure letter={letter} title="Records that may be one person">
        <Waiting on={[answer]} />
      </Figure>
    );
  const { matched, reviews } = answer.data;
  return (
    <Figure
      letter={letter}
      title={[...(matched ? [matchedFinding(matched)] : []), sentence(waitingFinding(answer.data))].join('. ')}
      sub={reviews === 0 ? AGREE : DISAGREE}
    >
      {matched && (
        <DataTable
          caption="People by the sources that know them"
          columns={matchedColumns}
          rows={matched}
          id={({ sources }) => sources.join()}
        />
      )}
      {reviews !== 0 &&
        (mode === 'identified' ? (
          <Listed />
        ) : (
          <Message title="Lists of people are closed">
            <p>Shareable pages show no one by name. Switch the mode to Identified to see the records.</p>
          </Message>
        ))}
    </Figure>
  );
}

type Matched = NonNullable<Identity['matched']>;

/** "8,401 of 10,079 people are known to more than one source" */
function matchedFinding(matched: Matched): string {
  const sum = (some: Matched) => some.reduce((all, { persons }) => all + persons, 0);
  const joined = sum(matched.filter(({ sources }) => sources.length > 1));
  return `${count(joined)} of ${plural(sum(matched), people)} ${joined === 1 ? 'is' : 'are'} known to more than one source`;
}

function waitingFinding({ reviews, records }: Identity): string {
  if (reviews === null || records === null) return 'a few records wait for a decision whether they are one person';
  if (reviews === 0) return 'no records wait for a decision whether they are one person';
  return `${spelled(records, noun('record'))} under ${spelled(reviews, noun('shared identifier'))} wait for a decision whether they are one person`;
}

const people = noun('person', 'people');

const matchedColumns: Column<Matched[number]>[] = [
  {
    key: 'sources',
    label: 'Known to',
    show: ({ sources }) => listed(sources.map(sourceLabel)),
    by: ({ sources }) => sources.length,
  },
  {
    key: 'people',
    label: 'People',
    align: 'right',
    show: ({ persons }) => count(persons),
    by: ({ persons }) => persons,
  },
];

const AGREE = 'All records that share an identifier agree in birth date and sex, and are joined.';
const DISAGREE = `They share an identifier and contradict each other, so each counts as a person of its own. Either the
  identifier is wrong, for its source to correct, or they are one: then put the file into the source folder, and the next
  run joins them. Taken out again, it parts them.`;

function Listed() {
  const answer = useQuery(reviewsQuery());
  if (!answer.data) return <Waiting on={[answer]} lines={8} />;
  const { reviews, total } = answer.data;
  const rest = reviews.slice(SHOWN);
  return (
    <>
      <ReviewTable caption="Records that may be one person" reviews={reviews.slice(0, SHOWN)} />
      {rest.length > 0 && (
        <Folded label={plural(rest.length, noun('more', 'more'))}>
          <ReviewTable caption="More records that may be one person" reviews={rest} />
          {total > reviews.length && (
            <p className="table-end">{`The first ${plural(reviews.length, noun('identifier'))} of ${total}.`}</p>
          )}
        </Folded>
      )}
    </>
  );
}

const ReviewTable = ({ caption, reviews }: { caption: string; reviews: readonly Review[] }) => (
  <DataTable caption={caption} columns={columns} rows={reviews} id={({ review_id }) => review_id} />
);

/** How people name what issued an identifier. */
const issuer = (system: string): string =>
  system === 'http://hl7.org/fhir/sid/us-mbi' ? 'Medicare number' : system.replace(/^urn:(oid:)?|^https?:\/\//, '');

const columns: Column<Review>[] = [
  {
    key: 'identifier',
    label: 'Shared identifier',
    show: ({ system, value, differs }) => (
      <>
        <code className="origin">{value}</code>
        <small className="below">{issuer(system)}</small>
        <small className="below">
          {differs.length > 0 ? `differ in ${listed(differs)}` : 'linked to others who contradict each other'}
        </small>
      </>
    ),
  },
  {
    key: 'records',
    label: 'Records',
    card: 'full',
    show: ({ records, differs }) => (
      <ul className="records">
        {records.map((record) => (
          <li key={`${record.source_name} ${record.source_person_id}`}>
            <Told by={differs.includes('name')}>
              <Link to="/patients/$key" params={{ key: record.person_id }}>
                {record.name ?? record.person_id.slice(0, 8)}
              </Link>
            </Told>
            <span>
              <Told by={differs.includes('birth date')}>
                {record.birth_date ? `born ${day(record.birth_date)}` : 'birth date not known'}
              </Told>
              , <Told by={differs.includes('sex')}>{record.sex ?? 'sex not known'}</Told>
              {record.zip_code && `, ${record.zip_code}`}
              {record.death_date && `, died ${day(record.death_date)}`}
            </span>
            <small>{`${record.source_name} ${record.source_person_id}`}</small>
          </li>
        ))}
      </ul>
    ),
  },
  { key: 'decide', label: 'If they are one', unlabelled: true, card: 'full', show: (review) => <Decide {...review} /> },
];

/** What tells the records apart is set in bold. */
const Told = ({ by, children }: { by: boolean; children: ReactNode }) => (by ? <b>{children}</b> : children);

function Decide({ review_id }: Review) {
  const saving = useMutation({ mutationFn: () => downloadDecision(review_id) });
  return (
    <>
      <button type="button" className="link" disabled={saving.isPending} onClick={() => saving.mutate()}>
        Same person: CSV
      </button>
      {saving.error && <small role="alert">{sentence(saving.error.message)}</small>}
    </>
  );
}
