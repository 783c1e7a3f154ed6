-- One row per person and assessment: why the person is, or is not, assigned. Assessed are the ends of the calendar quarters of the last two years, and data-through, over the 12 months up to then (CMS works out preliminary assignment each quarter). practice_id and npi are who is responsible, as mart.attribution has it for the month after; rule_practice_id is what 42 CFR 425.401 and 425.402 give from the claims at hand, for whom they make assignable: a month of Parts A and B, none of one alone or of Medicare Advantage, a home in the United States. Hospice is no bar.
with last as (
  select date_trunc('month', getvariable('data_through'))::date as month
),
assessment as (
  select
    month,
    least(last_day(month), getvariable('data_through')) as assessment_date,
    (month - interval 11 month)::date as window_start_date,
    -- The twelve months as bits; bit 35 is the month of data-through.
    4095::bigint << (24 - datediff('month', month, (select month from last)))::integer as months
  from (
    select unnest(generate_series(last.month - interval 23 month, last.month, interval 1 month))::date as month
    from last
  )
  where month(month) % 3 = 0 or month = (select month from last)
),
-- Months that the assignment list takes from the spans count here as the spans say: this is the second opinion.
covered_month as (
  select person_id, month, is_part_a, is_part_b, is_medicare_advantage
  from core.member_month
  union all
  select person_id, month, true, true, false
  from core.eligibility_conflict
  where reason like 'covered%'
),
month_bit as (
  select *, 1::bigint << (35 - datediff('month', month, (select month from last)))::integer as month_bit
  from covered_month
  where month between (select month from last) - interval 35 month and (select month from last)
),
coverage as (
  select
    person_id,
    bit_or(month_bit) as months,
    coalesce(bit_or(month_bit) filter (is_part_a and is_part_b and not is_medicare_advantage), 0) as full_months,
    coalesce(bit_or(month_bit) filter (is_part_a <> is_part_b and not is_medicare_advantage), 0) as partial_months,
    coalesce(bit_or(month_bit) filter (is_medicare_advantage), 0) as advantage_months
  from month_bit
  group by person_id
),
assessed as (
  select
    person.person_id,
    coalesce(person.death_date <= assessment.assessment_date, false) as is_dead,
    person.person_id in (select person_id from core.attribution_statement) as has_statements,
    assessment.month,
    assessment.assessment_date,
    assessment.window_start_date,
    case
      when person.death_date < assessment.window_start_date then 'died before the twelve months'
      when coverage.advantage_months & assessment.months <> 0 then 'in Medicare Advantage'
      when coverage.partial_months & ~coverage.full_months & assessment.months <> 0 then 'Part A or Part B alone'
      when coverage.full_months & assessment.months <> 0 then case
        when length(person.state) = 2 and upper(person.state) not in (
          'AL', 'AK', 'AZ', 'AR', 'CA', 'CO', 'CT', 'DE', 'DC', 'FL', 'GA', 'HI', 'ID', 'IL', 'IN', 'IA', 'KS', 'KY',
          'LA', 'ME', 'MD', 'MA', 'MI', 'MN', 'MS', 'MO', 'MT', 'NE', 'NV', 'NH', 'NJ', 'NM', 'NY', 'NC', 'ND', 'OH',
          'OK', 'OR', 'PA', 'RI', 'SC', 'SD', 'TN', 'TX', 'UT', 'VT', 'VA', 'WA', 'WV', 'WI', 'WY', 'AS', 'GU', 'MP',
          'PR', 'VI'
        ) then 'lives outside the United States'
      end
      when coverage.months & assessment.months <> 0 then 'not in Medicare'
      else 'no coverage'
    end as not_assignable,
    coalesce(
      coverage.months & (1::bigint << (35 - datediff('month', assessment.month, (select month from last)))::integer) <> 0,
      false
    ) as is_covered
  from core.person as person
  cross join assessment
  left join coverage on coverage.person_id = person.person_id
),
listed_month as (
  select distinct month from core.assignment_list
),
stated_month as (
  select distinct month from core.attribution_statement
),
-- Who is on the list is assigned for its year, also in months after death.
listed as (
  select
    assignment.person_id,
    assignment.month,
    assignment.npi,
    assignment.named_tin is not null as is_voluntary,
    coalesce(practice.practice_id, assignment.tin) as practice_id
  from core.assignment_month as assignment
  left join (
    select tin, min(practice_id) as practice_id from core.practice group by tin
  ) as practice on practice.tin = assignment.tin
  where not assignment.is_excluded
),
ruled as (
  select
    assessed.*,
    choice.* exclude (person_id, month, practice_id, npi),
    choice.practice_id as leading_practice_id,
    choice.npi as leading_npi,
    coalesce(choice.organization_amount, 0) - coalesce(choice.rival_amount, 0) as margin_amount,
    case when assessed.month in (from listed_month) then coalesce(listed.is_voluntary, false) end as is_voluntary,
    coalesce(listed.practice_id, listed.npi) as listed_to,
    coalesce(
      not_assignable,
      case
        when listed.is_voluntary then 'voluntary alignment'
        when choice.person_id is null then 'no primary care service'
        when choice.step is null then case
          when choice.has_participant then 'no physician'
          else 'primary care elsewhere only'
        end
        when choice.is_participant then 'step ' || choice.step
        else 'more charges elsewhere'
      end
    ) as outcome,
    case
      when outcome = 'voluntary alignment' then listed.practice_id
      when outcome like 'step%' then choice.practice_id
    end as rule_practice_id,
    case when outcome = 'voluntary alignment' then listed.npi when outcome like 'step%' then choice.npi end as rule_npi
  from assessed
  left join mart.attribution_choice as choice
    on choice.person_id = assessed.person_id and choice.month = assessed.month
  left join listed on listed.person_id = assessed.person_id and listed.month = assessed.month
),
stated as (
  select
    ruled.*,
    coalesce(statement.practice_id, statement.tin, statement.npi) as stated_to,
    coalesce(rule_practice_id, rule_npi) as ruled_to,
    case
      when stated_to is not null then statement.basis
      when is_dead or has_statements then null
      when outcome = 'voluntary alignment' then outcome
      when is_participant and step is not null then 'primary care charges'
      when is_participant and has_primary_care then 'primary care charges, not assigned'
    end as responsible_by,
    case
      when stated_to is not null then coalesce(statement.practice_id, statement.tin)
      when responsible_by is not null then coalesce(rule_practice_id, leading_practice_id)
    end as responsible_practice_id,
    case
      when stated_to is not null then statement.npi
      when responsible_by is not null then if(outcome = 'voluntary alignment', rule_npi, leading_npi)
    end as responsible_npi,
    case
      when ruled.month in (from listed_month) or (not_assignable is null and ruled.month in (from stated_month)) then case
        when coalesce(stated_to, listed_to) = ruled_to then 'same practice'
        when coalesce(stated_to, listed_to) is not null and ruled_to is not null then 'another practice'
        when coalesce(stated_to, listed_to) is not null then 'stated, not by the rule'
        when ruled_to is not null then 'by the rule, not stated'
        else 'neither'
      end
    end as agreement
  from ruled
  left join core.attribution_statement as statement
    on statement.person_id = ruled.person_id and statement.month = ruled.month
),
seen as (
  select distinct stated.person_id, stated.month
  from stated
  join mart.attribution_service as service
    on service.person_id = stated.person_id
    and service.practice_id = stated.responsible_practice_id
    and service.month between stated.window_start_date and stated.month
)
select
  person_id,
  assessment_date,
  window_start_date,
  responsible_practice_id as practice_id,
  responsible_npi as npi,
  responsible_by as basis,
  is_covered,
  seen.person_id is not null as is_seen,
  outcome,
  not_assignable is null as is_assignable,
  step,
  rule_practice_id,
  rule_npi,
  charge_amount,
  runner_up as runner_up_practice_id,
  runner_up_amount,
  organization,
  organization_amount,
  rival as rival_organization,
  rival_amount,
  margin_amount,
  last_service_date,
  is_voluntary,
  agreement,
  case
    when not_assignable is not null then 'Not assignable: ' || not_assignable || '.'
    when outcome = 'voluntary alignment' then 'The person named the practitioner; that comes before charges.'
    when outcome = 'no primary care service' then 'No primary care service in the twelve months.'
    when outcome = 'primary care elsewhere only' then 'Primary care in the twelve months outside the participants only.'
    when outcome = 'no physician' then format(
      'Primary care at participants by nurse practitioners, physician assistants or clinical nurse specialists only; no physician of theirs in {} months.',
      if(year(month) >= 2025, 24, 12)
    )
    when outcome = 'more charges elsewhere' then format(
      'Step {}: ${:,.2f} of primary care at {}, ${:,.2f} at the participants.',
      step, organization_amount::double, organization, coalesce(rival_amount, 0)::double
    )
    else format(
      'Step {}: ${:,.2f} of primary care at the practice, ${:,.2f} at all participants, {}.',
      step,
      charge_amount::double,
      organization_amount::double,
      if(rival is null, 'none elsewhere', format('at most ${:,.2f} elsewhere ({})', rival_amount::double, rival))
    )
  end
    || if(outcome like 'step%' and not is_specialty_stated, ' Specialties are not stated and taken as primary care.', '') as reason
from stated
left join seen using (person_id, month)
