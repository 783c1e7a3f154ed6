-- One row per item of an ExplanationOfBenefit, and one for each without items. The amounts of the items count where they add up to the payment of the header; where they do not, all of it stands on the first line. A revenue line 0001 repeats the total of the lines beside it.
with judged as (
  select
    file_id,
    line_number,
    item.place,
    coalesce(item.revenue_center_code = '0001', false) as is_total,
    case
      when claim.is_unpaid and claim.claim_type = 'institutional' then 'denied'
      when claim.is_denied_by_carrier and claim.claim_type = 'professional' then 'denied'
      when item.processing not in ('A', 'R', 'S') then 'denied'
      else 'paid'
    end as claim_status,
    claim.amount,
    item.paid,
    item.is_unreadable
  from fhir.claim_item as item
  join fhir.claim as claim using (file_id, line_number)
),
claim as (
  select
    file_id,
    line_number,
    count(*) > 1 as has_several,
    coalesce(sum(paid) filter (not is_total or lines = 1) = any_value(amount), any_value(amount) is null) as adds_up,
    arg_min(place, {total: is_total and lines > 1, denied: claim_status = 'denied', place: place}) as first_place,
    coalesce(bool_or(is_unreadable), false) as has_unreadable
  from judged
  join (select file_id, line_number, count(*) as lines from judged group by all) as size using (file_id, line_number)
  group by file_id, line_number
)
select
  header.* exclude (team, amount, days_supply, left_out),
  item.* exclude (file_id, line_number, members, processing, line_days_supply, paid, is_unreadable),
  judged.claim_status,
  item.place = 1 as is_first,
  claim.adds_up,
  coalesce(item.line_days_supply, header.days_supply) as line_days_supply,
  coalesce(
    list_filter(team, lambda one: list_contains(members, one.sequence) and one.role in ('performing', 'rendering'))[1],
    list_filter(team, lambda one: one.role in ('performing', 'rendering'))[1],
    list_filter(team, lambda one: one.role in ('attending', 'primary'))[1]
  ) as renderer,
  list_filter(team, lambda one: one.role in ('ordering', 'referring') and one.npi is not null)[1].npi as ordering_npi,
  list_filter(team, lambda one: one.role in ('prescribing', 'prescriber', 'primary'))[1].npi as prescribing_npi,
  case
    when claim.adds_up then coalesce(item.paid, header.amount - header.amount)
    when item.place = claim.first_place then header.amount
    else 0
  end as paid_amount,
  case when item.place = 1 then header.amount end as amount,
  coalesce(
    header.left_out,
    case
      when claim.has_unreadable then 'an amount of it breaks T04'
      when judged.is_total and claim.has_several then 'repeats the total of the lines beside it'
    end
  ) as left_out
from fhir.claim_item as item
join fhir.claim as header using (file_id, line_number)
join judged using (file_id, line_number, place)
join claim using (file_id, line_number)
