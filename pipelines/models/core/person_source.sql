-- One row per identifier of a person in one source. A person is known by the smallest of the identifiers that core.person_link joins. Rosters know people by the same id, or by their number at the payer where only one person has it; who is only excluded is nobody.
with identifier as (
  select source_name, person_id from input.eligibility
  union
  select source_name, person_id from input.patient
  union
  select source_name, person_id from input.medical_claim
  union
  select source_name, person_id from input.pharmacy_claim
  union
  select source_name, person_id from input.encounter
  union
  select source_name, person_id from input.condition
  union
  select source_name, person_id from input.procedure
  union
  select source_name, person_id from input.lab_result
  union
  select source_name, person_id from input.observation
  union
  select source_name, person_id from input.medication
  union
  select source_name, person_id from input.immunization
  union
  select source_name, person_id from input.appointment
  union
  select source_name, person_id from input.allergy
  union
  select source_name, person_id from input.care_plan
  union
  select source_name, person_id from input.person_identifier
  union
  select source_name, person_id from input.service_request
  union
  select source_name, person_id from input.task
  union
  select source_name, person_id from input.communication
  union
  select source_name, person_id from input.provider_attribution
),
roster as (
  select source_name, person_id, true as makes_person from input.assignment
  union
  select source_name, person_id, true from input.program_enrollment
  union
  select source_name, person_id, true from input.survey where person_id is not null
  union
  select source_name, person_id, false from input.beneficiary_exclusion
),
member as (
  select member_id, min(person_id) as person_id
  from input.eligibility
  where member_id in (select person_id from roster)
  group by member_id
  having min(person_id) = max(person_id)
),
known as (
  select distinct person_id
  from identifier
  where person_id in (select person_id from roster)
),
linked as (
  select source_name, person_id, person_id as linked_id
  from identifier
  union
  select
    roster.source_name,
    roster.person_id,
    coalesce(known.person_id, member.person_id, roster.person_id)
  from roster
  left join known on known.person_id = roster.person_id
  left join member on member.member_id = roster.person_id
  where roster.makes_person or known.person_id is not null or member.person_id is not null
)
select
  substr(
    sha256(getvariable('surrogate_key') || '|person|' || coalesce(link.smallest_source_person_id, linked.linked_id)),
    1, 16
  ) as person_id,
  linked.source_name,
  linked.person_id as source_person_id
from linked
left join core.person_link as link on link.source_person_id = linked.linked_id
