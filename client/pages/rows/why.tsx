import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ServedMetric } from '#contract/metric';
import type { SubjectRow } from '#contract/result';
import type { Shown } from '#contract/why';
import { whyQuery } from '../../api/metrics.ts';
import { Dialog } from '../../components/dialog.tsx';
import { Waiting } from '../../components/states.tsx';
import { dated, day } from '../../format/date.ts';
import { noun, plural, sentence } from '../../format/noun.ts';
import { count } from '../../format/number.ts';
import { grainNoun } from '../../state/grain.ts';
import { useCatalogue } from '../../state/use-scope.ts';
import { labelIn } from '../patient-table.tsx';
import { ClaimRoute, PersonRoute } from '../record-links.tsx';

interface WhyProps {
  readonly metric: ServedMetric;
  readonly row: Pick<SubjectRow, 'subject_id' | 'person_id' | 'name' | 'anchor_date' | 'exclusion' | 'dimensions'>;
  readonly onClose: () => void;
}

/** Why a row of the list counts or does not, rule by rule, each with what shows it. */
export function Why({ metric, row, onClose }: WhyProps) {
  const { dimensions } = useCatalogue();
  const asked = useQuery(whyQuery(metric.id, row));
  const why = asked.data;
  const counts = row.exclusion === null;
  const { one } = grainNoun(metric);
  const facts = Object.entries(row.dimensions).flatMap(([id, value]) => {
    const dimension = dimensions.find((known) => known.id === id && known.scope === 'subject' && !known.ofOutcome);
    return dimension && value !== null ? [`${dimension.title}: ${labelIn(dimensions, id, value)}`] : [];
  });
  return (
    <Dialog title={counts ? `Why this ${one} counts` : `Why this ${one} is left out`} kind="drawer" onClose={onClose}>
      <div className="prose">
        <p className="lead">
          <PersonRoute id={row.person_id}>{row.name ?? row.person_id.slice(0, 8)}</PersonRoute>, {day(row.anchor_date)}
        </p>
        {!why ? (
          <Waiting on={[asked]} lines={12} />
        ) : (
          <>
            <section>
              <h3>Denominator</h3>
              <ul className="checks">
                <Check mark={counts ? 'yes' : 'no'} word={counts ? 'counts' : 'left out'} says={metric.denominator}>
                  <Proof person={row.person_id} of={why.population} />
                  {facts.length > 0 && <small className="below">{facts.join('; ')}</small>}
                </Check>
              </ul>
            </section>
            <section>
              <h3>Rule by rule</h3>
              {why.rules.length === 0 ? (
                <p>No rule of this measure leaves anybody out.</p>
              ) : (
                <ul className="checks">
                  {why.rules.map(({ reason, verdict, ...shown }) => (
                    <Check key={reason} mark={MARK_OF[verdict]} word={verdict} says={reason}>
                      <Proof person={row.person_id} of={shown} within={reason} />
                    </Check>
                  ))}
                </ul>
              )}
              {why.rules.some(({ verdict }) => verdict === 'not asked') && (
                <p className="quiet">One rule is enough to be left out, so those not asked may apply too.</p>
              )}
            </section>
            <section>
              <h3>Numerator</h3>
              <ul className="checks">
                <Check {...standing(metric, why.numerator?.value)} says={metric.numerator}>
                  {why.numerator && <Proof person={row.person_id} of={why.numerator} />}
                </Check>
              </ul>
            </section>
          </>
        )}
      </div>
    </Dialog>
  );
}

/** How a row stands in the numerator; undefined where it was not asked. */
function standing({ unit }: ServedMetric, value: number | undefined): { mark: Mark; word: string } {
  if (value === undefined) return { mark: 'not asked', word: 'not asked' };
  const mark = value > 0 ? 'yes' : 'no';
  return { mark, word: unit === 'percent' ? mark : count(value) };
}

type Mark = 'yes' | 'no' | 'applies' | 'not asked';

const MARK_OF = { applies: 'applies', 'does not apply': 'no', 'not asked': 'not asked' } as const;

const shapes: Record<Mark, ReactNode> = {
  yes: <circle cx="6" cy="6" r="5.5" fill="currentColor" />,
  no: <circle cx="6" cy="6" r="5" fill="none" stroke="currentColor" strokeWidth="1.25" />,
  applies: <path d="M6 0 12 6 6 12 0 6Z" fill="currentColor" />,
  'not asked': (
    <circle cx="6" cy="6" r="5" fill="none" stroke="currentColor" strokeWidth="1.25" strokeDasharray="2 2" />
  ),
};

interface CheckProps {
  readonly mark: Mark;
  readonly word: string;
  readonly says: string;
  readonly children: ReactNode;
}

/** A rule and what it says of the row, by shape and word. */
const Check = ({ mark, word, says, children }: CheckProps) => (
  <li className={mark === 'applies' ? 'asked failed' : 'asked'}>
    <b className="verdict">
      <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
        {shapes[mark]}
      </svg>
      {word}
    </b>
    {sentence(says)}
    {children}
  </li>
);

/** Beside an event with more claims they are listed where the event is. */
const MOST_CLAIMS = 3;

/** What shows it, and the way there: the event of the person's record, and its claims. */
function Proof({ person, of: { evidence, evidence_date, event, claims }, within = '' }: ProofProps) {
  const bare = evidence?.startsWith(`${within} (`) ? evidence.slice(within.length + 2, -1) : evidence;
  const shows = bare && evidence_date && !bare.includes(evidence_date) ? `${bare}, ${evidence_date}` : bare;
  if (!shows && !event) return null;
  return (
    <small className="below">
      {shows && `${sentence(dated(shows))}. `}
      {event && (
        <PersonRoute id={person} event={event.id}>
          {event.title}
          {event.facility && `, ${event.facility}`}, {day(event.start_date)}
        </PersonRoute>
      )}
      {claims.length > MOST_CLAIMS
        ? `, ${plural(claims.length, noun('claim'))}`
        : claims.map(({ claim_id, source_name }) => (
            <span key={`${source_name} ${claim_id}`}>
              {event && ', '}
              <ClaimRoute id={claim_id} source={source_name}>
                claim {claim_id}
              </ClaimRoute>
            </span>
          ))}
    </small>
  );
}

interface ProofProps {
  readonly person: string;
  readonly of: Shown;
  /** The rule, which evidence may repeat. */
  readonly within?: string;
}
