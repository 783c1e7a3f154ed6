-- One row per assessment, practice, practitioner, risk tier and basis of the score: the living persons for whom they are responsible, their scores added up (of basis 'model': unplanned admissions to expect per hundred such persons, so a hundredth of the sum is the number of persons to expect in hospital within 12 months; sums of different bases do not add up), and how many had a primary care service at the practice in the 12 months. Risk is that of the end of the month. Practice or npi is null where only the other is known.
select
  reason.assessment_date,
  reason.practice_id,
  reason.npi,
  coalesce(tier.tier, 'not known') as risk_tier,
  coalesce(tier.basis, 'none') as risk_basis,
  count(*)::integer as persons,
  round(coalesce(sum(tier.score), 0), 6)::double as total_score,
  count_if(reason.is_seen)::integer as seen_persons
from mart.attribution_reason as reason
join core.person as person on person.person_id = reason.person_id
left join mart.risk_tier as tier
  on tier.person_id = reason.person_id
  and tier.month <= reason.assessment_date + 1
  and coalesce(tier.until_month, date '9999-12-31') > reason.assessment_date + 1
where coalesce(reason.practice_id, reason.npi) is not null
  and coalesce(person.death_date > reason.assessment_date, true)
group by all
