-- One row per person and measurement period in which a claim, a clinical source or the enrolment shows end-stage kidney disease or dialysis: the first fact that shows it.
with fact as (
  select
    evidence.person_id,
    measure_period.period_start,
    evidence.start_date as evidence_date,
    evidence.evidence
  from mart.evidence
  join mart.measure_period
    on evidence.start_date <= measure_period.period_end
    and evidence.end_date >= measure_period.period_start
  where evidence.value_set in (
      'end-stage-renal-disease', 'dialysis-status', 'dialysis-services', 'esrd-monthly-outpatient-services'
    )
    and evidence.resource in ('Condition', 'Procedure', 'Claim')
    and not evidence.is_negated
  union all
  select
    member_month.person_id,
    measure_period.period_start,
    member_month.month,
    'enrollment ' || member_month.month
  from core.member_month
  join mart.measure_period
    on member_month.month between measure_period.period_start and measure_period.period_end
  where member_month.is_esrd
)
select
  person_id,
  period_start,
  min(evidence_date) as evidence_date,
  'end-stage kidney disease (' || min_by(evidence, (evidence_date, evidence)) || ')' as evidence
from fact
group by person_id, period_start
