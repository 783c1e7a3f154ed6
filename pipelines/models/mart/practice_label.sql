-- One row per practice: the value that dimensions carry and the name that people read.
select practice_id as value, coalesce(name, practice_id) as label
from core.practice
