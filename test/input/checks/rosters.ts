import { type Fixtures, type Given, onRows } from './fixture.ts';

const flags = Array.from({ length: 12 }, (_, at) => `enrollment_flag_${at + 1}`).join(' | ');
/** The flags of twelve months: '4x6 0x6' is six of 4 and six of 0. */
const months = (runs: string): string =>
  runs
    .split(' ')
    .flatMap((run) => Array.from({ length: Number(run.split('x')[1]) }, () => run.split('x')[0]))
    .join(' | ');
const listed = (more: string) => `${more} | window_start_date | ${flags}`;
const IN_2024 = `2024-01-01 | ${months('4x12')}`;
const ELIGIBLE = months('4x12');

const LIST = 'person_id | aco_id | performance_year | report_period | stamp';
const OF_LIST = 'A1 | 2025 | Q1 | T1';

/** One assignment list after the other, each with so many people. */
const lists = (...sizes: number[]): Given => ({
  'input.assignment': [
    `${LIST} | window_start_date | enrollment_flag_1`,
    ...sizes.flatMap((size, list) =>
      Array.from({ length: size }, (_, at) => `p${at} | A1 | 2024 | Q${list + 1} | T1 | 2023-0${3 * list + 1}-01 | 4`),
    ),
  ].join('\n'),
});

const provided = (person: string, list = OF_LIST): Given => ({
  'input.assignment': `${LIST}\nann | ${OF_LIST}`,
  'input.assignment_provider': `${LIST} | tin\n${person} | ${list} | 000000001`,
});

const beside = (birth: string, sex: string, death: string): Given => ({
  'input.eligibility':
    'person_id | member_id | birth_date | gender | death_date\nann | 1 | 1950-01-01 | female | 2024-03-01',
  'input.assignment': `person_id | birth_date | gender | death_date\n1 | ${birth} | ${sex} | ${death}`,
});
const AGREES = beside('1950-01-01', 'f', '2024-03-01');

const ROSTER = 'practice_id | tin\np1 | 000000001';

const assignment: Fixtures = {
  ...onRows('assignment', {
    'mbi-whole': ['person_id', '1EG4-TE5-MK73', '1EG4TE5MK73', '1S00A00AA00'],
    'months-told': [flags, `${months('4x11')} |`, ELIGIBLE],
    'months-valid': [flags, months('5x1 4x11'), months('0x1 1x1 2x1 3x1 4x8'), `| ${months('4x11')}`],
    'eligible-in-some-month': [
      `is_excluded | ${flags}`,
      `| ${months('0x12')}`,
      `| ${months('0x11 2x1')}`,
      `true | ${months('0x12')}`,
    ],
    'not-eligible-after-death': [
      listed('death_date'),
      `2024-06-30 | 2024-01-01 | ${months('4x7 0x5')}`,
      `2024-06-30 | 2024-01-01 | ${months('4x6 0x6')}`,
    ],
    'aged-is-65': [
      listed('birth_date'),
      `1959-02-02 | ${IN_2024}`,
      `1959-02-01 | ${IN_2024}`,
      `1980-01-01 | 2024-01-01 | ${months('1x6 2x6')}`,
    ],
    'birth-date-known': ['person_id | birth_date', 'ann |', 'ann | 1950-01-01'],
    dated: ['aco_id | stamp', 'A1 |', 'A1 | T1'],
    'named-practitioner-told': [
      'is_voluntary | voluntary_npi | voluntary_tin',
      'true | 1234567893 |',
      'true | 1234567893 | 000000001',
      'false | |',
    ],
    'voluntary-npi-whole': ['voluntary_npi', '1234567890', '1234567893'],
    'of-one-organization': ['person_id | aco_id', 'ann | A1\nbob | A2', 'ann | A1', 'bob | A1', 'cy |'],
  }),
  'assignment-has-provider': {
    fails: {
      'input.assignment': `${LIST}\nann | ${OF_LIST}\nbob | ${OF_LIST}`,
      'input.assignment_provider': `${LIST} | tin\nann | ${OF_LIST} | 000000001`,
    },
    passes: {
      'input.assignment': `${LIST} | is_voluntary\nann | ${OF_LIST} |\nbob | ${OF_LIST} | true\ncy | A1 | 2025 | Q2 | T1 |`,
      'input.assignment_provider': `${LIST} | tin\nann | ${OF_LIST} | 000000001`,
    },
  },
  'assignment-birth-date-agrees': { fails: beside('1950-01-02', 'f', ''), passes: AGREES },
  'assignment-sex-agrees': { fails: beside('', 'male', ''), passes: AGREES },
  'assignment-death-agrees': { fails: beside('', '', '2024-03-02'), passes: AGREES },
  'assignment-list-not-shrunk': { fails: lists(10, 6), passes: lists(10, 7) },
  ...onRows('assignment_provider', {
    'tin-whole': ['tin', '12345678', '012345678'],
    'services-positive': ['person_id | services', 'ann | 0', 'ann | 1'],
    'npi-whole': ['npi', '1234567890', '1234567893'],
  }),
  'assignment-provider-person-on-list': { fails: provided('bob'), passes: provided('ann') },
  'assignment-provider-participant-on-roster': {
    fails: { 'input.practice': ROSTER, 'input.assignment_provider': 'tin\n000000002' },
    passes: { 'input.practice': ROSTER, 'input.assignment_provider': 'tin\n000000001' },
  },
};

const EXCLUDED = 'person_id | excluded_date\n1EG4TE5MK73 | 2024-06-01';
const excludedWith = (day: string, payer: string): Given => ({
  'input.beneficiary_exclusion': EXCLUDED,
  'input.eligibility': 'person_id | member_id\nann | 1EG4TE5MK73',
  'input.medical_claim': `person_id | payer | claim_start_date\nann | medicare | 2024-05-31\nann | ${payer} | ${day}`,
});

const exclusion: Fixtures = {
  ...onRows('beneficiary_exclusion', {
    dated: ['person_id | excluded_date', 'ann |', 'ann | 2024-06-01'],
    'reason-given': ['person_id | reason', 'ann |', 'ann | declined'],
  }),
  'beneficiary-exclusion-person-mostly-known': {
    fails: { 'input.beneficiary_exclusion': EXCLUDED, 'input.patient': 'person_id\nann' },
    passes: {
      'input.beneficiary_exclusion': EXCLUDED,
      'input.eligibility': 'person_id | member_id\nann | 1EG4TE5MK73',
    },
  },
  'beneficiary-exclusion-claims-stop': {
    fails: excludedWith('2024-06-01', 'Medicare'),
    passes: excludedWith('2024-06-01', 'commercial'),
  },
};

const alive = (end: string): Given => ({
  'input.patient': 'person_id | death_date\nann | 2024-01-01',
  'input.program_enrollment': `person_id | start_date | end_date | status
    ann | 2023-01-01 | ${end} |
    ann | 2023-01-01 | | declined`,
});

const programs: Fixtures = {
  ...onRows('program_enrollment', {
    'starts-before-it-ends': [
      'start_date | end_date',
      '2024-02-02 | 2024-02-01',
      '2024-02-02 | 2024-02-02',
      '2024-02-02 |',
    ],
    'end-has-reason': [
      'end_date | status | reason',
      '| declined |',
      '| enrolled |',
      '2024-01-01 | | goals met',
      '| declined | no time',
    ],
    'declined-has-no-end': [
      'status | start_date | end_date',
      'declined | 2024-01-01 | 2024-02-01',
      'declined | 2024-01-01 |',
      'declined | 2024-01-01 | 2024-01-01',
    ],
    'spans-do-not-overlap': [
      'person_id | program | start_date | end_date | status',
      'ann | Home | 2024-01-01 | |\nann | home | 2024-02-01 | |',
      'ann | home | 2024-01-01 | 2024-02-01 |',
      'ann | home | 2024-02-01 | |',
      'ann | diabetes | 2024-02-01 | |',
      'ann | home | 2024-02-02 | | declined',
    ],
    'program-spelt-one-way': [
      'person_id | program',
      'ann | Care at Home\nbob | care-at-home',
      'ann | home',
      'bob | home',
    ],
  }),
  'program-enrollment-ends-with-death': { fails: alive(''), passes: alive('2024-02-01') },
};

const surveys: Fixtures = {
  ...onRows('survey', {
    'score-in-range': ['score', '100.1', '0', '100'],
    'top-box-in-range': ['top_box_percent', '-1', '81.5'],
    'benchmark-on-same-scale': ['benchmark', '924', '92.4'],
    'says-something': ['question | score | top_box_percent | answer', 'q | | |', 'q | 93.1 | |', 'q | | | always'],
    'respondents-known': ['question | person_id | respondents', 'q | | 0', 'q | | 312', 'q | ann |'],
    'respondents-enough': ['question | person_id | respondents', 'q | | 19', 'q | | 20', 'q | ann | 1'],
    'tin-whole': ['tin', '12345678', '012345678'],
  }),
  'survey-practice-known': {
    fails: { 'input.practice': ROSTER, 'input.survey': 'question | tin\nq | 000000002\nq |' },
    passes: { 'input.practice': ROSTER, 'input.survey': 'question | tin\nq | 000000001\nq |' },
  },
};

const AREAS = 'area_kind | area_code | index_name\ncounty | 39041 | svi';

const areas: Fixtures = {
  ...onRows('area_index', {
    'area-known': ['area_kind', 'tract', 'county', 'zip', 'zip+4'],
    'code-whole': ['area_kind | area_code', 'county | 1001', 'county | 01001', 'zip | 04101', 'zip+4 | 041010001'],
    'rank-known': ['area_code | percentile', '01001 |', '01001 | 50'],
    'rank-in-range': ['percentile', '100.5', '0', '100'],
  }),
  'area-index-ranks-members': {
    fails: {
      'input.area_index': AREAS,
      'input.eligibility': 'person_id | county_fips | zip_code\nann | 39049 | 43001',
    },
    passes: {
      'input.area_index': AREAS,
      'input.patient': 'person_id | county_fips | zip_code\nann | 39041 | 43001\nbob | |',
    },
  },
  'area-index-not-old': {
    fails: {
      'input.area_index': 'index_name | year\nsvi | 2017',
      'input.medical_claim': 'claim_start_date\n2024-06-01',
    },
    passes: {
      'input.area_index': 'index_name | year\nsvi | 2017\nsvi | 2018',
      'input.medical_claim': 'claim_start_date\n2024-06-01',
    },
  },
};

const MBI = 'http://hl7.org/fhir/sid/us-mbi';
const SAME = 'urn:throughline:same-person';

const identifiers: Fixtures = {
  ...onRows('person_identifier', {
    'mbi-whole': ['system | value', `${MBI} | 1EG4-TE5-MK73`, `${MBI} | 1EG4TE5MK73`, 'urn:mrn | 4-4'],
    'one-mbi': [
      'source_name | person_id | system | value',
      `ehr | ann | ${MBI} | 1EG4TE5MK73\nehr | ann | ${MBI} | 1EG4TE5MK74`,
      `ehr | ann | ${MBI} | 1EG4TE5MK73`,
      `other | ann | ${MBI} | 1EG4TE5MK74`,
      'ehr | ann | urn:mrn | 4',
    ],
  }),
  'person-identifier-decision-known': {
    fails: {
      'input.patient': 'person_id\nann',
      'input.person_identifier': `person_id | system | value\nann | ${SAME} | d\nanna | ${SAME} | d`,
    },
    passes: {
      'input.patient': 'person_id\nann',
      'input.person_identifier': `person_id | system | value\nann | ${SAME} | d\nanna | ${SAME} | d\nanna | urn:mrn | 4`,
    },
  },
};

const statements = (table: string, day: string) =>
  onRows(table, {
    coded: [`${table}_id | source_code`, '1 |', '1 | 44054006'],
    dated: [`${table}_id | ${day}`, '1 |', '1 | 2024-01-01'],
    'refusal-has-reason': ['status | not_done_reason_code', 'not done |', 'not done | 105480006', 'completed |'],
  });

/** Rosters, lists of areas, and what clinical sources say was meant. */
export const rosters: Fixtures = {
  ...assignment,
  ...exclusion,
  ...programs,
  ...surveys,
  ...areas,
  ...identifiers,
  ...statements('service_request', 'ordered_date'),
  ...statements('task', 'authored_date'),
  ...statements('communication', 'sent_datetime'),
};
