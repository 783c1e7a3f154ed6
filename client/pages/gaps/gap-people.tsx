import { Link } from '@tanstack/react-router';
import type { GapPerson, OpenGap } from '#contract/gap';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { dated, day } from '../../format/date.ts';
import { count } from '../../format/number.ts';
import { useCatalogue } from '../../state/use-scope.ts';
import { labelIn } from '../patient-table.tsx';
import { PersonLink } from '../subject-table.tsx';
import { CloseGap, Entered, standing } from './close-gap.tsx';
import { GapStatus } from './gap-status.tsx';

const SHOWN = 5;

/** People with all their open gaps together, and what would close each. */
export function GapPeople({ people }: { people: readonly GapPerson[] }) {
  const { dimensions } = useCatalogue();
  const columns: Column<GapPerson>[] = [
    {
      key: 'person',
      label: 'Person',
      show: (person) => (
        <>
          <PersonLink {...person} />
          <small className="below">{labelIn(dimensions, 'practice', person.practice) ?? 'no practice'}</small>
          {person.provider !== null && <small className="below">{person.provider_name ?? person.provider}</small>}
        </>
      ),
    },
    {
      key: 'risk',
      label: 'Risk',
      show: ({ risk_tier }) => labelIn(dimensions, 'risk_tier', risk_tier) ?? <span className="quiet">not scored</span>,
    },
    {
      key: 'seen',
      label: 'Last visit',
      align: 'date',
      show: ({ last_visit_date }) => (last_visit_date ? day(last_visit_date) : <span className="quiet">none</span>),
    },
    { key: 'gaps', label: 'Open gaps', align: 'right', show: ({ gaps }) => <b>{count(gaps.length)}</b> },
    { key: 'list', label: 'Gaps', card: 'full', show: (person) => <GapList person={person} /> },
  ];
  return (
    <DataTable caption="People with open gaps" columns={columns} rows={people} id={({ person_id }) => person_id} />
  );
}

function GapList({ person }: { person: GapPerson }) {
  const rest = person.gaps.slice(SHOWN);
  return (
    <>
      <Lines person={person} gaps={person.gaps.slice(0, SHOWN)} />
      {rest.length > 0 && (
        <details className="more-rows">
          <summary>{count(rest.length)} more</summary>
          <Lines person={person} gaps={rest} />
        </details>
      )}
    </>
  );
}

const Lines = ({ person, gaps }: { person: GapPerson; gaps: readonly OpenGap[] }) => {
  const { metrics } = useCatalogue();
  return (
    <ul className="gap-lines">
      {gaps.map((gap) => {
        const metric = metrics.find(({ id }) => id === gap.metric);
        const entered = metric ? standing(person.closures, metric) : [];
        return (
          metric && (
            <li key={`${gap.metric} ${gap.subject_id}`}>
              <span>
                <GapStatus status={gap.status} />
                <small className="below">by {day(gap.due_date)}</small>
              </span>
              <span>
                <Link to="/measures/$id" params={{ id: metric.id }}>
                  {metric.title}
                </Link>
                <small className="below">{dated([gap.reason, gap.evidence].filter(Boolean).join('; '))}</small>
                <Entered personId={person.person_id} closures={entered} isOpen />
              </span>
              <CloseGap metric={metric} person={person} isEntered={entered.length > 0} />
            </li>
          )
        );
      })}
    </ul>
  );
};
