-- One row per stay in a short-term acute hospital, with the Elixhauser comorbidities that AHRQ's refined software (codes v2024.1, weights v2023.1) finds among the secondary diagnoses of the hospital's claims, and its two indexes. Nineteen of the flags count only when present on admission, or exempt from saying so. Where a stay's claims say that of no secondary diagnosis, those flags are not looked for and the indexes are null.
with comorbidity as (
  select *
  from (values
    ('AIDS', 'HIV or AIDS', false, 5, -4),
    ('ALCOHOL', 'alcohol abuse', false, 3, -1),
    ('ANEMDEF', 'deficiency anemia', true, 5, -3),
    ('AUTOIMMUNE', 'autoimmune condition', false, 2, 0),
    ('BLDLOSS', 'chronic blood loss anemia', true, 2, -4),
    ('CANCER-LEUK', 'leukemia', false, 10, 9),
    ('CANCER-LYMPH', 'lymphoma', false, 7, 5),
    ('CANCER-METS', 'metastatic cancer', false, 11, 22),
    ('CANCER-NSITU', 'tumor in situ', false, 0, 0),
    ('CANCER-SOLID', 'solid tumor', false, 7, 10),
    ('CBVD', 'cerebrovascular disease', true, 0, 5),
    ('COAG', 'coagulopathy', true, 3, 14),
    ('DEMENTIA', 'dementia', false, 1, 5),
    ('DEPRESS', 'depression', false, 2, -8),
    ('DIAB-CX', 'diabetes with complications', false, 4, -2),
    ('DIAB-UNCX', 'diabetes', false, 0, 0),
    ('DRUG-ABUSE', 'drug abuse', false, 6, -7),
    ('HF', 'heart failure', true, 7, 14),
    ('HTN-CX', 'hypertension with complications', false, 0, 1),
    ('HTN-UNCX', 'hypertension', false, 0, 0),
    ('LIVER-MLD', 'mild liver disease', true, 3, 2),
    ('LIVER-SEV', 'severe liver disease', true, 10, 16),
    ('LUNG-CHRONIC', 'chronic lung disease', false, 4, 2),
    ('NEURO-MOVT', 'movement disorder', true, 1, -1),
    ('NEURO-OTH', 'other neurological disorder', true, 2, 22),
    ('NEURO-SEIZ', 'seizures', true, 5, 2),
    ('OBESE', 'obesity', false, -2, -7),
    ('PARALYSIS', 'paralysis', true, 3, 4),
    ('PERIVASC', 'peripheral vascular disease', false, 1, 3),
    ('PSYCHOSES', 'psychosis', true, 6, -9),
    ('PULMCIRC', 'pulmonary circulation disease', true, 3, 4),
    ('RENLFL-MOD', 'moderate kidney failure', true, 4, 3),
    ('RENLFL-SEV', 'severe kidney failure', true, 8, 7),
    ('THYROID-HYPO', 'hypothyroidism', false, 0, -3),
    ('THYROID-OTH', 'other thyroid disorder', false, 0, -8),
    ('ULCER-PEPTIC', 'peptic ulcer', true, 2, 0),
    ('VALVE', 'heart valve disease', true, 0, 0),
    ('WGHTLOSS', 'weight loss', true, 6, 13)
  ) as comorbidity (flag, comorbidity, needs_admission, readmission_weight, mortality_weight)
),
sets as (
  select flag as label, flag from comorbidity
  union all
  select *
  from (values
    ('ALCOHOLLIVER-MLD', 'ALCOHOL'),
    ('ALCOHOLLIVER-MLD', 'LIVER-MLD'),
    ('CBVD-POA', 'CBVD'),
    ('CBVD-SQLAPARALYSIS', 'PARALYSIS'),
    ('DRUG-ABUSEPSYCHOSES', 'DRUG-ABUSE'),
    ('DRUG-ABUSEPSYCHOSES', 'PSYCHOSES'),
    ('HFHTN-CX', 'HF'),
    ('HFHTN-CX', 'HTN-CX'),
    ('HFHTN-CXRENLFL-SEV', 'HF'),
    ('HFHTN-CXRENLFL-SEV', 'HTN-CX'),
    ('HFHTN-CXRENLFL-SEV', 'RENLFL-SEV'),
    ('HTN-CXRENLFL-SEV', 'HTN-CX'),
    ('HTN-CXRENLFL-SEV', 'RENLFL-SEV'),
    ('LIVER-MLD-NEURO', 'LIVER-MLD'),
    ('LIVER-MLD-NEURO', 'NEURO-OTH'),
    ('VALVE-AUTOIMMUNE', 'AUTOIMMUNE'),
    ('VALVE-AUTOIMMUNE', 'VALVE')
  ) as pair (label, flag)
),
overrides as (
  select *
  from (values
    ('DIAB-CX', 'DIAB-UNCX'),
    ('HTN-CX', 'HTN-UNCX'),
    ('CANCER-METS', 'CANCER-SOLID'),
    ('CANCER-METS', 'CANCER-NSITU'),
    ('CANCER-SOLID', 'CANCER-NSITU'),
    ('LIVER-SEV', 'LIVER-MLD'),
    ('RENLFL-SEV', 'RENLFL-MOD')
  ) as pair (graver, lighter)
),
stay as (
  select stay_id, person_id
  from mart.inpatient_stay
  where is_short_term_acute
),
diagnosis as (
  select
    part.stay_id,
    match.category as label,
    condition.present_on_admission,
    condition.present_on_admission in ('Y', 'W', '1') or exempt.code is not null as is_on_admission
  from mart.inpatient_stay_part as part
  semi join stay on stay.stay_id = part.stay_id
  join core.condition as condition
    on condition.encounter_id = part.encounter_id
    and condition.source = 'claim'
    and condition.rank > 1
  join core.facility_claim as claim
    on claim.source_name = condition.source_name
    and claim.claim_id = condition.claim_id
    and claim.encounter_type in (
      'acute inpatient', 'inpatient psychiatric', 'inpatient rehabilitation', 'long term care hospital'
    )
  left join core.code_match as match
    on match.value_set = 'elixhauser'
    and match.code_system = condition.code_system
    and match.code = condition.code
  left join core.coded_concept as exempt
    on exempt.value_set = 'elixhauser-always-on-admission'
    and exempt.code_system = condition.code_system
    and exempt.code = condition.code
),
stated as (
  select
    stay_id,
    count(present_on_admission) > 0 as says_on_admission,
    -- A stroke during the stay takes the place of the sequelae of an earlier one.
    coalesce(bool_or(label = 'CBVD-POA' and not is_on_admission and present_on_admission in ('N', 'U')), false) as has_new_stroke,
    coalesce(bool_or(label in ('CBVD-SQLA', 'CBVD-SQLAPARALYSIS') and is_on_admission), false) as has_sequelae
  from diagnosis
  group by stay_id
),
flagged as (
  select distinct diagnosis.stay_id, sets.flag
  from diagnosis
  join sets on sets.label = diagnosis.label
  join comorbidity on comorbidity.flag = sets.flag
  join stated on stated.stay_id = diagnosis.stay_id
  where not comorbidity.needs_admission or (diagnosis.is_on_admission and stated.says_on_admission)
  union
  select stay_id, 'CBVD'
  from stated
  where says_on_admission and has_sequelae and not has_new_stroke
),
kept as (
  select stay_id, flag
  from flagged
  except
  select flagged.stay_id, overrides.lighter
  from flagged
  join overrides on overrides.graver = flagged.flag
)
select
  stay.stay_id,
  any_value(stay.person_id) as person_id,
  coalesce(list(comorbidity.comorbidity order by comorbidity.comorbidity) filter (where comorbidity.flag is not null), [])
    as comorbidities,
  case when any_value(coalesce(stated.says_on_admission, true)) then coalesce(sum(comorbidity.readmission_weight), 0)::integer end
    as readmission_index,
  case when any_value(coalesce(stated.says_on_admission, true)) then coalesce(sum(comorbidity.mortality_weight), 0)::integer end
    as mortality_index
from stay
left join stated on stated.stay_id = stay.stay_id
left join kept on kept.stay_id = stay.stay_id
left join comorbidity on comorbidity.flag = kept.flag
group by stay.stay_id
