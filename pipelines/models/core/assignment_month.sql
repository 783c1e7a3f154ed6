-- One row per person and month on the assignment list that decides the month. The provider is the practitioner whom the person named, else the participant with most primary care services and in it the practitioner with most (the lowest number breaks a tie).
with counted as (
  select
    provider.* exclude (source_name),
    -- Lists without counts of whole participants are counted by practitioner.
    sum(services) filter (npi is null) over participant as participant_services,
    sum(services) over participant as practitioner_services
  from input.assignment_provider as provider
  window participant as (partition by person_id, aco_id, performance_year, report_period, stamp, tin)
),
provider as (
  select
    person_id,
    aco_id,
    performance_year,
    report_period,
    stamp,
    arg_min(tin, (-coalesce(participant_services, practitioner_services, 0), tin)) as tin,
    arg_min(npi, (-coalesce(participant_services, practitioner_services, 0), tin, -coalesce(services, 0), npi))
      filter (npi is not null) as npi,
    arg_min(tin, (-coalesce(participant_services, practitioner_services, 0), tin)) filter (npi is not null) as npi_tin
  from counted
  group by person_id, aco_id, performance_year, report_period, stamp
)
select
  source.person_id,
  list.month,
  list.aco_id,
  case
    [
      assignment.enrollment_flag_1, assignment.enrollment_flag_2, assignment.enrollment_flag_3,
      assignment.enrollment_flag_4, assignment.enrollment_flag_5, assignment.enrollment_flag_6,
      assignment.enrollment_flag_7, assignment.enrollment_flag_8, assignment.enrollment_flag_9,
      assignment.enrollment_flag_10, assignment.enrollment_flag_11, assignment.enrollment_flag_12
    ][list.month_number]
    when 1 then 'esrd'
    when 2 then 'disabled'
    when 3 then 'aged and dual'
    when 4 then 'aged and not dual'
  end as enrollment_type,
  coalesce(assignment.is_excluded, false) as is_excluded,
  enrollment_type is not null and not coalesce(assignment.is_excluded, false) as is_assigned,
  case when assignment.is_voluntary then lpad(assignment.voluntary_tin, 9, '0') end as named_tin,
  coalesce(named_tin, provider.tin) as tin,
  case
    when named_tin is not null then assignment.voluntary_npi
    when provider.npi_tin = provider.tin then provider.npi
  end as npi,
  list.performance_year,
  list.report_period,
  assignment.source_name,
  assignment.file_id,
  assignment.line_number
from core.assignment_list as list
join input.assignment as assignment
  on assignment.source_name = list.source_name
  and assignment.aco_id is not distinct from list.aco_id
  and assignment.performance_year = list.performance_year
  and assignment.report_period = list.report_period
  and assignment.stamp is not distinct from list.stamp
join core.person_source as source
  on source.source_name = assignment.source_name and source.source_person_id = assignment.person_id
left join provider
  on provider.person_id = assignment.person_id
  and provider.aco_id is not distinct from assignment.aco_id
  and provider.performance_year = assignment.performance_year
  and provider.report_period = assignment.report_period
  and provider.stamp is not distinct from assignment.stamp
where list.month <= getvariable('data_through')
qualify row_number() over (
  partition by source.person_id, list.month
  order by is_assigned desc, list.performance_year, assignment.file_id, assignment.line_number
) = 1
