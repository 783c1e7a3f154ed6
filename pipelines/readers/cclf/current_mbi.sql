-- One row per Medicare number that CCLF9 replaced, with the current number at the end of its chain. Of several replacements of a number the latest counts, also when later files no longer repeat it. A circle ends at the target of its latest replacement.
with recursive
replacement as (
  select
    previous_number as mbi,
    current_number as next,
    row(coalesce(file_date, timestamp '1900-01-01'), coalesce(effective_date, date '1900-01-01'), obsolete_date, next)
      as recency
  from cclf.crosswalk
  where indicator = 'M' and previous_number <> current_number
),
step as (
  select mbi, arg_max(next, recency) as next, max(recency) as recency
  from replacement
  group by mbi
),
walk as (
  select mbi, next as reached, [mbi] as passed
  from step
  union all
  select walk.mbi, step.next, list_append(walk.passed, walk.reached)
  from walk
  join step on step.mbi = walk.reached
  where not list_contains(walk.passed, walk.reached)
),
chain as (
  select mbi, arg_max(reached, len(passed)) as last, arg_max(passed, len(passed)) as passed
  from walk
  group by mbi
),
circle as (
  select mbi, unnest(passed[list_position(passed, last):]) as member
  from chain
  where list_contains(passed, last)
),
chosen as (
  select circle.mbi, arg_max(step.next, step.recency) as current_mbi
  from circle
  join step on step.mbi = circle.member
  group by circle.mbi
)
select
  chain.mbi,
  coalesce(chosen.current_mbi, chain.last) as current_mbi,
  chosen.mbi is not null as is_circular
from chain
left join chosen on chosen.mbi = chain.mbi
