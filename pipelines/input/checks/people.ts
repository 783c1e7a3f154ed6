import { type Check, type Owner, onRows } from '../../engine/check.ts';

const stated = `(
    select person_id, gender as sex, birth_date, death_date, last_name, first_name from input.eligibility
    union all select person_id, sex, birth_date, death_date, last_name, first_name from input.patient
  )`;

/** One row per person of whom any source of members or patients tells. */
const person = `(
    select person_id, min(left(sex, 1)) as sex, min(birth_date) as birth_date, max(death_date) as death_date
    from ${stated} group by person_id
  )`;

const statements = `(
    select
      count(distinct left(sex, 1)) filter (left(sex, 1) in ('f', 'm')) as sexes,
      count(distinct birth_date) as birth_dates,
      count(distinct death_date) as death_dates
    from ${stated} group by person_id
  )`;

const agreement = onRows(statements, 'person', 'enrollment', [
  { number: 2001, id: 'has-one-sex', title: 'Nobody has two sexes; the latest statement counts', broken: 'sexes > 1' },
  { number: 2002, id: 'has-one-birth-date', title: 'Nobody has two dates of birth', broken: 'birth_dates > 1' },
  { number: 2003, id: 'has-one-death-date', title: 'Nobody has two dates of death', broken: 'death_dates > 1' },
]);

const alike = `(
    select count(distinct person_id) as persons from ${stated}
    where last_name is not null and birth_date is not null
    group by lower(last_name), lower(first_name), birth_date
  )`;

const identity: readonly Check[] = [
  ...onRows(alike, 'person', 'enrollment', [
    {
      number: 2004,
      id: 'is-one-person',
      title: 'Persons of one name and one date of birth are one person',
      severity: 'info',
      threshold: 0.01,
      broken: 'persons > 1',
    },
  ]),
  ...onRows(
    `(
    select count(distinct person_id) as persons from input.eligibility
    where member_id is not null group by source_name, payer, member_id
  )`,
    'person',
    'enrollment',
    [
      {
        number: 2005,
        id: 'has-own-member-number',
        title: 'No two persons share a number at one payer',
        broken: 'persons > 1',
      },
    ],
  ),
  ...onRows(
    `(
    select
      enrollment_start_date,
      max(coalesce(enrollment_end_date, date '9999-12-31')) over (
        partition by person_id, payer, plan, source_name
        order by enrollment_start_date, enrollment_end_date
        rows between unbounded preceding and 1 preceding
      ) as ended_before
    from input.eligibility
  )`,
    'eligibility',
    'enrollment',
    [
      {
        number: 2006,
        id: 'spans-do-not-overlap',
        title: 'Spans of one person in one plan do not overlap; overlapping days count once',
        severity: 'info',
        broken: 'enrollment_start_date <= ended_before',
      },
      {
        number: 2007,
        id: 'no-short-gap',
        title: 'Coverage in one plan does not stop for less than a month and go on: that is a lost month, not a leaver',
        severity: 'info',
        threshold: 0.01,
        among: 'ended_before is not null and enrollment_start_date > ended_before',
        broken: 'enrollment_start_date between ended_before + 2 and ended_before + 31',
      },
    ],
  ),
  ...onRows(
    `(
    select count(distinct member_id) as numbers from input.eligibility
    where member_id is not null group by source_name, payer, person_id
  )`,
    'person',
    'enrollment',
    [
      {
        number: 2008,
        id: 'has-one-member-number',
        title: 'Nobody has two numbers at one payer: a person delivered twice under two numbers counts once',
        severity: 'info',
        threshold: 0.01,
        broken: 'numbers > 1',
      },
    ],
  ),
  ...onRows(
    `(
    select exists (
      from input.eligibility as other
      where other.person_id = span.person_id and other.payer_type = 'medicare'
        and other.enrollment_start_date < coalesce(span.enrollment_end_date, date '9999-12-31')
        and coalesce(other.enrollment_end_date, date '9999-12-31') > span.enrollment_start_date
    ) as is_double
    from input.eligibility as span where span.payer_type = 'medicare advantage'
  )`,
    'eligibility',
    'enrollment',
    [
      {
        number: 2009,
        id: 'one-kind-of-medicare',
        title: 'Nobody is in fee-for-service Medicare and in Medicare Advantage on the same days',
        broken: 'is_double',
      },
    ],
  ),
];

interface Record {
  readonly table: string;
  /** Number of the first of its checks. */
  readonly number: number;
  /** When it happened, as SQL. */
  readonly day: string;
  /** The record names the encounter at which it was made. */
  readonly hasEncounter?: true;
  /** A list that may know people by their number at the payer. */
  readonly byNumber?: true;
  readonly owner?: Owner;
}

const records: readonly Record[] = [
  { table: 'medical_claim', number: 2010, day: 'record.claim_start_date', owner: 'claims operations' },
  { table: 'pharmacy_claim', number: 2020, day: 'record.dispensing_date', owner: 'pharmacy benefit' },
  { table: 'encounter', number: 2030, day: 'record.encounter_start_date' },
  { table: 'condition', number: 2040, day: 'record.recorded_date', hasEncounter: true },
  { table: 'procedure', number: 2050, day: 'record.procedure_date', hasEncounter: true },
  {
    table: 'lab_result',
    number: 2060,
    day: 'coalesce(record.collection_datetime, record.result_datetime)::date',
    hasEncounter: true,
  },
  { table: 'observation', number: 2070, day: 'record.observation_date', hasEncounter: true },
  {
    table: 'medication',
    number: 2080,
    day: 'coalesce(record.dispensing_date, record.prescribing_date)',
    hasEncounter: true,
  },
  { table: 'immunization', number: 2090, day: 'record.occurrence_date', hasEncounter: true },
  { table: 'appointment', number: 2100, day: 'record.start_datetime::date' },
  { table: 'allergy', number: 2110, day: 'record.recorded_date' },
  { table: 'care_plan', number: 2120, day: 'record.start_date' },
  { table: 'service_request', number: 2130, day: 'record.ordered_date', hasEncounter: true },
  { table: 'task', number: 2140, day: 'coalesce(record.start_date, record.authored_date)', hasEncounter: true },
  { table: 'communication', number: 2150, day: 'record.sent_datetime::date', hasEncounter: true },
  { table: 'program_enrollment', number: 2160, day: 'record.start_date', byNumber: true, owner: 'enrollment' },
  { table: 'survey', number: 2170, day: 'record.answered_date', byNumber: true },
  { table: 'assignment', number: 2180, day: 'record.window_start_date', byNumber: true, owner: 'enrollment' },
  {
    table: 'provider_attribution',
    number: 2190,
    day: "try_strptime(record.year_month, '%Y%m')::date",
    owner: 'enrollment',
  },
];

/** People by their ids, and by their numbers at a payer where only one of them has it. */
const personByNumber = `(
    from ${person}
    union all
    select number.member_id, person.sex, person.birth_date, person.death_date
    from (
      select member_id, min(person_id) as person_id from input.eligibility
      where member_id not in (select person_id from ${stated})
      group by member_id having min(person_id) = max(person_id)
    ) as number
    join ${person} as person on person.person_id = number.person_id
  )`;

/** What every record about a person keeps: the person is known, was born, and had not died a month before. */
const ofPerson = ({ table, number, day, hasEncounter, byNumber, owner }: Record): Check[] => {
  const words = table.replaceAll('_', ' ');
  const encounter = hasEncounter
    ? {
        column: `, record.encounter_id is not null and encounter.encounter_id is null as is_astray,
      record.encounter_id is not null and exists (select 1 from input.encounter) as has_encounter`,
        join: `left join input.encounter as encounter
      on encounter.source_name = record.source_name and encounter.encounter_id = record.encounter_id`,
      }
    : { column: '', join: '' };
  const from = `(
    select
      ${day} as day,
      person.birth_date,
      person.death_date,
      person.person_id is not null as is_known,
      exists (select 1 from ${stated}) as is_anybody_known${encounter.column}
    from input.${table} as record
    left join ${byNumber ? personByNumber : person} as person on person.person_id = record.person_id
    ${encounter.join}
    ${byNumber ? 'where record.person_id is not null' : ''}
  )`;
  return onRows(from, table.replaceAll('_', '-'), owner ?? 'clinical informatics', [
    {
      number,
      id: 'person-known',
      title: `Everybody in ${words} is a member or a patient`,
      owner: 'enrollment',
      among: 'is_anybody_known',
      broken: 'not is_known',
    },
    {
      number: number + 1,
      id: 'not-after-death',
      title: `Nothing in ${words} begins more than a month after death`,
      among: 'death_date is not null and day is not null',
      broken: 'day > death_date + 31',
    },
    {
      number: number + 2,
      id: 'not-before-birth',
      title: `Nothing in ${words} lies before birth`,
      among: 'birth_date is not null and day is not null',
      broken: 'day < birth_date',
    },
    ...(hasEncounter
      ? [
          {
            number: number + 3,
            id: 'encounter-known',
            title: `The encounters that ${words} names were delivered`,
            among: 'has_encounter',
            broken: 'is_astray',
          },
        ]
      : []),
  ]);
};

/** What the assignment list says of a person beside what members' and patients' files say. */
const listed = onRows(
  `(
    select
      list.birth_date as listed_birth_date, left(list.gender, 1) as listed_sex, list.death_date as listed_death_date,
      person.birth_date, person.sex, person.death_date
    from (select distinct person_id, birth_date, gender, death_date from input.assignment) as list
    join ${personByNumber} as person on person.person_id = list.person_id
  )`,
  'assignment',
  'enrollment',
  [
    {
      number: 2184,
      id: 'birth-date-agrees',
      title: 'The assignment list gives people the birth date that other files give them',
      among: 'listed_birth_date is not null and birth_date is not null',
      broken: 'listed_birth_date <> birth_date',
    },
    {
      number: 2185,
      id: 'sex-agrees',
      title: 'The assignment list gives people the sex that other files give them',
      among: "listed_sex in ('f', 'm') and sex in ('f', 'm')",
      broken: 'listed_sex <> sex',
    },
    {
      number: 2186,
      id: 'death-agrees',
      title: 'A death on the assignment list is known to other files, on the same day',
      among: 'listed_death_date is not null',
      broken: 'listed_death_date is distinct from death_date',
    },
  ],
);

const sexes = onRows(
  `(
    select person.sex, claim.diagnosis_code_1 as diagnosis
    from input.medical_claim as claim join ${person} as person on person.person_id = claim.person_id
    where claim.diagnosis_code_type = 'icd-10-cm'
      and (claim.diagnosis_code_1 like 'O%' or left(claim.diagnosis_code_1, 3) in ('C61', 'N40', 'N41', 'N42'))
  )`,
  'medical-claim',
  'enrollment',
  [
    {
      number: 2015,
      id: 'pregnancy-of-woman',
      title: 'A principal diagnosis of pregnancy or birth (O) is not a man’s',
      among: "diagnosis like 'O%' and sex in ('f', 'm')",
      broken: "sex = 'm'",
    },
    {
      number: 2016,
      id: 'prostate-of-man',
      title: 'A principal diagnosis of the prostate (C61, N40 to N42) is not a woman’s',
      among: "diagnosis not like 'O%' and sex in ('f', 'm')",
      broken: "sex = 'f'",
    },
  ],
);

/** Days on which a person has a record, and whether any span of coverage holds the day. */
const covered = (table: string, day: string): string => `(
    select bool_or(span.person_id is not null) as is_covered
    from input.${table} as service left join input.eligibility as span
      on span.person_id = service.person_id
      and service.${day} between span.enrollment_start_date
        and coalesce(span.enrollment_end_date, date '9999-12-31')
    where exists (select 1 from input.eligibility)
    group by service.person_id, service.${day}
  )`;

const coverage: readonly Check[] = [
  ...onRows(covered('medical_claim', 'claim_start_date'), 'medical-claim', 'enrollment', [
    {
      number: 2013,
      id: 'while-covered',
      title: 'Services fall into a span of coverage; each day of a person counts once',
      threshold: 0.05,
      broken: 'not is_covered',
    },
    {
      number: 2014,
      id: 'mostly-while-covered',
      title: 'At least half of the days of service fall into a span of coverage: else rates have no denominator',
      severity: 'error',
      threshold: 0.5,
      broken: 'not is_covered',
    },
  ]),
  ...onRows(covered('pharmacy_claim', 'dispensing_date'), 'pharmacy-claim', 'enrollment', [
    {
      number: 2023,
      id: 'while-covered',
      title: 'Fills fall into a span of coverage',
      threshold: 0.05,
      broken: 'not is_covered',
    },
  ]),
];

export const people: readonly Check[] = [
  ...agreement,
  ...identity,
  ...records.flatMap(ofPerson),
  ...listed,
  ...sexes,
  ...coverage,
];
