-- One row per line of a carrier claim: a place among the thirteen that holds a service, a practitioner, a decision, a diagnosis or a dollar. A claim without any has one row. The diagnoses of the claim stand on its first row.
with claim as (
  select
    *,
    list_value(*columns('^npi_\d+$')) as npis,
    list_value(*columns('^tin_\d+$')) as tins,
    list_value(*columns('^hcpcs_code_\d+$')) as services,
    list_value(*columns('^payment_\d+$')) as payments,
    list_value(*columns('^deductible_\d+$')) as deductibles,
    list_value(*columns('^coinsurance_\d+$')) as coinsurances,
    list_value(*columns('^allowed_\d+$')) as alloweds,
    list_value(*columns('^processing_code_\d+$')) as decisions,
    list_value(*columns('^line_diagnosis_code_\d+$')) as diagnoses
  from synpuf.carrier
),
placed as (
  select
    *,
    list_filter(range(1, len(services) + 1), place ->
      services[place] is not null
      or npis[place] is not null
      or tins[place] is not null
      or decisions[place] is not null
      or diagnoses[place] is not null
      or coalesce(payments[place], 0) <> 0
      or coalesce(alloweds[place], 0) <> 0
      or coalesce(deductibles[place], 0) <> 0
      or coalesce(coinsurances[place], 0) <> 0
    ) as places
  from claim
)
select
  person_id,
  claim_id,
  from_date,
  through_date,
  unnest(case when len(places) = 0 then [1] else places end) as place,
  case when place = coalesce(places[1], 1) then columns('^(diagnosis_code_\d+)$') end as '\1',
  npis[place] as npi,
  tins[place] as tin,
  services[place] as hcpcs_code,
  payments[place] as amount,
  alloweds[place] as allowed,
  deductibles[place] as deductible,
  coinsurances[place] as coinsurance,
  decisions[place] as processing_code,
  file_id,
  line_number
from placed
