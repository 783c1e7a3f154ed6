import { describe, expect, it } from 'vitest';
import * as cclf from './cclf-files.ts';
import { loadFiles } from './harness.ts';

const { file, named } = cclf;
const A = '1AA0AA0AA01';

describe('an institutional claim', () => {
  const inpatient = cclf.header({
    ...{ CLM_TYPE_CD: '60', CLM_BILL_CLSFCTN_CD: '1', CLM_THRU_DT: '2023-05-04', DGNS_DRG_CD: '0291' },
    ...{ CLM_ADMSN_TYPE_CD: '1', CLM_ADMSN_SRC_CD: '4', BENE_PTNT_STUS_CD: '06', CLM_PMT_AMT: '9000.00' },
    ...{ PRNCPL_DGNS_CD: 'I5023', ADMTG_DGNS_CD: 'R0602' },
  });

  it('says its bill type, stay, DRG, facility and people once for all of its lines', async () => {
    const { query } = await loadFiles({
      [named('1')]: file('1', [inpatient]),
      [named('2')]: file('2', [cclf.revenue()]),
    });
    const [found] = await query('select * from input.medical_claim');
    expect(found).toMatchObject({
      ...{ source_name: 'cclf', claim_id: '0000000000001', claim_line_number: '1', claim_type: 'institutional' },
      ...{ person_id: A, payer: 'medicare', bill_type_code: '111', drg_code: '291', drg_code_type: 'ms-drg' },
      ...{ admission_date: '2023-05-01', discharge_date: '2023-05-04', discharge_disposition_code: '06' },
      ...{ admit_type_code: '1', admit_source_code: '4', facility_ccn: '010001', facility_npi: '1999999992' },
      ...{ rendering_npi: '1888888889', diagnosis_code_1: 'I5023', admitting_diagnosis_code: 'R0602' },
      ...{ revenue_center_code: '0450', hcpcs_code: '99283', charge_amount: '250.00', service_unit_quantity: '1.000' },
      ...{ claim_line_start_date: '2023-05-01', file_date: '2024-01-15' },
    });
  });

  it('of an outpatient is no admission, and a patient still in bed is not discharged', async () => {
    const still = { ...inpatient, CUR_CLM_UNIQ_ID: 2, BENE_PTNT_STUS_CD: '30', CLM_BILL_FREQ_CD: '3' };
    const { query } = await loadFiles({ [named('1')]: file('1', [cclf.header(), still]) });
    expect(
      await query('select admission_date, discharge_date, drg_code from input.medical_claim order by claim_id'),
    ).toEqual([
      { admission_date: null, discharge_date: null, drg_code: null },
      { admission_date: null, discharge_date: null, drg_code: '291' },
    ]);
  });

  it('takes its day of admission from CCLFA where that is delivered', async () => {
    const extra = {
      CUR_CLM_UNIQ_ID: '0000000000001',
      BENE_MBI_ID: A,
      CLM_TYPE_CD: '60',
      CLM_ACTV_CARE_FROM_DT: '2023-04-28',
    };
    const { query } = await loadFiles({ [named('1')]: file('1', [inpatient]), [named('A')]: file('A', [extra]) });
    expect(await query('select admission_date from input.medical_claim')).toEqual([{ admission_date: '2023-04-28' }]);
  });

  it('pays by its lines where they add up to it, and on its first line where they do not', async () => {
    const paid = async (...amounts: string[]) => {
      const lines = amounts.map((CLM_LINE_CVRD_PD_AMT, at) =>
        cclf.revenue({ CLM_LINE_NUM: at + 1, CLM_LINE_CVRD_PD_AMT }),
      );
      const { query } = await loadFiles({ [named('1')]: file('1', [cclf.header()]), [named('2')]: file('2', lines) });
      const found = await query('select paid_amount from input.medical_claim order by claim_line_number');
      return found.map(({ paid_amount }) => paid_amount);
    };
    expect(await paid('70.00', '30.00')).toEqual(['70.00', '30.00']);
    expect(await paid('0.00', '0.00')).toEqual(['100.00', '0.00']);
    expect(await paid('70.00', '31.00')).toEqual(['100.00', '0.00']);
  });

  it('without revenue lines is one line', async () => {
    const { query } = await loadFiles({ [named('1')]: file('1', [cclf.header()]) });
    expect(await query('select claim_line_number, paid_amount from input.medical_claim')).toEqual([
      { claim_line_number: '1', paid_amount: '100.00' },
    ]);
  });

  it('lists its principal diagnosis first, each code once, with its POA; external causes come last', async () => {
    const codes = [
      { CLM_VAL_SQNC_NUM: '01', CLM_PROD_TYPE_CD: 'E', CLM_DGNS_CD: 'W19XXXA', CLM_POA_IND: 'Y' },
      { CLM_VAL_SQNC_NUM: '02', CLM_DGNS_CD: 'E119', CLM_POA_IND: 'N' },
      { CLM_VAL_SQNC_NUM: '01', CLM_DGNS_CD: 'I5023', CLM_POA_IND: 'Y' },
    ];
    const { query } = await loadFiles({
      [named('1')]: file('1', [inpatient]),
      [named('2')]: file('2', [cclf.revenue(), cclf.revenue({ CLM_LINE_NUM: 2 })]),
      [named('4')]: file('4', codes.map(cclf.diagnosis)),
    });
    const columns = [1, 2, 3, 4].map(
      (at) => `coalesce(diagnosis_code_${at} || ' ' || diagnosis_poa_${at}, diagnosis_code_${at}, '')`,
    );
    const found = await query(
      `select concat_ws(',', ${columns.join(', ')}) as codes from input.medical_claim order by claim_line_number`,
    );
    expect(found.map(({ codes: listed }) => listed)).toEqual(['I5023 Y,E119 N,W19XXXA Y,', 'I5023,,,']);
  });

  it('lists its procedures in order, of the ICD version that it states', async () => {
    const { query } = await loadFiles({
      [named('1')]: file('1', [{ ...inpatient, DGNS_PRCDR_ICD_IND: '9' }]),
      [named('3')]: file('3', [
        cclf.procedure({ CLM_VAL_SQNC_NUM: '02', CLM_PRCDR_CD: '4523', CLM_PRCDR_PRFRM_DT: '2023-05-03' }),
        cclf.procedure({ CLM_PRCDR_CD: '3893' }),
      ]),
    });
    expect(
      await query(
        `select diagnosis_code_type, procedure_code_type, procedure_code_1, procedure_date_1, procedure_code_2
         from input.medical_claim`,
      ),
    ).toEqual([
      {
        ...{ diagnosis_code_type: 'icd-9-cm', procedure_code_type: 'icd-9-pcs', procedure_code_1: '3893' },
        ...{ procedure_date_1: '2023-05-02', procedure_code_2: '4523' },
      },
    ]);
  });

  it('explains every line, diagnosis and procedure that does not count', async () => {
    const orphan = { CUR_CLM_UNIQ_ID: 77 };
    const many = Array.from({ length: 27 }, (_, at) =>
      cclf.diagnosis({ CLM_VAL_SQNC_NUM: at + 1, CLM_DGNS_CD: `A${at + 100}` }),
    );
    const { query } = await loadFiles({
      [named('1')]: file('1', [cclf.header(), cclf.header({ CUR_CLM_UNIQ_ID: 2, CLM_MDCR_NPMT_RSN_CD: 'N' })]),
      [named('2')]: file('2', [cclf.revenue(), cclf.revenue(orphan), cclf.revenue({ CUR_CLM_UNIQ_ID: 2 })]),
      [named('3')]: file('3', [cclf.procedure(), cclf.procedure(orphan)]),
      [named('4')]: file('4', [...many, cclf.diagnosis(orphan)]),
    });
    const reasons = await query(
      `select split_part(stage, ' ', 1) as source, reason, rows from run.reconciliation
       where stage like 'cclf.part_a_% -> input.medical_claim' and rows > 0 order by 1, 2`,
    );
    expect(reasons.map(({ source, reason, rows: left }) => `${source}: ${reason} ${left}`)).toEqual([
      'cclf.part_a_diagnosis: a diagnosis without the header of its claim 1',
      'cclf.part_a_diagnosis: beyond the 25 diagnoses that a claim can hold 3',
      'cclf.part_a_diagnosis: stands in the columns of its claim 24',
      'cclf.part_a_header: denied by Medicare 1',
      'cclf.part_a_header: paid out on its revenue lines 1',
      'cclf.part_a_line: a line without the header of its claim 1',
      'cclf.part_a_line: denied by Medicare 1',
      'cclf.part_a_procedure: a procedure without the header of its claim 1',
      'cclf.part_a_procedure: stands in the columns of its claim 1',
    ]);
  });
});

describe('a line of a physician or supplier', () => {
  it('says who, where, what, how often and for what', async () => {
    const row = cclf.physician({
      HCPCS_1_MDFR_CD: '25',
      CLM_RFRG_PRVDR_NPI_NUM: '1222222223',
      CLM_LINE_DGNS_CD: 'Z0000',
    });
    const { query } = await loadFiles({ [named('5')]: file('5', [row]), [named('6')]: file('6', [cclf.equipment()]) });
    const [visit, device] = await query('select * from input.medical_claim order by claim_id');
    expect(visit).toMatchObject({
      ...{ claim_type: 'professional', place_of_service_code: '11', hcpcs_code: '99213', hcpcs_modifier_1: '25' },
      ...{ service_unit_quantity: '1.000', rendering_npi: '1777777778', rendering_tin: '001000001' },
      ...{ billing_tin: '001000001', rendering_specialty_code: '11', ordering_npi: '1222222223' },
      ...{ paid_amount: '74.31', allowed_amount: '94.82', diagnosis_code_1: 'I10', diagnosis_code_2: 'E119' },
      ...{ diagnosis_code_3: null, diagnosis_code_13: 'Z0000', claim_line_start_date: '2023-06-01' },
    });
    expect(device).toMatchObject({
      ...{ claim_type: 'professional', place_of_service_code: '12', hcpcs_code: 'E0601', billing_npi: '1666666667' },
      ...{ ordering_npi: '1777777778', paid_amount: '71.30', allowed_amount: '90.97' },
    });
  });
});

describe('values', () => {
  it('are read with zeros or blanks before them, with a sign, and to the cent', async () => {
    const amounts = ['0000000000012.34', '-12.34', '+0000000000.07', '.5', '7', '-0000000000000.01'];
    const rows = amounts.map((CLM_PMT_AMT, at) =>
      cclf.header({ CUR_CLM_UNIQ_ID: at, CLM_PMT_AMT, CLM_FROM_DT: `2023-04-0${at + 1}` }),
    );
    const { query, files } = await loadFiles({ [named('1')]: file('1', rows) });
    const found = await query('select paid_amount from input.medical_claim order by claim_id');
    expect(found.map(({ paid_amount }) => paid_amount)).toEqual(['12.34', '-12.34', '0.07', '0.50', '7.00', '-0.01']);
    expect(files[0]).toMatchObject({ amount_raw: 7.56, amount_loaded: 7.56 });
  });

  it('of units keep four decimals in CCLF, and are rounded to three in the input', async () => {
    const { query, files } = await loadFiles({
      [named('5')]: file('5', [cclf.physician({ CLM_LINE_SRVC_UNIT_QTY: '000000000000000002.1236' })]),
    });
    expect(files[0]).toMatchObject({ loaded: 1, quarantined: 0 });
    expect(await query('select service_unit_quantity from input.medical_claim')).toEqual([
      { service_unit_quantity: '2.124' },
    ]);
  });

  it('that stand for none are none: dates of 1000 and 9999, and tildes', async () => {
    const row = cclf.beneficiary({
      BENE_DEATH_DT: '9999-12-31',
      BENE_RNG_BGN_DT: '1000-01-01',
      BENE_MDCR_STUS_CD: '~',
    });
    const { query } = await loadFiles({ [named('8')]: file('8', [row]) });
    expect(await query('select death_date, hospice_flag, medicare_status_code from input.eligibility')).toEqual([
      { death_date: null, hospice_flag: false, medicare_status_code: null },
    ]);
  });
});
