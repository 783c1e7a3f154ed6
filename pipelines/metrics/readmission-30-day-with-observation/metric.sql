-- One row per time in hospital, observation counted and direct transfers merged. A stay whose first return is planned leaves the denominator; pregnancy, childbirth and newborns are neither index nor return.
with followed as (
  select
    *,
    lead(
      case when not is_maternity then struct_pack(episode_id := episode_id, admit_date := admit_date, is_planned := is_planned) end ignore nulls
    ) over (partition by person_id order by admit_date) as next
  from mart.hospital_episode
),
judged as (
  select
    followed.*,
    coalesce(followed.next.admit_date - followed.discharge_date <= 30, false) as has_returned,
    coalesce(followed.discharge_date, followed.admit_date) as left_on,
    'discharge status ' || followed.discharge_disposition_code as left_as,
    [
      case
        when followed.discharge_date is null or followed.discharge_disposition_code = '30'
          then {reason: 'still in hospital', evidence_date: left_on, evidence: coalesce(left_as, 'no discharge told')}
      end,
      case
        when followed.discharge_disposition_code = '20'
          or (followed.discharge_disposition_code is null and person.death_date <= followed.discharge_date)
          then {reason: 'died in hospital', evidence_date: left_on, evidence: coalesce(left_as, 'died on ' || person.death_date)}
      end,
      case
        when followed.discharge_date = followed.admit_date
          then {reason: 'admitted and discharged on one day', evidence_date: left_on, evidence: null}
      end,
      case
        when followed.is_maternity
          then {reason: 'pregnancy, childbirth or newborn', evidence_date: followed.admit_date, evidence: null}
      end,
      case when person.birth_date is null then {reason: 'date of birth unknown', evidence_date: null, evidence: null} end,
      case
        when followed.admit_date < person.birth_date + interval 18 year
          then {reason: 'under 18 at admission', evidence_date: followed.admit_date, evidence: null}
      end,
      case
        when followed.discharge_date > getvariable('data_through') - 30
          then {
            reason: 'follow-up incomplete',
            evidence_date: getvariable('data_through'),
            evidence: 'the data end on day ' || getvariable('data_through') - followed.discharge_date || ' after discharge'
          }
      end,
      case
        when covered.person_id is null and followed.discharge_date <= getvariable('data_through') - 30
          then {
            reason: 'not covered from 12 months before admission to 30 days after discharge',
            evidence_date: null,
            evidence: 'no medical coverage without a break over these months'
          }
      end,
      case
        when has_returned and followed.next.is_planned
          then {reason: 'the first return was planned', evidence_date: followed.next.admit_date, evidence: null}
      end
    ] as exclusions
  from followed
  join core.person as person on person.person_id = followed.person_id
  left join mart.unbroken_coverage as covered
    on covered.person_id = followed.person_id
    and covered.kind = 'medical'
    and covered.start_date <= followed.admit_date - interval 1 year
    and covered.end_date >= least(followed.discharge_date + 30, person.death_date)
)
select
  episode_id as subject_id,
  person_id,
  coalesce(discharge_date, admit_date) as anchor_date,
  (list_count(exclusions) = 0 and has_returned)::integer as numerator,
  1 as denominator,
  exclusions,
  case
    when next is null then 'no later stay that counts'
    else 'the next stay began on day ' || next.admit_date - discharge_date || ' after discharge and was '
      || if(next.is_planned, 'planned', 'unplanned')
  end as evidence,
  next.admit_date as evidence_date,
  next.episode_id as event_id,
  facility_id as facility,
  lower(dayname(discharge_date)) as discharge_day,
  index_condition
from judged
