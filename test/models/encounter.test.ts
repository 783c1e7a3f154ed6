import { casesOf } from './cases-of.ts';

const bill =
  'person_id | claim_id | claim_line_number | claim_type | bill_type_code | facility_npi | claim_start_date | claim_end_date | discharge_disposition_code | revenue_center_code | diagnosis_code_1 | paid_amount';
const line =
  'person_id | claim_id | claim_line_number | claim_type | place_of_service_code | hcpcs_code | hcpcs_modifier_1 | rendering_npi | billing_tin | claim_start_date | claim_end_date | paid_amount';
const certified =
  'person_id | claim_id | claim_line_number | claim_type | bill_type_code | facility_ccn | claim_start_date | claim_end_date | discharge_disposition_code | revenue_center_code';
const record =
  'source_name | encounter_id | person_id | encounter_type | encounter_start_date | encounter_end_date | facility_npi | discharge_disposition_code | primary_diagnosis_code_type | primary_diagnosis_code';
const stay = 'person_id | encounter_type | start_date | end_date | claim_count';

casesOf('core.encounter', {
  'interim bills of one stay are one stay: status 30, the next begins by the day after': {
    given: {
      'input.medical_claim': `${bill}
        interim | in1 | 1 | institutional | 112 | H1 | 2024-03-01 | 2024-03-10 | 30 | 0120 | I509 | 100
        interim | in2 | 1 | institutional | 113 | H1 | 2024-03-11 | 2024-03-20 | 30 | 0120 | I509 | 200
        interim | in3 | 1 | institutional | 114 | H1 | 2024-03-20 | 2024-03-25 | 01 | 0120 | I509 | 300`,
    },
    expect: `person_id | encounter_type | start_date | end_date | length_of_stay | discharge_disposition_code | paid_amount | claim_count
      interim | acute inpatient | 2024-03-01 | 2024-03-25 | 24 | 01 | 600.00 | 3`,
  },
  'a bill without a status is interim by its bill type': {
    given: {
      'input.medical_claim': `${bill}
        untold | un1 | 1 | institutional | 112 | H1 | 2024-03-01 | 2024-03-10 | | 0120 | I509 | 1
        untold | un2 | 1 | institutional | 114 | H1 | 2024-03-11 | 2024-03-20 | 01 | 0120 | I509 | 1`,
    },
    expect: `${stay}
      untold | acute inpatient | 2024-03-01 | 2024-03-20 | 2`,
  },
  'a discharge and a new admission on the next day are two encounters': {
    given: {
      'input.medical_claim': `${bill}
        back | ba1 | 1 | institutional | 111 | H1 | 2024-03-01 | 2024-03-10 | 01 | 0120 | I509 | 1
        back | ba2 | 1 | institutional | 111 | H1 | 2024-03-11 | 2024-03-12 | 01 | 0120 | I509 | 1`,
    },
    expect: `${stay}
      back | acute inpatient | 2024-03-01 | 2024-03-10 | 1
      back | acute inpatient | 2024-03-11 | 2024-03-12 | 1`,
  },
  'bills of one hospital whose dates overlap are one stay, bills that only touch are two': {
    given: {
      'input.medical_claim': `${bill}
        overlap | ov1 | 1 | institutional | 111 | H1 | 2024-03-01 | 2024-03-10 | 01 | 0120 | I509 | 1
        overlap | ov2 | 1 | institutional | 117 | H1 | 2024-03-05 | 2024-03-12 | 01 | 0120 | I509 | 1
        overlap | ov3 | 1 | institutional | 111 | H1 | 2024-03-12 | 2024-03-14 | 01 | 0120 | K922 | 1`,
    },
    expect: `${stay}
      overlap | acute inpatient | 2024-03-01 | 2024-03-12 | 2
      overlap | acute inpatient | 2024-03-12 | 2024-03-14 | 1`,
  },
  'a late charge with the same dates belongs to the stay, even a stay of one day': {
    given: {
      'input.medical_claim': `${bill}
        late | la1 | 1 | institutional | 111 | H1 | 2024-03-05 | 2024-03-05 | 01 | 0120 | I509 | 1
        late | la2 | 1 | institutional | 115 | H1 | 2024-03-05 | 2024-03-05 | 01 | 0250 | I509 | 1`,
    },
    expect: `${stay}
      late | acute inpatient | 2024-03-05 | 2024-03-05 | 2`,
  },
  'a claim of another hospital between two interim bills stays out of the stay': {
    given: {
      'input.medical_claim': `${bill}
        between | be1 | 1 | institutional | 112 | H1 | 2024-03-01 | 2024-03-10 | 30 | 0120 | I509 | 1
        between | be2 | 1 | institutional | 111 | H2 | 2024-03-04 | 2024-03-05 | 01 | 0120 | I509 | 1
        between | be3 | 1 | institutional | 114 | H1 | 2024-03-11 | 2024-03-20 | 01 | 0120 | I509 | 1`,
    },
    expect: `person_id | facility_id | start_date | end_date | claim_count
      between | H1 | 2024-03-01 | 2024-03-20 | 2
      between | H2 | 2024-03-04 | 2024-03-05 | 1`,
  },
  'bills without a facility merge with one another': {
    given: {
      'input.medical_claim': `${bill}
        nowhere | no1 | 1 | institutional | 112 | | 2024-03-01 | 2024-03-10 | 30 | 0120 | I509 | 1
        nowhere | no2 | 1 | institutional | 114 | | 2024-03-11 | 2024-03-20 | 01 | 0120 | I509 | 1`,
    },
    expect: `${stay}
      nowhere | acute inpatient | 2024-03-01 | 2024-03-20 | 2`,
  },
  'the stay begins on the day of admission, not on the first day billed': {
    given: {
      'input.medical_claim': `${bill} | admission_date
        window | wi1 | 1 | institutional | 111 | H1 | 2024-03-01 | 2024-03-08 | 01 | 0120 | I509 | 1 | 2024-03-03`,
    },
    expect: `${stay}
      window | acute inpatient | 2024-03-03 | 2024-03-08 | 1`,
  },
  'an emergency visit that was sent home is an emergency visit': {
    given: {
      'input.medical_claim': `${bill}
        home | ho1 | 1 | institutional | 131 | H1 | 2024-03-05 | 2024-03-05 | 01 | 0450 | R079 | 10
        home | ho1 | 2 | institutional | 131 | H1 | 2024-03-05 | 2024-03-05 | 01 | 0300 | R079 | 5`,
    },
    expect: `person_id | encounter_type | start_date | is_ed | paid_amount | primary_diagnosis_code
      home | emergency department | 2024-03-05 | true | 15.00 | R079`,
  },
  'emergency visits of one day are one visit, whatever the hospital, with their physicians': {
    given: {
      'input.medical_claim': `person_id | claim_id | claim_line_number | claim_type | bill_type_code | facility_npi | place_of_service_code | hcpcs_code | revenue_center_code | rendering_npi | claim_start_date | claim_end_date
        twice | tw1 | 1 | institutional | 131 | H1 | | | 0450 | | 2024-03-05 | 2024-03-05
        twice | tw2 | 1 | institutional | 131 | H2 | | | 0450 | | 2024-03-05 | 2024-03-05
        twice | tw3 | 1 | professional | | | 23 | 99284 | | N1 | 2024-03-05 | 2024-03-05
        twice | tw4 | 1 | professional | | | 41 | A0427 | | N2 | 2024-03-05 | 2024-03-05`,
    },
    expect: `${stay}
      twice | emergency department | 2024-03-05 | 2024-03-05 | 4`,
  },
  'an emergency visit over midnight is one visit': {
    given: {
      'input.medical_claim': `person_id | claim_id | claim_line_number | claim_type | bill_type_code | facility_npi | place_of_service_code | hcpcs_code | revenue_center_code | rendering_npi | claim_start_date | claim_end_date
        midnight | mi1 | 1 | institutional | 131 | H1 | | | 0450 | | 2024-03-05 | 2024-03-06
        midnight | mi2 | 1 | professional | | | 23 | 99284 | | N1 | 2024-03-06 | 2024-03-06`,
    },
    expect: `${stay}
      midnight | emergency department | 2024-03-05 | 2024-03-05 | 2`,
  },
  'an emergency physician alone makes an emergency visit': {
    given: {
      'input.medical_claim': `${line}
        alone | al1 | 1 | professional | 23 | 99283 | | N1 | T1 | 2024-03-05 | 2024-03-05 | 1`,
    },
    expect: `${stay}
      alone | emergency department | 2024-03-05 | 2024-03-05 | 1`,
  },
  'an emergency visit that led to admission is part of the stay, also from another hospital and from the night before':
    {
      given: {
        'input.medical_claim': `person_id | claim_id | claim_line_number | claim_type | bill_type_code | facility_npi | place_of_service_code | hcpcs_code | revenue_center_code | rendering_npi | claim_start_date | claim_end_date
        admitted | ad1 | 1 | institutional | 111 | H1 | | | 0120 | | 2024-03-05 | 2024-03-08
        admitted | ad1 | 2 | institutional | 111 | H1 | | | 0450 | | 2024-03-05 | 2024-03-08
        admitted | ad2 | 1 | institutional | 131 | H2 | | | 0450 | | 2024-03-05 | 2024-03-05
        admitted | ad3 | 1 | professional | | | 23 | 99285 | | N1 | 2024-03-04 | 2024-03-04`,
      },
      expect: `person_id | encounter_type | start_date | end_date | claim_count | is_ed
      admitted | acute inpatient | 2024-03-05 | 2024-03-08 | 3 | true`,
    },
  'an emergency visit on the day of discharge is a visit of its own': {
    given: {
      'input.medical_claim': `${bill}
        evening | ev1 | 1 | institutional | 111 | H1 | 2024-03-05 | 2024-03-08 | 01 | 0120 | I509 | 1
        evening | ev2 | 1 | institutional | 131 | H1 | 2024-03-08 | 2024-03-08 | 01 | 0450 | R079 | 1`,
    },
    expect: `person_id | encounter_type | start_date | is_ed
      evening | acute inpatient | 2024-03-05 | false
      evening | emergency department | 2024-03-08 | true`,
  },
  'an emergency visit from a nursing facility is a visit of its own': {
    given: {
      'input.medical_claim': `${bill}
        resident | re1 | 1 | institutional | 211 | S1 | 2024-03-01 | 2024-03-20 | 01 | 0120 | I509 | 1
        resident | re2 | 1 | institutional | 131 | H1 | 2024-03-08 | 2024-03-08 | 01 | 0450 | R079 | 1`,
    },
    expect: `person_id | encounter_type | start_date | end_date
      resident | skilled nursing | 2024-03-01 | 2024-03-20
      resident | emergency department | 2024-03-08 | 2024-03-08`,
  },
  'observation is no emergency visit, even through the emergency department': {
    given: {
      'input.medical_claim': `person_id | claim_id | claim_line_number | claim_type | bill_type_code | facility_npi | place_of_service_code | hcpcs_code | revenue_center_code | claim_start_date | claim_end_date
        watched | wa1 | 1 | institutional | 131 | H1 | | | 0450 | 2024-03-05 | 2024-03-06
        watched | wa1 | 2 | institutional | 131 | H1 | | G0378 | 0762 | 2024-03-05 | 2024-03-06
        watched | wa2 | 1 | professional | | | 23 | 99285 | | 2024-03-05 | 2024-03-05`,
    },
    expect: `person_id | encounter_type | start_date | end_date | is_ed | claim_count
      watched | observation | 2024-03-05 | 2024-03-06 | true | 2`,
  },
  'an observation that became an admission to the same hospital is part of the stay': {
    given: {
      'input.medical_claim': `${bill}
        turned | tu1 | 1 | institutional | 131 | H1 | 2024-03-04 | 2024-03-05 | 01 | 0762 | R079 | 1
        turned | tu2 | 1 | institutional | 111 | H1 | 2024-03-05 | 2024-03-08 | 01 | 0120 | I509 | 1`,
    },
    expect: `${stay}
      turned | acute inpatient | 2024-03-05 | 2024-03-08 | 2`,
  },
  'the certification number tells the kind of stay': {
    given: {
      'input.medical_claim': `${certified}
        short    | c1 | 1 | institutional | 111 | 360085 | 2024-03-01 | 2024-03-05 | 01 | 0120
        critical | c2 | 1 | institutional | 111 | 361398 | 2024-03-01 | 2024-03-05 | 01 | 0120
        longterm | c3 | 1 | institutional | 111 | 362008 | 2024-03-01 | 2024-03-05 | 01 | 0120
        rehab    | c4 | 1 | institutional | 111 | 363025 | 2024-03-01 | 2024-03-05 | 01 | 0128
        psych    | c5 | 1 | institutional | 111 | 364001 | 2024-03-01 | 2024-03-05 | 01 | 0124
        ward     | c6 | 1 | institutional | 111 | 36S085 | 2024-03-01 | 2024-03-05 | 01 | 0124
        unit     | c7 | 1 | institutional | 111 | 36T085 | 2024-03-01 | 2024-03-05 | 01 | 0128
        swing    | c8 | 1 | institutional | 111 | 36Z398 | 2024-03-01 | 2024-03-05 | 01 | 0120`,
    },
    expect: `person_id | encounter_type
      short    | acute inpatient
      critical | acute inpatient
      longterm | long term care hospital
      rehab    | inpatient rehabilitation
      psych    | inpatient psychiatric
      ward     | inpatient psychiatric
      unit     | inpatient rehabilitation
      swing    | skilled nursing`,
  },
  'a certification number whose last two characters are masked tells the series by the others': {
    given: {
      'input.medical_claim': `${certified}
        masked-short | ms1 | 1 | institutional | 111 | 3608AQ | 2024-03-01 | 2024-03-05 | 01 | 0120
        masked-long  | ms2 | 1 | institutional | 111 | 3622PC | 2024-03-01 | 2024-03-05 | 01 | 0120
        masked-rehab | ms3 | 1 | institutional | 111 | 3630QR | 2024-03-01 | 2024-03-05 | 01 | 0120
        masked-psych | ms4 | 1 | institutional | 111 | 3644WX | 2024-03-01 | 2024-03-05 | 01 | 0120`,
    },
    expect: `person_id | encounter_type
      masked-short | acute inpatient
      masked-long  | long term care hospital
      masked-rehab | inpatient rehabilitation
      masked-psych | inpatient psychiatric`,
  },
  'without a certification number the ward tells psychiatric and rehabilitation stays': {
    given: {
      'input.medical_claim': `${bill}
        roomp | rp1 | 1 | institutional | 111 | H1 | 2024-03-01 | 2024-03-05 | 01 | 0124 | F332 | 1
        roomr | rr1 | 1 | institutional | 111 | H1 | 2024-03-01 | 2024-03-05 | 01 | 0128 | I639 | 1
        roomb | rb1 | 1 | institutional | 111 | H1 | 2024-03-01 | 2024-03-05 | 01 | 0124 | F332 | 1
        roomb | rb1 | 2 | institutional | 111 | H1 | 2024-03-01 | 2024-03-05 | 01 | 0120 | F332 | 1`,
    },
    expect: `person_id | encounter_type
      roomp | inpatient psychiatric
      roomr | inpatient rehabilitation
      roomb | acute inpatient`,
  },
  'a swing bed after a stay in the same hospital is nursing care': {
    given: {
      'input.medical_claim': `${bill}
        rural | ru1 | 1 | institutional | 111 | H1 | 2024-03-01 | 2024-03-05 | 61 | 0120 | I509 | 1
        rural | ru2 | 1 | institutional | 181 | H1 | 2024-03-05 | 2024-03-20 | 01 | 0120 | I509 | 1`,
    },
    expect: `person_id | encounter_type | start_date | end_date
      rural | acute inpatient | 2024-03-01 | 2024-03-05
      rural | skilled nursing | 2024-03-05 | 2024-03-20`,
  },
  'monthly hospice and home health bills follow on without a status': {
    given: {
      'input.medical_claim': `${bill}
        dying | dy1 | 1 | institutional | 811 | E1 | 2024-03-10 | 2024-03-31 | | 0651 | C349 | 1
        dying | dy2 | 1 | institutional | 813 | E1 | 2024-04-01 | 2024-04-12 | 41 | 0651 | C349 | 1
        housed | hm1 | 1 | institutional | 329 | A1 | 2024-03-10 | 2024-04-08 | | 0421 | I509 | 1
        housed | hm2 | 1 | institutional | 329 | A1 | 2024-04-09 | 2024-05-08 | 01 | 0421 | I509 | 1`,
    },
    expect: `${stay}
      dying | hospice | 2024-03-10 | 2024-04-12 | 2
      housed | home health | 2024-03-10 | 2024-05-08 | 2`,
  },
  'services during a stay belong to it; visits elsewhere on the first and the last day do not': {
    given: {
      'input.medical_claim': `person_id | claim_id | claim_line_number | claim_type | bill_type_code | facility_npi | place_of_service_code | hcpcs_code | revenue_center_code | rendering_npi | claim_start_date | claim_end_date
        inside | si1 | 1 | institutional | 111 | H1 | | | 0120 | | 2024-03-05 | 2024-03-08
        inside | si2 | 1 | professional | | | 21 | 99223 | | N1 | 2024-03-05 | 2024-03-05
        inside | si3 | 1 | professional | | | 21 | 99239 | | N1 | 2024-03-08 | 2024-03-08
        inside | si4 | 1 | professional | | | 81 | 80053 | | N2 | 2024-03-06 | 2024-03-06
        inside | si5 | 1 | institutional | 121 | H1 | | | 0300 | | 2024-03-08 | 2024-03-08
        inside | si6 | 1 | professional | | | 11 | 99213 | | N3 | 2024-03-05 | 2024-03-05
        inside | si7 | 1 | professional | | | 11 | 99213 | | N3 | 2024-03-08 | 2024-03-08
        inside | si8 | 1 | professional | | | 12 | E1390 | | N4 | 2024-03-06 | 2024-03-06`,
    },
    expect: `${stay}
      inside | acute inpatient | 2024-03-05 | 2024-03-08 | 5
      inside | office visit | 2024-03-05 | 2024-03-05 | 1
      inside | office visit | 2024-03-08 | 2024-03-08 | 1
      inside | other | 2024-03-06 | 2024-03-06 | 1`,
  },
  'a visit in a nursing facility belongs to the stay there': {
    given: {
      'input.medical_claim': `person_id | claim_id | claim_line_number | claim_type | bill_type_code | facility_npi | place_of_service_code | hcpcs_code | revenue_center_code | claim_start_date | claim_end_date
        nursed | nu1 | 1 | institutional | 211 | S1 | | | 0120 | 2024-03-05 | 2024-03-28
        nursed | nu2 | 1 | professional | | | 31 | 99308 | | 2024-03-07 | 2024-03-07
        nursed | nu3 | 1 | professional | | | 11 | 99213 | | 2024-03-09 | 2024-03-09`,
    },
    expect: `${stay}
      nursed | skilled nursing | 2024-03-05 | 2024-03-28 | 2
      nursed | office visit | 2024-03-09 | 2024-03-09 | 1`,
  },
  'an office visit is a person, a day and a practice; without a practice the practitioner tells visits apart': {
    given: {
      'input.medical_claim': `${line}
        office | of1 | 1 | professional | 11 | 99213 | | N1 | T1 | 2024-03-05 | 2024-03-05 | 80
        office | of1 | 2 | professional | 11 | 80053 | | N1 | T1 | 2024-03-05 | 2024-03-05 | 10
        office | of2 | 1 | professional | 11 | 93000 | | N2 | T1 | 2024-03-05 | 2024-03-05 | 20
        office | of3 | 1 | professional | 11 | 99214 | | N3 | T2 | 2024-03-05 | 2024-03-05 | 90
        office | of4 | 1 | professional | 11 | 99213 | | N4 | | 2024-03-05 | 2024-03-05 | 70
        office | of5 | 1 | professional | 11 | 99213 | | N5 | | 2024-03-05 | 2024-03-05 | 60`,
    },
    expect: `person_id | encounter_type | practice_id | claim_count | paid_amount
      office | office visit | T1 | 2 | 110.00
      office | office visit | T2 | 1 | 90.00
      office | office visit | | 1 | 70.00
      office | office visit | | 1 | 60.00`,
  },
  'nothing but tests, drugs or equipment from an office is no office visit': {
    given: {
      'input.medical_claim': `${line}
        tested | te1 | 1 | professional | 11 | 77067 | | N1 | T1 | 2024-03-05 | 2024-03-05 | 1
        tested | te2 | 1 | professional | 81 | 83036 | | N2 | T2 | 2024-03-06 | 2024-03-06 | 1
        tested | te3 | 1 | professional | 12 | E0143 | | N3 | T3 | 2024-03-07 | 2024-03-07 | 1`,
    },
    expect: `person_id | encounter_type | start_date
      tested | other | 2024-03-05
      tested | other | 2024-03-06
      tested | other | 2024-03-07`,
  },
  'place, code or modifier tell telehealth': {
    given: {
      'input.medical_claim': `${line}
        remote | rm1 | 1 | professional | 10 | 99213 |    | N1 | T1 | 2024-03-05 | 2024-03-05 | 1
        remote | rm2 | 1 | professional | 11 | 99213 | 95 | N1 | T1 | 2024-03-06 | 2024-03-06 | 1
        remote | rm3 | 1 | professional | 11 | 99421 |    | N1 | T1 | 2024-03-07 | 2024-03-07 | 1`,
    },
    expect: `person_id | encounter_type | start_date | is_primary_care
      remote | telehealth | 2024-03-05 | true
      remote | telehealth | 2024-03-06 | true
      remote | telehealth | 2024-03-07 | true`,
  },
  'surgery, dialysis, urgent care and clinics are one encounter a day, facility and physicians together': {
    given: {
      'input.medical_claim': `person_id | claim_id | claim_line_number | claim_type | bill_type_code | facility_npi | place_of_service_code | hcpcs_code | revenue_center_code | rendering_npi | claim_start_date | claim_end_date | claim_line_start_date
        daily | da1 | 1 | professional | | | 24 | 66984 | | N1 | 2024-03-05 | 2024-03-05 |
        daily | da2 | 1 | institutional | 831 | F1 | | 66984 | 0490 | | 2024-03-05 | 2024-03-05 |
        daily | da3 | 1 | institutional | 721 | D1 | | 90999 | 0821 | | 2024-04-01 | 2024-04-30 | 2024-04-02
        daily | da3 | 2 | institutional | 721 | D1 | | 90999 | 0821 | | 2024-04-01 | 2024-04-30 | 2024-04-04
        daily | da4 | 1 | professional | | | 20 | 99203 | | N2 | 2024-05-05 | 2024-05-05 |
        daily | da5 | 1 | institutional | 131 | H1 | | G0463 | 0510 | | 2024-06-05 | 2024-06-05 |
        daily | da6 | 1 | professional | | | 22 | 99213 | | N3 | 2024-06-05 | 2024-06-05 |`,
    },
    expect: `${stay}
      daily | ambulatory surgery | 2024-03-05 | 2024-03-05 | 2
      daily | dialysis | 2024-04-02 | 2024-04-02 | 1
      daily | dialysis | 2024-04-04 | 2024-04-04 | 1
      daily | urgent care | 2024-05-05 | 2024-05-05 | 1
      daily | outpatient | 2024-06-05 | 2024-06-05 | 2`,
  },
  'a claim that was denied or reversed is no encounter': {
    given: {
      'input.medical_claim': `${bill} | claim_status
        denied | de1 | 1 | institutional | 131 | H1 | 2024-03-05 | 2024-03-05 | 01 | 0450 | R079 | 0 | denied
        denied | de2 | 1 | institutional | 111 | H1 | 2024-03-05 | 2024-03-08 | 01 | 0120 | I509 | 9 | reversed
        denied | de3 | 1 | institutional | 111 | H1 | 2024-03-05 | 2024-03-08 | 01 | 0120 | I509 | 9 | paid`,
    },
    expect: `person_id | encounter_type | claim_count | paid_amount
      denied | acute inpatient | 1 | 9.00`,
  },
  'an encounter after data-through stays, flagged': {
    given: {
      'input.medical_claim': `${line}
        future | fu1 | 1 | professional | 11 | 99213 | | N1 | T1 | 2024-12-31 | 2024-12-31 | 1
        future | fu2 | 1 | professional | 11 | 99213 | | N1 | T1 | 2025-01-01 | 2025-01-01 | 1`,
    },
    expect: `person_id | start_date | is_after_data_through
      future | 2024-12-31 | false
      future | 2025-01-01 | true`,
  },
  'an EHR stay and a claim that overlap at one facility are one encounter: codes and money from the claim, dates from the EHR':
    {
      given: {
        'input.medical_claim': `${bill}
          both | bo1 | 1 | institutional | 111 | H1 | 2024-03-05 | 2024-03-09 | 01 | 0120 | I509 | 500`,
        'input.encounter': `${record}
          ehr | e-both | both | acute inpatient | 2024-03-05 | 2024-03-08 | H1 | 06 | icd-10-cm | I5021`,
      },
      expect: `person_id | start_date | end_date | discharge_disposition_code | primary_diagnosis_code | paid_amount | source
        both | 2024-03-05 | 2024-03-08 | 01 | I509 | 500.00 | both`,
    },
  'an EHR stay that only touches the claim is a transfer, at another facility it is another stay': {
    given: {
      'input.medical_claim': `${bill}
        touch | to1 | 1 | institutional | 111 | H1 | 2024-03-05 | 2024-03-09 | 02 | 0120 | I509 | 1
        other | ot1 | 1 | institutional | 111 | H1 | 2024-03-05 | 2024-03-09 | 01 | 0120 | I509 | 1`,
      'input.encounter': `${record}
        ehr | e-touch | touch | acute inpatient | 2024-03-09 | 2024-03-12 | | 01 | | 
        ehr | e-other | other | acute inpatient | 2024-03-06 | 2024-03-08 | H2 | 01 | |`,
    },
    expect: `person_id | start_date | end_date | source
      touch | 2024-03-05 | 2024-03-09 | claim
      touch | 2024-03-09 | 2024-03-12 | ehr
      other | 2024-03-05 | 2024-03-09 | claim
      other | 2024-03-06 | 2024-03-08 | ehr`,
  },
  'an EHR visit of the same day and kind is the visit of the claim, for which a missing facility will do': {
    given: {
      'input.medical_claim': `${line}
        visit | vi1 | 1 | professional | 11 | 99213 | | N1 | T1 | 2024-03-05 | 2024-03-05 | 80
        visit | vi2 | 1 | professional | 11 | 99213 | | N2 | T2 | 2024-03-05 | 2024-03-05 | 90
        visit | vi3 | 1 | professional | 23 | 99283 | | N3 | T3 | 2024-03-07 | 2024-03-07 | 90`,
      'input.encounter': `${record} | attending_provider_id
        ehr | e-visit-1 | visit | office visit | 2024-03-05 | 2024-03-05 | P9 | | | | N2
        ehr | e-visit-2 | visit | emergency department | 2024-03-07 | 2024-03-07 | H1 | | | |
        ehr | e-visit-3 | visit | office visit | 2024-03-06 | 2024-03-06 | P9 | | | | N2`,
    },
    expect: `person_id | encounter_type | start_date | paid_amount | facility_id | source
      visit | office visit | 2024-03-05 | 80.00 | | claim
      visit | office visit | 2024-03-05 | 90.00 | P9 | both
      visit | emergency department | 2024-03-07 | 90.00 | H1 | both
      visit | office visit | 2024-03-06 | | P9 | ehr`,
  },
  'a visit is primary care by the code of its claim, or by the specialty that the EHR gives its practitioner': {
    given: {
      'input.practitioner': `source_name | practitioner_id | specialty
        ehr | family | family medicine
        ehr | heart | cardiology`,
      'input.medical_claim': `${line}
        primary | pc1 | 1 | professional | 11 | 428191000 | | N1 | T1 | 2024-03-05 | 2024-03-05 | 80
        primary | pc2 | 1 | professional | 11 | 428191000 | | N1 | T1 | 2024-03-06 | 2024-03-06 | 80
        primary | pc3 | 1 | professional | 11 | 99213 | | N1 | T1 | 2024-03-07 | 2024-03-07 | 80`,
      'input.encounter': `${record} | attending_provider_id
        ehr | e-pc-1 | primary | office visit | 2024-03-05 | 2024-03-05 | | | | | family
        ehr | e-pc-2 | primary | office visit | 2024-03-06 | 2024-03-06 | | | | | nobody
        ehr | e-pc-4 | primary | office visit | 2024-03-08 | 2024-03-08 | | | | | heart
        ehr | e-pc-5 | primary | office visit | 2024-03-09 | 2024-03-09 | | | | | nobody
        ehr | e-pc-6 | primary | outpatient | 2024-03-10 | 2024-03-10 | | | | | family`,
    },
    expect: `person_id | start_date | source | is_primary_care
      primary | 2024-03-05 | both | true
      primary | 2024-03-06 | both | false
      primary | 2024-03-07 | claim | true
      primary | 2024-03-08 | ehr | false
      primary | 2024-03-09 | ehr | true
      primary | 2024-03-10 | ehr | false`,
  },
  'an EHR emergency visit before an EHR stay is part of the stay': {
    given: {
      'input.encounter': `${record}
        ehr | e-led-1 | led | emergency | 2024-03-04 | 2024-03-05 | H1 | | |
        ehr | e-led-2 | led | inpatient | 2024-03-05 | 2024-03-08 | H1 | 01 | |
        ehr | e-led-3 | led | emergency | 2024-03-08 | 2024-03-08 | H1 | | |`,
    },
    expect: `person_id | encounter_type | start_date | end_date | is_ed | source
      led | acute inpatient | 2024-03-05 | 2024-03-08 | true | ehr
      led | emergency department | 2024-03-08 | 2024-03-08 | true | ehr`,
  },
  'the classes of an EHR are read': {
    given: {
      'input.encounter': `${record}
        ehr | e-cl-1 | class | ambulatory | 2024-01-01 | 2024-01-01 | | | |
        ehr | e-cl-2 | class | wellness | 2024-01-02 | 2024-01-02 | | | |
        ehr | e-cl-3 | class | virtual | 2024-01-03 | 2024-01-03 | | | |
        ehr | e-cl-4 | class | urgentcare | 2024-01-04 | 2024-01-04 | | | |
        ehr | e-cl-5 | class | snf | 2024-01-05 | 2024-01-15 | | | |
        ehr | e-cl-6 | class | outpatient hospital or clinic | 2024-02-06 | 2024-02-06 | | | |
        ehr | e-cl-7 | class | home | 2024-02-07 | 2024-02-07 | | | |
        ehr | e-cl-8 | class | hospice | 2024-02-08 | 2024-02-18 | | | |
        ehr | e-cl-9 | class | letter | 2024-02-20 | 2024-02-20 | | | |`,
    },
    expect: `person_id | encounter_type | start_date
      class | office visit | 2024-01-01
      class | office visit | 2024-01-02
      class | telehealth | 2024-01-03
      class | urgent care | 2024-01-04
      class | skilled nursing | 2024-01-05
      class | outpatient | 2024-02-06
      class | home health | 2024-02-07
      class | hospice | 2024-02-08
      class | other | 2024-02-20`,
  },
  'an EHR stay without an end is still open': {
    given: {
      'input.encounter': `${record}
        ehr | e-open | open | inpatient | 2024-12-28 | | H1 | | |`,
    },
    expect: `person_id | start_date | end_date | length_of_stay
      open | 2024-12-28 | | `,
  },
});
