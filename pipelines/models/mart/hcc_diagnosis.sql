-- One row per person, model, payment year, diagnosis code of the data year, category it maps to and reason why it does not count (null: it counts): its claims, the last of which is named.
with above as (
  select
    dropped.person_id,
    dropped.model,
    dropped.payment_year,
    dropped.hcc,
    arg_min(hierarchy.hcc, hierarchy.step) as hcc_above
  from (select distinct person_id, model, payment_year, hcc from mart.hcc_mapped_code where dropped is null) as dropped
  join reference.hcc_model as used on used.model = dropped.model and used.payment_year = dropped.payment_year
  join reference.hcc_hierarchy as hierarchy
    on hierarchy.version = used.version
    and hierarchy.payment_year = dropped.payment_year
    and hierarchy.drops = dropped.hcc
  join mart.risk_hcc as standing
    on standing.person_id = dropped.person_id
    and standing.model = dropped.model
    and standing.payment_year = dropped.payment_year
    and standing.hcc = hierarchy.hcc::varchar
  group by dropped.person_id, dropped.model, dropped.payment_year, dropped.hcc
)
select
  mapped.person_id,
  mapped.model,
  mapped.payment_year,
  mapped.hcc::varchar as hcc,
  label.label,
  mapped.code,
  case
    when mapped.dropped is not null then mapped.dropped
    when standing.hcc is not null then null
    when above.hcc_above is not null then 'part of HCC ' || above.hcc_above
    else 'taken back by the model'
  end as dropped,
  mapped.claims,
  mapped.last_claim.claim_date as claim_date,
  mapped.last_claim.source_name as source_name,
  mapped.last_claim.claim_id as claim_id
from mart.hcc_mapped_code as mapped
left join reference.hcc_model as used on used.model = mapped.model and used.payment_year = mapped.payment_year
left join reference.hcc_label as label
  on label.version = used.version and label.payment_year = mapped.payment_year and label.hcc = mapped.hcc
left join mart.risk_hcc as standing
  on standing.person_id = mapped.person_id
  and standing.model = mapped.model
  and standing.payment_year = mapped.payment_year
  and standing.hcc = mapped.hcc::varchar
left join above
  on above.person_id = mapped.person_id
  and above.model = mapped.model
  and above.payment_year = mapped.payment_year
  and above.hcc = mapped.hcc
