-- One row per value set and code in the data that belongs to it, itself or by its category in a classification, which a set may take of one code system only (`ccs-procedure-icd-9-pcs`): other SQL joins by equality.
select value_set, code_system, code
from core.code_match
where category is null and not is_excluded
union
select member.value_set, match.code_system, match.code
from core.code_match as match
join reference.value_set as member
  on member.code = match.category
  and member.code_system in (match.value_set, match.value_set || '-' || match.code_system)
