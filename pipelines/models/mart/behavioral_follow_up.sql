-- One row per emergency visit for mental illness ('emergency mental') or substance use ('emergency substance') after which the person went home, and per hospital stay for mental illness ('psychiatric discharge'), that ended in a measurement period, with the days to the first follow-up visit within 30 days. `exclusion`, the first of `exclusions`, leaves an event out; `left_out` tells why it is not asked for at all. A visit on the day of an emergency visit counts, one on the day of discharge does not. From 2025 on self-harm counts in any place of an emergency visit's diagnoses, and any diagnosis of mental illness makes a follow-up; before, the principal one, or after a stay the specialist.
with concept as (
  select
    code_system,
    code,
    bool_or(value_set = 'mental-illness') as is_mental,
    bool_or(value_set = 'self-harm') as is_self_harm,
    bool_or(value_set = 'substance-use-disorder') as is_substance,
    bool_or(value_set = 'drug-overdose') as is_overdose
  from core.coded_concept
  where value_set in ('mental-illness', 'self-harm', 'substance-use-disorder', 'drug-overdose')
  group by code_system, code
),
diagnosed as (
  select
    condition.encounter_id,
    bool_or(concept.is_mental) as is_mental,
    bool_or(concept.is_self_harm) as is_self_harm,
    bool_or(concept.is_substance or concept.is_overdose) as is_substance,
    bool_or(concept.is_overdose) as is_overdose
  from core.condition
  join concept using (code_system, code)
  where condition.encounter_id is not null
  group by condition.encounter_id
),
hospital_stay as (
  select
    stay.stay_id,
    stay.person_id,
    stay.admit_date,
    stay.discharge_date,
    stay.discharge_disposition_code,
    stay.primary_diagnosis_code,
    stay.encounter_type in ('acute inpatient', 'inpatient psychiatric') as is_acute,
    coalesce(concept.is_mental or concept.is_self_harm, false) as is_mental
  from mart.inpatient_stay as stay
  left join concept
    on concept.code_system = stay.primary_diagnosis_code_type and concept.code = stay.primary_diagnosis_code
  union all by name
  select
    encounter_id as stay_id,
    person_id,
    start_date as admit_date,
    end_date as discharge_date,
    false as is_acute,
    false as is_mental
  from core.encounter
  where encounter_type = 'skilled nursing' and not is_after_data_through
),
event as (
  select
    'emergency mental' as kind,
    encounter.encounter_id as event_id,
    encounter.person_id,
    encounter.start_date as event_date,
    'emergency visit ' || encounter.start_date || coalesce(' (' || encounter.primary_diagnosis_code || ')', '') as event,
    0 as first_day,
    6 as youngest
  from core.encounter
  left join concept
    on concept.code_system = encounter.primary_diagnosis_code_type and concept.code = encounter.primary_diagnosis_code
  left join diagnosed on diagnosed.encounter_id = encounter.encounter_id
  where encounter.encounter_type = 'emergency department'
    and not encounter.is_after_data_through
    and (
      concept.is_mental
      or concept.is_self_harm
      or (diagnosed.is_self_harm and encounter.start_date >= date '2025-01-01')
    )
  union all
  select
    'emergency substance',
    encounter.encounter_id,
    encounter.person_id,
    encounter.start_date,
    'emergency visit ' || encounter.start_date || coalesce(' (' || encounter.primary_diagnosis_code || ')', ''),
    0,
    13
  from core.encounter
  left join concept
    on concept.code_system = encounter.primary_diagnosis_code_type and concept.code = encounter.primary_diagnosis_code
  left join diagnosed on diagnosed.encounter_id = encounter.encounter_id
  where encounter.encounter_type = 'emergency department'
    and not encounter.is_after_data_through
    and (concept.is_substance or diagnosed.is_overdose)
  union all
  select
    'psychiatric discharge',
    stay_id,
    person_id,
    discharge_date,
    'discharge ' || discharge_date || ' (' || primary_diagnosis_code || ')',
    1,
    6
  from hospital_stay
  where is_acute and is_mental and discharge_date is not null and discharge_disposition_code is distinct from '20'
),
admission as (
  select
    event.kind,
    event.event_id,
    bool_or(stay.is_acute and stay.is_mental) as is_psychiatric,
    min(stay.admit_date) as admit_date
  from event
  join hospital_stay as stay
    on stay.person_id = event.person_id
    and stay.admit_date between event.event_date and event.event_date + 30
    and stay.stay_id <> event.event_id
  group by all
),
judged as (
  select
    event.*,
    measure_period.period_start,
    case
      when event.event_date > measure_period.period_end - 30 then 'after 1 December'
      when event.kind = 'psychiatric discharge' and admission.is_psychiatric
        then 'admitted for mental illness again within 30 days: that discharge counts'
    end as left_out,
    list_filter(
      [
        case
          when hospice.person_id is not null
            then {reason: 'hospice care', evidence_date: hospice.evidence_date, evidence: hospice.evidence}
        end,
        case
          when person.death_date <= least(measure_period.period_end, getvariable('data_through'))
            then {reason: 'died in the year', evidence_date: person.death_date, evidence: 'died on ' || person.death_date}
        end,
        case
          when admission.event_id is not null
            then {
              reason: 'admitted within 30 days',
              evidence_date: admission.admit_date,
              evidence: 'admitted on ' || admission.admit_date
            }
        end,
        case
          when covered.person_id is null
            then {reason: 'not enrolled through day 30', evidence_date: event.event_date + 30, evidence: 'no medical coverage without a break until then'}
        end
      ],
      lambda one: one is not null
    ) as exclusions,
    exclusions[1].reason as exclusion
  from event
  join mart.measure_period on event.event_date between measure_period.period_start and measure_period.period_end
  join core.person using (person_id)
  left join admission using (kind, event_id)
  left join mart.measure_exclusion as hospice
    on hospice.person_id = event.person_id
    and hospice.period_start = measure_period.period_start
    and hospice.reason = 'hospice care'
  left join mart.unbroken_coverage as covered
    on covered.person_id = event.person_id
    and covered.kind = 'medical'
    and covered.start_date <= event.event_date
    and covered.end_date >= least(event.event_date + 30, getvariable('data_through'))
  where date_sub('year', person.birth_date, event.event_date) >= event.youngest
),
-- Of the emergency visits that count, one within 30 days of the last one counted is the same need.
counted as (
  select
    kind,
    person_id,
    period_start,
    list_reduce(
      list_transform(list_sort(list_distinct(list(event_date))), lambda one: [one]),
      lambda kept, next: case when next[1] - kept[-1] > 30 then kept || next else kept end
    ) as event_dates
  from judged
  where kind <> 'psychiatric discharge' and left_out is null and exclusion is null
  group by kind, person_id, period_start
),
visit as (
  select
    line.person_id,
    line.encounter_id,
    line.line_start_date as visit_date,
    coalesce(
      line.rendering_specialty_code in (select code from reference.value_set where value_set = 'mental-health-specialty'),
      false
    ) as is_with_specialist,
    coded_concept.value_set = 'behavioral-visit' as is_behavioral,
    'HCPCS ' || line.hcpcs_code || ', claim ' || line.line_start_date as evidence
  from core.medical_claim as line
  join core.coded_concept
    on coded_concept.code_system = 'hcpcs' and coded_concept.code = line.hcpcs_code
  join core.encounter using (encounter_id)
  where coded_concept.value_set in ('follow-up-visit', 'behavioral-visit')
    and not line.is_after_data_through
    and encounter.encounter_type in (
      'office visit', 'telehealth', 'outpatient', 'urgent care', 'home health', 'observation', 'other'
    )
  union all
  select person_id, encounter_id, start_date, false, false, encounter_type || ', EHR ' || start_date
  from core.encounter
  where encounter_type in ('office visit', 'telehealth') and source <> 'claim' and not is_after_data_through
),
contact as (
  select
    visit.person_id,
    visit.encounter_id,
    visit.visit_date,
    coalesce(diagnosed.is_mental, false) as is_mental,
    coalesce(concept.is_mental or (concept.is_self_harm and diagnosed.is_mental), false) as is_mostly_mental,
    coalesce(diagnosed.is_substance, false) as is_substance,
    visit.is_with_specialist,
    visit.is_behavioral,
    visit.evidence
  from visit
  left join diagnosed on diagnosed.encounter_id = visit.encounter_id
  left join core.encounter on encounter.encounter_id = visit.encounter_id
  left join concept
    on concept.code_system = encounter.primary_diagnosis_code_type and concept.code = encounter.primary_diagnosis_code
  union all
  select
    person_id, encounter_id, line_start_date, false, false, true, false, false,
    'HCPCS ' || hcpcs_code || ', claim ' || line_start_date
  from core.medical_claim
  where hcpcs_code in (select code from reference.value_set where value_set = 'substance-use-service')
    and not is_after_data_through
  union all
  select person_id, encounter_id, start_date, false, false, true, false, false, evidence
  from mart.evidence
  where resource in ('Procedure', 'Claim', 'MedicationRequest', 'MedicationDispense', 'MedicationAdministration', 'Fill')
    and not is_negated
    and value_set in (
      'substance-use-disorder-treatment', 'substance-use-disorder-long-acting-medication',
      'substance-use-disorder-short-acting-medication', 'substance-use-disorder-long-acting-medication-administration',
      'substance-use-disorder-short-acting-medication-administration'
    )
),
follow_up as (
  select
    judged.kind,
    judged.event_id,
    min(contact.visit_date - judged.event_date)::integer as days_to_follow_up,
    min_by(contact.evidence, (contact.visit_date, contact.evidence)) as follow_up
  from judged
  join contact
    on contact.person_id = judged.person_id
    and contact.visit_date between judged.event_date + judged.first_day and judged.event_date + 30
    and contact.encounter_id is distinct from judged.event_id
  where case
      when judged.kind = 'emergency substance' then contact.is_substance or contact.is_with_specialist
      when judged.kind = 'emergency mental' and judged.period_start < date '2025-01-01' then contact.is_mostly_mental
      when judged.kind = 'emergency mental' then contact.is_mental
      when judged.period_start < date '2025-01-01' then contact.is_with_specialist or contact.is_behavioral
      else contact.is_with_specialist or contact.is_mental
    end
  group by all
)
select
  judged.kind,
  judged.event_id,
  judged.person_id,
  judged.period_start,
  judged.event_date,
  judged.event,
  coalesce(
    judged.left_out,
    case
      when judged.exclusion is null and not list_contains(counted.event_dates, judged.event_date)
        then 'within 30 days of an emergency visit that counts'
    end
  ) as left_out,
  judged.exclusion,
  judged.exclusions,
  follow_up.days_to_follow_up,
  follow_up.follow_up
from judged
left join counted using (kind, person_id, period_start)
left join follow_up using (kind, event_id)
