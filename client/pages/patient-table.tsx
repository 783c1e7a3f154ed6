import type { Dimension } from '#contract/dimension';
import type { PatientSummary } from '#contract/patient';
import type { Candidate } from '#contract/risk';
import { type Column, DataTable, type Order } from '../components/data-table.tsx';
import { dated, day } from '../format/date.ts';
import { noun, plural, sentence } from '../format/noun.ts';
import { count } from '../format/number.ts';
import { useCatalogue } from '../state/use-scope.ts';
import { PersonLink } from './subject-table.tsx';

interface PatientTableProps {
  readonly patients: readonly PatientSummary[];
  /** Given where the server sorts; column keys are the server's words. */
  readonly order?: Order;
  readonly onOrder?: (order: Order) => void;
}

/** The name that people read for a value of a dimension. */
export const labelIn = (dimensions: readonly Dimension[], id: string, value: string | null) =>
  dimensions.find((dimension) => dimension.id === id)?.values.find((known) => known.value === value)?.label ?? value;

/** A reason behind a risk in the words of a list; a condition by its label. */
export const driverIn = (dimensions: readonly Dimension[], driver: string): string => {
  const conditions = dimensions.find(({ id }) => id === 'condition')?.values ?? [];
  return conditions.find(({ value }) => value.replaceAll('-', ' ') === driver)?.label ?? sentence(dated(driver));
};

/** What the score is, in its own unit: "56%", "HCC 1.402", "7 points". */
export function scoreOf({ score, basis }: Pick<Candidate, 'score' | 'basis'>): string {
  if (basis === 'model') return `${score.toFixed(score < 9.95 ? 1 : 0)}%`;
  return basis === 'hcc' ? `HCC ${score.toFixed(2)}` : `${score} ${score === 1 ? 'point' : 'points'}`;
}

/** Why, and since when, CMS shares no claims of a person. */
export const notShared = ({ not_shared, not_shared_from }: Pick<PatientSummary, 'not_shared' | 'not_shared_from'>) =>
  `claims not shared${not_shared_from ? ` since ${day(not_shared_from)}` : ''}: ${not_shared}`;

/** Says whom a list of people leaves out; nothing where it leaves out nobody. */
export const LeftOut = ({ people }: { people: number }) =>
  people > 0 && (
    <p className="table-end">
      {plural(people, noun('person', 'people'))} left out: CMS does not share their claims, so what looks due may be
      done. A search finds them.
    </p>
  );

/** People with the reasons they are here: risk and what drives it, use over twelve months, open gaps. */
export function PatientTable({ patients, ...sorting }: PatientTableProps) {
  const { dimensions } = useCatalogue();
  const columns: Column<PatientSummary>[] = [
    {
      key: 'name',
      label: 'Person',
      show: (person) => (
        <>
          <PersonLink {...person} />
          <small className="below">{labelIn(dimensions, 'practice', person.practice) ?? 'no practice'}</small>
          {person.not_shared !== null && <small className="below">{notShared(person)}</small>}
        </>
      ),
      by: ({ name }) => name,
    },
    {
      key: 'risk',
      label: 'Risk',
      show: ({ risk_tier, risk_score, risk_basis, death_date }) =>
        death_date ? (
          <>died {day(death_date)}</>
        ) : (
          <>
            <b>{labelIn(dimensions, 'risk_tier', risk_tier) ?? 'not scored'}</b>
            {risk_score !== null && risk_basis !== null && (
              <small className="below">{scoreOf({ score: risk_score, basis: risk_basis })}</small>
            )}
          </>
        ),
      by: ({ risk_score }) => risk_score,
    },
    {
      key: 'drivers',
      label: 'Why',
      card: 'full',
      show: ({ drivers }) => (
        <ol className="drivers">
          {drivers.slice(0, 3).map((driver) => (
            <li key={driver}>{driverIn(dimensions, driver)}</li>
          ))}
        </ol>
      ),
    },
    {
      key: 'admissions',
      label: 'Admissions',
      unit: '12 months',
      align: 'right',
      show: ({ admissions_12m }) => count(admissions_12m),
      by: ({ admissions_12m }) => admissions_12m,
    },
    {
      key: 'emergency',
      label: 'Emergency',
      unit: '12 months',
      align: 'right',
      show: ({ emergency_visits_12m }) => count(emergency_visits_12m),
      by: ({ emergency_visits_12m }) => emergency_visits_12m,
    },
    {
      key: 'paid',
      label: 'Paid',
      unit: '$, 12 months',
      align: 'right',
      show: ({ paid_12m }) => count(paid_12m),
      by: ({ paid_12m }) => paid_12m,
    },
    {
      key: 'gaps',
      label: 'Open gaps',
      align: 'right',
      show: ({ open_gaps }) => (open_gaps > 0 ? <b>{count(open_gaps)}</b> : '0'),
      by: ({ open_gaps }) => open_gaps,
    },
    {
      key: 'last_visit',
      label: 'Last visit',
      align: 'date',
      show: ({ last_visit_date }) => (last_visit_date ? day(last_visit_date) : <span className="quiet">none</span>),
      by: ({ last_visit_date }) => last_visit_date,
    },
  ];
  return (
    <DataTable caption="People" columns={columns} rows={patients} id={({ person_id }) => person_id} {...sorting} />
  );
}
