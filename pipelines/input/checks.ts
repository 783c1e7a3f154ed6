import type { DuckDBConnection } from '@duckdb/node-api';
import { rows } from '../engine/sql.ts';

interface Words {
  readonly id: string;
  /** What ought to hold. */
  readonly title: string;
  /** A warning may change a number; info is worth knowing. Neither stops a run. */
  readonly severity: 'warning' | 'info';
  /** Share of the denominator that may break it before it fails. */
  readonly threshold: number;
  /** Input tables that it looks at. */
  readonly reads: readonly string[];
}

/** A rule that each row of one table keeps by itself. */
export interface RowCheck extends Words {
  /** Rows to which the rule applies. */
  readonly among: string;
  /** True for a row that breaks it. */
  readonly broken: string;
}

/** A rule across rows or tables. */
export interface QueryCheck extends Words {
  /** One row: `violations` and `denominator`. */
  readonly sql: string;
}

export type InputCheck = RowCheck | QueryCheck;

export interface Finding extends Omit<Words, 'reads'> {
  readonly violations: number;
  /** What could have broken it; 0 means that the check does not apply. */
  readonly denominator: number;
}

type RowRule = Pick<RowCheck, 'id' | 'title' | 'among' | 'broken'> & Partial<Pick<Words, 'severity' | 'threshold'>>;

const onRows = (table: string, rules: readonly RowRule[]): RowCheck[] =>
  rules.map((rule) => ({
    ...{ severity: 'warning', threshold: 0, reads: [table] },
    ...rule,
    id: `${table.replaceAll('_', '-')}-${rule.id}`,
  }));

const isNpi = (column: string): string => `regexp_full_match(${column}, '\\d{10}')`;

const eligibility = onRows('eligibility', [
  {
    id: 'starts-before-it-ends',
    title: 'A span of coverage starts before it ends',
    among: 'enrollment_end_date is not null',
    broken: 'enrollment_start_date > enrollment_end_date',
  },
  {
    id: 'death-after-birth',
    title: 'Nobody dies before birth',
    among: 'birth_date is not null and death_date is not null',
    broken: 'death_date < birth_date',
  },
  {
    id: 'not-after-death',
    title: 'No span of coverage starts after death',
    among: 'death_date is not null',
    broken: 'enrollment_start_date > death_date',
  },
  {
    id: 'birth-date-known',
    title: 'Every member has a date of birth',
    among: 'true',
    broken: 'birth_date is null',
  },
  {
    id: 'sex-known',
    title: 'Every member is female or male; others read as unknown',
    severity: 'info',
    among: 'true',
    broken: "gender is null or gender not in ('female', 'male')",
  },
  {
    id: 'payer-type-known',
    title: 'The type of payer is one that coverage can be read from',
    among: 'true',
    broken: `payer_type is null
      or payer_type not in ('medicare', 'medicare advantage', 'medicaid', 'commercial', 'self-insured')`,
  },
  {
    id: 'death-dated',
    title: 'Who is marked as dead has a date of death',
    among: 'death_flag',
    broken: 'death_date is null',
  },
]);

const medicalClaim = onRows('medical_claim', [
  {
    id: 'starts-before-it-ends',
    title: 'A claim starts before it ends',
    among: 'claim_end_date is not null',
    broken: 'claim_start_date > claim_end_date',
  },
  {
    id: 'line-starts-before-it-ends',
    title: 'A claim line starts before it ends',
    among: 'claim_line_start_date is not null and claim_line_end_date is not null',
    broken: 'claim_line_start_date > claim_line_end_date',
  },
  {
    id: 'admitted-before-discharged',
    title: 'Admission comes before discharge',
    among: 'admission_date is not null and discharge_date is not null',
    broken: 'admission_date > discharge_date',
  },
  {
    id: 'stay-below-a-year',
    title: 'A stay lasts a year at the most',
    among: 'admission_date is not null and discharge_date is not null',
    broken: 'discharge_date - admission_date > 365',
  },
  {
    id: 'paid-not-negative',
    title: 'Paid amounts are not negative unless the claim is reversed',
    among: "claim_status is distinct from 'reversed'",
    broken: 'paid_amount < 0',
  },
  {
    id: 'paid-within-allowed',
    title: 'No more is paid than is allowed',
    among: 'paid_amount is not null and allowed_amount is not null',
    broken: 'paid_amount > allowed_amount',
  },
  {
    id: 'type-known',
    title: 'A claim is institutional or professional',
    among: 'true',
    broken: "claim_type is null or claim_type not in ('institutional', 'professional')",
  },
  {
    id: 'institutional-has-bill-type',
    title: 'Institutional claims carry a type of bill of three digits',
    among: "claim_type = 'institutional'",
    broken: "bill_type_code is null or not regexp_full_match(bill_type_code, '[0-9A-Z]{3}')",
  },
  {
    id: 'professional-has-place',
    title: 'Professional claims carry a place of service',
    among: "claim_type = 'professional'",
    broken: 'place_of_service_code is null',
  },
  {
    id: 'professional-has-procedure',
    title: 'Professional claims carry a HCPCS code',
    among: "claim_type = 'professional'",
    broken: 'hcpcs_code is null',
  },
  {
    id: 'revenue-code-whole',
    title: 'Revenue center codes have four digits: none has lost its leading zero',
    among: 'revenue_center_code is not null',
    broken: "not regexp_full_match(revenue_center_code, '\\d{4}')",
  },
  {
    id: 'has-diagnosis',
    title: 'Every claim line carries the diagnosis of its claim',
    among: 'true',
    broken: 'diagnosis_code_1 is null',
  },
  {
    id: 'diagnosis-looks-like-icd-10',
    title: 'A diagnosis called ICD-10-CM looks like one',
    among: "diagnosis_code_type = 'icd-10-cm' and diagnosis_code_1 is not null",
    broken: "not regexp_full_match(diagnosis_code_1, '[A-Z][0-9][0-9A-Z]{1,5}')",
  },
  {
    id: 'rendering-npi-whole',
    title: 'Identifiers of rendering practitioners have ten digits',
    among: 'rendering_npi is not null',
    broken: `not ${isNpi('rendering_npi')}`,
  },
  {
    id: 'facility-npi-whole',
    title: 'Identifiers of facilities have ten digits',
    among: 'facility_npi is not null',
    broken: `not ${isNpi('facility_npi')}`,
  },
  {
    id: 'paid-after-service',
    title: 'A claim is paid after the service, not before',
    among: 'paid_date is not null',
    broken: 'paid_date < claim_start_date',
  },
]);

const pharmacyClaim = onRows('pharmacy_claim', [
  {
    id: 'drug-known',
    title: 'A fill names its drug by an NDC of eleven digits',
    among: 'true',
    broken: "ndc_code is null or not regexp_full_match(ndc_code, '\\d{11}')",
  },
  {
    id: 'paid-not-negative',
    title: 'Paid amounts of fills are not negative unless the claim is reversed',
    among: "claim_status is distinct from 'reversed'",
    broken: 'paid_amount < 0',
  },
  {
    id: 'supply-plausible',
    title: 'A fill lasts between 1 and 366 days',
    among: 'days_supply is not null',
    broken: 'days_supply not between 1 and 366',
  },
]);

const clinical = [
  ...onRows('encounter', [
    {
      id: 'starts-before-it-ends',
      title: 'An encounter starts before it ends',
      among: 'encounter_end_date is not null',
      broken: 'encounter_start_date > encounter_end_date',
    },
  ]),
  ...onRows('condition', [
    {
      id: 'begins-before-it-ends',
      title: 'A condition begins before it ends',
      among: 'onset_date is not null and resolved_date is not null',
      broken: 'onset_date > resolved_date',
    },
  ]),
  ...onRows('lab_result', [
    {
      id: 'has-code',
      title: 'A laboratory result says what was measured',
      among: 'true',
      broken: `coalesce(normalized_component_code, source_component_code, normalized_order_code, source_order_code)
        is null`,
    },
    { id: 'has-value', title: 'A laboratory result has a value', among: 'true', broken: 'result is null' },
  ]),
];

/** Every row of `table` belongs to somebody whom another table knows; does not apply while nobody is known at all. */
const personKnown = (table: string): QueryCheck => ({
  id: `${table.replaceAll('_', '-')}-person-known`,
  title: `Everybody in ${table} is a member or a patient`,
  severity: 'warning',
  threshold: 0,
  reads: [table, 'eligibility', 'patient'],
  sql: `with person as (select person_id from input.eligibility union select person_id from input.patient)
    select
      count_if(person.person_id is null) as violations,
      count(*) * (select (count(*) > 0)::integer from person) as denominator
    from input.${table} as record left join person on person.person_id = record.person_id`,
});

/** Statements about one person must agree wherever they are made. */
const oneValuePerPerson = (
  what: string,
  words: string,
  eligibilityColumn: string,
  patientColumn: string,
): QueryCheck => ({
  id: `person-has-one-${what}`,
  title: `Nobody has two ${words}`,
  severity: 'warning',
  threshold: 0,
  reads: ['eligibility', 'patient'],
  sql: `select count_if(stated > 1) as violations, count(*) as denominator from (
      select count(distinct stated) as stated from (
        select person_id, ${eligibilityColumn} as stated from input.eligibility
        union all select person_id, ${patientColumn} from input.patient
      ) group by person_id
    )`,
});

const across: readonly QueryCheck[] = [
  oneValuePerPerson('sex', 'sexes', 'gender', 'sex'),
  oneValuePerPerson('birth-date', 'dates of birth', 'birth_date', 'birth_date'),
  oneValuePerPerson('death-date', 'dates of death', 'death_date', 'death_date'),
  {
    id: 'eligibility-spans-do-not-overlap',
    title: 'Spans of one person in one plan do not overlap; overlapping days count once',
    severity: 'info',
    threshold: 0,
    reads: ['eligibility'],
    sql: `select count_if(enrollment_start_date <= ended_before) as violations, count(*) as denominator from (
        select
          enrollment_start_date,
          max(coalesce(enrollment_end_date, date '9999-12-31')) over (
            partition by person_id, payer, plan, source_name
            order by enrollment_start_date, enrollment_end_date
            rows between unbounded preceding and 1 preceding
          ) as ended_before
        from input.eligibility
      )`,
  },
  {
    id: 'medical-claim-has-one-person',
    title: 'All lines of a claim belong to one person',
    severity: 'warning',
    threshold: 0,
    reads: ['medical_claim'],
    sql: `select count_if(first_person <> last_person) as violations, count(*) as denominator from (
        select min(person_id) as first_person, max(person_id) as last_person
        from input.medical_claim group by claim_id, source_name
      )`,
  },
  {
    id: 'medical-claim-while-covered',
    title: 'Services fall into a span of coverage',
    severity: 'warning',
    threshold: 0.05,
    reads: ['medical_claim', 'eligibility'],
    sql: `with service as (
        select person_id, claim_start_date, count(*) as lines from input.medical_claim group by all
      ),
      covered as (
        select distinct service.person_id, service.claim_start_date
        from service join input.eligibility as span
          on span.person_id = service.person_id
          and service.claim_start_date between span.enrollment_start_date
            and coalesce(span.enrollment_end_date, date '9999-12-31')
      )
      select
        coalesce(sum(lines) filter (covered.person_id is null), 0) as violations,
        coalesce(sum(lines), 0) * (select (count(*) > 0)::integer from input.eligibility) as denominator
      from service left join covered using (person_id, claim_start_date)`,
  },
  {
    id: 'medical-claim-not-after-death',
    title: 'No service starts more than a month after death',
    severity: 'warning',
    threshold: 0,
    reads: ['medical_claim', 'eligibility', 'patient'],
    sql: `with death as (
        select person_id, max(death_date) as death_date from (
          select person_id, death_date from input.eligibility
          union all select person_id, death_date from input.patient
        ) group by person_id
      )
      select count_if(claim.claim_start_date > death.death_date + 31) as violations, count(*) as denominator
      from input.medical_claim as claim join death on death.person_id = claim.person_id
      where death.death_date is not null`,
  },
  personKnown('medical_claim'),
  personKnown('pharmacy_claim'),
  personKnown('encounter'),
  personKnown('condition'),
  personKnown('lab_result'),
  personKnown('observation'),
];

const rowChecks: readonly RowCheck[] = [...eligibility, ...medicalClaim, ...pharmacyClaim, ...clinical];

/** What ought to hold of the input, whatever format it came in. */
export const inputChecks: readonly InputCheck[] = [...rowChecks, ...across];

/** Runs every check: one look at each table for the rules on its rows, one query for each rule across them. */
export async function runInputChecks(connection: DuckDBConnection): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const table of new Set(rowChecks.flatMap(({ reads }) => reads))) {
    const checks = rowChecks.filter(({ reads }) => reads.includes(table));
    const counts = checks.map(
      ({ among, broken }, at) =>
        `count_if((${among}) and (${broken})) as violations_${at}, count_if(${among}) as denominator_${at}`,
    );
    const [found] = await rows(connection, `select ${counts.join(', ')} from input.${table}`);
    for (const [at, check] of checks.entries()) {
      findings.push(finding(check, found?.[`violations_${at}`], found?.[`denominator_${at}`]));
    }
  }
  for (const check of across) {
    const [found] = await rows(connection, check.sql);
    findings.push(finding(check, found?.violations, found?.denominator));
  }
  return findings;
}

const finding = ({ id, title, severity, threshold }: Words, violations: unknown, denominator: unknown): Finding => ({
  ...{ id, title, severity, threshold },
  violations: Number(violations),
  denominator: Number(denominator),
});
