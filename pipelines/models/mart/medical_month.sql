-- One row per person and month with a day of medical coverage, however many payers and plans cover it: the member-months of every rate.
select distinct person_id, month
from core.member_month
where is_medical
