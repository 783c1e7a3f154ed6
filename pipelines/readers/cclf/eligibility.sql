-- One row per beneficiary and delivery: listed in a month, covered in that month, and up to the next monthly delivery when it lists the person too. Run-out files tell of no month. Where an assignment list is delivered, that tells more.
with listed as (
  select
    beneficiary.*,
    coalesce(current_mbi.current_mbi, beneficiary.mbi) as person_id,
    case when coalesce(file_period, 'Y') like 'Y%' then date_trunc('month', file_date)::date end as month
  from cclf.beneficiary
  left join cclf.current_mbi on current_mbi.mbi = beneficiary.mbi
),
ranked as (
  select
    *,
    row_number() over (
      partition by person_id, month
      order by file_date desc nulls last, mbi = person_id desc, file_id desc, line_number desc
    ) as place
  from listed
),
delivery as (
  select month, lead(month) over (order by month) as next_month
  from (select distinct month from listed where month is not null)
),
spell as (
  select
    listing.file_id,
    listing.line_number,
    case
      when lead(listing.month) over (partition by listing.person_id order by listing.month) = delivery.next_month
        then (delivery.next_month - interval 1 day)::date
      else last_day(listing.month)
    end as end_date
  from ranked as listing
  join delivery on delivery.month = listing.month
  where listing.place = 1
)
select
  'cclf' as source_name,
  beneficiary.person_id,
  beneficiary.mbi as member_id,
  beneficiary.month as enrollment_start_date,
  spell.end_date as enrollment_end_date,
  'medicare' as payer,
  'medicare' as payer_type,
  'medicare' as plan,
  case beneficiary.sex_code when '1' then 'male' when '2' then 'female' else 'unknown' end as gender,
  beneficiary.birth_date,
  beneficiary.death_date,
  beneficiary.death_date is not null as death_flag,
  case beneficiary.race_code
    when '1' then 'white'
    when '2' then 'black'
    when '3' then 'other'
    when '4' then 'asian'
    when '5' then 'hispanic'
    when '6' then 'american indian or alaska native'
    else 'unknown'
  end as race,
  beneficiary.first_name,
  beneficiary.last_name,
  beneficiary.address,
  beneficiary.city,
  beneficiary.state,
  beneficiary.zip as zip_code,
  beneficiary.state_fips || beneficiary.county_fips as county_fips,
  beneficiary.entitlement_reason_code as original_reason_entitlement_code,
  case
    when beneficiary.dual_status_code = 'NA' then '00'
    when beneficiary.dual_status_code <> '99' then beneficiary.dual_status_code
  end as dual_status_code,
  beneficiary.medicare_status_code,
  beneficiary.medicare_status_code in ('11', '21', '31') as esrd_flag,
  coalesce(
    beneficiary.hospice_from_date <= spell.end_date
    and coalesce(beneficiary.hospice_thru_date, spell.end_date) >= beneficiary.month,
    false
  ) as hospice_flag,
  coalesce(
    beneficiary.buy_in_code in ('1', '3', 'A', 'C'),
    beneficiary.part_a_date <= spell.end_date
  ) as is_part_a,
  coalesce(
    beneficiary.buy_in_code in ('2', '3', 'B', 'C'),
    beneficiary.part_b_date <= spell.end_date
  ) as is_part_b,
  beneficiary.file_date::date as file_date,
  beneficiary.file_id,
  beneficiary.line_number,
  case
    when beneficiary.file_period like 'R%' then 'of a run-out file, which tells of no month'
    when beneficiary.month is null then 'the name of the file does not say when it was delivered'
    when beneficiary.place > 1 then 'said again for the same month'
  end as left_out
from ranked as beneficiary
left join spell on spell.file_id = beneficiary.file_id and spell.line_number = beneficiary.line_number
