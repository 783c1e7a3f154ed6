-- One row per contract, which is a payer's plan, and one for none: the value that dimensions carry and what people read.
with contract as (
  select distinct concat_ws(': ', payer, plan) as value
  from core.member_month
)
select value, upper(left(value, 1)) || substr(value, 2) as label
from contract
where value <> ''
union all
select 'none', 'Not covered'
from (select count(*) as contracts from contract)
where contracts > 0
