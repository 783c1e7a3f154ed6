import { casesOf } from './cases-of.ts';

const claim =
  'person_id | claim_id | claim_line_number | claim_type | bill_type_code | facility_npi | place_of_service_code | hcpcs_code | revenue_center_code | claim_start_date | claim_end_date';

casesOf('core.medical_claim', {
  'a hospital bill is inpatient care, a bill of a rehabilitation or long-term hospital is not': {
    given: {
      'input.medical_claim': `${claim} | facility_ccn
        inp | i1 | 1 | institutional | 111 | | | | 0120 | 2024-03-01 | 2024-03-05 | 360085
        inp | i2 | 1 | institutional | 111 | | | | 0124 | 2024-04-01 | 2024-04-05 | 364001
        inp | i3 | 1 | institutional | 111 | | | | 0128 | 2024-05-01 | 2024-05-05 | 363025
        inp | i4 | 1 | institutional | 111 | | | | 0120 | 2024-06-01 | 2024-06-05 | 362008
        inp | i5 | 1 | institutional | 211 | | | | 0120 | 2024-07-01 | 2024-07-05 | 365001
        inp | i6 | 1 | institutional | 329 | | | | 0421 | 2024-08-01 | 2024-08-30 | 367001
        inp | i7 | 1 | institutional | 811 | | | | 0651 | 2024-09-01 | 2024-09-30 | 361501`,
    },
    expect: `person_id | claim_id | service_category
      inp | i1 | inpatient
      inp | i2 | inpatient
      inp | i3 | rehabilitation and long-term hospital
      inp | i4 | rehabilitation and long-term hospital
      inp | i5 | skilled nursing
      inp | i6 | home health
      inp | i7 | hospice`,
  },
  'an emergency or observation bill is one service with all its lines; of other outpatient bills each line tells its own':
    {
      given: {
        'input.medical_claim': `${claim}
        out | o1 | 1 | institutional | 131 | H1 | | 99284 | 0450 | 2024-03-01 | 2024-03-01
        out | o1 | 2 | institutional | 131 | H1 | | 80053 | 0300 | 2024-03-01 | 2024-03-01
        out | o2 | 1 | institutional | 131 | H1 | | G0378 | 0762 | 2024-03-11 | 2024-03-12
        out | o3 | 1 | institutional | 131 | H1 | | G0463 | 0510 | 2024-03-21 | 2024-03-21
        out | o3 | 2 | institutional | 131 | H1 | | 80053 | 0300 | 2024-03-21 | 2024-03-21
        out | o3 | 3 | institutional | 131 | H1 | | 74177 | 0352 | 2024-03-21 | 2024-03-21
        out | o3 | 4 | institutional | 131 | H1 | | J1100 | 0636 | 2024-03-21 | 2024-03-21
        out | o4 | 1 | institutional | 721 | D1 | | 90999 | 0821 | 2024-04-02 | 2024-04-02
        out | o5 | 1 | institutional | 141 | H1 | | 80053 | 0300 | 2024-04-12 | 2024-04-12
        out | o6 | 1 | institutional | 131 | H1 | |       | 0456 | 2024-05-12 | 2024-05-12
        out | o7 | 1 | institutional | 831 | F1 | | 66984 | 0490 | 2024-06-12 | 2024-06-12`,
      },
      expect: `person_id | claim_id | claim_line_number | service_category
      out | o1 | 1 | emergency department
      out | o1 | 2 | emergency department
      out | o2 | 1 | observation
      out | o3 | 1 | outpatient hospital
      out | o3 | 2 | laboratory
      out | o3 | 3 | imaging
      out | o3 | 4 | drugs
      out | o4 | 1 | dialysis
      out | o5 | 1 | laboratory
      out | o6 | 1 | urgent care
      out | o7 | 1 | ambulatory surgery`,
    },
  'a professional service is told by place and code: care in facilities by place, tests, drugs and equipment by code': {
    given: {
      'input.medical_claim': `${claim}
        pro | p01 | 1 | professional | | | 21 | 99223 | | 2024-01-01 | 2024-01-01
        pro | p02 | 1 | professional | | | 23 | 71046 | | 2024-01-02 | 2024-01-02
        pro | p03 | 1 | professional | | | 31 | 99308 | | 2024-01-03 | 2024-01-03
        pro | p04 | 1 | professional | | | 11 | 99213 | | 2024-01-04 | 2024-01-04
        pro | p05 | 1 | professional | | | 11 | 80053 | | 2024-01-05 | 2024-01-05
        pro | p06 | 1 | professional | | | 11 | 90662 | | 2024-01-06 | 2024-01-06
        pro | p07 | 1 | professional | | | 22 | 71046 | | 2024-01-07 | 2024-01-07
        pro | p08 | 1 | professional | | | 22 | 99213 | | 2024-01-08 | 2024-01-08
        pro | p09 | 1 | professional | | | 12 | E1390 | | 2024-01-09 | 2024-01-09
        pro | p10 | 1 | professional | | | 12 | 99349 | | 2024-01-10 | 2024-01-10
        pro | p11 | 1 | professional | | | 41 | A0427 | | 2024-01-11 | 2024-01-11
        pro | p12 | 1 | professional | | | 02 | 99213 | | 2024-01-12 | 2024-01-12
        pro | p13 | 1 | professional | | | 20 | 99203 | | 2024-01-13 | 2024-01-13
        pro | p14 | 1 | professional | | | 24 | 66984 | | 2024-01-14 | 2024-01-14
        pro | p15 | 1 | professional | | | 65 | 90960 | | 2024-01-15 | 2024-01-15
        pro | p16 | 1 | professional | | | 81 | G0306 | | 2024-01-16 | 2024-01-16`,
    },
    expect: `person_id | claim_id | service_category
      pro | p01 | physician in facility
      pro | p02 | emergency department
      pro | p03 | physician in facility
      pro | p04 | office
      pro | p05 | laboratory
      pro | p06 | drugs
      pro | p07 | imaging
      pro | p08 | outpatient hospital
      pro | p09 | equipment
      pro | p10 | other
      pro | p11 | ambulance
      pro | p12 | telehealth
      pro | p13 | urgent care
      pro | p14 | ambulatory surgery
      pro | p15 | dialysis
      pro | p16 | laboratory`,
  },
  'a visit code by a practitioner of primary care, or of unknown specialty, is primary care': {
    given: {
      'input.practitioner': `practitioner_id | npi | specialty | practice_id
        d1 | 1111111112 | Family Medicine | pr1
        d2 | 1222222223 | Cardiology |`,
      'input.medical_claim': `${claim} | rendering_npi | rendering_specialty_code
        care | k1 | 1 | professional | | | 11 | 99213 | | 2024-01-01 | 2024-01-01 | 1111111112 |
        care | k2 | 1 | professional | | | 11 | 99213 | | 2024-01-02 | 2024-01-02 | 1222222223 |
        care | k3 | 1 | professional | | | 11 | 99213 | | 2024-01-03 | 2024-01-03 | 1333333334 |
        care | k4 | 1 | professional | | | 11 | 99213 | | 2024-01-04 | 2024-01-04 | 1333333334 | 06
        care | k5 | 1 | professional | | | 11 | 99213 | | 2024-01-05 | 2024-01-05 | 1222222223 | 50
        care | k6 | 1 | professional | | | 11 | 93000 | | 2024-01-06 | 2024-01-06 | 1111111112 |
        care | k7 | 1 | institutional | 771 | C1 | | G0467 | 0521 | 2024-01-07 | 2024-01-07 | |
        care | k8 | 1 | institutional | 131 | H1 | | 99213 | 0510 | 2024-01-08 | 2024-01-08 | |`,
    },
    expect: `person_id | claim_id | is_primary_care | practice_id
      care | k1 | true  | pr1
      care | k2 | false |
      care | k3 | true  |
      care | k4 | false |
      care | k5 | true  |
      care | k6 | false | pr1
      care | k7 | true  |
      care | k8 | false |`,
  },
  'a facility is known by its NPI, else by the NPI that goes with its CCN, else by its CCN, else by its location': {
    given: {
      'input.location': `location_id | npi | ccn | name
        loc1 | 1444444445 | 360444 | Fourth Hospital
        loc2 |            |        | Fifth Clinic`,
      'input.medical_claim': `person_id | claim_id | claim_line_number | claim_type | bill_type_code | facility_npi | facility_ccn | location_id | claim_start_date | claim_end_date
        where | w1 | 1 | institutional | 131 | 1555555556 |        |      | 2024-01-01 | 2024-01-01
        where | w2 | 1 | institutional | 131 |            | 360444 |      | 2024-01-02 | 2024-01-02
        where | w3 | 1 | institutional | 131 |            | 360555 |      | 2024-01-03 | 2024-01-03
        where | w4 | 1 | institutional | 131 |            |        | loc1 | 2024-01-04 | 2024-01-04
        where | w5 | 1 | professional  |     |            |        | loc2 | 2024-01-05 | 2024-01-05`,
    },
    expect: `person_id | claim_id | facility_id
      where | w1 | 1555555556
      where | w2 | 1444444445
      where | w3 | 360555
      where | w4 | 1444444445
      where | w5 | loc2`,
  },
});

casesOf('core.condition', {
  'each diagnosis of a claim is stated once, with its first rank, on the first line that carries diagnoses': {
    given: {
      'input.medical_claim': `${claim} | diagnosis_code_1 | diagnosis_poa_1 | diagnosis_code_2 | diagnosis_code_3 | diagnosis_code_4 | diagnosis_poa_4
        dx | d1 | 1 | institutional | 111 | H1 | | | 0001 | 2024-03-01 | 2024-03-05 |      |   |     |      |      |
        dx | d1 | 2 | institutional | 111 | H1 | | | 0120 | 2024-03-01 | 2024-03-05 | I509 | Y | I10 | I509 | N179 | N
        dx | d1 | 3 | institutional | 111 | H1 | | | 0250 | 2024-03-01 | 2024-03-05 | I509 | Y | I10 | I509 | N179 | N`,
    },
    expect: `person_id | claim_id | code_system | code | rank | present_on_admission | recorded_date | status | source | line_number
      dx | d1 | icd-10-cm | I509 | 1 | Y | 2024-03-01 | | claim | 3
      dx | d1 | icd-10-cm | I10  | 2 |   | 2024-03-01 | | claim | 3
      dx | d1 | icd-10-cm | N179 | 4 | N | 2024-03-01 | | claim | 3`,
  },
  'a clinical statement keeps its own row, its status and its normalized code': {
    given: {
      'input.medical_claim': `${claim} | diagnosis_code_1
        two | t1 | 1 | professional | | | 11 | 99213 | | 2024-03-01 | 2024-03-01 | E119`,
      'input.condition': `source_name | condition_id | person_id | recorded_date | onset_date | status | source_code_type | source_code | normalized_code_type | normalized_code
        ehr | c1 | two | 2024-03-01 | 2020-01-01 | active | snomed | 44054006 | icd-10-cm | E119
        ehr | c2 | two | 2024-03-01 |            | active | snomed | 59621000 |           |`,
    },
    expect: `person_id | code_system | code | onset_date | status | source
      two | icd-10-cm | E119 | | | claim
      two | icd-10-cm | E119 | 2020-01-01 | active | ehr
      two | snomed | 59621000 | | active | ehr`,
  },
});

casesOf('core.procedure', {
  'procedures of the claim header stand beside those of clinical sources': {
    given: {
      'input.medical_claim': `${claim} | diagnosis_code_1 | procedure_code_1 | procedure_date_1 | procedure_code_2
        proc | q1 | 1 | institutional | 111 | H1 | | | 0120 | 2024-03-01 | 2024-03-05 | M1611 | 0SR9019 | 2024-03-02 | 3E0T3BZ`,
      'input.procedure': `source_name | procedure_id | person_id | procedure_date | source_code_type | source_code | status
        ehr | x1 | proc | 2024-04-01 | hcpcs | 77067 |
        ehr | x2 | proc | 2024-04-02 | hcpcs | 77067 | not-done`,
    },
    expect: `person_id | code_system | code | performed_date | status | source
      proc | icd-10-pcs | 0SR9019 | 2024-03-02 | completed | claim
      proc | icd-10-pcs | 3E0T3BZ | 2024-03-01 | completed | claim
      proc | hcpcs | 77067 | 2024-04-01 | completed | ehr
      proc | hcpcs | 77067 | 2024-04-02 | not-done | ehr`,
  },
  'a claim whose first places for procedures are empty keeps the rest': {
    given: {
      'input.medical_claim': `${claim} | diagnosis_code_1 | procedure_code_3
        gaps | g1 | 1 | institutional | 111 | H1 | | | 0120 | 2024-03-01 | 2024-03-05 | M1611 | 0SR9019`,
    },
    expect: `person_id | code_system | code | performed_date
      gaps | icd-10-pcs | 0SR9019 | 2024-03-01`,
  },
});

casesOf('core.observation', {
  'observations and laboratory results are one table; a result that is no number stays text, an answer’s code too': {
    given: {
      'input.observation': `source_name | observation_id | person_id | observation_date | source_code_type | source_code | result | source_units
        ehr | o1 | obs | 2024-03-01 | loinc | 8480-6 | 132 | mm[Hg]
        ehr | o2 | obs | 2024-03-04 | loinc | 72166-2 | 266919005 |
        ehr | o3 | obs | 2024-03-05 | loinc | 44261-6 | 14 |`,
      'input.lab_result': `source_name | lab_result_id | person_id | collection_datetime | normalized_order_type | normalized_order_code | source_component_type | source_component_code | result | status
        lab | l1 | obs | 2024-03-02 08:15:00 | loinc | 4548-4 | | | 7.2 | final
        lab | l2 | obs | 2024-03-03 08:15:00 | loinc | 24323-8 | loinc | 2160-0 | <0.2 | final`,
    },
    expect: `person_id | code_system | code | observed_at | value_number | value_text | unit | status
      obs | loinc | 8480-6 | 2024-03-01 00:00:00 | 132.0 | 132 | mm[Hg] |
      obs | loinc | 4548-4 | 2024-03-02 08:15:00 | 7.2 | 7.2 | | final
      obs | loinc | 2160-0 | 2024-03-03 08:15:00 | | <0.2 | | final
      obs | loinc | 72166-2 | 2024-03-04 00:00:00 | | 266919005 | |
      obs | loinc | 44261-6 | 2024-03-05 00:00:00 | 14.0 | 14 | |`,
  },
});

casesOf('core.medication', {
  'an order is no fill, and a medication not given is negated': {
    given: {
      'input.medication': `source_name | medication_id | person_id | prescribing_date | dispensing_date | rxnorm_code | ndc_code | source_code_type | source_code | status
        ehr | m1 | med | 2024-03-01 |            | 314076 | 00093512101 | | | active
        ehr | m2 | med | 2024-03-01 | 2024-03-02 |        | 00093512101 | | | completed
        ehr | m3 | med | 2024-03-03 |            |        |             | cvx | 140 | not-done`,
    },
    expect: `person_id | code_system | code | start_date | is_order | is_negated
      med | rxnorm | 314076 | 2024-03-01 | true | false
      med | ndc | 00093512101 | 2024-03-02 | false | false
      med | cvx | 140 | 2024-03-03 | true | true`,
  },
});
