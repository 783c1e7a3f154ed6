-- One row per hospital stay, transfers and continuous stays merged. Admission is the first part's; discharge, facility and principal diagnosis are those of the part that ends last. A stay is still open when the part that began last has no end. What brought the person in (whether it was planned, for rehabilitation, psychiatric) is the first part's matter.
select
  stay_id,
  any_value(person_id) as person_id,
  any_value(encounter_type) as encounter_type,
  any_value(is_short_term_acute) as is_short_term_acute,
  arg_max_null(facility_id, discharge_place) as facility_id,
  arg_max_null(facility_ccn, discharge_place) as facility_ccn,
  arg_min(facility_id, place) as admit_facility_id,
  min(start_date) as admit_date,
  max(left_date) as left_date,
  case when arg_max_null(end_date, place) is not null then max(end_date) end as discharge_date,
  case when arg_max_null(end_date, place) is not null then max(end_date) - min(start_date) end as length_of_stay,
  arg_min(admit_source_code, place) as admit_source_code,
  arg_min(admit_type_code, place) as admit_type_code,
  arg_max_null(discharge_disposition_code, discharge_place) as discharge_disposition_code,
  arg_max_null(primary_diagnosis_code_type, discharge_place) as primary_diagnosis_code_type,
  arg_max_null(primary_diagnosis_code, discharge_place) as primary_diagnosis_code,
  arg_min_null(primary_diagnosis_code, place) as admit_diagnosis_code,
  arg_min(is_planned, place) as is_planned,
  arg_min(is_rehabilitation, place) as is_admitted_for_rehabilitation,
  arg_max_null(ccs_category, discharge_place) as ccs_category,
  arg_max(is_psychiatric, discharge_place) as is_psychiatric,
  arg_max(is_rehabilitation, discharge_place) as is_rehabilitation,
  arg_max(is_cancer, discharge_place) as is_cancer,
  case
    when bool_or(is_surgical) then 'surgery/gynecology'
    else arg_max_null(medical_cohort, discharge_place)
  end as specialty_cohort,
  arg_max_null(index_condition, discharge_place) as index_condition,
  arg_max_null(drg_code, discharge_place) as drg_code,
  bool_or(is_ed) as is_ed,
  count(*)::integer as parts,
  sum(paid_amount)::decimal(18, 2) as paid_amount,
  sum(allowed_amount)::decimal(18, 2) as allowed_amount
from mart.inpatient_stay_part
group by stay_id
