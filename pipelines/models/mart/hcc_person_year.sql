-- One row per person with Medicare, model and payment year: what the model asks of the person beside diagnoses, and the segment. Age is in whole years on 1 February of the payment year; V24 and ESRD V21 take 64 for 65 where Medicare began by age. Medicaid, institution, special needs plan and kidney status are those of the first covered month of the payment year, before its data arrive of the last one of the data year. A person is new with fewer months of Part B in the data year than the extracts cover of it. Who died before the payment year has no row.
with model_year as (
  select * from mart.risk_model_year where status <> 'not computed'
),
payment_year as (
  select distinct payment_year, data_year, data_months from model_year
),
medicare_month as (
  select
    person_id,
    month,
    bool_or(is_part_b) as is_part_b,
    bool_or(is_medicare_advantage) as is_medicare_advantage,
    bool_or(is_long_term_institutional) as is_institutional,
    bool_or(is_chronic_needs_plan) as is_chronic_needs_plan,
    bool_or(is_esrd or coalesce(medicare_status_code in ('11', '21', '31'), false)) as is_esrd,
    max(dual_status_code) as dual_status_code,
    max(esrd_status) as esrd_status,
    max(transplant_duration_months) as transplant_duration_months
  from core.member_month
  where payer_type in ('medicare', 'medicare advantage') or medicare_status_code is not null
  group by person_id, month
),
status as (
  select
    covered.person_id,
    year.payment_year,
    count(case when year(covered.month) = year.data_year and covered.is_part_b then 1 end) < any_value(year.data_months)
      as is_new,
    count(case when year(covered.month) = year.payment_year and covered.is_medicare_advantage then 1 end)::integer
      as medicare_advantage_months,
    arg_min(
      covered,
      case
        when year(covered.month) = year.payment_year then month(covered.month)
        else 100 - month(covered.month)
      end
    ) as status
  from medicare_month as covered
  join payment_year as year on year(covered.month) in (year.data_year, year.payment_year)
  group by covered.person_id, year.payment_year
),
-- Kidney transplants and dialysis that claims tell, for people whose payer tells no more than end-stage renal disease.
renal_person as (
  select distinct person_id from medicare_month where is_esrd
),
transplant as (
  select line.person_id, line.line_start_date as day
  from core.medical_claim as line
  where line.person_id in (select person_id from renal_person)
    and (line.hcpcs_code in ('50360', '50365') or line.drg_code in ('008', '019', '650', '651', '652'))
  union
  select procedure.person_id, procedure.performed_date
  from core.procedure as procedure
  where procedure.person_id in (select person_id from renal_person)
    and procedure.code_system = 'icd-10-pcs'
    and procedure.code in ('0TY00Z0', '0TY00Z1', '0TY00Z2', '0TY10Z0', '0TY10Z1', '0TY10Z2')
),
dialysis as (
  select distinct line.person_id, line.line_start_date as day
  from core.medical_claim as line
  where line.person_id in (select person_id from renal_person)
    and (
      line.bill_type_code like '72%'
      or line.hcpcs_code in ('90935', '90937', '90945', '90947', '90999')
      or line.hcpcs_code between '90951' and '90970'
    )
),
transplanted as (
  select status.person_id, status.payment_year, max(transplant.day) as day
  from status
  join transplant on transplant.person_id = status.person_id and transplant.day <= last_day(status.status.month)
  group by status.person_id, status.payment_year
),
last_dialysis as (
  select status.person_id, status.payment_year, max(dialysis.day) as day
  from status
  join dialysis on dialysis.person_id = status.person_id and dialysis.day <= last_day(status.status.month)
  group by status.person_id, status.payment_year
),
graft_code as (
  select distinct person_id, service_year + 1 as payment_year
  from mart.hcc_claim_code
  where code = 'Z940' and dropped is null
),
kidney as (
  select
    status.person_id,
    status.payment_year,
    case
      when status.status.transplant_duration_months is not null then greatest(floor(status.status.transplant_duration_months), 1)::integer
      when status.status.esrd_status = 'graft' then 10
      when status.status.esrd_status is not null then null
      when last_dialysis.day > transplanted.day + interval 3 month then null
      when transplanted.day is not null
        then date_diff('month', transplanted.day, status.status.month)::integer + 1
      when last_dialysis.day is null and graft.person_id is not null then 10
    end as transplant_month
  from status
  left join transplanted
    on transplanted.person_id = status.person_id and transplanted.payment_year = status.payment_year
  left join last_dialysis
    on last_dialysis.person_id = status.person_id and last_dialysis.payment_year = status.payment_year
  left join graft_code as graft on graft.person_id = status.person_id and graft.payment_year = status.payment_year
  where status.status.is_esrd
),
described as (
  select
    status.person_id,
    model_year.model,
    model_year.version,
    status.payment_year,
    model_year.data_year,
    case
      when model_year.model in ('V24', 'ESRD V21') and age.years = 64 and entitlement.code = '0' then 65
      else age.years
    end as age,
    age.years = 64 and entitlement.code = '0' as is_turning_65,
    person.sex,
    person.birth_date is not null and person.sex in ('female', 'male') as is_known,
    entitlement.code as entitlement,
    coalesce(status.status.dual_status_code, person.dual_status_code) as dual_status_code,
    status.is_new,
    status.status.is_institutional as is_institutional,
    status.status.is_chronic_needs_plan as is_chronic_needs_plan,
    status.status.is_esrd as is_esrd,
    status.medicare_advantage_months > 0
      or (year(status.status.month) = model_year.data_year and status.status.is_medicare_advantage) as is_medicare_advantage,
    kidney.transplant_month
  from status
  join model_year
    on model_year.payment_year = status.payment_year
    and (status.status.is_esrd or not starts_with(model_year.model, 'ESRD'))
  join core.person as person on person.person_id = status.person_id
  left join kidney on kidney.person_id = status.person_id and kidney.payment_year = status.payment_year,
  lateral (select coalesce(left(person.original_reason_entitlement_code, 1), '') as code) as entitlement,
  lateral (
    select greatest(date_sub('year', person.birth_date, make_date(status.payment_year, 2, 1)), 0)::integer as years
  ) as age
  where coalesce(person.death_date >= make_date(status.payment_year, 1, 1), true)
),
flagged as (
  select
    *,
    coalesce(age < 65 and entitlement <> '0', false) as is_disabled,
    coalesce(dual_status_code in ('02', '04', '08'), false) as is_full_dual,
    coalesce(dual_status_code in ('01', '03', '05', '06'), false) as is_partial_dual
  from described
)
select
  *,
  entitlement = '1' and not is_disabled as is_originally_disabled,
  is_full_dual or is_partial_dual as is_dual,
  case
    when not is_known then null
    when not starts_with(model, 'ESRD') then case
      when is_institutional then 'INS'
      when is_new and is_chronic_needs_plan then 'SNPNE'
      when is_new then 'NE'
      else 'C'
        || case when is_full_dual then 'F' when is_partial_dual then 'P' else 'N' end
        || if(age >= 65, 'A', 'D')
    end
    when transplant_month is null then if(is_new, 'DNE', 'DI')
    when transplant_month <= 3 then 'TRANSPLANT'
    when is_institutional then 'GI'
    when is_new then 'GNE'
    when model = 'ESRD V21' then 'GC'
    else if(is_full_dual, 'GF', 'GNP') || if(age >= 65, 'A', 'N')
  end as segment,
  case when transplant_month between 4 and 9 then 'DUR4_9' when transplant_month >= 10 then 'DUR10PL' end as graft_duration
from flagged
