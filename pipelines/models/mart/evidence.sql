-- One row per statement of a claim or a clinical source and value set of the quality measures that its code is in; `resource` says in FHIR's words what it states, 'Claim' for a billed service and 'Fill' for a billed drug. A diagnosis lasts until it was resolved, nobody knows until when where it is over without a day, and one of a claim for that day. What was deliberately not done is kept and is_negated. What somebody entered by hand has that as its source.
with concept as (
  select coded_concept.value_set, coded_concept.code_system, coded_concept.code
  from core.coded_concept
  join reference.value_set_source as source using (value_set)
  where source.is_for_quality
),
-- A billed drug is known by its NDC, or by the RxNorm code that a clinical source states beside it.
billed_drug as (
  select value_set, code_system, code, code as ndc_code
  from concept
  where code_system = 'ndc'
  union
  select concept.value_set, concept.code_system, concept.code, drug.code
  from concept
  join core.drug_name as drug
    on drug.code_system = 'ndc'
    and drug.rxnorm_code = concept.code
  where concept.code_system = 'rxnorm'
),
kind_of_visit (encounter_type, value_set) as (
  values
    ('office visit', 'office-visit'),
    ('telehealth', 'office-visit'),
    ('emergency department', 'emergency-department-visit'),
    ('observation', 'observation-services'),
    ('acute inpatient', 'encounter-inpatient'),
    ('inpatient psychiatric', 'encounter-inpatient'),
    ('inpatient rehabilitation', 'encounter-inpatient'),
    ('long term care hospital', 'encounter-inpatient')
),
known_by_code as (
  select distinct value_set
  from reference.value_set
  where code_system = 'snomed'
),
statement as (
  select
    'Encounter' as resource,
    encounter.person_id,
    concept.value_set,
    concept.code_system,
    concept.code,
    encounter.start_date,
    coalesce(encounter.end_date, encounter.start_date) as end_date,
    encounter.started_at,
    encounter.encounter_id,
    encounter.encounter_type as category,
    'ehr' as source
  from core.ehr_encounter as encounter
  join concept
    on concept.code_system = encounter.encounter_code_type
    and concept.code = encounter.encounter_code
  union all by name
  -- Without the licensed list of its code system a visit is known by its kind.
  select
    'Encounter' as resource,
    encounter.person_id,
    kind_of_visit.value_set,
    encounter.start_date,
    coalesce(encounter.end_date, encounter.start_date) as end_date,
    encounter.started_at,
    encounter.encounter_id,
    encounter.encounter_type as category,
    'ehr' as source
  from core.ehr_encounter as encounter
  join kind_of_visit using (encounter_type)
  anti join known_by_code using (value_set)
  where encounter.encounter_code_type is distinct from 'hcpcs'
  union all by name
  select
    'Condition' as resource,
    condition.person_id,
    concept.value_set,
    concept.code_system,
    concept.code,
    coalesce(condition.onset_date, condition.recorded_date) as start_date,
    case
      when condition.status in ('active', 'recurrence', 'relapse', 'unconfirmed', 'provisional', 'differential')
        then coalesce(condition.resolved_date, date '9999-12-31')
      when condition.status in ('inactive', 'remission', 'resolved') then condition.resolved_date
      else coalesce(condition.resolved_date, condition.recorded_date, condition.onset_date)
    end as end_date,
    start_date::timestamp as started_at,
    condition.encounter_id,
    condition.category,
    condition.body_site_code,
    condition.source
  from core.condition
  join concept using (code_system, code)
  union all by name
  select
    'Procedure' as resource,
    procedure.person_id,
    concept.value_set,
    concept.code_system,
    concept.code,
    procedure.performed_date as start_date,
    coalesce(procedure.ended_date, procedure.performed_date) as end_date,
    procedure.performed_date::timestamp as started_at,
    procedure.encounter_id,
    procedure.status = 'not done' as is_negated,
    procedure.not_done_reason_code as reason_code,
    case when procedure.source_name = 'entered by hand' then procedure.source_name else procedure.source end as source
  from core.procedure
  join concept using (code_system, code)
  where procedure.status in ('completed', 'not done')
  union all by name
  select
    'Observation' as resource,
    observation.person_id,
    concept.value_set,
    concept.code_system,
    concept.code,
    observation.start_date,
    observation.observed_at::date as end_date,
    observation.observed_at as started_at,
    observation.encounter_id,
    observation.category,
    observation.value_number,
    observation.unit,
    observation.value_code,
    observation.value_text,
    observation.is_negated,
    observation.not_done_reason_code as reason_code,
    case when observation.source_name = 'entered by hand' then observation.source_name else observation.source end as source
  from core.observation
  join concept using (code_system, code)
  where coalesce(observation.status, 'final') in ('final', 'amended', 'corrected', 'not done')
  union all by name
  select
    case
      when medication.is_order then 'MedicationRequest'
      when medication.statement_type = 'administration' then 'MedicationAdministration'
      when medication.statement_type = 'statement' then 'MedicationStatement'
      else 'MedicationDispense'
    end as resource,
    medication.person_id,
    concept.value_set,
    concept.code_system,
    concept.code,
    medication.start_date,
    medication.course_start_date,
    coalesce(
      medication.end_date,
      coalesce(medication.course_start_date, medication.start_date)
      + coalesce(medication.days_supply * (1 + coalesce(medication.refills, 0)), 1) - 1
    ) as end_date,
    medication.start_date::timestamp as started_at,
    medication.encounter_id,
    medication.status as category,
    medication.quantity::double as value_number,
    medication.quantity_unit as unit,
    medication.days_supply,
    medication.refills,
    medication.is_negated,
    medication.not_done_reason_code as reason_code,
    medication.source
  from core.medication
  join concept using (code_system, code)
  where medication.is_negated
    or coalesce(medication.status, 'active') in ('active', 'completed', 'in-progress')
  union all by name
  select
    'Fill' as resource,
    fill.person_id,
    concept.value_set,
    concept.code_system,
    concept.code,
    fill.fill_date as start_date,
    fill.fill_date + coalesce(fill.days_supply, 1) - 1 as end_date,
    fill.fill_date::timestamp as started_at,
    fill.days_supply,
    'claim' as source
  from core.pharmacy_claim as fill
  join billed_drug as concept using (ndc_code)
  union all by name
  select
    'Immunization' as resource,
    immunization.person_id,
    concept.value_set,
    concept.code_system,
    concept.code,
    immunization.given_date as start_date,
    immunization.given_date as end_date,
    immunization.given_date::timestamp as started_at,
    immunization.encounter_id,
    immunization.status = 'not done' as is_negated,
    immunization.not_done_reason_code as reason_code,
    case when immunization.source_name = 'entered by hand' then immunization.source_name else immunization.source end as source
  from core.immunization
  join concept using (code_system, code)
  where immunization.status in ('completed', 'not done')
  union all by name
  select
    case allergy.allergy_type when 'adverse event' then 'AdverseEvent' else 'AllergyIntolerance' end as resource,
    allergy.person_id,
    concept.value_set,
    concept.code_system,
    concept.code,
    coalesce(allergy.recorded_date, date '1900-01-01') as start_date,
    coalesce(allergy.resolved_date, date '9999-12-31') as end_date,
    start_date::timestamp as started_at,
    allergy.encounter_id,
    allergy.source
  from core.allergy
  join concept using (code_system, code)
  where coalesce(allergy.status, 'active') = 'active'
  union all by name
  select
    case request.request_type when 'device' then 'DeviceRequest' else 'ServiceRequest' end as resource,
    request.person_id,
    concept.value_set,
    concept.code_system,
    concept.code,
    request.ordered_date as start_date,
    request.ordered_date as end_date,
    request.ordered_date::timestamp as started_at,
    request.encounter_id,
    request.is_negated,
    request.not_done_reason_code as reason_code,
    request.source
  from core.service_request as request
  join concept using (code_system, code)
  where request.is_negated
    or coalesce(request.status, 'active') in ('active', 'completed')
  union all by name
  select
    'Communication' as resource,
    communication.person_id,
    concept.value_set,
    concept.code_system,
    concept.code,
    communication.sent_datetime::date as start_date,
    communication.sent_datetime::date as end_date,
    communication.sent_datetime as started_at,
    communication.encounter_id,
    communication.is_negated,
    communication.not_done_reason_code as reason_code,
    communication.source
  from core.communication
  join concept using (code_system, code)
  where communication.is_negated
    or coalesce(communication.status, 'completed') = 'completed'
  union all by name
  -- A modifier of performance measurement says that the service was not done, and why.
  select
    'Claim' as resource,
    line.person_id,
    concept.value_set,
    concept.code_system,
    concept.code,
    line.line_start_date as start_date,
    line.line_start_date as end_date,
    line.line_start_date::timestamp as started_at,
    line.encounter_id,
    line.place_of_service_code as category,
    list_has_any([line.modifier_1, line.modifier_2], ['1P', '2P', '3P', '8P']) as is_negated,
    list_filter([line.modifier_1, line.modifier_2], lambda one: one in ('1P', '2P', '3P', '8P'))[1] as reason_code,
    'claim' as source
  from core.medical_claim as line
  join concept
    on concept.code_system = 'hcpcs'
    and concept.code = line.hcpcs_code
)
select
  person_id,
  value_set,
  resource,
  code_system,
  code,
  start_date,
  end_date,
  started_at,
  course_start_date,
  encounter_id,
  category,
  body_site_code,
  value_number,
  unit,
  value_code,
  value_text,
  days_supply,
  refills,
  coalesce(is_negated, false) as is_negated,
  reason_code,
  source,
  concat(upper(code_system) || ' ' || code || ', ', case source when 'ehr' then 'EHR' else source end, ' ', start_date) as evidence
from statement
where start_date <= getvariable('data_through')
