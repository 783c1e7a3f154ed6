import { z } from 'zod';
import { Patient } from '#contract/patient';
import type { SnapshotCatalogue } from './catalogue.ts';
import type { Queries } from './query.ts';
import { join, type Sql, sql } from './sql.ts';

const MOST = 6;
const Finding = Patient.shape.findings.element;

/**
 * How far the claims and results that a rule needs reach, and since when the person has been covered there without a
 * break. A feed that ends more than 45 days before data-through makes its column null: then no rule that needs it speaks.
 */
const known = (personId: string): Sql => sql`
  reach as (
    select case when min(last_date) filter (kind = 'medical_claim') >= data_through - 45
        then least(min(last_date) filter (kind = 'medical_claim'), data_through) end as visits,
      case when min(last_date) filter (kind = 'pharmacy_claim') >= data_through - 45
        then least(min(last_date) filter (kind = 'pharmacy_claim'), data_through) end as fills,
      case when min(last_date) filter (kind in ('observation', 'lab_result')) >= data_through - 45
        then data_through end as results
    from catalogue.snapshot left join run.feed on true group by data_through
  ),
  covered as (
    select reach.*,
      (select min(start_date) from mart.unbroken_coverage
       where person_id = ${personId} and kind = 'medical' and visits between start_date and end_date) as visits_from,
      (select min(start_date) from mart.unbroken_coverage
       where person_id = ${personId} and kind = 'pharmacy' and fills between start_date and end_date) as fills_from
    from reach
  ),
  encounter as (
    select * from core.encounter where person_id = ${personId} and not is_after_data_through
  ),
  fill as (
    select 'fill ' || claim.source_name || ':' || claim.claim_id || ':' || claim.line_number as event, claim.fill_date,
      claim.days_supply, claim.prescribing_npi, drug_name.name, drug.class, drug.ingredients
    from core.pharmacy_claim as claim
    left join core.drug_name on drug_name.code_system = 'ndc' and drug_name.code = claim.ndc_code
    left join mart.adherence_drug as drug on drug.ndc_code = claim.ndc_code
    where claim.person_id = ${personId} and not claim.is_after_data_through and claim.days_supply > 0
  ),
  -- A fill that nobody names might be of any medicine.
  named as (
    select * from covered where fills_from <= fills - 365
      and not exists (select 1 from fill where name is null and fill_date > fills - 365)
  )`;

const day = (date: Sql): Sql => sql`strftime(${date}, '%-d %b %Y')`;
const evidence = (event: Sql, date: Sql): Sql =>
  sql`list(distinct {'date': ${date}, 'event': ${event}} order by {'date': ${date}, 'event': ${event}} desc)[:6]`;

interface Rule {
  readonly basis: string;
  /** Rows of (finding, evidence) over the tables of `known`. */
  readonly select: (personId: string) => Sql;
}

/** The most telling first. Each speaks only where everything that could contradict it is at hand. */
const RULES: readonly Rule[] = [
  {
    basis:
      'Our rule: at home for 7 to 30 days as far as claims reach, without a visit, home health, nursing facility, hospice or new stay. Claims of the last weeks may still come.',
    select: (personId) => sql`
      select 'No visit on record in the ' || (visits - stay.end_date) || ' days from leaving hospital on '
          || ${day(sql`stay.end_date`)} || ' to ' || ${day(sql`visits`)} as finding,
        [{'date': stay.end_date, 'event': stay.encounter_id}] as evidence
      from covered
      join mart.discharge_follow_up as discharge on discharge.discharge_date between visits - 30 and visits - 7
      join encounter as stay on stay.encounter_type = 'acute inpatient' and stay.end_date = discharge.discharge_date
      where discharge.person_id = ${personId} and discharge.discharge_setting in ('home', 'home health')
        and visits_from <= discharge.discharge_date and days_to_visit is null and days_to_admission is null
        and not exists (
          select 1 from encounter as later where later.encounter_id <> stay.encounter_id
            and coalesce(later.end_date, later.start_date) > stay.end_date
            and later.encounter_type not in ('other', 'emergency department', 'observation')
        )
      qualify row_number() over (order by stay.end_date desc, stay.encounter_id) = 1`,
  },
  {
    basis:
      'Our rule: two ingredients of one class, the first filled again while the second lasted, in the last 180 days of fills.',
    select: () => sql`
      select 'Two ' || if(class = 'statin', 'statins', 'medicines against the renin-angiotensin system')
          || ' filled side by side: ' || list_sort([first.ingredients[1], second.ingredients[1]]).array_to_string(' and ') as finding,
        list_sort([
          {'date': first.fill_date, 'event': first.event}, {'date': second.fill_date, 'event': second.event},
          {'date': again.fill_date, 'event': again.event}
        ], 'desc') as evidence
      from reach join fill as first on class in ('statin', 'ras') and len(first.ingredients) = 1
      join fill as second using (class)
      join fill as again using (class)
      where len(second.ingredients) = 1 and second.ingredients <> first.ingredients and again.ingredients = first.ingredients
        and second.fill_date > first.fill_date and second.fill_date < first.fill_date + first.days_supply - 7
        and again.fill_date > second.fill_date and again.fill_date < second.fill_date + second.days_supply - 7
        and again.fill_date > fills - 180
      qualify row_number() over (partition by class order by again.fill_date desc, evidence desc) = 1`,
  },
  {
    basis:
      'Our rule: every fill of the class in a year used in full, one after the other, and nothing left for 30 to 180 days; no stay in between and no other medicine that may have taken its place. Classes of the adherence measures of Medicare Part D.',
    select: () => sql`
      select 'No ' || case class when 'statin' then 'statin' when 'ras' then 'ACE inhibitor or the like' else 'medicine for diabetes' end
          || ' for ' || (fills - out_date) || ' days: ' || name || ' of ' || ${day(sql`fill_date`)} || ' ran out by ' || ${day(sql`out_date`)} as finding,
        [{'date': fill_date, 'event': event}] as evidence
      from named join (
        select class, max(fill_date + supply) as out_date, max(fill_date) as fill_date, arg_max(name, (fill_date, event)) as name,
          arg_max(event, (fill_date, event)) as event, count(distinct fill_date) as days
        from (
          select fill.*, (sum(days_supply) over (partition by class order by fill_date desc range unbounded preceding))::integer as supply
          from fill, covered where class in ('statin', 'diabetes', 'ras') and fill_date > fills - 365
        ) group by class
      ) as last on days > 1 and out_date between fills - 180 and fills - 30
      where not exists (
          select 1 from fill as other where other.fill_date > last.fill_date - 30
            and other.class in ('insulin', 'other diabetes', 'sacubitril') and last.class <> 'statin'
        )
        and not exists (
          select 1 from encounter where coalesce(end_date, start_date) > last.fill_date and encounter_type in (
            'acute inpatient', 'inpatient psychiatric', 'inpatient rehabilitation', 'long term care hospital', 'skilled nursing', 'hospice'
          )
        )`,
  },
  {
    basis:
      'Over 9% is poor control in CMS122; above goal the ADA repeats the test at least every three months. Our rule: no later A1c on record or billed for 180 days.',
    select: (personId) => sql`
      select 'The last A1c, ' || (value_number::decimal(9, 1)) || '% on ' || ${day(sql`observed_at`)} || ', was over 9; none is on record since' as finding,
        [{'date': observed_at::date, 'event': 'observation ' || file_id || ':' || line_number || ':' || code}] as evidence
      from covered join core.observation on results is not null
      where person_id = ${personId} and code_system = 'loinc' and code in ('4548-4', '4549-2', '17856-6', '59261-8')
        and coalesce(status, 'final') not in ('entered-in-error', 'cancelled') and not coalesce(is_negated, false)
        and observed_at <= results::timestamp + interval 1 day and visits_from <= observed_at::date
      qualify row_number() over (order by observed_at desc, file_id desc, line_number desc) = 1 and value_number > 9 and value_number < 20
        and unit = '%' and observed_at::date between visits - 730 and visits - 180
        and not exists (
          select 1 from core.medical_claim as line
          join core.coded_concept as billed on billed.value_set = 'billed-a1c-test' and billed.code_system = 'hcpcs' and billed.code = line.hcpcs_code
          where line.person_id = ${personId} and line.line_start_date > observed_at::date
        )`,
  },
  {
    basis: 'Our rule: emergency visits on three days or more in the 90 days to which claims reach, each sent home.',
    select: () => sql`
      select count(distinct start_date) || ' emergency visits in the 90 days to ' || ${day(sql`visits`)} as finding,
        ${evidence(sql`encounter_id`, sql`start_date`)} as evidence
      from covered join encounter on encounter_type = 'emergency department' and start_date > visits - 90 and start_date <= visits
      group by visits having count(distinct start_date) >= 3`,
  },
  {
    basis:
      'Our rule: one procedure code of computed tomography or magnetic resonance imaging (CMS Restructured BETOS) on days 2 to 30 apart, in the last twelve months, outside hospital stays. There may be a reason for it.',
    select: (personId) => sql`
      with picture as (
        select distinct line.hcpcs_code, line.line_start_date as day, line.encounter_id
        from covered join core.medical_claim as line on line.line_start_date between visits - 365 and visits
        join core.code_match as match on match.value_set = 'cross-sectional-imaging' and match.code_system = 'hcpcs' and match.code = line.hcpcs_code
        join encounter on encounter.encounter_id = line.encounter_id and encounter.encounter_type not in (
          'acute inpatient', 'inpatient psychiatric', 'inpatient rehabilitation', 'long term care hospital', 'skilled nursing'
        )
        where line.person_id = ${personId} and not match.is_excluded
      )
      select 'The same CT or MRI (' || hcpcs_code || ') twice in ' || (later.day - first.day) || ' days, the last on ' || ${day(sql`later.day`)} as finding,
        [{'date': later.day, 'event': later.encounter_id}, {'date': first.day, 'event': first.encounter_id}] as evidence
      from picture as first join picture as later using (hcpcs_code)
      where later.day - first.day between 2 and 30
      qualify row_number() over (order by later.day desc, first.day desc, hcpcs_code, later.encounter_id, first.encounter_id) = 1`,
  },
  {
    basis:
      'Five at once is the usual word for polypharmacy (Masnoon, BMC Geriatrics 2017). Our rule: supply of 28 days or more that lasts on the day to which fills reach, by the first word of the name, from three prescribers or more.',
    select: () => sql`
      select count(distinct medicine) || ' medicines in supply at once, from ' || count(distinct prescribing_npi) || ' prescribers' as finding,
        list({'date': fill_date, 'event': event} order by fill_date desc, event)[:6] as evidence
      from (
        select fill.*, regexp_extract(lower(name), '[a-z]+') as medicine
        from named join fill on fill_date <= fills and fill_date + days_supply > fills and days_supply >= 28
        qualify row_number() over (partition by medicine order by fill_date desc, event) = 1
      ) having count(distinct medicine) >= 5 and count(distinct prescribing_npi) >= 3`,
  },
  {
    basis:
      'Our rule: covered for all of the twelve months to which claims reach, and no primary care visit by claims, nor care by a primary care clinician elsewhere (as in a nursing home), nor any office or video visit of a clinician whose specialty nobody tells.',
    select: () => sql`
      select 'No primary care visit in the twelve months to ' || ${day(sql`visits`)} as finding, []::struct(date date, event varchar)[] as evidence
      from covered
      where visits_from <= visits - 365 and not exists (
        select 1 from encounter where start_date > visits - 365
          and (
            is_primary_care or (is_primary_care is null and encounter_type in ('office visit', 'telehealth'))
            or practitioner_npi in (select npi from core.practitioner where is_primary_care)
          )
      )`,
  },
];

/** What the rules find of a person who is alive and whose claims are shared; nothing where the snapshot is older than they. */
export async function readFindings(
  queries: Queries,
  { names }: Pick<SnapshotCatalogue, 'names'>,
  personId: string,
): Promise<Patient['findings']> {
  if (!names.has('mart.adherence_drug', 'ingredients') || !names.has('core.encounter', 'is_primary_care')) return [];
  const found = RULES.map(
    ({ basis, select }, at) =>
      sql`select ${at} as place, finding, ${basis} as basis, evidence from (${select(personId)})`,
  );
  return queries.rows(
    sql`with ${known(personId)} select finding, basis, to_json(evidence)::varchar as evidence from (${join(found, ' union all ')}) order by place, finding limit ${MOST}`,
    Finding.extend({ evidence: z.string().transform((text) => Finding.shape.evidence.parse(JSON.parse(text))) }),
  );
}
