-- One row per person, model, payment year and category of the CMS-HCC models that is left after the macro's removals and then its hierarchies, in the macro's order: a category that an earlier step dropped drops nothing itself.
with recursive category as (
  select distinct person_id, model, payment_year, hcc
  from mart.hcc_mapped_code
  where dropped is null and hcc is not null
),
removed as (
  select category.*
  from category
  join reference.hcc_removal as removal
    on removal.model = category.model
    and removal.payment_year = category.payment_year
    and removal.hcc = category.hcc
  left join category as beside
    on beside.person_id = category.person_id
    and beside.model = category.model
    and beside.payment_year = category.payment_year
    and beside.hcc = removal.unless
  group by all
  having count(beside.hcc) = 0
),
kept as (
  select * from category
  except
  select * from removed
),
-- The steps of the hierarchies that find both a category and one that it drops.
step as (
  select
    parent.person_id,
    parent.model,
    parent.payment_year,
    row_number() over (partition by parent.person_id, parent.model, parent.payment_year order by hierarchy.step) as place,
    parent.hcc,
    list(child.hcc) as drops
  from kept as parent
  join reference.hcc_model as used on used.model = parent.model and used.payment_year = parent.payment_year
  join reference.hcc_hierarchy as hierarchy
    on hierarchy.version = used.version
    and hierarchy.payment_year = parent.payment_year
    and hierarchy.hcc = parent.hcc
  join kept as child
    on child.person_id = parent.person_id
    and child.model = parent.model
    and child.payment_year = parent.payment_year
    and child.hcc = hierarchy.drops
  group by parent.person_id, parent.model, parent.payment_year, hierarchy.step, parent.hcc
),
standing as (
  select person_id, model, payment_year, 0::bigint as place, list(hcc) as hccs
  from kept
  group by person_id, model, payment_year
  union all
  select
    standing.person_id,
    standing.model,
    standing.payment_year,
    step.place,
    if(
      list_contains(standing.hccs, step.hcc),
      list_filter(standing.hccs, lambda hcc: not list_contains(step.drops, hcc)),
      standing.hccs
    )
  from standing
  join step
    on step.person_id = standing.person_id
    and step.model = standing.model
    and step.payment_year = standing.payment_year
    and step.place = standing.place + 1
),
final as (
  select person_id, model, payment_year, unnest(arg_max(hccs, place)) as hcc
  from standing
  group by person_id, model, payment_year
)
select
  final.person_id,
  final.model,
  final.payment_year,
  final.hcc::varchar as hcc,
  label.label,
  coefficient.coefficient::double as coefficient
from final
join mart.hcc_person_year as person
  on person.person_id = final.person_id
  and person.model = final.model
  and person.payment_year = final.payment_year
left join reference.hcc_label as label
  on label.version = person.version and label.payment_year = final.payment_year and label.hcc = final.hcc
left join reference.hcc_coefficient as coefficient
  on coefficient.model = final.model
  and coefficient.payment_year = final.payment_year
  and coefficient.segment = person.segment
  and coefficient.variable = 'HCC' || final.hcc
