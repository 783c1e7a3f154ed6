import type { ServedMetric } from '#contract/metric';
import { type Check, onRows } from '../engine/check.ts';
import type { Definitions } from '../engine/discover.ts';
import { type Subjects, subjectsOf } from '../engine/fact.ts';

/** A rule about the finished warehouse: it fails with the first row that breaks it, and blocks publishing. */
type WarehouseRule = Pick<Check, 'number' | 'id' | 'title' | 'from' | 'broken'> &
  Partial<Pick<Check, 'severity' | 'threshold' | 'owner' | 'among'>>;

const holds = ({ from, ...rule }: WarehouseRule): Check[] =>
  onRows(from, '', 'data engineering', [{ severity: 'error', ...rule }]);

const kebab = (table: string): string => table.replace(/[._]/g, '-');

const unique = (number: number, table: string, key: string): Check[] =>
  holds({
    number,
    id: `unique-${kebab(table)}`,
    title: `No ${key} twice in ${table}`,
    from: `(select count(*) as times from ${table} group by ${key})`,
    broken: 'times > 1',
  });

interface Reference {
  readonly number: number;
  readonly id: string;
  readonly title: string;
  /** `table.column` -> the table in which it must be found. */
  readonly from: readonly [table: string, column: string];
  readonly to: readonly [table: string, column: string];
}

/** Every value of a column is found in another table; null refers to nothing. */
const refers = ({ from: [table, column], to: [other, key], ...words }: Reference): Check[] =>
  holds({
    ...words,
    from: `(
      select coalesce(${column} in (select ${key} from ${other}), false) as is_known
      from ${table} where ${column} is not null
    )`,
    broken: 'not is_known',
  });

const known = (number: number, table: string): Check[] =>
  refers({
    number,
    id: `known-person-${kebab(table)}`,
    title: `Every row of ${table} belongs to a known person`,
    from: [table, 'person_id'],
    to: ['core.person', 'person_id'],
  });

/** Two sums of dollars that must be one: SELECTs of one value each. */
const sameDollars = ({
  sums: [one, other],
  ...words
}: Pick<Check, 'number' | 'id' | 'title'> & { readonly sums: readonly [string, string] }): Check[] =>
  holds({
    ...words,
    from: `(
      select coalesce((${one}), 0) as one, coalesce((${other}), 0) as other
    )`,
    among: 'one <> 0 or other <> 0',
    broken: 'abs(one - other) >= 0.005',
  });

const STAY_TYPES =
  "('acute inpatient', 'inpatient psychiatric', 'inpatient rehabilitation', 'long term care hospital')";
const ENCOUNTER_TYPES = `('acute inpatient', 'inpatient psychiatric', 'inpatient rehabilitation',
  'long term care hospital', 'skilled nursing', 'home health', 'hospice', 'emergency department', 'observation',
  'outpatient', 'office visit', 'telehealth', 'urgent care', 'ambulatory surgery', 'dialysis', 'other')`;
const STATUSES = `('closed', 'open', 'due soon', 'overdue', 'tested, value unknown', 'closed, awaiting claim',
  'excluded', 'excepted', 'refused', 'aged out', 'history incomplete', 'not eligible')`;

const identities: readonly Check[] = [
  ...unique(3001, 'core.person', 'person_id'),
  ...unique(3002, 'core.person_source', 'source_name, source_person_id'),
  ...unique(3003, 'core.member_month', 'person_id, month, payer, plan'),
  ...unique(3004, 'core.medical_claim', 'source_name, claim_id, claim_line_number'),
  ...unique(3005, 'core.pharmacy_claim', 'source_name, claim_id, claim_line_number'),
  ...unique(3006, 'core.encounter', 'encounter_id'),
  ...unique(3007, 'core.facility', 'facility_id'),
  ...unique(3008, 'mart.person_month', 'person_id, month'),
  ...unique(3009, 'mart.inpatient_stay', 'stay_id'),
  ...unique(3010, 'mart.readmission', 'stay_id'),
  ...unique(3011, 'mart.attribution', 'person_id, month'),
  ...unique(3012, 'mart.chronic_condition', 'person_id, condition, since_date'),
  ...unique(3013, 'mart.person_summary', 'person_id'),
  ...unique(3014, 'mart.care_gap', 'measure_id, rate_id, subject_id, period_start'),
  ...unique(3015, 'mart.attribution_reason', 'person_id, assessment_date'),
  ...holds({
    number: 3016,
    id: 'attribution-says-why',
    title: 'Attribution: every person has a reason at every assessment',
    from: `(
      select reason.reason
      from core.person as person
      cross join (select distinct assessment_date from mart.attribution_reason) as assessment
      left join mart.attribution_reason as reason
        on reason.person_id = person.person_id and reason.assessment_date = assessment.assessment_date
    )`,
    broken: "coalesce(trim(reason), '') = ''",
  }),
  ...holds({
    number: 3017,
    id: 'attribution-agrees-with-list',
    title:
      'Attribution: the rules of the Shared Savings Program give whom the assignment list or payer names, or nobody alike',
    severity: 'info',
    threshold: 0.1,
    owner: 'enrollment',
    from: 'mart.attribution_reason',
    among: 'agreement is not null',
    broken: "agreement not in ('same practice', 'neither')",
  }),
  ...known(3021, 'core.member_month'),
  ...known(3022, 'core.medical_claim'),
  ...known(3023, 'core.pharmacy_claim'),
  ...known(3024, 'core.encounter'),
  ...known(3025, 'core.condition'),
  ...known(3026, 'core.procedure'),
  ...known(3027, 'core.observation'),
  ...known(3028, 'core.medication'),
  ...known(3029, 'core.immunization'),
  ...known(3030, 'mart.person_month'),
  ...refers({
    number: 3031,
    id: 'claim-in-known-encounter',
    title: 'Every claim line lies in an encounter that exists',
    from: ['core.medical_claim', 'encounter_id'],
    to: ['core.encounter', 'encounter_id'],
  }),
  ...refers({
    number: 3032,
    id: 'condition-in-known-encounter',
    title: 'The encounter of every condition exists',
    from: ['core.condition', 'encounter_id'],
    to: ['core.encounter', 'encounter_id'],
  }),
  ...refers({
    number: 3033,
    id: 'procedure-in-known-encounter',
    title: 'The encounter of every procedure exists',
    from: ['core.procedure', 'encounter_id'],
    to: ['core.encounter', 'encounter_id'],
  }),
  ...refers({
    number: 3034,
    id: 'observation-in-known-encounter',
    title: 'The encounter of every observation exists',
    from: ['core.observation', 'encounter_id'],
    to: ['core.encounter', 'encounter_id'],
  }),
  ...refers({
    number: 3035,
    id: 'claim-at-known-facility',
    title: 'The facility of every claim line exists',
    from: ['core.medical_claim', 'facility_id'],
    to: ['core.facility', 'facility_id'],
  }),
  ...refers({
    number: 3036,
    id: 'stay-of-known-encounters',
    title: 'Every part of a stay is an encounter',
    from: ['mart.inpatient_stay_part', 'encounter_id'],
    to: ['core.encounter', 'encounter_id'],
  }),
  ...refers({
    number: 3037,
    id: 'readmission-stay-exists',
    title: 'The stay of every readmission exists',
    from: ['mart.readmission', 'readmission_stay_id'],
    to: ['mart.inpatient_stay', 'stay_id'],
  }),
  ...holds({
    number: 3040,
    id: 'person-id-opaque',
    title: 'No person is known by the number that a source gave',
    from: 'core.person_source',
    broken: 'person_id = source_person_id',
  }),
  ...holds({
    number: 3041,
    id: 'person-sex-worded',
    title: 'Sex is female, male or unknown',
    from: 'core.person',
    broken: "sex is null or sex not in ('female', 'male', 'unknown')",
  }),
  ...holds({
    number: 3042,
    id: 'person-age-plausible',
    title: 'Nobody is younger than 0 or older than 120',
    severity: 'warning',
    owner: 'enrollment',
    from: 'mart.person_summary',
    among: 'age is not null',
    broken: 'age not between 0 and 120',
  }),
  ...holds({
    number: 3043,
    id: 'person-identifier-tells-of-one-person',
    title:
      'Records of one identifier agree in birth date and sex: those that do not are never joined, but listed for review',
    severity: 'warning',
    owner: 'enrollment',
    from: `(
      select (system, value) in (select (system, value) from core.person_review) as is_disputed
      from core.person_identifier group by system, value having count(distinct person_id) > 1
    )`,
    broken: 'is_disputed',
  }),
];

/** One row per month of a person on a deciding assignment list, or at odds with it: whether it is at odds in this way. */
const conflicts = (reason: string): string => `(
      select bool_or(is_conflict) as is_conflict
      from (
        select person_id, month, false as is_conflict from core.assignment_month where is_assigned
        union all
        select person_id, month, true from core.eligibility_conflict where ${reason}
      )
      group by person_id, month
    )`;

const coverage: readonly Check[] = [
  ...holds({
    number: 3051,
    id: 'member-month-days-fit',
    title: 'A member-month has at least one day and no more than the month',
    from: 'core.member_month',
    broken: 'enrolled_days is null or enrolled_days not between 1 and day(last_day(month))',
  }),
  ...holds({
    number: 3052,
    id: 'member-month-starts-month',
    title: 'A member-month is named by the first day of its month',
    from: 'core.member_month',
    broken: "month <> date_trunc('month', month)",
  }),
  ...holds({
    number: 3053,
    id: 'member-month-within-data',
    title: 'No member-month begins after the data end',
    from: 'core.member_month',
    broken: "month > getvariable('data_through')",
  }),
  ...holds({
    number: 3054,
    id: 'member-month-while-alive',
    title: 'No member-month begins after death',
    from: `(
      select member_month.month, person.death_date
      from core.member_month join core.person as person on person.person_id = member_month.person_id
    )`,
    among: 'death_date is not null',
    broken: 'month > death_date',
  }),
  ...holds({
    number: 3055,
    id: 'span-becomes-member-months',
    title: 'Every span of coverage becomes member-months from its first month to its last',
    from: `(
      select span.start_date, span.end_date, count(distinct member_month.month) as months
      from (select row_number() over () as place, * from core.coverage_span) as span
      left join core.member_month
        on member_month.person_id = span.person_id
        and member_month.payer is not distinct from span.payer
        and member_month.plan is not distinct from span.plan
        and member_month.month between date_trunc('month', span.start_date) and span.end_date
      group by span.place, span.start_date, span.end_date
    )`,
    broken: "months <> date_diff('month', start_date, end_date) + 1",
  }),
  ...holds({
    number: 3056,
    id: 'member-month-has-span',
    title: 'Every person with member-months has a span of coverage that reaches from the first to the last',
    from: `(
      select member.first_month, member.last_month, span.first_day, span.last_day
      from (select person_id, min(month) as first_month, max(month) as last_month from core.member_month group by all) as member
      left join (
        select person_id, min(start_date) as first_day, max(end_date) as last_day from core.coverage_span group by all
      ) as span on span.person_id = member.person_id
    )`,
    broken: 'coalesce(last_day(first_month) < first_day or last_month > last_day, true)',
  }),
  ...holds({
    number: 3057,
    id: 'member-month-has-person-month',
    title: 'Every member-month finds what people are told apart by: age band, practice, tier',
    from: `(
      select person_month.person_id is null as is_astray
      from core.member_month left join mart.person_month
        on person_month.person_id = member_month.person_id and person_month.month = member_month.month
    )`,
    broken: 'is_astray',
  }),
  ...holds({
    number: 3058,
    id: 'assigned-month-covered',
    title: 'Who is assigned in a month has a span of Medicare coverage in it, within two months in a hundred',
    severity: 'warning',
    threshold: 0.02,
    owner: 'enrollment',
    from: conflicts("reason = 'on the list, not covered'"),
    broken: 'is_conflict',
  }),
  ...holds({
    number: 3059,
    id: 'assigned-month-fee-for-service',
    title: 'Nobody is assigned in a month in which spans know of Medicare Advantage alone',
    severity: 'warning',
    owner: 'enrollment',
    from: conflicts("reason = 'on the list, in Medicare Advantage'"),
    broken: 'is_conflict',
  }),
  ...holds({
    number: 3060,
    id: 'covered-month-assigned',
    title: 'Months of Medicare coverage are months of assignment, within ten in a hundred: the others do not count',
    severity: 'info',
    threshold: 0.1,
    owner: 'enrollment',
    from: conflicts("reason like 'covered, %'"),
    broken: 'is_conflict',
  }),
];

const care: readonly Check[] = [
  ...holds({
    number: 3061,
    id: 'stay-ends-after-it-starts',
    title: 'No encounter ends before it starts',
    from: 'core.encounter',
    broken: 'end_date < start_date',
  }),
  ...holds({
    number: 3062,
    id: 'encounter-length-fits',
    title: 'The length of an encounter is its end minus its start',
    from: 'core.encounter',
    among: 'end_date is not null',
    broken: 'length_of_stay is distinct from end_date - start_date',
  }),
  ...holds({
    number: 3063,
    id: 'encounter-type-worded',
    title: 'Every encounter is of one of the sixteen kinds',
    from: 'core.encounter',
    broken: `encounter_type is null or encounter_type not in ${ENCOUNTER_TYPES}`,
  }),
  ...holds({
    number: 3064,
    id: 'encounter-source-worded',
    title: 'Every encounter comes from claims, from a clinical source, or from both',
    from: 'core.encounter',
    broken: "source is null or source not in ('claim', 'ehr', 'both')",
  }),
  ...holds({
    number: 3065,
    id: 'encounter-mostly-typed',
    title: 'At most half of the encounters of clinical sources are of no known kind',
    severity: 'warning',
    threshold: 0.5,
    owner: 'clinical informatics',
    from: 'core.ehr_encounter',
    broken: "encounter_type = 'other'",
  }),
  ...holds({
    number: 3066,
    id: 'claims-inside-stay',
    title: 'The days of a line lie within the hospital stay that it belongs to, or the three days before',
    severity: 'warning',
    threshold: 0.01,
    owner: 'claims operations',
    from: `(
      select claim.line_start_date as day, encounter.start_date, encounter.end_date
      from core.medical_claim as claim join core.encounter on encounter.encounter_id = claim.encounter_id
      where encounter.encounter_type in ${STAY_TYPES} and encounter.end_date is not null
    )`,
    broken: 'day not between start_date - 3 and end_date',
  }),
  ...holds({
    number: 3067,
    id: 'parts-inside-stay',
    title: 'The parts of a stay lie between its admission and its discharge',
    from: `(
      select part.start_date, part.end_date, stay.admit_date, stay.discharge_date
      from mart.inpatient_stay_part as part join mart.inpatient_stay as stay on stay.stay_id = part.stay_id
    )`,
    broken: 'start_date < admit_date or end_date > discharge_date',
  }),
  ...holds({
    number: 3068,
    id: 'stays-do-not-overlap',
    title: 'Nobody is in two short-term hospitals at once: stays that overlap are one',
    from: `(
      select admit_date, max(coalesce(discharge_date, admit_date)) over (
        partition by person_id order by admit_date, discharge_date, stay_id
        rows between unbounded preceding and 1 preceding
      ) as left_before
      from mart.inpatient_stay where is_short_term_acute
    )`,
    broken: 'admit_date < left_before',
  }),
  ...holds({
    number: 3069,
    id: 'every-hospital-encounter-in-a-stay',
    title: 'Every hospital encounter up to the data end is part of one stay',
    from: `(
      select count(part.encounter_id) as parts
      from core.encounter left join mart.inpatient_stay_part as part on part.encounter_id = encounter.encounter_id
      where encounter.encounter_type in ${STAY_TYPES} and not encounter.is_after_data_through
      group by encounter.encounter_id
    )`,
    broken: 'parts <> 1',
  }),
  ...holds({
    number: 3070,
    id: 'stay-counts-its-parts',
    title: 'A stay says of how many encounters it consists',
    from: `(
      select stay.parts, count(part.encounter_id) as found
      from mart.inpatient_stay as stay left join mart.inpatient_stay_part as part on part.stay_id = stay.stay_id
      group by stay.stay_id, stay.parts
    )`,
    broken: 'parts is distinct from found',
  }),
  ...holds({
    number: 3071,
    id: 'acute-stay-is-judged',
    title: 'Every short-term acute stay is judged as an index of readmission, and no other',
    from: `(
      select stay.is_short_term_acute, readmission.stay_id is not null as is_judged
      from mart.inpatient_stay as stay left join mart.readmission on readmission.stay_id = stay.stay_id
    )`,
    broken: 'is_short_term_acute is distinct from is_judged',
  }),
  ...holds({
    number: 3072,
    id: 'index-or-excluded',
    title: 'A stay is an index stay or has an exclusion in words, never both',
    from: 'mart.readmission',
    broken: "is_index = (coalesce(exclusion, '') <> '')",
  }),
  ...holds({
    number: 3073,
    id: 'readmission-of-index',
    title: 'Only an index stay has a readmission, and an unplanned readmission is a readmission',
    from: 'mart.readmission',
    broken: '(is_readmission_30 and not is_index) or (is_unplanned_readmission_30 and not is_readmission_30)',
  }),
  ...holds({
    number: 3074,
    id: 'readmission-within-30-days',
    title: 'A readmission starts 0 to 30 days after its index discharge',
    from: 'mart.readmission',
    among: 'is_readmission_30',
    broken: 'days_to_readmission is null or days_to_readmission not between 0 and 30',
  }),
  ...holds({
    number: 3075,
    id: 'ccs-code-published',
    title: 'The published CCS map lists each code of a stay; a newer one inherits from its family, see mart.ccs_code',
    severity: 'info',
    owner: 'clinical informatics',
    from: 'mart.ccs_code',
    among: 'category is not null',
    broken: "decided_by = 'inherited'",
  }),
  ...holds({
    number: 3076,
    id: 'ccs-category-known',
    title: 'Each code of a stay has a CCS category; without one its principal diagnosis makes no index stay',
    severity: 'info',
    owner: 'clinical informatics',
    from: 'mart.ccs_code',
    broken: 'category is null',
  }),
];

const money: readonly Check[] = [
  ...sameDollars({
    number: 3081,
    id: 'claim-money-is-input-money',
    title: 'Paid amounts of claim lines add up to those delivered, without the denied and the reversed',
    sums: [
      'select sum(paid_amount) from core.medical_claim',
      "select sum(paid_amount) from input.medical_claim where coalesce(claim_status, 'paid') not in ('denied', 'reversed')",
    ],
  }),
  ...sameDollars({
    number: 3082,
    id: 'fill-money-is-input-money',
    title: 'Paid amounts of fills add up to those delivered, without the denied and the reversed',
    sums: [
      'select sum(paid_amount) from core.pharmacy_claim',
      "select sum(paid_amount) from input.pharmacy_claim where coalesce(claim_status, 'paid') not in ('denied', 'reversed')",
    ],
  }),
  ...sameDollars({
    number: 3083,
    id: 'encounter-money-is-claim-money',
    title: 'Paid amounts of encounters add up to those of the claim lines in them',
    sums: [
      'select sum(paid_amount) from core.encounter',
      'select sum(paid_amount) from core.medical_claim where encounter_id is not null',
    ],
  }),
  ...sameDollars({
    number: 3084,
    id: 'stay-money-is-part-money',
    title: 'Paid amounts of hospital stays add up to those of their parts',
    sums: ['select sum(paid_amount) from mart.inpatient_stay', 'select sum(paid_amount) from mart.inpatient_stay_part'],
  }),
  ...holds({
    number: 3085,
    id: 'claim-line-has-category',
    title: 'Every claim line falls into a category of service',
    from: 'core.medical_claim',
    broken: 'service_category is null',
  }),
];

const measures: readonly Check[] = [
  ...holds({
    number: 3091,
    id: 'numerator-inside-denominator',
    title: 'Measures: numerator inside denominator inside initial population, nobody both excluded and counted',
    from: 'mart.care_gap',
    broken: `(numerator and not denominator) or (denominator and not initial_population)
      or (denominator_exclusion and numerator)`,
  }),
  ...holds({
    number: 3092,
    id: 'gap-status-worded',
    title: 'Measures: every row has one of the twelve statuses',
    from: 'mart.care_gap',
    broken: `status is null or status not in ${STATUSES}`,
  }),
  ...holds({
    number: 3093,
    id: 'gap-exclusion-in-words',
    title: 'Measures: who is excluded or excepted is told why',
    from: 'mart.care_gap',
    among: 'initial_population and (denominator_exclusion or denominator_exception)',
    broken: "coalesce(trim(reason), '') = ''",
  }),
  ...holds({
    number: 3094,
    id: 'gap-closed-has-evidence',
    title: 'Measures: a gap that care has closed says when; one that nothing opened has no day',
    severity: 'warning',
    owner: 'clinical informatics',
    from: 'mart.care_gap',
    among: "status = 'closed' and numerator",
    broken: 'evidence_date is null',
  }),
  ...holds({
    number: 3095,
    id: 'excluded-without-open-gap',
    title: 'Measures: nobody whose claims CMS does not share has an open gap: care that closes it cannot be seen',
    severity: 'info',
    owner: 'clinical informatics',
    from: `(
      select status in ('open', 'due soon', 'overdue') as is_open
      from mart.care_gap join core.beneficiary_exclusion as exclusion on exclusion.person_id = care_gap.person_id
      where initial_population and coalesce(exclusion.excluded_date <= period_end, true)
    )`,
    broken: 'is_open',
  }),
];

const warehouse: readonly Check[] = [...identities, ...coverage, ...care, ...money, ...measures];

type Metric = Pick<ServedMetric, 'id' | 'title' | 'unit' | 'components' | 'relation' | 'kind'> & {
  readonly subjects: Subjects;
};

/** What must hold of every metric, whatever it measures. */
const metricChecks = ({ id, title, unit, components, relation, kind, subjects }: Metric): Check[] => [
  ...holds({
    number: 3101,
    id: `shape-${id}`,
    title: `${title}: every row has a subject, a person, a date and parts of 0 or more`,
    from: relation,
    broken: `subject_id is null or person_id is null or anchor_date is null
      or numerator is null or denominator is null or denominator < 0`,
  }),
  ...holds({
    number: 3102,
    id: `subject-once-${id}`,
    title: `${title}: no subject is counted twice`,
    from: `(select count(*) as times from ${subjects.table} group by ${subjects.key})`,
    broken: 'times > 1',
  }),
  ...(kind === 'metric' && unit === 'percent'
    ? holds({
        number: 3104,
        id: `rate-below-one-${id}`,
        title: `${title}: no row counts more than the whole of itself`,
        from: relation,
        among: 'exclusion is null',
        broken: 'numerator < 0 or numerator > denominator',
      })
    : []),
  ...(unit.startsWith('per 1,000')
    ? holds({
        number: 3105,
        id: `count-not-negative-${id}`,
        title: `${title}: nothing is counted less than no times`,
        from: relation,
        broken: 'numerator < 0',
      })
    : []),
  ...(components.length > 0
    ? holds({
        number: 3106,
        id: `components-${id}`,
        title: `${title}: its components add up to the numerator`,
        from: relation,
        broken: `abs(numerator - (${components.map((component) => component.id).join(' + ')})) >= 0.005`,
      })
    : []),
  ...(kind === 'metric'
    ? [
        ...holds({
          number: 3103,
          id: `exclusion-in-words-${id}`,
          title: `${title}: every row that does not count says why`,
          from: relation,
          broken: "case when exclusion is null then denominator = 0 else trim(exclusion) = '' end",
        }),
        ...holds({
          number: 3107,
          id: `within-data-${id}`,
          title: `${title}: nothing counts that lies after the data end`,
          from: relation,
          among: 'exclusion is null',
          broken: "anchor_date > getvariable('data_through')",
        }),
      ]
    : []),
  ...holds({
    number: 3108,
    id: `counts-somebody-${id}`,
    title: `${title}: somebody counts`,
    severity: 'info',
    from: `(select count_if(exclusion is null) as counted from ${relation} having count(*) > 0)`,
    broken: 'counted = 0',
  }),
];

const COST = 'total-cost-per-member-per-month';

/** What the warehouse says must come out of the metric again. */
const metricTotals = ({ id, title, relation }: Metric): Check[] =>
  id === COST
    ? sameDollars({
        number: 3111,
        id: 'cost-is-claim-money',
        title: `${title}: adds up to what was paid for claims and fills up to the data end`,
        sums: [
          `select sum(numerator) from ${relation}`,
          `select sum(paid_amount) from (
            select paid_amount from core.medical_claim where not is_after_data_through
            union all select paid_amount from core.pharmacy_claim where not is_after_data_through
          )`,
        ],
      })
    : [];

const ofMetric = (metric: Metric): Check[] => [...metricChecks(metric), ...metricTotals(metric)];

/** Every check on the warehouse: its own rules, and those of each metric that it serves. */
export const warehouseChecks = (metrics: readonly Metric[]): Check[] => [...warehouse, ...metrics.flatMap(ofMetric)];

/** Ids of the checks that a run of these definitions will make of its warehouse. */
export function warehouseIds({ metrics, measures: folders }: Definitions): string[] {
  const served: Metric[] = [
    ...metrics.map(
      ({ declaration, model: { name } }): Metric => ({
        ...declaration,
        relation: name,
        kind: 'metric',
        subjects: subjectsOf(name),
      }),
    ),
    ...folders.flatMap(({ declaration: { id, title, rates }, model }) =>
      rates.map(
        (rate): Metric => ({
          id: `${id}-${rate.id}`,
          title,
          unit: 'percent',
          components: [],
          relation: model.name,
          kind: 'measure',
          subjects: subjectsOf(model.name),
        }),
      ),
    ),
  ];
  return warehouseChecks(served).map(({ id }) => id);
}
