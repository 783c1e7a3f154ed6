-- One row per value set and code in the data that belongs to it, itself or by its category in a classification: other SQL joins by equality.
select value_set, code_system, code
from core.code_match
where category is null and not is_excluded
union
select member.value_set, match.code_system, match.code
from core.code_match as match
join reference.value_set as member on member.code_system = match.value_set and member.code = match.category
