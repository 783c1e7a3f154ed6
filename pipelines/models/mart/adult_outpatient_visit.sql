-- One row per person and measurement period with a visit of an adult to an outpatient practice, wholly within the period and up to data-through; tells whether one was in person, at home or by telephone, and not only online.
select
  evidence.person_id,
  measure_period.period_start,
  bool_or(evidence.value_set <> 'virtual-encounter') as is_beyond_virtual,
  max(evidence.end_date) as last_visit_date
from mart.evidence
join mart.measure_period
  on evidence.start_date >= measure_period.period_start
  and evidence.end_date <= measure_period.period_end
where evidence.resource in ('Encounter', 'Claim')
  and not evidence.is_negated
  and evidence.value_set in (
    'office-visit', 'annual-wellness-visit', 'preventive-care-services-established-office-visit-18-and-up',
    'preventive-care-services-initial-office-visit-18-and-up', 'home-healthcare-services', 'virtual-encounter',
    'telephone-visits'
  )
group by all
