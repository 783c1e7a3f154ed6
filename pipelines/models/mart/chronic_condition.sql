-- One row per person, chronic condition and spell: the days from since_date to until_date on which the rule of mart.condition_rule holds, both inclusive. A person has the condition on a day that lies in one of the spells. They never touch, so at most one does. until_date is the last day that the look-back still reaches (often after data-through), and 9999-12-31 where the condition is lifelong or a clinical source states an open problem. A statement of a clinical source is no part of the published rule: it establishes a condition alone from its onset, but a mere diagnosis of a visit counts as the claim of that visit does. `source` says who establishes it, last_date when they last named it.
-- A number for each pair of person and condition spares the comparison of texts.
with rule as (
  select *, row_number() over (order by condition) as number
  from mart.condition_rule
),
person as (
  select person_id, 1000 * row_number() over (order by person_id) as number
  from core.person
),
concept as (
  select member.code_system, member.code, rule.number
  from core.coded_concept as member
  join rule on member.value_set = 'condition-' || rule.condition
),
excluded as (
  select distinct diagnosis.source_name, diagnosis.claim_id, rule.number
  from core.condition as diagnosis
  join core.coded_concept as member on member.code_system = diagnosis.code_system and member.code = diagnosis.code
  join rule on member.value_set = 'excluded-from-' || rule.condition
  where diagnosis.source = 'claim'
),
-- Claims for equipment or an ambulance ride need no clinician (footnote 2 of the algorithms).
claim as (
  select
    source_name,
    claim_id,
    case
      when encounter_type in (
        'acute inpatient', 'inpatient psychiatric', 'inpatient rehabilitation', 'long term care hospital'
      ) then 'inpatient'
      when encounter_type in ('skilled nursing', 'home health', 'hospice') then encounter_type
      when emergency_date is not null then 'emergency'
      else 'hospital outpatient'
    end as setting
  from core.facility_claim
  union all
  select distinct source_name, claim_id, 'equipment'
  from core.medical_claim
  where claim_type <> 'institutional' and service_category in ('equipment', 'ambulance')
),
diagnosis as (
  select
    diagnosis.person_id,
    diagnosis.source_name,
    diagnosis.claim_id,
    diagnosis.code_system,
    diagnosis.code,
    diagnosis.recorded_date as day,
    coalesce(claim.setting, 'carrier') as setting
  from core.condition as diagnosis
  left join claim
    on claim.source_name = diagnosis.source_name
    and claim.claim_id = case when diagnosis.source = 'claim' then diagnosis.claim_id end
  where diagnosis.source = 'claim' or (diagnosis.category = 'encounter-diagnosis' and diagnosis.status is null)
),
claimed as (
  select diagnosis.person_id, concept.number, diagnosis.day, diagnosis.setting
  from diagnosis
  join concept on concept.code_system = diagnosis.code_system and concept.code = diagnosis.code
  where coalesce(
    (concept.number, diagnosis.source_name, diagnosis.claim_id) not in (
      select (number, source_name, claim_id) from excluded
    ),
    true
  )
),
proof as (
  select person_id, code_system, code, performed_date as day
  from core.procedure
  where status <> 'not done'
  union all
  select person_id, 'hcpcs', hcpcs_code, line_start_date
  from core.medical_claim
  union all
  select person_id, 'ndc', ndc_code, fill_date
  from core.pharmacy_claim
  union all
  select person_id, 'ms-drg', drg_code, start_date
  from core.encounter
),
setting as (
  select number, unnest(single_settings) as setting, true as is_enough
  from rule
  union all
  select number, unnest(repeated_settings), false
  from rule
),
claim_day as (
  select person.number + named.number as number, named.day, bool_or(named.is_enough) as is_enough
  from (
    select claimed.person_id, claimed.number, claimed.day, setting.is_enough
    from claimed
    join setting on setting.number = claimed.number and setting.setting = claimed.setting
    union all
    select proof.person_id, concept.number, proof.day, true
    from proof
    join concept on concept.code_system = proof.code_system and concept.code = proof.code
  ) as named
  join person on person.person_id = named.person_id
  where named.day <= getvariable('data_through')
  group by all
),
followed as (
  select
    *,
    lag(day, 1) over earlier as day_before,
    lag(day, 2) over earlier as second_day_before
  from claim_day
  window earlier as (partition by number order by day)
),
-- Until when the rule holds by what was billed up to the day. A later day never makes it end sooner.
held as (
  select
    followed.number,
    followed.day,
    followed.is_enough,
    rule.is_lifelong,
    (
      case
        when followed.is_enough then followed.day
        when rule.claims_needed = 2 then followed.day_before
        when rule.claims_needed = 3 then followed.second_day_before
      end + to_months(rule.look_back_months)
    )::date - 1 as until_date
  from followed
  join rule on rule.number = followed.number % 1000
),
bounded as (
  select *, lag(until_date) over neighbour as until_before, lead(day) over neighbour as next_day
  from held
  where until_date >= day
  window neighbour as (partition by number order by day)
),
edge as (
  select *, coalesce(day > until_before + 1, true) as is_first, coalesce(next_day > until_date + 1, true) as is_last
  from bounded
  where coalesce(day > until_before + 1, true) or coalesce(next_day > until_date + 1, true)
),
ended as (
  select
    *,
    if(is_last, until_date, lead(until_date) over following) as spell_until_date,
    if(is_last, day, lead(day) over following) as last_date
  from edge
  window following as (partition by number order by day)
),
told as (
  select
    number,
    day as since_date,
    case when is_lifelong then date '9999-12-31' else spell_until_date end as until_date,
    'claim' as source,
    case when is_enough then 'one claim' else 'repeated claims' end as established_by,
    last_date
  from ended
  where is_first
  union all
  select
    person.number + concept.number,
    coalesce(statement.onset_date, statement.recorded_date),
    case
      when rule.is_lifelong then date '9999-12-31'
      when statement.resolved_date is not null then statement.resolved_date
      when statement.status in ('inactive', 'remission', 'resolved') then statement.recorded_date
      else date '9999-12-31'
    end,
    'ehr',
    'clinical statement',
    coalesce(statement.onset_date, statement.recorded_date)
  from core.condition as statement
  join concept on concept.code_system = statement.code_system and concept.code = statement.code
  join rule on rule.number = concept.number
  join person on person.person_id = statement.person_id
  where statement.source = 'ehr'
    and (statement.category is distinct from 'encounter-diagnosis' or statement.status is not null)
    and coalesce(statement.onset_date, statement.recorded_date) <= getvariable('data_through')
),
preceded as (
  select
    *,
    max(until_date) over (
      partition by number order by since_date, until_date rows between unbounded preceding and 1 preceding
    ) as until_before
  from told
  where until_date >= since_date
),
spell as (
  select
    *,
    sum(case when since_date <= until_before + 1 then 0 else 1 end) over (
      partition by number order by since_date, until_date, until_before nulls first rows unbounded preceding
    ) as spell_number
  from preceded
),
summed as (
  select
    number,
    min(since_date) as since_date,
    max(until_date) as until_date,
    if(count(distinct source) = 2, 'both', any_value(source)) as source,
    arg_min(established_by, (since_date, established_by)) as established_by,
    max(last_date) as last_date
  from spell
  group by number, spell_number
)
select person.person_id, rule.condition, summed.* exclude (number)
from summed
join person on person.number = summed.number // 1000 * 1000
join rule on rule.number = summed.number % 1000
