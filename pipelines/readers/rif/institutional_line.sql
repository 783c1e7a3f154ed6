-- One row per line of an inpatient, outpatient, skilled nursing, home health or hospice claim, as one delivery says it.
select 'inpatient' as kind, * from rif.inpatient
union all by name
select 'outpatient' as kind, * from rif.outpatient
union all by name
select 'snf' as kind, * from rif.snf
union all by name
select 'hha' as kind, * from rif.hha
union all by name
select 'hospice' as kind, * from rif.hospice
