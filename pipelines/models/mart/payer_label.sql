-- One row per payer, and one for nobody: the value that dimensions carry and what people read.
select distinct payer as value, upper(left(payer, 1)) || substr(payer, 2) as label
from core.member_month
where payer is not null
union all
select 'none', 'Not covered'
from (select count(*) as months from core.member_month)
where months > 0
