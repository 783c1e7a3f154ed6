import { type Cases, everyRow } from '../../engine/cases.ts';

const members = (table: string) => everyRow({ gender: 'female', birth_date: '1950-03-01', payer: 'medicare' }, table);

/** Lines of professional claims in an office. */
const office = (table: string) =>
  everyRow(
    { claim_line_number: '1', claim_type: 'professional', place_of_service_code: '11', hcpcs_code: '99213' },
    table,
  );

const months = Array.from({ length: 12 }, (_, at) => `2024-${String(at + 1).padStart(2, '0')}-01`);

/** A hundred and more people of a kind, named a1, a2 ... and covered all year, who cost 100, 200 ... dollars in May. */
const many = (people: number) =>
  Array.from({ length: people }, (_, at) => ({ id: `a${at + 1}`, paid: 100 * (at + 1) }));

const covered = (people: readonly { id: string }[]) =>
  members(
    [
      'person_id | enrollment_start_date | enrollment_end_date',
      ...people.map(({ id }) => `${id} | 2024-01-01 | 2024-12-31`),
    ].join('\n'),
  );

const spent = (people: readonly { id: string; paid: number }[]) =>
  office(
    [
      'claim_id | person_id | claim_start_date | claim_end_date | paid_amount',
      ...people.map(({ id, paid }, at) => `${at} | ${id} | 2024-05-09 | 2024-05-09 | ${paid}`),
    ].join('\n'),
  );

/** A row of every month, with the dollars of May. */
const expecting = (people: readonly { id: string; paid: number }[]) =>
  [
    'person_id | anchor_date | numerator | office | denominator | exclusion',
    ...people.flatMap(({ id, paid }) =>
      months.map((month) => {
        const dollars = month === '2024-05-01' ? paid : 0;
        return `${id} | ${month} | ${dollars} | ${dollars}.0 | 1 |`;
      }),
    ),
  ].join('\n');

const cut = (people: readonly { id: string; paid: number }[], at: number) =>
  people.map(({ id, paid }) => ({ id, paid: Math.min(paid, at) }));

export default {
  'in numerator: of a hundred people the costliest is cut to the next, and nobody else; denominator only: a month without any':
    {
      given: { 'input.eligibility': covered(many(100)), 'input.medical_claim': spent(many(100)) },
      expect: expecting(cut(many(100), 9900)),
    },
  'fewer than a hundred people of a type are not cut': {
    given: { 'input.eligibility': covered(many(99)), 'input.medical_claim': spent(many(99)) },
    expect: expecting(many(99)),
  },
  'the percentile is of people of the same enrollment type: one with renal disease is not cut by the others': {
    given: {
      'input.eligibility': `${covered(many(100))}
        ren | 2024-01-01 | 2024-12-31 | female | 1950-03-01 | medicare`
        .split('\n')
        .map((line, at) => `${line} | ${at === 0 ? 'medicare_status_code' : line.includes('ren |') ? '11' : '10'}`)
        .join('\n'),
      'input.medical_claim': spent([...many(100), { id: 'ren', paid: 50000 }]),
    },
    expect: expecting([...cut(many(100), 9900), { id: 'ren', paid: 50000 }]),
  },
  'excluded: dollars in a month without coverage are kept with their reason, uncut': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-01-01            | 2024-01-31`),
      'input.medical_claim': office(`
        claim_id | person_id | claim_start_date | claim_end_date | paid_amount
        1        | ann       | 2024-02-09       | 2024-02-09     | 80`),
    },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-01-01  | 0         | 1           |
      ann       | 2024-02-01  | 80        | 0           | not enrolled that month`,
  },
  'just inside: a claim on the last day of the data': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-06-01            | 2024-12-31`),
      'input.medical_claim': office(`
        claim_id | person_id | claim_start_date | claim_end_date | paid_amount
        1        | ann       | 2024-06-30       | 2024-06-30     | 80`),
    },
    variables: { data_through: '2024-06-30' },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-06-01  | 80        | 1           |`,
  },
  'just outside: a claim on the day after the data end': {
    given: {
      'input.eligibility': members(`
        person_id | enrollment_start_date | enrollment_end_date
        ann       | 2024-06-01            | 2024-12-31`),
      'input.medical_claim': office(`
        claim_id | person_id | claim_start_date | claim_end_date | paid_amount
        1        | ann       | 2024-07-01       | 2024-07-01     | 80`),
    },
    variables: { data_through: '2024-06-30' },
    expect: `
      person_id | anchor_date | numerator | denominator | exclusion
      ann       | 2024-06-01  | 0         | 1           |`,
  },
} satisfies Cases;
