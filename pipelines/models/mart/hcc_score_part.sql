-- One row per person, model, payment year and variable that adds to the raw score. Variables carry the names of the CMS macros; one that the segment has no factor for adds nothing and has no row. ActAdj divides the others.
with person_year as (
  select
    *,
    if(sex = 'female', 'F', 'M') as sex_letter,
    if(sex = 'female', 'Female', 'Male') as sex_word,
    if(is_turning_65, 65, age) as new_age,
    case
      when age <= 34 then '0_34'
      when age <= 44 then '35_44'
      when age <= 54 then '45_54'
      when age <= 59 then '55_59'
      when age <= 64 then '60_64'
      when age <= 69 then '65_69'
      when age <= 74 then '70_74'
      when age <= 79 then '75_79'
      when age <= 84 then '80_84'
      when age <= 89 then '85_89'
      when age <= 94 then '90_94'
      else '95_GT'
    end as band
  from mart.hcc_person_year
  where segment is not null
),
banded as (
  select
    *,
    case
      when is_turning_65 then if(segment = 'DNE', '65_69', '65')
      when segment = 'DNE' and age >= 85 then '85_GT'
      when segment <> 'DNE' and age between 65 and 69 then age::varchar
      else band
    end as new_band,
    if(model = 'ESRD V24', if(is_full_dual, 'FBD', 'ND_PBD'), if(is_dual, 'MCAID', 'NMCAID')) as new_dual,
    if(entitlement = '1' and (new_age >= 65 or segment = 'DNE'), 'ORIGDIS', 'NORIGDIS') as new_entitlement,
    if(if(segment = 'GNE', new_age, age) >= 65, 'GE65', 'LT65') as graft_age,
    if(is_full_dual, 'FBD', 'ND_PBD') as graft_dual
  from person_year
),
trait as (
  select
    person_id,
    model,
    payment_year,
    segment,
    unnest(case
      when segment = 'TRANSPLANT' then ['TRANSPLANT_KIDNEY_ONLY_' || transplant_month || 'M']
      when segment in ('NE', 'SNPNE', 'DNE', 'GNE') then [
        new_dual || '_' || new_entitlement || if(segment = 'GNE', '_G_NE', '_NE') || sex_letter || new_band,
        case when segment = 'GNE' and model = 'ESRD V21' then graft_age || '_' || graft_duration end,
        case when segment = 'GNE' and model = 'ESRD V24' then 'FGC_' || graft_age || '_' || graft_duration || '_' || graft_dual end,
        case when segment = 'GNE' and model = 'ESRD V24' then 'ActAdj_' || graft_duration end
      ]
      else [
        sex_letter || band,
        case when is_originally_disabled then 'OriginallyDisabled_' || sex_word end,
        case when is_originally_disabled then 'ORIGDS' end,
        case when is_institutional and is_dual then 'LTIMCAID' end,
        case when entitlement in ('2', '3') and age >= 65 then 'Originally_ESRD_' || sex_word end,
        case when is_dual then 'MCAID' end,
        case when is_dual then 'MCAID_' || sex_word || if(is_disabled, '_NonAged', '_Aged') end,
        case when is_full_dual then 'FBDual_' || sex_word || if(age >= 65, '_Aged', '_NonAged') end,
        case when is_partial_dual then 'PBDual_' || sex_word || if(age >= 65, '_Aged', '_NonAged') end,
        case when is_institutional then if(age >= 65, 'LTI_Aged', 'LTI_NonAged') end,
        case when graft_duration is not null and model = 'ESRD V21' then graft_age || '_' || graft_duration end,
        case
          when graft_duration is not null and model = 'ESRD V24'
            then if(segment = 'GI', 'FGI_', 'FGC_') || graft_age || '_' || graft_duration || '_' || graft_dual
        end,
        case
          when graft_duration is not null and model = 'ESRD V24' and is_partial_dual
            then if(segment = 'GI', 'FGI_PBD_', 'FGC_PBD_') || graft_age || '_flag'
        end,
        case when segment = 'GI' and model = 'ESRD V24' then 'LTI_' || graft_age end
      ]
    end) as variable
  from banded
),
category as (
  select hcc.person_id, hcc.model, hcc.payment_year, person.segment, hcc.hcc
  from mart.risk_hcc as hcc
  join person_year as person
    on person.person_id = hcc.person_id and person.model = hcc.model and person.payment_year = hcc.payment_year
  where person.segment not in ('NE', 'SNPNE', 'DNE', 'GNE', 'TRANSPLANT')
),
counted as (
  select person_id, model, payment_year, segment, count(*) as hccs
  from category
  group by all
),
factor_count as (
  select model, payment_year, variable, count(distinct factor) as factors
  from reference.hcc_interaction
  group by all
),
flag as (
  select * from category
  union all
  select counted.person_id, counted.model, counted.payment_year, counted.segment, 'DISABL'
  from counted
  join person_year using (person_id, model, payment_year)
  where person_year.is_disabled
  union all
  select counted.person_id, counted.model, counted.payment_year, counted.segment, 'NONAGED'
  from counted
  join person_year using (person_id, model, payment_year)
  where person_year.age < 65
),
interaction as (
  select flag.person_id, flag.model, flag.payment_year, flag.segment, factor.variable
  from flag
  join reference.hcc_interaction as factor
    on factor.model = flag.model and factor.payment_year = flag.payment_year and factor.hcc = flag.hcc
  join factor_count
    on factor_count.model = factor.model
    and factor_count.payment_year = factor.payment_year
    and factor_count.variable = factor.variable
  group by flag.person_id, flag.model, flag.payment_year, flag.segment, factor.variable, factor_count.factors
  having count(distinct factor.factor) = factor_count.factors
),
held as (
  select *, 'demographic' as kind from trait where variable is not null
  union all
  select person_id, model, payment_year, segment, 'HCC' || hcc, 'category' from category
  union all
  select *, 'interaction' from interaction
  union all
  select person_id, model, payment_year, segment, if(hccs >= 10, 'D10P', 'D' || hccs), 'count' from counted
)
select held.*, coefficient.coefficient
from held
join reference.hcc_coefficient as coefficient
  on coefficient.model = held.model
  and coefficient.payment_year = held.payment_year
  and coefficient.variable = held.variable
  and coefficient.segment in (held.segment, 'any')
