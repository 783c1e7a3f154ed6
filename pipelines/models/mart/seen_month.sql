-- One row per person and month in which the person's claims are seen: covered for medical care, up to data-through, and in Medicare Advantage only with a payer that sends claims.
select distinct member.person_id, member.month
from core.member_month as member
where member.is_medical
  and member.month <= getvariable('data_through')
  and (not member.is_medicare_advantage or member.payer in (select payer from core.medical_claim))
