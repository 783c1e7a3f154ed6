-- One row per rendering NPI and billing TIN on a claim line, with the practice that they are of: that of the practitioner, else that of the TIN, else the TIN itself.
with line as (
  select distinct rendering_npi, billing_tin
  from input.medical_claim
),
practitioner as (
  select npi, max(practice_id) as practice_id, bool_or(is_primary_care) as is_primary_care
  from core.practitioner
  where npi is not null
  group by npi
),
practice as (
  select tin, min(practice_id) as practice_id
  from core.practice
  where tin is not null
  group by tin
)
select
  line.rendering_npi,
  line.billing_tin,
  coalesce(practitioner.practice_id, practice.practice_id, line.billing_tin) as practice_id,
  practitioner.is_primary_care
from line
left join practitioner on practitioner.npi = line.rendering_npi
left join practice on practice.tin = line.billing_tin
