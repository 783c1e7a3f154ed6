import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Review } from '#contract/identity';
import { downloadDecision, identityQuery, reviewsQuery } from '../../api/identity.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Figure } from '../../components/figure.tsx';
import { Message, Waiting } from '../../components/states.tsx';
import { day } from '../../format/date.ts';
import { listed, noun, plural, sentence, spelled } from '../../format/noun.ts';
import { useScope } from '../../state/use-scope.ts';

const SHOWN = 5;

/** Records that may be one person, for somebody to decide: nothing is joined by guess. */
export function Reviews({ letter }: { letter: string }) {
  const { mode } = useScope();
  const answer = useQuery(identityQuery(mode));
  if (!answer.data)
    return (
      <Figure letter={letter} title="Records that may be one person">
        <Waiting on={[answer]} />
      </Figure>
    );
  const { reviews, records } = answer.data;
  return (
    <Figure
      letter={letter}
      title={
        reviews === null || records === null
          ? 'A few records wait for a decision whether they are one person'
          : reviews === 0
            ? 'No records wait for a decision whether they are one person'
            : `${sentence(spelled(records, noun('record')))} under ${spelled(reviews, noun('shared identifier'))} wait for a decision whether they are one person`
      }
      sub={reviews === 0 ? AGREE : DISAGREE}
    >
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
        <details className="more-rows">
          <summary>{plural(rest.length, noun('more', 'more'))}</summary>
          <ReviewTable caption="More records that may be one person" reviews={rest} />
          {total > reviews.length && (
            <p className="table-end">{`The first ${plural(reviews.length, noun('identifier'))} of ${total}.`}</p>
          )}
        </details>
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
