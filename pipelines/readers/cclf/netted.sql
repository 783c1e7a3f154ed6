-- One row per cancellation and per claim that one cancels. Cancellations choose in the order in which they took effect, first those that find a claim of their own amount; each takes, of the claims of its natural key that stood before it and still stand, the one that fits best. An adjustment issued on the day of a cancellation is not what it cancels.
with recursive
cancellation as (
  select
    *,
    row_number() over (
      partition by part, natural_key
      order by settled_date nulls first, paid_amount, other_amount, control_number, file_id, line_number
    ) as place,
    count(*) over (partition by part, natural_key) as places
  from cclf.version
  where adjustment_type = 1
),
attempt as (
  select *, place as turn, true as is_exact from cancellation
  union all
  select *, places + place, false from cancellation
),
standing as (
  select * from cclf.version where adjustment_type <> 1
),
pairing as (
  select distinct
    part,
    natural_key,
    0::bigint as turn,
    null::varchar as cancellation,
    null::varchar as cancelled,
    []::varchar[] as settled
  from cancellation
  union all
  select
    part,
    natural_key,
    turn,
    cancellation,
    case when fits then candidate end,
    case when fits then list_concat(settled, [cancellation, candidate]) else settled end
  from (
    select
      pairing.part,
      pairing.natural_key,
      pairing.settled,
      attempt.turn,
      attempt.version as cancellation,
      standing.version as candidate,
      coalesce(
        (standing.paid_amount = attempt.paid_amount or not attempt.is_exact)
        and coalesce(
          standing.settled_date < attempt.settled_date
          or (standing.settled_date = attempt.settled_date and standing.adjustment_type = 0),
          true
        )
        and not list_has_any(pairing.settled, [attempt.version, standing.version]),
        false
      ) and standing.version is not null as fits,
      coalesce(standing.other_amount = attempt.other_amount, false) as has_other_amount,
      coalesce(standing.control_number = attempt.original_control_number, false) as is_named,
      standing.settled_date,
      standing.file_id,
      standing.line_number
    from pairing
    join attempt
      on attempt.part = pairing.part
      and attempt.natural_key = pairing.natural_key
      and attempt.turn = pairing.turn + 1
    left join standing on standing.part = pairing.part and standing.natural_key = pairing.natural_key
  ) as candidates
  qualify row_number() over (
    partition by part, natural_key
    order by
      fits desc,
      has_other_amount desc,
      is_named desc,
      settled_date desc nulls last,
      file_id desc,
      line_number desc
  ) = 1
),
pair as (
  select part, cancellation, cancelled from pairing where cancelled is not null
)
select
  version.part,
  version.claim_id,
  version.adjustment_type,
  coalesce(cancelled.cancellation, cancelling.cancelled) as partner,
  case
    when cancelled.cancellation is not null then 'cancelled by a later cancellation'
    when cancelling.cancelled is not null then 'a cancellation, netted with the claim that it cancels'
    else 'a cancellation of a claim that was not delivered'
  end as reason
from cclf.version as version
left join pair as cancelled on cancelled.part = version.part and cancelled.cancelled = version.version
left join pair as cancelling on cancelling.part = version.part and cancelling.cancellation = version.version
where version.adjustment_type = 1 or cancelled.cancellation is not null
