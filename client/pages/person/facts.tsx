import type { Patient } from '#contract/patient';
import { day } from '../../format/date.ts';
import { count } from '../../format/number.ts';
import { useCatalogue } from '../../state/use-scope.ts';
import { labelIn } from '../patient-table.tsx';

/** Who the person is: short facts in a line, then the conditions, which may be many. */
export function Facts({ patient }: { patient: Patient }) {
  const { dimensions } = useCatalogue();
  const conditions = patient.conditions.map((id) => labelIn(dimensions, 'condition', id) ?? id);
  const facts: [string, string | null][] = [
    ['Age, sex', [patient.age, patient.sex].filter(Boolean).join(', ')],
    ['Born', patient.birth_date && day(patient.birth_date)],
    ['Practice', labelIn(dimensions, 'practice', patient.practice)],
    [
      'Enrolled',
      patient.enrolled_from &&
        `${day(patient.enrolled_from)} to ${patient.enrolled_to ? day(patient.enrolled_to) : 'now'}`,
    ],
    ['Lives in', [patient.zip_code, patient.state].filter(Boolean).join(' ') || null],
    ['Paid in 12 months', `$${count(patient.paid_12m)}`],
    ['Last visit', patient.last_visit_date && day(patient.last_visit_date)],
    ['Conditions', conditions.join(', ') || 'none found'],
  ];
  return (
    <dl className="facts">
      {facts.map(
        ([name, value]) =>
          value && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
