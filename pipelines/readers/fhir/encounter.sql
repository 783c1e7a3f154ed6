-- One row per Encounter. Its class tells the kind, except where its type says more; dates are those on its own clock.
with stated as (
  select
    *,
    fhir.coding(flatten(list_transform(type, lambda one: one.coding)), 'hcpcs', 'snomed') as kind,
    case when class.system is null or class.system like '%ActCode' then upper(class.code) end as class_code,
    coalesce(
      list_filter(participant, lambda one: one.type[1].coding[1].code = 'ATND')[1],
      list_filter(participant, lambda one: one.type[1].coding[1].code = 'PPRF')[1],
      list_filter(participant, lambda one: one.individual is not null)[1]
    ).individual as attending,
    hospitalization."admitSource".coding[1] as source_code,
    hospitalization."dischargeDisposition".coding[1] as disposition,
    location[1].location as place
  from fhir.encounter
),
first_diagnosis as (
  select source_name, encounter_id, arg_min(condition_id, {rank: coalesce(rank, place), place: place}) as condition_id
  from fhir.encounter_diagnosis
  group by source_name, encounter_id
),
located as (
  select
    stated.*,
    coalesce(
      coalesce(location.id, fhir.id_in(place.reference, 'Location')),
      'Organization/' || coalesce(organization.id, fhir.id_in("serviceProvider".reference, 'Organization'))
    ) as location_id,
    coalesce(
      'Location/' || coalesce(location.id, fhir.id_in(place.reference, 'Location')),
      'Organization/' || coalesce(organization.id, fhir.id_in("serviceProvider".reference, 'Organization'))
    ) as key,
    coalesce(who.id, fhir.id_in(attending.reference, 'Practitioner'), fhir.npi_in(attending)) as attending_provider_id
  from stated
  left join fhir.other_name as who
    on who.source_name = stated.source_name and who.resource_type = 'Practitioner' and who.name = fhir.name_in(attending, 'Practitioner')
  left join fhir.other_name as location
    on location.source_name = stated.source_name and location.resource_type = 'Location' and location.name = fhir.name_in(place, 'Location')
  left join fhir.other_name as organization
    on organization.source_name = stated.source_name and organization.resource_type = 'Organization' and organization.name = fhir.name_in("serviceProvider", 'Organization')
)
select
  located.source_name,
  located.id as encounter_id,
  located.person as person_id,
  located.person as patient_id,
  case
    when lower(type[1].text) in (
        'inpatient psychiatric', 'inpatient rehabilitation', 'long term care hospital', 'skilled nursing', 'hospice',
        'observation', 'ambulatory surgery', 'urgent care', 'dialysis', 'telehealth', 'outpatient'
      ) then lower(type[1].text)
    when kind.code in ('702927004') then 'urgent care'
    when kind.code in ('448337001', '185317003', '314849005', '386473003') then 'telehealth'
    when kind.code between '99304' and '99318' and length(kind.code) = 5 then 'nursing home visit'
    when kind.code between '99341' and '99350' and length(kind.code) = 5 then 'home visit'
    when class_code in ('IMP', 'ACUTE') then 'acute inpatient'
    when class_code = 'NONAC' then 'skilled nursing'
    when class_code = 'EMER' then 'emergency department'
    when class_code in ('OBSENC', 'SS') then 'observation'
    when class_code = 'HH' then 'home health'
    when class_code = 'VR' then 'telehealth'
    when class_code in ('AMB', 'PRENC') or class_code is null then 'ambulatory'
    else 'other'
  end as encounter_type,
  fhir.system(kind.system) as encounter_code_type,
  fhir.code(kind.code) as encounter_code,
  fhir.day(period.start) as encounter_start_date,
  fhir.day(period."end") as encounter_end_date,
  fhir.moment(period.start) as encounter_start_datetime,
  case
    when source_code.system like '%nubc%' then fhir.code(source_code.code)
    when source_code.code = 'hosp-trans' then '4'
    when source_code.code = 'nursing' then '5'
  end as admit_source_code,
  case when priority.coding[1].system like '%nubc%' then fhir.code(priority.coding[1].code) end as admit_type_code,
  case
    when disposition.system like '%nubc%' then lpad(fhir.code(disposition.code), 2, '0')
    else case disposition.code
      when 'home' then '01'
      when 'alt-home' then '01'
      when '306689006' then '01'
      when 'other-hcf' then '05'
      when 'hosp' then '50'
      when 'long' then '63'
      when 'aadvice' then '07'
      when '371827001' then '07'
      when 'exp' then '20'
      when '419099009' then '20'
      when 'psy' then '65'
      when 'rehab' then '62'
      when 'snf' then '03'
      when 'oth' then '70'
      when '428361000124107' then '50'
      when '428371000124100' then '51'
    end
  end as discharge_disposition_code,
  attending_provider_id,
  attending.display as attending_provider_name,
  provider.npi as facility_npi,
  coalesce("serviceProvider".display, place.display) as facility_name,
  located.location_id,
  fhir.system(coalesce(condition.code.coding[1].system, "reasonCode"[1].coding[1].system)) as primary_diagnosis_code_type,
  fhir.code(coalesce(condition.code.coding[1].code, "reasonCode"[1].coding[1].code)) as primary_diagnosis_code,
  located.file_id,
  located.line_number,
  coalesce(
    fhir.left_out(located.person, located.status),
    case
      when located.status = 'cancelled' then 'cancelled'
      when located.status = 'planned' then 'has not begun'
      when fhir.day(period.start) is null then 'has no first day that can be read'
    end
  ) as left_out
from located
left join first_diagnosis on first_diagnosis.source_name = located.source_name and first_diagnosis.encounter_id = located.id
left join fhir.condition_code as condition
  on condition.source_name = located.source_name and condition.id = first_diagnosis.condition_id
left join fhir.provider as provider on provider.source_name = located.source_name and provider.key = located.key
