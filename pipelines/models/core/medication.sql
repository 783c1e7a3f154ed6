-- One row per medication ordered, dispensed, given or taken according to a clinical source, or decided against (is_negated); fills billed to a payer are in core.pharmacy_claim.
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
  statement.course_start_date,
  statement.end_date,
  statement.quantity,
  statement.quantity_unit,
  statement.days_supply,
  statement.refills,
  coalesce(statement.statement_type = 'order', statement.dispensing_date is null) as is_order,
  statement.statement_type,
  coalesce(statement.status in ('not done', 'not-done', 'not-taken', 'declined', 'refused'), false) as is_negated,
  statement.status,
  statement.not_done_reason_code_type,
  statement.not_done_reason_code,
  'ehr' as source,
  statement.file_id,
  statement.line_number
from input.medication as statement
join core.person_source as source
  on source.source_name = statement.source_name and source.source_person_id = statement.person_id
left join core.ehr_encounter as encounter
  on encounter.source_name = statement.source_name and encounter.source_encounter_id = statement.encounter_id
