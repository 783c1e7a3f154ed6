-- One row per service on a record of an inpatient or outpatient claim, or one for a record without any. The payment and the codes of the record stand on its first row. What a further record of a claim leaves blank, the first one says.
with record as (
  select *, '111' as bill_type_code from synpuf.inpatient
  union all by name
  select *, '131' as bill_type_code from synpuf.outpatient
),
headed as (
  select
    * exclude (facility_ccn, drg_code, admission_date, discharge_date),
    first_value(facility_ccn) over claim as facility_ccn,
    first_value(drg_code) over claim as drg_code,
    first_value(admission_date) over claim as admission_date,
    first_value(discharge_date) over claim as discharge_date,
    first_value(coalesce(from_date, admission_date)) over claim as claim_start_date,
    first_value(coalesce(through_date, discharge_date, from_date, admission_date)) over claim as claim_end_date,
    list_value(*columns('^hcpcs_code_\d+$')) as services
  from record
  window claim as (partition by claim_id order by segment, file_id, line_number)
),
placed as (
  select *, list_filter(range(1, len(services) + 1), place -> services[place] is not null) as places
  from headed
)
select
  person_id,
  claim_id,
  segment,
  unnest(case when len(places) = 0 then [1] else places end) as place,
  place = coalesce(places[1], 1) as is_first,
  bill_type_code,
  claim_start_date,
  claim_end_date,
  admission_date,
  discharge_date,
  drg_code,
  facility_ccn,
  attending_npi,
  services[place] as hcpcs_code,
  case when is_first then payment else 0 end as amount,
  case when is_first then deductible else 0 end as deductible,
  case when is_first then coinsurance else 0 end as coinsurance,
  case when is_first then columns('^(diagnosis_code_\d+|procedure_code_\d+)$') end as '\1',
  file_id,
  line_number
from placed
