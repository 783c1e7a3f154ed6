-- One row per result of a survey question: of one person, or, without a person, of a practice or the whole organization.
select
  source.person_id,
  result.source_name,
  result.survey,
  result.survey_year,
  result.question,
  result.title,
  practice.practice_id,
  result.answer,
  result.answered_date,
  result.respondents,
  result.score,
  result.top_box_percent,
  result.benchmark,
  result.file_id,
  result.line_number
from input.survey as result
left join core.person_source as source
  on source.source_name = result.source_name and source.source_person_id = result.person_id
left join (
  select tin, min(practice_id) as practice_id from core.practice where tin is not null group by tin
) as practice on practice.tin = result.tin
