-- One row per person, measurement period and class of long-term medicines with a fill in the period: the proportion of days covered from the first fill to the end of the period, of drug coverage, of data or of life. Nights in a hospital or nursing facility are no days to cover and use up no supply. Supply that overlaps an earlier fill with an ingredient in common is used after it; of fills of the same ingredients on one day the longest counts. `gap_days` are days without drug coverage between the first fill and the last day of coverage; where nothing is known of coverage it has no gap.
with fill as (
  select
    claim.person_id,
    measure_period.period_start,
    measure_period.period_end,
    drug.class,
    drug.place,
    drug.ingredient_bits,
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
    class,
    least(any_value(period_end), getvariable('data_through'))::date as last_date,
    min(fill_date) as first_fill_date,
    max(fill_date) as last_fill_date,
    count(distinct fill_date) as fill_days,
    max({'fill_date': fill_date, 'place': place}).place as last_place
  from fill
  group by person_id, period_start, class
),
coverage as (
  select
    summary.person_id,
    summary.period_start,
    summary.class,
    least(max(span.end_date), any_value(summary.last_date)) as last_date,
    sum(least(span.end_date, summary.last_date) - greatest(span.start_date, summary.first_fill_date) + 1) as days
  from summary
  join mart.unbroken_coverage as span
    on span.kind = 'pharmacy'
    and span.person_id = summary.person_id
    and span.end_date >= summary.first_fill_date
    and span.start_date <= summary.last_date
  group by all
),
treatment as (
  select
    summary.* exclude (last_date),
    least(summary.last_date, coverage.last_date, person.death_date)::date as end_date,
    coalesce(coverage.last_date - summary.first_fill_date + 1 - coverage.days, 0)::integer as gap_days
  from summary
  join core.person using (person_id)
  left join coverage using (person_id, period_start, class)
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
    fill.fill_date,
    sum(least(away.end_date, fill.fill_date) - away.start_date) as nights
  from (select distinct person_id, period_start, class, fill_date from fill) as fill
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
used as (
  select
    person_id,
    period_start,
    class,
    unnest(
      list_reduce(
        list_transform(
          list_sort(list({
            'fill_date': fill_date,
            'place': place,
            'ingredient_bits': ingredient_bits,
            'supply': days_supply,
            'end_day': (fill_date - first_fill_date - coalesce(away_before.nights, 0) + days_supply)::bigint
          })),
          lambda fill: [fill]
        ),
        lambda used, next: used || [struct_update(
          next[1],
          end_day := greatest(
            next[1].end_day,
            list_max(
              list_transform(
                list_filter(used, lambda earlier: earlier.ingredient_bits & next[1].ingredient_bits <> 0),
                lambda earlier: earlier.end_day
              )
            ) + next[1].supply
          )
        )]
      ),
      recursive := true
    )
  from fill
  join treatment using (person_id, period_start, class)
  left join away_before using (person_id, period_start, class, fill_date)
  group by person_id, period_start, class
),
timed as (
  select
    treatment.*,
    treatment.end_date + 1 - treatment.first_fill_date - coalesce(away_in_all.nights, 0) as treatment_days
  from treatment
  left join away_in_all using (person_id, period_start, class)
),
newly_covered as (
  select
    used.person_id,
    used.period_start,
    used.class,
    least(end_day, treatment_days)
    - greatest(
      end_day - supply,
      coalesce(
        max(end_day) over (
          partition by person_id, period_start, class
          order by end_day - supply, end_day
          rows between unbounded preceding and 1 preceding
        ),
        0
      )
    ) as days
  from used
  join timed using (person_id, period_start, class)
)
select
  timed.person_id,
  timed.period_start,
  timed.class,
  timed.first_fill_date,
  timed.last_fill_date,
  timed.fill_days,
  last_drug.name as last_drug,
  timed.end_date,
  timed.gap_days,
  timed.treatment_days::integer as treatment_days,
  sum(greatest(newly_covered.days, 0))::integer as covered_days
from timed
join newly_covered using (person_id, period_start, class)
join (select distinct class, place, array_to_string(ingredients, ' and ') as name from mart.adherence_drug) as last_drug
  on last_drug.class = timed.class
  and last_drug.place = timed.last_place
group by all
