import type { Subjects } from '../../../pipelines/engine/fact.ts';
import type { Fixture, Fixtures } from './fixture.ts';

/** Header, one row twice in what fails, once in what passes. */
const twice = (table: string, header: string, row: string): Fixture => ({
  fails: { [table]: [header, row, row].join('\n') },
  passes: { [table]: [header, row].join('\n') },
});

const onTable = (table: string, header: string, fails: string, ...passes: string[]): Fixture => ({
  fails: { [table]: [header, fails].join('\n') },
  passes: { [table]: [header, ...passes].join('\n') },
});

const UNIQUE: Readonly<Record<string, readonly [header: string, row: string]>> = {
  'core.person': ['person_id', 'p'],
  'core.person_source': ['source_name | source_person_id', 's | ann'],
  'core.member_month': ['person_id | month | payer | plan', 'p | 2024-01-01 | m | m'],
  'core.medical_claim': ['source_name | claim_id | claim_line_number', 's | 1 | 1'],
  'core.pharmacy_claim': ['source_name | claim_id | claim_line_number', 's | 1 | 1'],
  'core.encounter': ['encounter_id', 'e'],
  'core.facility': ['facility_id', 'f'],
  'mart.person_month': ['person_id | month', 'p | 2024-01-01'],
  'mart.inpatient_stay': ['stay_id', 's'],
  'mart.readmission': ['stay_id', 's'],
  'mart.attribution': ['person_id | month', 'p | 2024-01-01'],
  'mart.chronic_condition': ['person_id | condition | since_date', 'p | diabetes | 2024-01-01'],
  'mart.person_summary': ['person_id', 'p'],
  'mart.attribution_reason': ['person_id | assessment_date', 'p | 2024-12-31'],
  'mart.care_gap': ['measure_id | rate_id | subject_id | period_start', 'CMS122 | 1 | p | 2024-01-01'],
};

const OF_PERSONS = [
  ...['core.member_month', 'core.medical_claim', 'core.pharmacy_claim', 'core.encounter', 'core.condition'],
  ...['core.procedure', 'core.observation', 'core.medication', 'core.immunization', 'mart.person_month'],
];

const kebab = (table: string): string => table.replace(/[._]/g, '-');

const refers = (table: string, column: string, other: string, key = column): Fixture => {
  const given = (value: string) => ({ [table]: `${column}\n${value}`, [other]: `${key}\nknown` });
  return { fails: given('astray'), passes: given('known') };
};

const STAY = 'stay_id | person_id | is_short_term_acute | admit_date | discharge_date';
const PART = 'stay_id | encounter_id | start_date | end_date';
const GAP = 'initial_population | denominator | denominator_exclusion | denominator_exception | numerator';

const spans = (months: string): Fixture['fails'] => ({
  'core.coverage_span': 'person_id | payer | plan | start_date | end_date\np | m | m | 2024-01-15 | 2024-02-10',
  'core.member_month': `person_id | payer | plan | month\n${months}`,
});

const shared = (disputed: string): Fixture['fails'] => ({
  'core.person_identifier': 'person_id | system | value\nann | mbi | 1\nbob | mbi | 1\ncy | mrn | 2',
  'core.person_review': `system | value\nmbi | ${disputed}`,
});

const conflicting = (reason: string, other: string): Fixture => {
  const given = (found: string) => ({
    'core.assignment_month': 'person_id | month | is_assigned\np | 2024-01-01 | true\nq | 2024-01-01 | false',
    'core.eligibility_conflict': `person_id | month | reason\np | 2024-01-01 | ${found}`,
  });
  return { fails: given(reason), passes: given(other) };
};

const excluded = (from: string): Fixture['fails'] => ({
  'core.beneficiary_exclusion': `person_id | excluded_date\np | ${from}\nq | 2024-01-01`,
  'mart.care_gap': `person_id | period_end | initial_population | status
    p | 2024-12-31 | true | open\nq | 2024-12-31 | true | closed\nr | 2024-12-31 | true | open`,
});

const dollars = (one: string, other: string, columns = 'paid_amount', tail = ''): Fixture => {
  const given = (cents: string) => ({
    [one]: `${columns}\n${cents}${tail}`,
    [other]: `${columns}\n5.00${tail}`,
  });
  return { fails: given('5.01'), passes: given('5.00') };
};

export const warehouse: Fixtures = {
  ...Object.fromEntries(
    Object.entries(UNIQUE).map(([table, [header, row]]) => [`unique-${kebab(table)}`, twice(table, header, row)]),
  ),
  ...Object.fromEntries(
    OF_PERSONS.map((table) => [`known-person-${kebab(table)}`, refers(table, 'person_id', 'core.person')]),
  ),
  'claim-in-known-encounter': refers('core.medical_claim', 'encounter_id', 'core.encounter'),
  'condition-in-known-encounter': refers('core.condition', 'encounter_id', 'core.encounter'),
  'procedure-in-known-encounter': refers('core.procedure', 'encounter_id', 'core.encounter'),
  'observation-in-known-encounter': refers('core.observation', 'encounter_id', 'core.encounter'),
  'claim-at-known-facility': refers('core.medical_claim', 'facility_id', 'core.facility'),
  'stay-of-known-encounters': refers('mart.inpatient_stay_part', 'encounter_id', 'core.encounter'),
  'readmission-stay-exists': refers('mart.readmission', 'readmission_stay_id', 'mart.inpatient_stay', 'stay_id'),
  'attribution-says-why': {
    fails: {
      'core.person': 'person_id\np\nq',
      'mart.attribution_reason': 'person_id | assessment_date | reason\np | 2024-12-31 | Because.',
    },
    passes: {
      'core.person': 'person_id\np',
      'mart.attribution_reason': 'person_id | assessment_date | reason\np | 2024-12-31 | Because.',
    },
  },
  'attribution-agrees-with-list': onTable(
    'mart.attribution_reason',
    'agreement',
    'another practice',
    'same practice',
    'neither',
  ),
  'person-id-opaque': onTable('core.person_source', 'person_id | source_person_id', 'ann | ann', 'f00d | ann'),
  'person-sex-worded': onTable('core.person', 'sex', 'f', 'female', 'male', 'unknown'),
  'person-age-plausible': onTable('mart.person_summary', 'age', '121', '0', '120'),

  'person-identifier-tells-of-one-person': { fails: shared('1'), passes: shared('2') },

  'member-month-days-fit': onTable(
    'core.member_month',
    'month | enrolled_days',
    '2024-02-01 | 30',
    '2024-02-01 | 29',
    '2024-01-01 | 1',
  ),
  'member-month-starts-month': onTable('core.member_month', 'month', '2024-02-02', '2024-02-01'),
  'member-month-within-data': onTable('core.member_month', 'month', '2025-01-01', '2024-12-01'),
  'member-month-while-alive': {
    fails: {
      'core.person': 'person_id | death_date\np | 2024-01-31',
      'core.member_month': 'person_id | month\np | 2024-02-01',
    },
    passes: {
      'core.person': 'person_id | death_date\np | 2024-02-01',
      'core.member_month': 'person_id | month\np | 2024-02-01',
    },
  },
  'span-becomes-member-months': {
    fails: spans('p | m | m | 2024-01-01\np | m | other | 2024-02-01'),
    passes: spans('p | m | m | 2024-01-01\np | m | m | 2024-02-01\np | m | m | 2024-05-01'),
  },
  'member-month-has-span': {
    fails: spans('p | m | m | 2024-01-01\np | m | m | 2024-03-01'),
    passes: spans('p | m | m | 2024-01-01\np | m | m | 2024-02-01'),
  },
  'member-month-has-person-month': {
    fails: {
      'core.member_month': 'person_id | month\np | 2024-02-01',
      'mart.person_month': 'person_id | month\np | 2024-01-01',
    },
    passes: {
      'core.member_month': 'person_id | month\np | 2024-01-01',
      'mart.person_month': 'person_id | month\np | 2024-01-01',
    },
  },

  'stay-ends-after-it-starts': onTable(
    'core.encounter',
    'start_date | end_date',
    '2024-02-02 | 2024-02-01',
    '2024-02-02 | 2024-02-02',
    '2024-02-02 |',
  ),
  'encounter-length-fits': onTable(
    'core.encounter',
    'start_date | end_date | length_of_stay',
    '2024-02-01 | 2024-02-03 | 3',
    '2024-02-01 | 2024-02-03 | 2',
  ),
  'encounter-type-worded': onTable('core.encounter', 'encounter_type', 'visit', 'office visit', 'acute inpatient'),
  'encounter-source-worded': onTable('core.encounter', 'source', 'chart', 'claim', 'ehr', 'both'),
  'encounter-mostly-typed': onTable('core.ehr_encounter', 'encounter_type', 'other', 'office visit', 'telehealth'),
  'claims-inside-stay': {
    fails: {
      'core.encounter':
        'encounter_id | encounter_type | start_date | end_date\ne | acute inpatient | 2024-02-05 | 2024-02-09',
      'core.medical_claim': 'encounter_id | line_start_date\ne | 2024-02-10',
    },
    passes: {
      'core.encounter':
        'encounter_id | encounter_type | start_date | end_date\ne | acute inpatient | 2024-02-05 | 2024-02-09',
      'core.medical_claim': 'encounter_id | line_start_date\ne | 2024-02-02\ne | 2024-02-09',
    },
  },
  'parts-inside-stay': {
    fails: {
      'mart.inpatient_stay': `${STAY}\ns | p | true | 2024-02-05 | 2024-02-09`,
      'mart.inpatient_stay_part': `${PART}\ns | e | 2024-02-05 | 2024-02-10`,
    },
    passes: {
      'mart.inpatient_stay': `${STAY}\ns | p | true | 2024-02-05 | 2024-02-09`,
      'mart.inpatient_stay_part': `${PART}\ns | e | 2024-02-05 | 2024-02-07\ns | f | 2024-02-07 | 2024-02-09`,
    },
  },
  'stays-do-not-overlap': onTable(
    'mart.inpatient_stay',
    STAY,
    'a | p | true | 2024-02-05 | 2024-02-09\nb | p | true | 2024-02-08 | 2024-02-12',
    'a | p | true | 2024-02-05 | 2024-02-09',
    'b | p | true | 2024-02-09 | 2024-02-12',
    'c | p | false | 2024-02-10 | 2024-02-11',
  ),
  'every-hospital-encounter-in-a-stay': {
    fails: { 'core.encounter': 'encounter_id | encounter_type | is_after_data_through\ne | acute inpatient | false' },
    passes: {
      'core.encounter':
        'encounter_id | encounter_type | is_after_data_through\ne | acute inpatient | false\nf | acute inpatient | true',
      'mart.inpatient_stay_part': 'stay_id | encounter_id\ns | e',
    },
  },
  'stay-counts-its-parts': {
    fails: {
      'mart.inpatient_stay': 'stay_id | parts\ns | 2',
      'mart.inpatient_stay_part': 'stay_id | encounter_id\ns | e',
    },
    passes: {
      'mart.inpatient_stay': 'stay_id | parts\ns | 1',
      'mart.inpatient_stay_part': 'stay_id | encounter_id\ns | e',
    },
  },
  'acute-stay-is-judged': {
    fails: { 'mart.inpatient_stay': 'stay_id | is_short_term_acute\ns | true' },
    passes: {
      'mart.inpatient_stay': 'stay_id | is_short_term_acute\ns | true\nt | false',
      'mart.readmission': 'stay_id\ns',
    },
  },
  'index-or-excluded': onTable(
    'mart.readmission',
    'is_index | exclusion',
    'true | died in hospital',
    'true |',
    'false | died in hospital',
  ),
  'readmission-of-index': onTable(
    'mart.readmission',
    'is_index | is_readmission_30 | is_unplanned_readmission_30',
    'true | false | true',
    'true | true | false',
    'false | false | false',
  ),
  'readmission-within-30-days': onTable(
    'mart.readmission',
    'is_readmission_30 | days_to_readmission',
    'true | 31',
    'true | 0',
    'true | 30',
  ),
  'ccs-code-published': onTable(
    'mart.ccs_code',
    'category | decided_by',
    '122 | inherited',
    '108 | published',
    ' | no category',
  ),
  'ccs-category-known': onTable('mart.ccs_code', 'code | category', 'U071 |', 'I509 | 108', 'J1282 | 122'),

  'claim-money-is-input-money': {
    fails: {
      'core.medical_claim': 'paid_amount\n5.00',
      'input.medical_claim': 'claim_status | paid_amount\npaid | 5.00\n | 0.01',
    },
    passes: {
      'core.medical_claim': 'paid_amount\n5.00',
      'input.medical_claim': 'claim_status | paid_amount\npaid | 5.00\ndenied | 0.01',
    },
  },
  'fill-money-is-input-money': {
    fails: {
      'core.pharmacy_claim': 'paid_amount\n5.00',
      'input.pharmacy_claim': 'claim_status | paid_amount\npaid | 5.00\n | 0.01',
    },
    passes: {
      'core.pharmacy_claim': 'paid_amount\n5.00',
      'input.pharmacy_claim': 'claim_status | paid_amount\npaid | 5.00\nreversed | 0.01',
    },
  },
  'encounter-money-is-claim-money': dollars(
    'core.encounter',
    'core.medical_claim',
    'paid_amount | encounter_id',
    ' | e',
  ),
  'stay-money-is-part-money': dollars('mart.inpatient_stay', 'mart.inpatient_stay_part'),
  'claim-line-has-category': onTable('core.medical_claim', 'claim_id | service_category', '1 |', '1 | office'),

  'numerator-inside-denominator': onTable(
    'mart.care_gap',
    GAP,
    'true | false | false | false | true',
    'true | true | false | false | true',
    'true | true | true | false | false',
  ),
  'gap-status-worded': onTable('mart.care_gap', 'status', 'done', 'open', 'tested, value unknown'),
  'gap-exclusion-in-words': onTable(
    'mart.care_gap',
    `${GAP} | reason`,
    'true | true | true | false | false |',
    'true | true | true | false | false | hospice care',
  ),
  'gap-closed-has-evidence': onTable(
    'mart.care_gap',
    'status | numerator | evidence_date',
    'closed | true |',
    'closed | true | 2024-02-01',
    'closed | false |',
  ),
  'assigned-month-covered': conflicting('on the list, not covered', 'covered, not on the list'),
  'assigned-month-fee-for-service': conflicting('on the list, in Medicare Advantage', 'on the list, not covered'),
  'covered-month-assigned': conflicting('covered, taken off the list', 'on the list, not covered'),
  'excluded-without-open-gap': { fails: excluded('2024-12-31'), passes: excluded('2025-01-01') },
  'cost-is-claim-money': {
    fails: {
      'metric.total_cost_per_member_per_month': 'numerator\n5.00',
      'core.medical_claim': 'paid_amount | is_after_data_through\n5.00 | false\n0.01 | false',
    },
    passes: {
      'metric.total_cost_per_member_per_month': 'numerator\n8.00',
      'core.medical_claim': 'paid_amount | is_after_data_through\n5.00 | false\n0.01 | true',
      'core.pharmacy_claim': 'paid_amount | is_after_data_through\n3.00 | false',
    },
  },
};

interface Served {
  readonly id: string;
  readonly kind: 'metric' | 'measure';
  readonly table: string;
  readonly rateId: string | null;
  readonly components: readonly { readonly id: string }[];
  readonly subjects: Subjects;
}

const METRIC = 'subject_id | person_id | anchor_date | numerator | denominator | exclusion';
const MEASURE = `rate_id | subject_id | person_id | period_end | ${GAP} | reason`;

/** The rules that every metric keeps, by the first words of their ids: rows of a metric, or of the table of a measure. */
export const ofMetric = ({ id, kind, table, rateId, components, subjects }: Served): Fixtures => {
  const one =
    kind === 'metric'
      ? (header: string, fails: string, ...passes: string[]) => onTable(table, header, fails, ...passes)
      : (header: string, fails: string, ...passes: string[]) =>
          onTable(table, header, ...([fails, ...passes].map((row) => `${rateId} | ${row}`) as [string, ...string[]]));
  const rules: Fixtures =
    kind === 'metric'
      ? {
          shape: one(METRIC, 's | | 2024-01-01 | 0 | 1 |', 's | p | 2024-01-01 | 0 | 1 |'),
          'subject-once':
            subjects.key === 'person, month'
              ? twice(subjects.table, 'person | month', '1 | 2024-01-01')
              : twice(table, METRIC, 's | p | 2024-01-01 | 0 | 1 |'),
          'exclusion-in-words': {
            fails: { [table]: `${METRIC}\ns | p | 2024-01-01 | 0 | 0 |` },
            passes: { [table]: `${METRIC}\ns | p | 2024-01-01 | 0 | 1 |\nt | p | 2024-01-01 | 0 | 0 | left early` },
          },
          'rate-below-one': one(METRIC, 's | p | 2024-01-01 | 2 | 1 |', 's | p | 2024-01-01 | 1 | 1 |'),
          'count-not-negative': one(METRIC, 's | p | 2024-01-01 | -1 | 1 |', 's | p | 2024-01-01 | 7 | 1 |'),
          components: one(
            ['numerator', ...components.map((component) => component.id)].join(' | '),
            ['2', ...components.map((_, at) => (at === 0 ? '1' : '0'))].join(' | '),
            ['2', ...components.map((_, at) => (at < 2 ? '1' : '0'))].join(' | '),
          ),
          'within-data': one(METRIC, 's | p | 2025-01-01 | 0 | 1 |', 's | p | 2024-12-31 | 0 | 1 |'),
          'counts-somebody': one(METRIC, 's | p | 2024-01-01 | 0 | 1 | left early', 's | p | 2024-01-01 | 0 | 1 |'),
        }
      : {
          shape: one(
            MEASURE,
            's | | 2024-12-31 | true | true | false | false | true |',
            's | p | 2024-12-31 | true | true | false | false | true |',
          ),
          'subject-once': twice(
            table,
            MEASURE,
            `${rateId} | s | p | 2024-12-31 | true | true | false | false | true |`,
          ),
          'counts-somebody': one(
            MEASURE,
            's | p | 2024-12-31 | true | true | true | false | false | hospice',
            's | p | 2024-12-31 | true | true | false | false | true |',
          ),
        };
  return Object.fromEntries(Object.entries(rules).map(([rule, fixture]) => [`${rule}-${id}`, fixture]));
};
