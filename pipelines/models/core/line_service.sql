-- One row per combination of codes on a claim line, with the kinds of service that they tell. Each line has its row, so that one join finds it.
with line as (
  select distinct place_of_service_code, hcpcs_code, revenue_center_code
  from input.medical_claim
)
select
  line.place_of_service_code,
  line.hcpcs_code,
  line.revenue_center_code,
  place.service as place,
  procedure.service as procedure,
  revenue.service as revenue
from line
left join core.service_code as place
  on place.code_system = 'pos' and place.code = line.place_of_service_code
left join core.service_code as procedure
  on procedure.code_system = 'hcpcs' and procedure.code = line.hcpcs_code
left join core.service_code as revenue
  on revenue.code_system = 'revenue' and revenue.code = line.revenue_center_code
