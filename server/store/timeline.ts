import { z } from 'zod';
import { TimelineEvent } from '#contract/patient';
import type { SnapshotCatalogue } from './catalogue.ts';
import type { Queries } from './query.ts';
import { join, type Sql, sql } from './sql.ts';

const MOST_EVENTS = 20_000;

/** Everything that happened to a person, oldest first. Null when there is no such person. */
export async function readTimeline(
  queries: Queries,
  { names }: SnapshotCatalogue,
  personId: string,
): Promise<TimelineEvent[] | null> {
  const [person] = await queries.rows(
    sql`select person_id from core.person where person_id = ${personId}`,
    z.object({ person_id: z.string() }),
  );
  if (!person) return null;
  const title = (table: string): Sql =>
    names.has(table, 'description') ? sql`coalesce(fact.description, ${CODE})` : CODE;
  const risk = names.has('mart.discharge_risk', 'lace_score')
    ? sql`left join (${dischargeRisk(personId)}) as risk on risk.encounter_id = event.id`
    : undefined;
  return queries.rows(
    sql`select event.*, ${risk ? sql`risk.discharge_risk` : sql`null`} as discharge_risk from (${join(
      [
        encounters(personId),
        medications(personId, title('core.medication')),
        observations(personId, title('core.observation')),
        immunizations(personId, title('core.immunization')),
      ],
      ' union all ',
    )}) as event ${risk ?? sql``} order by start_date, lane, id`,
    TimelineEvent,
    MOST_EVENTS,
  );
}

/** LACE and HOSPITAL of the stays that each of the encounters ended, with what raised them and what nobody knows. */
const dischargeRisk = (personId: string): Sql => sql`
  select encounter_id, concat_ws('. ',
    'LACE ' || lace_score || if(lace_score_most > lace_score, ' to ' || lace_score_most, '') || coalesce(', ' || lace_band, '')
      || '; HOSPITAL ' || hospital_score || if(hospital_score_most > hospital_score, ' to ' || hospital_score_most, '')
      || coalesce(', ' || hospital_band, ''),
    nullif('For ' || array_to_string(reasons, ', '), 'For '),
    nullif('Not known: ' || array_to_string(list_distinct(lace_missing || hospital_missing).list_sort(), ', '), 'Not known: ')
  ) as discharge_risk
  from mart.discharge_risk where person_id = ${personId}`;

const CODE = sql`case fact.code_system
    when 'rxnorm' then 'RxNorm' when 'snomed' then 'SNOMED CT' else upper(fact.code_system)
  end || ' ' || fact.code`;

const encounters = (personId: string): Sql => sql`
  select fact.encounter_id as id, fact.encounter_type as lane, fact.start_date, fact.end_date,
    case fact.encounter_type
      when 'acute inpatient' then 'Hospital stay'
      when 'inpatient psychiatric' then 'Psychiatric hospital stay'
      when 'inpatient rehabilitation' then 'Rehabilitation hospital stay'
      when 'long term care hospital' then 'Long-term hospital stay'
      when 'skilled nursing' then 'Skilled nursing stay'
      when 'home health' then 'Home health'
      when 'hospice' then 'Hospice'
      when 'emergency department' then 'Emergency visit, sent home'
      when 'observation' then 'Observation'
      when 'outpatient' then 'Hospital outpatient visit'
      when 'office visit' then 'Office visit'
      when 'telehealth' then 'Telehealth visit'
      when 'urgent care' then 'Urgent care visit'
      when 'ambulatory surgery' then 'Outpatient surgery'
      when 'dialysis' then 'Dialysis'
      else 'Other care'
    end || case when fact.length_of_stay > 0 then ', ' || fact.length_of_stay || if(fact.length_of_stay = 1, ' day', ' days') else '' end as title,
    nullif(concat_ws(', ',
      'diagnosis ' || fact.primary_diagnosis_code,
      'DRG ' || fact.drg_code,
      case when fact.is_ed and fact.encounter_type <> 'emergency department' then 'through the emergency department' end
    ), '') as detail,
    facility.name as facility, fact.primary_diagnosis_code as code, null::double as value, null::varchar as unit,
    fact.paid_amount, fact.source, coalesce(claim.claim_ids, []) as claim_ids, claim.source_name,
    returned.encounter_id is not null as readmission
  from core.encounter as fact
  left join core.facility as facility on facility.facility_id = fact.facility_id
  left join (
    select encounter_id, list(distinct claim_id order by claim_id) as claim_ids, min(source_name) as source_name
    from core.medical_claim where person_id = ${personId} group by encounter_id
  ) as claim on claim.encounter_id = fact.encounter_id
  left join (
    select encounter.encounter_id
    from mart.readmission as readmission
    join mart.inpatient_stay as stay on stay.stay_id = readmission.readmission_stay_id
    join core.encounter as encounter
      on encounter.person_id = stay.person_id and encounter.encounter_type = 'acute inpatient'
      and encounter.start_date = stay.admit_date
    where readmission.person_id = ${personId} and readmission.is_unplanned_readmission_30
    group by all
  ) as returned on returned.encounter_id = fact.encounter_id
  where fact.person_id = ${personId} and fact.start_date is not null`;

/** Orders and statements from the record, and fills from pharmacy claims. */
const medications = (personId: string, title: Sql): Sql => sql`
  select 'medication ' || fact.file_id || ':' || fact.line_number || ':' || fact.code as id, 'medication' as lane,
    fact.start_date, fact.end_date, coalesce(drug.name, ${title}) as title,
    case when fact.days_supply is not null then fact.days_supply || ' days' end as detail, null as facility,
    fact.code, null::double as value, null as unit, null::decimal(18, 2) as paid_amount, fact.source,
    []::varchar[] as claim_ids, null as source_name, false as readmission
  from core.medication as fact
  left join core.drug_name as drug on drug.code_system = fact.code_system and drug.code = fact.code
  where fact.person_id = ${personId} and fact.start_date is not null and not coalesce(fact.is_negated, false)
    and fact.source <> 'claim'
  union all
  select 'fill ' || fill.source_name || ':' || fill.claim_id || ':' || fill.line_number, 'medication', fill.fill_date,
    fill.fill_date + fill.days_supply, coalesce(drug.name, 'NDC ' || fill.ndc_code, 'Fill without a drug code'),
    case when fill.days_supply is not null then fill.days_supply || ' days' end, null, fill.ndc_code, null, null,
    fill.paid_amount, 'claim', [fill.claim_id], fill.source_name, false
  from core.pharmacy_claim as fill
  left join core.drug_name as drug on drug.code_system = 'ndc' and drug.code = fill.ndc_code
  where fill.person_id = ${personId} and fill.fill_date is not null`;

const observations = (personId: string, title: Sql): Sql => sql`
  select 'observation ' || fact.file_id || ':' || fact.line_number || ':' || fact.code, 'observation',
    fact.observed_at::date, null, ${title},
    case when fact.value_number is null then coalesce(fact.value_text, fact.value_code) end, null, fact.code,
    fact.value_number::double, fact.unit, null, fact.source, []::varchar[], null, false
  from core.observation as fact
  where fact.person_id = ${personId} and fact.observed_at is not null`;

const immunizations = (personId: string, title: Sql): Sql => sql`
  select 'immunization ' || fact.file_id || ':' || fact.line_number || ':' || fact.code, 'immunization',
    fact.given_date, null, ${title}, null, null, fact.code,
    null, null, null, fact.source, []::varchar[], null, false
  from core.immunization as fact
  where fact.person_id = ${personId} and fact.given_date is not null`;
