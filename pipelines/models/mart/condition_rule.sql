-- One row per chronic condition, with the rule that establishes it: one claim from one of the single settings, or as many claims on different days as are needed, from the repeated settings, within the look-back. Diagnoses count at any position. From the CMS Chronic Conditions Warehouse: 'ccw-30' is its list of 30 (algorithms revised 02/2022), 'ccw-other' its other chronic and potentially disabling conditions (2022, two years by ResDAC); 'own' is ours. Lifelong by our choice is what is congenital or never remits; a procedure, drug or MS-DRG on the list needs no second claim.
with pattern as (
  select *
  from (values
    ('stays', ['inpatient', 'skilled nursing', 'home health'], ['hospital outpatient', 'emergency', 'carrier'], 2),
    ('cancer', ['inpatient', 'skilled nursing'], ['hospital outpatient', 'emergency', 'carrier'], 2),
    ('admission', ['inpatient'], [], 1),
    ('visit', ['hospital outpatient', 'emergency', 'carrier'], [], 1),
    ('stroke', ['inpatient', 'hospital outpatient', 'emergency', 'carrier'], [], 1),
    ('fracture', ['inpatient', 'skilled nursing', 'hospital outpatient', 'emergency', 'carrier'], [], 1),
    (
      'any', ['inpatient'],
      ['skilled nursing', 'home health', 'hospital outpatient', 'emergency', 'hospice', 'carrier', 'equipment'], 2
    ),
    (
      'opioid', ['inpatient', 'emergency'],
      ['skilled nursing', 'home health', 'hospital outpatient', 'hospice', 'carrier', 'equipment'], 2
    ),
    (
      'sickle', [],
      ['inpatient', 'skilled nursing', 'home health', 'hospital outpatient', 'emergency', 'hospice', 'carrier', 'equipment'],
      3
    )
  ) as pattern (pattern, single_settings, repeated_settings, claims_needed)
),
condition as (
  select *
  from (values
    ('acute-myocardial-infarction', 'ccw-30', 'admission', 12, false),
    ('alzheimers-disease', 'ccw-30', 'stays', 24, true),
    ('anemia', 'ccw-30', 'stays', 24, false),
    ('asthma', 'ccw-30', 'stays', 24, false),
    ('atrial-fibrillation', 'ccw-30', 'stays', 24, false),
    ('benign-prostatic-hyperplasia', 'ccw-30', 'stays', 24, false),
    ('cancer-breast', 'ccw-30', 'cancer', 24, false),
    ('cancer-colorectal', 'ccw-30', 'cancer', 24, false),
    ('cancer-endometrial', 'ccw-30', 'cancer', 24, false),
    ('cancer-lung', 'ccw-30', 'cancer', 24, false),
    ('cancer-prostate', 'ccw-30', 'cancer', 24, false),
    ('cancer-urologic', 'ccw-30', 'cancer', 24, false),
    ('cataract', 'ccw-30', 'visit', 12, false),
    ('chronic-kidney-disease', 'ccw-30', 'stays', 24, false),
    ('copd', 'ccw-30', 'stays', 24, false),
    ('depression', 'ccw-30', 'stays', 24, false),
    ('diabetes', 'ccw-30', 'stays', 24, false),
    ('glaucoma', 'ccw-30', 'visit', 24, false),
    ('heart-failure', 'ccw-30', 'stays', 24, false),
    ('hip-pelvic-fracture', 'ccw-30', 'fracture', 12, false),
    ('hyperlipidemia', 'ccw-30', 'stays', 24, false),
    ('hypertension', 'ccw-30', 'stays', 24, false),
    ('hypothyroidism', 'ccw-30', 'stays', 24, false),
    ('ischemic-heart-disease', 'ccw-30', 'stays', 24, false),
    ('non-alzheimers-dementia', 'ccw-30', 'stays', 24, false),
    ('osteoporosis', 'ccw-30', 'stays', 24, false),
    ('parkinsons-disease', 'ccw-30', 'stays', 24, false),
    ('pneumonia', 'ccw-30', 'stays', 12, false),
    ('rheumatoid-arthritis-osteoarthritis', 'ccw-30', 'stays', 24, false),
    ('stroke', 'ccw-30', 'stroke', 12, false),
    ('adhd-conduct-disorders', 'ccw-other', 'any', 24, false),
    ('alcohol-use-disorders', 'ccw-other', 'any', 24, false),
    ('anxiety-disorders', 'ccw-other', 'any', 24, false),
    ('autism-spectrum-disorders', 'ccw-other', 'any', 24, true),
    ('bipolar-disorder', 'ccw-other', 'any', 24, false),
    ('blindness-visual-impairment', 'ccw-other', 'any', 24, false),
    ('cerebral-palsy', 'ccw-other', 'any', 24, true),
    ('cystic-fibrosis', 'ccw-other', 'any', 24, false),
    ('deafness-hearing-impairment', 'ccw-other', 'any', 24, false),
    ('depressive-disorders', 'ccw-other', 'any', 24, false),
    ('drug-use-disorders', 'ccw-other', 'any', 24, false),
    ('epilepsy', 'ccw-other', 'any', 24, false),
    ('fibromyalgia', 'ccw-other', 'any', 24, false),
    ('hiv-aids', 'ccw-other', 'any', 24, false),
    ('intellectual-disabilities', 'ccw-other', 'any', 24, true),
    ('learning-disabilities', 'ccw-other', 'any', 24, false),
    ('leukemias-lymphomas', 'ccw-other', 'any', 24, false),
    ('liver-disease', 'ccw-other', 'any', 24, false),
    ('migraine', 'ccw-other', 'any', 24, false),
    ('mobility-impairments', 'ccw-other', 'any', 24, false),
    ('multiple-sclerosis', 'ccw-other', 'any', 24, false),
    ('muscular-dystrophy', 'ccw-other', 'any', 24, true),
    ('obesity', 'ccw-other', 'any', 24, false),
    ('opioid-use-disorder', 'ccw-other', 'opioid', 24, false),
    ('other-developmental-delays', 'ccw-other', 'any', 24, false),
    ('peripheral-vascular-disease', 'ccw-other', 'any', 24, false),
    ('personality-disorders', 'ccw-other', 'any', 24, false),
    ('pressure-chronic-ulcers', 'ccw-other', 'any', 24, false),
    ('ptsd', 'ccw-other', 'any', 24, false),
    ('schizophrenia', 'ccw-other', 'any', 24, false),
    ('schizophrenia-psychotic-disorders', 'ccw-other', 'any', 24, false),
    ('sickle-cell-disease', 'ccw-other', 'sickle', 60, true),
    ('spina-bifida', 'ccw-other', 'any', 24, true),
    ('spinal-cord-injury', 'ccw-other', 'any', 24, false),
    ('tobacco-use', 'ccw-other', 'any', 24, false),
    ('traumatic-brain-injury', 'ccw-other', 'any', 24, false),
    ('viral-hepatitis', 'ccw-other', 'any', 24, false),
    ('cancer', 'own', 'cancer', 24, false),
    ('dementia', 'own', 'stays', 24, true)
  ) as condition (condition, source, pattern, look_back_months, is_lifelong)
)
select
  condition.condition,
  condition.source,
  pattern.single_settings,
  pattern.repeated_settings,
  pattern.claims_needed,
  condition.look_back_months,
  condition.is_lifelong
from condition
join pattern on pattern.pattern = condition.pattern
