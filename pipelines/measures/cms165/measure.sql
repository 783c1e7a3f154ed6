-- One row per person with essential hypertension and measurement period, aged 18 to 86 at its end and seen or enrolled in it. Of the last day with a reading the lowest systolic and the lowest diastolic decide; readings of a hospital stay, a nursing stay or an emergency visit do not count.
with hypertensive as (
  select
    person.person_id,
    measure_period.period_start,
    measure_period.period_end,
    date_sub('year', person.birth_date, measure_period.period_end) as age_at_end,
    bool_or(
      evidence.start_date < measure_period.period_start + interval 6 months
      and evidence.end_date >= measure_period.period_start
    ) as is_diagnosed_in_time
  from mart.evidence
  join mart.measure_period
    on evidence.start_date <= measure_period.period_end
    and evidence.end_date >= measure_period.period_start - interval 1 year
  join core.person using (person_id)
  join mart.person_span
    on person_span.person_id = person.person_id
    and person_span.first_month <= measure_period.period_end
    and person_span.last_month >= measure_period.period_start
  where evidence.value_set in ('essential-hypertension', 'hypertension-problem')
    and evidence.resource = 'Condition'
    and age_at_end between 18 and 86
  group by all
),
stay as (
  select encounter_id, person_id, start_date, coalesce(end_date, start_date) as end_date
  from (
    select encounter_id, person_id, encounter_type, start_date, end_date
    from core.claim_encounter
    union all
    select encounter_id, person_id, encounter_type, start_date, end_date
    from core.ehr_encounter
  ) as either_source
  where encounter_type in (
    'acute inpatient', 'inpatient psychiatric', 'inpatient rehabilitation', 'long term care hospital', 'skilled nursing',
    'emergency department'
  )
),
reading as (
  select
    hypertensive.person_id,
    hypertensive.period_start,
    evidence.encounter_id,
    case when evidence.encounter_id is null then hypertensive.person_id end as person_of_no_encounter,
    evidence.end_date as reading_date,
    value_set in ('systolic-blood-pressure', 'billed-systolic-below-140', 'billed-systolic-140-or-above') as is_systolic,
    case when value_number > 0 and coalesce(lower(unit), 'mm[hg]') in ('mm[hg]', 'mmhg', 'mm hg') then value_number end as pressure,
    case
      when resource = 'Claim' then value_set in ('billed-systolic-below-140', 'billed-diastolic-below-90')
      else pressure < case when is_systolic then 140 else 90 end
    end as is_low,
    evidence
  from hypertensive
  join mart.evidence
    on evidence.person_id = hypertensive.person_id
    and evidence.end_date between hypertensive.period_start and hypertensive.period_end
  where not is_negated
    and (
      (value_set in ('systolic-blood-pressure', 'diastolic-blood-pressure') and resource = 'Observation')
      or (
        value_set in (
          'billed-systolic-below-140', 'billed-systolic-140-or-above', 'billed-diastolic-below-90',
          'billed-diastolic-90-or-above'
        )
        and resource = 'Claim'
        and category is distinct from '21'
        and category is distinct from '23'
      )
    )
),
last_reading as (
  select reading.*
  from reading
  anti join stay on stay.encounter_id = reading.encounter_id
  anti join stay
    on stay.person_id = reading.person_of_no_encounter
    and reading.reading_date between stay.start_date and stay.end_date
  qualify reading_date = max(reading_date) over (partition by person_id, period_start)
),
last_day as (
  select
    person_id,
    period_start,
    reading_date,
    bool_or(is_low) filter (is_systolic) as is_systolic_low,
    bool_or(is_low) filter (not is_systolic) as is_diastolic_low,
    is_systolic_low and is_diastolic_low as is_controlled,
    format('{:g}', min(pressure) filter (is_systolic)) as systolic,
    format('{:g}', min(pressure) filter (not is_systolic)) as diastolic,
    coalesce(
      'blood pressure ' || systolic || '/' || diastolic,
      concat(
        'systolic ', coalesce(systolic, case is_systolic_low when true then 'below 140' when false then '140 or above' end, 'unknown'),
        ', diastolic ', coalesce(diastolic, case is_diastolic_low when true then 'below 90' when false then '90 or above' end, 'unknown')
      )
    ) || ' (' || min(evidence) || ')' as evidence
  from last_reading
  group by person_id, period_start, reading_date
),
reason as (
  select person_id, period_start, reason, evidence_date, evidence
  from mart.measure_exclusion
  where reason in (
    'hospice care', 'palliative care', 'lives in a nursing home', 'frailty and advanced illness', 'frailty at 81 or older'
  )
  union all
  select
    evidence.person_id,
    measure_period.period_start,
    case when evidence.value_set = 'pregnancy' then 'pregnancy' else 'kidney failure, dialysis or transplant' end as words,
    evidence.start_date,
    words || ' (' || evidence.evidence || ')'
  from mart.evidence
  join mart.measure_period on evidence.start_date <= measure_period.period_end
  where not evidence.is_negated
    and evidence.value_set in (
      'pregnancy', 'end-stage-renal-disease', 'kidney-transplant-recipient', 'chronic-kidney-disease-stage-5',
      'kidney-transplant', 'dialysis-services', 'esrd-monthly-outpatient-services'
    )
    and case evidence.value_set
      when 'kidney-transplant' then evidence.resource in ('Procedure', 'Claim')
      when 'dialysis-services' then evidence.resource in ('Procedure', 'Claim')
      when 'esrd-monthly-outpatient-services' then evidence.resource in ('Encounter', 'Claim')
      else evidence.resource = 'Condition' and evidence.end_date >= measure_period.period_start
    end
),
exclusion as (
  select person_id, period_start, list(shown order by shown.evidence_date, shown.reason) as reasons
  from (
    select
      person_id,
      period_start,
      min_by({reason: reason, evidence_date: evidence_date, evidence: evidence}, (evidence_date, evidence)) as shown
    from reason
    group by person_id, period_start, reason
  )
  group by all
),
judged as (
  select
    hypertensive.*,
    age_at_end <= 85 as is_of_age,
    visit.person_id is not null as has_visit,
    exclusion.reasons as exclusions,
    last_day.reading_date,
    last_day.is_controlled,
    last_day.evidence as reading
  from hypertensive
  left join mart.adult_outpatient_visit as visit using (person_id, period_start)
  left join exclusion using (person_id, period_start)
  left join last_day using (person_id, period_start)
)
select
  '1' as rate_id,
  person_id as subject_id,
  person_id,
  period_start,
  is_of_age and has_visit and is_diagnosed_in_time as initial_population,
  initial_population as denominator,
  exclusions,
  coalesce(is_controlled, false) as numerator,
  case
    when not is_of_age then 'aged out'
    when initial_population and reading is not null and is_controlled is null then 'tested, value unknown'
  end as state,
  case
    when not is_of_age then 'older than 85 at the end of the year'
    when not is_diagnosed_in_time then 'no hypertension diagnosis before 1 July'
    when not has_visit then 'no outpatient visit in the year'
    when reading is null then 'no blood pressure in the year'
    when is_controlled is null then 'last blood pressure without both values'
    when is_controlled then 'last blood pressure below 140/90'
    else 'last blood pressure 140/90 or above'
  end as reason,
  case when initial_population then reading_date end as evidence_date,
  case when initial_population then reading end as evidence
from judged
