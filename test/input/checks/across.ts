import type { Fixtures } from './fixture.ts';

const BORN = 'person_id | birth_date | death_date\nann | 1950-01-01 | 2024-01-01';

/** Tables that tell of persons, with the column that says when and a value on a day. */
const DAYS = {
  medical_claim: 'claim_start_date',
  pharmacy_claim: 'dispensing_date',
  encounter: 'encounter_start_date',
  condition: 'recorded_date',
  procedure: 'procedure_date',
  lab_result: 'collection_datetime',
  observation: 'observation_date',
  medication: 'prescribing_date',
  immunization: 'occurrence_date',
  appointment: 'start_datetime',
  allergy: 'recorded_date',
  care_plan: 'start_date',
  service_request: 'ordered_date',
  task: 'authored_date',
  communication: 'sent_datetime',
  program_enrollment: 'start_date',
  survey: 'answered_date',
  assignment: 'window_start_date',
};

const ofPersons: Fixtures = Object.fromEntries(
  Object.entries(DAYS).flatMap(([table, day]) => {
    const id = table.replaceAll('_', '-');
    const given = (records: string) => ({ 'input.patient': BORN, [`input.${table}`]: records });
    return [
      [
        `${id}-person-known`,
        {
          fails: given('person_id\nbob'),
          passes: { ...given('person_id\nann\nbob'), 'input.eligibility': 'person_id\nbob' },
        },
      ],
      [
        `${id}-not-after-death`,
        { fails: given(`person_id | ${day}\nann | 2024-02-02`), passes: given(`person_id | ${day}\nann | 2024-02-01`) },
      ],
      [
        `${id}-not-before-birth`,
        { fails: given(`person_id | ${day}\nann | 1949-12-31`), passes: given(`person_id | ${day}\nann | 1950-01-01`) },
      ],
    ];
  }),
);

const attributed = (month: string) => ({
  'input.patient': BORN,
  'input.provider_attribution': `person_id | year_month\nann | ${month}`,
});

/** A roster knows people by their number at the payer too, unless two share it. */
const numbered = (member: string) => ({
  'input.eligibility': 'person_id | member_id\nann | 1\nbob | 2\ncy | 2',
  'input.program_enrollment': `person_id\n${member}`,
});

const ofEncounters: Fixtures = Object.fromEntries(
  [
    ...['condition', 'procedure', 'lab_result', 'observation', 'medication', 'immunization'],
    ...['service_request', 'task', 'communication'],
  ].map((table) => {
    const given = (records: string) => ({
      'input.encounter': 'source_name | encounter_id\nehr | 1',
      [`input.${table}`]: records,
    });
    return [
      `${table.replaceAll('_', '-')}-encounter-known`,
      {
        fails: given('source_name | encounter_id\nehr | 2'),
        passes: given('source_name | encounter_id\nehr | 1'),
      },
    ];
  }),
);

const covered = (table: string, day: string) => {
  const given = (on: string) => ({
    'input.eligibility': `
      person_id | enrollment_start_date | enrollment_end_date
      ann       | 2024-01-01            | 2024-01-31
      ann       | 2024-03-01            |`,
    [`input.${table}`]: `person_id | ${day}\nann | ${on}`,
  });
  return { fails: given('2024-02-01'), passes: given('2024-03-01') };
};

const diagnosed = (sex: string, code: string) => ({
  'input.patient': `person_id | sex\nann | ${sex}`,
  'input.medical_claim': `person_id | diagnosis_code_type | diagnosis_code_1\nann | icd-10-cm | ${code}`,
});

/** One record in each of the given months; a month named twice has two. */
const monthly = (day: string, ...months: string[]) =>
  ['source_name | line_number', ...months.map((_, at) => `s | ${at}`)]
    .map((row, at) => `${row} | ${at === 0 ? day : `${months[at - 1]}-15`}`)
    .join('\n');

const steady = ['2024-01', '2024-02', '2024-03', '2024-04', '2024-05', '2024-06', '2024-07'];
/** Four records in every month but one, which has one. */
const thin = steady.flatMap((month) => (month === '2024-04' ? [month] : [month, month, month, month]));

const months: Fixtures = Object.fromEntries(
  (['medical_claim', 'pharmacy_claim', 'encounter', 'lab_result'] as const).flatMap((table) => {
    const id = table.replaceAll('_', '-');
    const given = (...on: string[]) => ({ [`input.${table}`]: monthly(DAYS[table], ...on) });
    return [
      [
        `${id}-month-not-missing`,
        { fails: given(...steady.filter((month) => month !== '2024-03')), passes: given(...steady) },
      ],
      [`${id}-month-not-thin`, { fails: given(...thin), passes: given(...steady) }],
    ];
  }),
);

const newest = (table: string, day: string) => {
  const given = (on: string) => ({ [`input.${table}`]: `source_name | ${day} | file_date\ns | ${on} | 2024-06-01` });
  return { fails: given('2024-02-29'), passes: given('2024-03-01') };
};

/** Coverage since January of as many people as ends are given. */
const spans = (...ends: string[]) =>
  [
    'person_id | enrollment_start_date | enrollment_end_date',
    ...ends.map((end, at) => `p${at} | 2024-01-10 | ${end}`),
  ].join('\n');
const CLAIM_IN_MARCH = { 'input.medical_claim': 'claim_start_date\n2024-03-15' };

const CLAIM = { 'input.medical_claim': 'source_name | person_id | paid_amount\ns | ann | 5.00' };

export const across: Fixtures = {
  ...ofPersons,
  'provider-attribution-person-known': {
    fails: { 'input.patient': BORN, 'input.provider_attribution': 'person_id\nbob' },
    passes: { 'input.patient': BORN, 'input.provider_attribution': 'person_id\nann' },
  },
  'provider-attribution-not-after-death': { fails: attributed('202403'), passes: attributed('202402') },
  'provider-attribution-not-before-birth': { fails: attributed('194912'), passes: attributed('195001') },
  'program-enrollment-person-known': { fails: numbered('2'), passes: numbered('1') },
  ...ofEncounters,
  ...months,
  'medical-claim-while-covered': covered('medical_claim', 'claim_start_date'),
  'medical-claim-mostly-while-covered': covered('medical_claim', 'claim_start_date'),
  'pharmacy-claim-while-covered': covered('pharmacy_claim', 'dispensing_date'),
  'medical-claim-pregnancy-of-woman': { fails: diagnosed('male', 'O80'), passes: diagnosed('female', 'O80') },
  'medical-claim-prostate-of-man': { fails: diagnosed('female', 'C61'), passes: diagnosed('male', 'N401') },
  'medical-claim-newest-month-there': newest('medical_claim', 'claim_start_date'),
  'pharmacy-claim-newest-month-there': newest('pharmacy_claim', 'dispensing_date'),
  'eligibility-newest-month-there': newest('eligibility', 'enrollment_end_date'),
  'eligibility-month-not-shrunk': {
    fails: { ...CLAIM_IN_MARCH, 'input.eligibility': spans('2024-02-29', '2024-02-29', '') },
    passes: { ...CLAIM_IN_MARCH, 'input.eligibility': spans('2024-02-29', '', '', '') },
  },
  'source-brings-fills': { fails: CLAIM, passes: { ...CLAIM, 'input.pharmacy_claim': 'source_name\ns' } },
  'source-brings-members': { fails: CLAIM, passes: { ...CLAIM, 'input.eligibility': 'source_name\ns' } },
  'source-pays-something': {
    fails: { 'input.medical_claim': 'source_name | paid_amount\ns | 0.00\ns |' },
    passes: CLAIM,
  },
  'member-has-claims': {
    fails: { ...CLAIM, 'input.eligibility': 'person_id\nbob' },
    passes: { ...CLAIM, 'input.eligibility': 'person_id\nann\nann' },
  },
};
