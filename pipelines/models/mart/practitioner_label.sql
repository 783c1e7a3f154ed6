-- One row per practitioner to whom a person is attributed: the value that dimensions carry and the name that people read.
select npi as value, coalesce(max(practitioner.name), npi) as label
from (select distinct npi from mart.attribution where npi is not null) as attributed
left join core.practitioner as practitioner using (npi)
group by npi
