-- One row per medication ordered or dispensed according to a clinical source; fills billed to a payer are in core.pharmacy_claim.
select
  source.person_id,
  encounter.encounter_id,
  statement.source_name,
  case
    when statement.rxnorm_code is not null then 'rxnorm'
    when statement.ndc_code is not null then 'ndc'
    else statement.source_code_type
  end as code_system,
  coalesce(statement.rxnorm_code, statement.ndc_code, statement.source_code) as code,
  statement.source_description as description,
  coalesce(statement.dispensing_date, statement.prescribing_date) as start_date,
  statement.end_date,
  statement.days_supply,
  statement.dispensing_date is null as is_order,
  coalesce(statement.status in ('not done', 'not-done', 'declined', 'refused'), false) as is_negated,
  statement.status,
  'ehr' as source,
  statement.file_id,
  statement.line_number
from input.medication as statement
join core.person_source as source
  on source.source_name = statement.source_name and source.source_person_id = statement.person_id
left join core.ehr_encounter as encounter
  on encounter.source_name = statement.source_name and encounter.source_encounter_id = statement.encounter_id
