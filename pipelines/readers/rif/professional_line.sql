-- One row per line of a carrier or equipment claim, as one delivery says it.
select 'carrier' as kind, *, payment as amount from rif.carrier
union all by name
select 'dme' as kind, *, payment as amount from rif.dme
