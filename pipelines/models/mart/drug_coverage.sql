-- One row per person, measurement period and class of long-term medicines with a fill in the period: the proportion of days covered from the first fill to the end of the period, of drug coverage, of data or of life. Nights in a hospital or nursing facility are no days to cover and use up no supply. Supply of the same ingredient that overlaps is used afterwards; of fills of one day the longest counts.
with fill as (
  select
    claim.person_id,
    measure_period.period_start,
    measure_period.period_end,
    drug.class,
    drug.ingredient,
    claim.fill_date,
    max(claim.days_supply) as days_supply
  from core.pharmacy_claim as claim
  join mart.adherence_drug as drug using (ndc_code)
  join mart.measure_period on claim.fill_date between measure_period.period_start and measure_period.period_end
  where not claim.is_after_data_through
    and claim.days_supply > 0
  group by all
),
summary as (
  select
    person_id,
    period_start,
    period_end,
    class,
    min(fill_date) as first_fill_date,
    max(fill_date) as last_fill_date,
    count(distinct fill_date) as fill_days,
    max_by(ingredient, (fill_date, ingredient)) as last_ingredient
  from fill
  group by all
),
treatment as (
  select
    summary.*,
    least(
      summary.period_end, getvariable('data_through'), coalesce(span.end_date, summary.period_end),
      coalesce(person.death_date, summary.period_end)
    )::date as end_date
  from summary
  join core.person using (person_id)
  left join mart.unbroken_coverage as span
    on span.kind = 'pharmacy'
    and span.person_id = summary.person_id
    and summary.first_fill_date between span.start_date and span.end_date
),
part_of_stay as (
  select
    treatment.person_id,
    treatment.period_start,
    treatment.class,
    greatest(encounter.start_date, treatment.first_fill_date) as start_date,
    least(encounter.end_date, treatment.end_date + 1) as end_date,
    max(encounter.end_date) over (
      partition by treatment.person_id, treatment.period_start, treatment.class
      order by encounter.start_date, encounter.end_date, encounter.encounter_id
      rows between unbounded preceding and 1 preceding
    ) as earlier_end_date
  from treatment
  join core.encounter
    on encounter.person_id = treatment.person_id
    and encounter.start_date <= treatment.end_date
    and encounter.end_date > treatment.first_fill_date
  where encounter.encounter_type in (
      'acute inpatient', 'inpatient psychiatric', 'inpatient rehabilitation', 'long term care hospital', 'skilled nursing'
    )
),
away as (
  select
    * exclude (earlier_end_date) replace (greatest(start_date, coalesce(earlier_end_date, start_date)) as start_date)
  from part_of_stay
  where end_date > greatest(start_date, coalesce(earlier_end_date, start_date))
),
away_before as (
  select
    fill.person_id,
    fill.period_start,
    fill.class,
    fill.ingredient,
    fill.fill_date,
    sum(least(away.end_date, fill.fill_date) - away.start_date) as nights
  from fill
  join away
    on away.person_id = fill.person_id
    and away.period_start = fill.period_start
    and away.class = fill.class
    and away.start_date < fill.fill_date
  group by all
),
away_in_all as (
  select person_id, period_start, class, sum(end_date - start_date) as nights
  from away
  group by all
),
-- From here on days are counted from the first fill, without the nights away.
counted as (
  select
    fill.*,
    fill.fill_date - treatment.first_fill_date - coalesce(away_before.nights, 0) as day,
    treatment.end_date + 1 - treatment.first_fill_date - coalesce(away_in_all.nights, 0) as treatment_days,
    sum(fill.days_supply) over same_drug as supply_so_far
  from fill
  join treatment using (person_id, period_start, class)
  left join away_before using (person_id, period_start, class, ingredient, fill_date)
  left join away_in_all using (person_id, period_start, class)
  window same_drug as (
    partition by fill.person_id, fill.period_start, fill.class, fill.ingredient
    order by fill.fill_date
  )
),
used as (
  select
    *,
    supply_so_far + max(day - supply_so_far + days_supply) over (
      partition by person_id, period_start, class, ingredient
      order by fill_date
    ) as end_day,
    end_day - days_supply as start_day
  from counted
),
newly_covered as (
  select
    person_id,
    period_start,
    class,
    treatment_days,
    least(end_day, treatment_days)
    - greatest(
      start_day,
      coalesce(
        max(end_day) over (
          partition by person_id, period_start, class
          order by start_day, end_day, ingredient
          rows between unbounded preceding and 1 preceding
        ),
        0
      )
    ) as days
  from used
)
select
  treatment.person_id,
  treatment.period_start,
  treatment.class,
  treatment.first_fill_date,
  treatment.last_fill_date,
  treatment.fill_days,
  treatment.last_ingredient,
  treatment.end_date,
  max(newly_covered.treatment_days)::integer as treatment_days,
  sum(greatest(newly_covered.days, 0))::integer as covered_days
from treatment
join newly_covered using (person_id, period_start, class)
group by all
