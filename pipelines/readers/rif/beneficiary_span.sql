-- One row per record of a beneficiary's year and run of months with the same benefits; one without months where there are none. The latest record of a year holds; a deletion leaves nothing of it.
with record as (
  select
    *,
    row_number() over (
      partition by person_id, reference_year order by file_id desc, line_number desc
    ) > 1 as is_superseded,
    list_value(*columns('^entitlement_\d+$')) as entitlements,
    list_value(*columns('^advantage_\d+$')) as advantages,
    list_value(*columns('^part_c_contract_\d+$')) as part_c_contracts,
    list_value(*columns('^part_d_contract_\d+$')) as part_d_contracts,
    list_value(*columns('^status_\d+$')) as statuses,
    list_value(*columns('^dual_\d+$')) as duals,
    list_value(*columns('^county_\d+$')) as counties
  from rif.beneficiary
),
-- A month whose indicator of Medicare Advantage is blank is told by the year's count of such months, else by a contract.
month as (
  select
    file_id,
    line_number,
    month,
    upper(entitlements[month]) in ('1', '3', 'A', 'C') as is_part_a,
    upper(entitlements[month]) in ('2', '3', 'B', 'C') as is_part_b,
    coalesce(
      upper(advantages[month]) in ('1', '2', 'A', 'B', 'C'),
      case when advantage_months = 0 then false end,
      left(part_c_contracts[month], 1) not in ('0', 'N', '*'),
      false
    ) as is_medicare_advantage,
    coalesce(left(part_d_contracts[month], 1) not in ('0', 'N', '*'), false) as is_pharmacy,
    lpad(statuses[month], 2, '0') as medicare_status_code,
    case when duals[month] = 'NA' then '00' else lpad(duals[month], 2, '0') end as dual_status_code,
    counties[month] as county_fips
  from (select *, unnest(range(1, 13)) as month from record where not is_superseded and action <> 'delete')
  where is_part_a or is_part_b
),
numbered as (
  select
    *,
    month - row_number() over (
      partition by
        file_id, line_number, is_part_a, is_part_b, is_medicare_advantage, is_pharmacy, medicare_status_code,
        dual_status_code, county_fips
      order by month
    ) as run
  from month
),
span as (
  select
    file_id,
    line_number,
    is_part_a,
    is_part_b,
    is_medicare_advantage,
    is_pharmacy,
    medicare_status_code,
    dual_status_code,
    county_fips,
    min(month) as first_month,
    max(month) as last_month
  from numbered
  group by
    file_id, line_number, is_part_a, is_part_b, is_medicare_advantage, is_pharmacy, medicare_status_code,
    dual_status_code, county_fips, run
)
select
  record.* exclude (
    entitlements, advantages, part_c_contracts, part_d_contracts, statuses, duals, counties
  ),
  span.* exclude (file_id, line_number),
  make_date(record.reference_year, span.first_month, 1) as start_date,
  last_day(make_date(record.reference_year, span.last_month, 1)) as end_date
from record
left join span on span.file_id = record.file_id and span.line_number = record.line_number
