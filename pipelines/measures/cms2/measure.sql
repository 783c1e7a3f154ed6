-- One row per person and measurement period, aged 12 or older at its start and seen or enrolled in it. Of each tool that fits the age the last screen within 14 days before a visit decides; a positive one asks for follow-up at the visit, or ordered on its last day or the two days after.
with patient as (
  select
    person.person_id,
    measure_period.period_start,
    measure_period.period_end,
    date_sub('year', person.birth_date, measure_period.period_start) as age_at_start
  from core.person
  join mart.person_span using (person_id)
  join mart.measure_period
    on measure_period.period_start <= person_span.last_month
    and measure_period.period_end >= person_span.first_month
  where age_at_start >= 12
),
visit as (
  select patient.*, evidence.start_date, evidence.end_date
  from patient
  join mart.evidence
    on evidence.person_id = patient.person_id
    and evidence.start_date >= patient.period_start
    and evidence.end_date <= patient.period_end
  where evidence.resource in ('Encounter', 'Claim')
    and not evidence.is_negated
    and (
      evidence.value_set in ('encounter-to-screen-for-depression', 'physical-therapy-evaluation', 'telephone-visits')
      or (evidence.value_set = 'office-visit' and evidence.code is null)
    )
  group by all
),
statement as (
  select
    *,
    case value_set
      when 'adolescent-depression-screening-assessment' then 'adolescent'
      when 'adult-depression-screening-assessment' then 'adult'
    end as tool,
    case
      when value_set = 'billed-depression-screen-negative' then 'negative'
      when value_set = 'billed-depression-screen-positive' then 'positive'
      when coalesce(value_code, lower(value_text)) in ('428171000124102', 'negative') then 'negative'
      when coalesce(value_code, lower(value_text)) in ('428181000124104', 'positive') then 'positive'
      when coalesce(value_code, value_text) is not null then 'of unknown result'
    end as result
  from mart.evidence
  where (value_set in ('adolescent-depression-screening-assessment', 'adult-depression-screening-assessment') and resource = 'Observation')
    or value_set in ('billed-depression-screen-negative', 'billed-depression-screen-positive', 'billed-depression-screen-not-done')
),
-- A code of a claim names no tool: it counts for the one that fits the age.
last_screen as (
  select
    visit.person_id,
    visit.period_start,
    visit.age_at_start,
    coalesce(statement.tool, case when visit.age_at_start < 18 then 'adolescent' else 'adult' end) as screen,
    statement.start_date as screened_date,
    statement.result,
    statement.evidence
  from visit
  join statement
    on statement.person_id = visit.person_id
    and visit.start_date - statement.start_date between 0 and 14
  where not statement.is_negated and statement.result is not null
  qualify row_number() over (
    partition by visit.person_id, visit.period_start, screen
    order by
      statement.start_date desc, statement.resource = 'Observation' desc, statement.started_at desc,
      statement.result desc, statement.evidence
  ) = 1
),
screened_visit as (
  select last_screen.*, visit.start_date, visit.end_date, visit.period_end
  from last_screen
  join visit using (person_id, period_start)
  where visit.start_date - last_screen.screened_date between 0 and 14
),
-- From 2026 an order of a medicine must reach beyond the end of a visit after the screen.
follow_up as (
  select
    screened_visit.person_id,
    screened_visit.period_start,
    screened_visit.screen,
    min_by(
      {follow_up_date: evidence.start_date, evidence: evidence.evidence}, (evidence.start_date, evidence.evidence)
    ) as first
  from screened_visit
  join mart.evidence
    on evidence.person_id = screened_visit.person_id
    and evidence.start_date between screened_visit.start_date and least(screened_visit.end_date + 2, screened_visit.period_end)
  where screened_visit.result = 'positive'
    and not evidence.is_negated
    and evidence.value_set in (
      'billed-depression-follow-up', 'follow-up-for-adolescent-depression', 'follow-up-for-adult-depression',
      'referral-for-adolescent-depression', 'referral-for-adult-depression', 'adolescent-depression-medications',
      'adult-depression-medications'
    )
    and (
      evidence.value_set = 'billed-depression-follow-up'
      or (
        evidence.value_set = 'follow-up-for-' || screened_visit.screen || '-depression'
        and evidence.resource = 'Procedure'
        and evidence.start_date <= screened_visit.end_date
      )
      or (
        evidence.value_set = 'referral-for-' || screened_visit.screen || '-depression'
        and evidence.resource = 'ServiceRequest'
        and evidence.start_date >= screened_visit.end_date
      )
      or (
        evidence.value_set = screened_visit.screen || '-depression-medications'
        and evidence.resource = 'MedicationRequest'
        and evidence.start_date >= screened_visit.end_date
        and (
          screened_visit.period_start < date '2026-01-01'
          or exists (
            from screened_visit as outlasted
            where outlasted.person_id = screened_visit.person_id
              and outlasted.period_start = screened_visit.period_start
              and outlasted.screen = screened_visit.screen
              and coalesce(evidence.course_start_date, evidence.start_date) <= outlasted.end_date
              and evidence.end_date > outlasted.end_date
          )
        )
      )
    )
  group by all
),
outcome as (
  select
    last_screen.person_id,
    last_screen.period_start,
    last_screen.result = 'negative' or follow_up.first is not null as is_met,
    last_screen.result,
    coalesce(follow_up.first.follow_up_date, last_screen.screened_date) as evidence_date,
    'depression screen ' || last_screen.result || ' (' || last_screen.evidence || ')'
    || coalesce(', follow-up (' || follow_up.first.evidence || ')', '') as evidence
  from last_screen
  left join follow_up using (person_id, period_start, screen)
  where (last_screen.screen = 'adult' and last_screen.age_at_start >= 17)
    or (last_screen.screen = 'adolescent' and last_screen.age_at_start <= 17)
  qualify row_number() over (
    partition by last_screen.person_id, last_screen.period_start
    order by is_met desc, last_screen.screened_date desc, last_screen.screen
  ) = 1
),
not_done as (
  select
    visit.person_id,
    visit.period_start,
    coalesce(statement.tool, case when visit.age_at_start < 18 then 'adolescent' else 'adult' end) as screen,
    case
      when statement.resource = 'Claim' then 'screening not done for a patient or medical reason'
      when statement.reason_code = '720834000' then 'screening declined'
      else 'medical reason against screening'
    end as reason,
    statement.start_date as evidence_date,
    statement.evidence
  from visit
  join statement
    on statement.person_id = visit.person_id
    and statement.start_date between visit.start_date and visit.end_date
  where statement.value_set = 'billed-depression-screen-not-done'
    or (
      statement.is_negated
      and (
        statement.reason_code = '720834000'
        or statement.reason_code in (select code from reference.value_set where value_set = 'medical-reason')
      )
    )
),
exception as (
  select
    person_id,
    period_start,
    max_by({reason: reason, evidence_date: evidence_date, evidence: evidence}, (evidence_date, reason, evidence)) as last
  from not_done
  anti join last_screen using (person_id, period_start, screen)
  group by all
),
exclusion as (
  select
    visit.person_id,
    visit.period_start,
    min_by({evidence_date: evidence.start_date, evidence: evidence.evidence}, (evidence.start_date, evidence.evidence)) as first
  from visit
  join mart.evidence
    on evidence.person_id = visit.person_id
    and (
      (
        evidence.value_set = 'bipolar-disorder'
        and evidence.resource = 'Condition'
        and (evidence.source = 'claim' or evidence.category is distinct from 'encounter-diagnosis')
        and evidence.start_date < visit.start_date
      )
      or (evidence.value_set = 'billed-bipolar-disorder' and evidence.start_date between visit.period_start and visit.period_end)
    )
  group by all
),
billed_test as (
  select
    patient.person_id,
    patient.period_start,
    max(evidence.start_date) as tested_date,
    max_by(evidence.evidence, (evidence.start_date, evidence.evidence)) as evidence
  from patient
  join mart.evidence
    on evidence.person_id = patient.person_id
    and evidence.start_date between patient.period_start and patient.period_end
  where evidence.value_set = 'billed-depression-screen' and not evidence.is_negated
  group by all
),
judged as (
  select
    patient.*,
    exists (from visit where visit.person_id = patient.person_id and visit.period_start = patient.period_start) as has_visit,
    exclusion.first as left_out,
    exception.last as excepted,
    coalesce(outcome.is_met, false) as is_met,
    coalesce(outcome.result, case when billed_test.evidence is not null then 'of unknown result' end) as result,
    coalesce(outcome.evidence_date, exception.last.evidence_date, billed_test.tested_date) as evidence_date,
    coalesce(
      outcome.evidence,
      exception.last.reason || ' (' || exception.last.evidence || ')',
      'depression screen of unknown result (' || billed_test.evidence || ')'
    ) as evidence
  from patient
  left join outcome using (person_id, period_start)
  left join exception using (person_id, period_start)
  left join exclusion using (person_id, period_start)
  left join billed_test using (person_id, period_start)
)
select
  '1' as rate_id,
  person_id as subject_id,
  person_id,
  period_start,
  has_visit as initial_population,
  initial_population as denominator,
  case when left_out is not null then 'bipolar disorder' end as exclusion,
  excepted.reason as exception,
  is_met as numerator,
  case
    when is_met or not has_visit then null
    when excepted.reason = 'screening declined' then 'refused'
    when excepted is null and result = 'of unknown result' then 'tested, value unknown'
  end as state,
  case
    when not has_visit then 'no visit in the year at which screening is asked for'
    when result = 'negative' then 'last depression screen negative'
    when is_met then 'last depression screen positive, followed up'
    when result = 'positive' then 'last depression screen positive, no follow-up within two days of the visit'
    when result is not null then 'last depression screen of unknown result'
    else 'no depression screen within 14 days before a visit'
  end as reason,
  case when initial_population then coalesce(left_out.evidence_date, judged.evidence_date) end as evidence_date,
  case when initial_population then coalesce('bipolar disorder (' || left_out.evidence || ')', judged.evidence) end as evidence
from judged
