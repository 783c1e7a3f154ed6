import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import type { Attribution, AttributionOutcome } from '#contract/attribution';
import { attributionQuery } from '../../api/attribution.ts';
import { Figure } from '../../components/figure.tsx';
import { Arrow } from '../../components/icon.tsx';
import { Message, Waiting } from '../../components/states.tsx';
import { day } from '../../format/date.ts';
import { noun, plural } from '../../format/noun.ts';
import { count, ROUGHLY } from '../../format/number.ts';
import { useScope } from '../../state/use-scope.ts';
import { AttributedPeople, agreementMeaning, CountedPeople, Dates, useSelection } from '../attributed-people.tsx';

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

/** How people came to their practice: by step, against the assignment list, who came and went. */
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
      sub={`Assessed ${day(date)} over 12 months, by the rules of the Medicare Shared Savings Program. The assignment list, or a payer’s word, decides who is responsible; the rules, worked out from the claims at hand, are the second opinion.`}
      note={`Claims do not tell of other Shared Savings organizations, of electing teaching hospitals, nor of care that CMS does not share; charges of facilities are what was paid where nobody tells what was allowed.${opens ? '' : ` ${ROUGHLY}`}`}
      onward={
        <>
          <Dates chosen={date} all={told.assessments} />
          <Link className="see" to="/providers">
            See panels, and who stayed
            <Arrow />
          </Link>
        </>
      }
    >
      <CountedPeople
        caption="People by step"
        rows={told.outcomes.map(({ outcome, persons }) => ({
          ...{ label: outcome, meaning: meaning[outcome], persons, selection: { outcome } },
        }))}
      />
      {told.agreement.length > 0 && (
        <CountedPeople
          caption="The list or payer, and the rules"
          rows={told.agreement.map(({ agreement, persons }) => ({
            ...{ label: agreement, meaning: agreementMeaning[agreement], persons, selection: { agreement } },
          }))}
        />
      )}
      {told.changes.length > 0 && (
        <CountedPeople
          caption="Since the assessment before"
          rows={told.changes.map(({ change, reason, persons }) => ({
            ...{ label: movement[change], meaning: reason, persons, selection: { change, cause: reason } },
          }))}
        />
      )}
      {opens && selection && (
        <AttributedPeople key={JSON.stringify([date, selection])} selection={selection} date={date} />
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

const movement = { in: 'Came in', moved: 'Moved', out: 'Went out' } as const;
