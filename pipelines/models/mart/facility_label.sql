-- One row per facility: the value that dimensions carry and the name that people read.
select facility_id as value, coalesce(name, facility_id) as label
from core.facility
