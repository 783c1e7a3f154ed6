-- One row per statement of a claim, a clinical source or the enrolment that shows hospice care, from its first day to its last, up to data-through.
select person_id, start_date, end_date, evidence
from mart.evidence
where not is_negated
  and (
    value_set in ('hospice-encounter', 'hospice-diagnosis', 'hospice-care-ambulatory')
    or (
      value_set = 'hospice-care-minimum-data-set'
      and lower(coalesce(value_code, value_text)) in ('373066001', 'la33-6', 'yes')
    )
  )
union all
select
  person_id,
  start_date,
  coalesce(end_date, start_date) as end_date,
  'hospice encounter, ' || replace(source, 'ehr', 'EHR') || ' ' || start_date as evidence
from core.encounter
where encounter_type = 'hospice' and start_date <= getvariable('data_through')
union all
select
  person_id,
  end_date as start_date,
  end_date,
  'discharge status ' || discharge_disposition_code || ', ' || replace(source, 'ehr', 'EHR') || ' ' || end_date as evidence
from core.encounter
where discharge_disposition_code in ('50', '51') and end_date <= getvariable('data_through')
union all
select
  person_id,
  month as start_date,
  month as end_date,
  'hospice month, enrollment ' || month as evidence
from core.member_month
where is_hospice
