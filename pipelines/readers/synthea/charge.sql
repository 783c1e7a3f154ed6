-- One row per charge on a Synthea claim. The payments up to the next charge of the claim are payments on it.
with transaction as (
  select
    *,
    max(charge) filter (where type = 'charge') over (partition by claim order by charge) as paid_charge
  from synthea.claims_transactions
),
paid as (
  select
    claim,
    paid_charge as charge,
    sum(payments) filter (where method = 'echeck') as insurer_amount,
    sum(payments) filter (where method = 'copay') as copayment_amount,
    sum(payments) filter (where method not in ('echeck', 'copay')) as patient_amount
  from transaction
  where type = 'payment'
  group by claim, paid_charge
),
fill as (
  select distinct encounter, patient, code
  from synthea.medications
)
select
  charge.id,
  row_number() over (partition by charge.claim order by charge.charge) as line,
  coalesce(paid.insurer_amount, 0) as insurer_amount,
  coalesce(paid.copayment_amount, 0) as copayment_amount,
  coalesce(paid.patient_amount, 0) as patient_amount,
  min(charge.from_at) over (partition by charge.claim) as claim_from_at,
  max(coalesce(charge.to_at, charge.from_at)) over (partition by charge.claim) as claim_to_at,
  -- Synthea bills every order as a claim of its own, whose single charge is the drug.
  fill.code is not null and count(*) over (partition by charge.claim) = 1 as is_fill
from transaction as charge
left join paid on paid.claim = charge.claim and paid.charge = charge.charge
left join fill
  on fill.encounter = charge.encounter
  and fill.patient = charge.patient
  and fill.code = charge.procedure_code
where charge.type = 'charge'
