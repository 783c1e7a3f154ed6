import { describe, expect, it } from 'vitest';
import { rif } from '../../pipelines/readers/rif/format.ts';
import { type Loaded, loadFiles } from './harness.ts';

type Values = Readonly<Record<string, string | number>>;

/** Every name under which the columns of a kind of file are delivered; the name of the file then tells its kind. */
const headerOf = (kind: string): string[] =>
  rif.tables.find(({ name }) => name === kind)?.columns.flatMap(({ deliveredAs }) => deliveredAs) ?? [];

const file = (kind: string, ...rows: Values[]): string => {
  const header = headerOf(kind);
  const strangers = rows.flatMap((row) => Object.keys(row)).filter((name) => !header.includes(name));
  if (strangers.length > 0) throw new Error(`${kind} has no ${strangers}`);
  const lines = rows.map((row) => header.map((name) => row[name] ?? '').join('|'));
  return `\ufeff${[header.join('|'), ...lines].join('\n')}\n`;
};

const MONTHS = Array.from({ length: 12 }, (_, at) => at + 1);
const person = (more: Values = {}): Values => ({
  ...{ DML_IND: 'INSERT', BENE_ID: '-1000006', RFRNC_YR: 2020, MBI_NUM: '1S00E00AA06', BENE_BIRTH_DT: '17-Jan-1942' },
  ...{ BENE_SEX_IDENT_CD: 2, BENE_RACE_CD: 1, STATE_CODE: 22, BENE_ZIP_CD: '1730', BENE_ESRD_IND: 0, HMO_MO_CNT: 0 },
  ...Object.fromEntries(MONTHS.map((month) => [`MDCR_ENTLMT_BUYIN_${month}_IND`, 'C'])),
  ...more,
});
const claim = (more: Values = {}): Values => ({
  ...{ DML_IND: 'INSERT', BENE_ID: '-1000006', CLM_ID: '-1', FINAL_ACTION: 'F', CLM_FROM_DT: '19-Mar-2017' },
  ...{ CLM_THRU_DT: '20-Mar-2017', NCH_WKLY_PROC_DT: '24-Mar-2017', CLM_PMT_AMT: '100.00', ICD_DGNS_CD1: 'O039' },
  ...{ ICD_DGNS_VRSN_CD1: 0, HCPCS_CD: '99213', ...more },
});
const carrier = (more: Values = {}): Values =>
  claim({
    ...{ LINE_NUM: 1, CARR_CLM_PMT_DNL_CD: 1, LINE_PRCSG_IND_CD: 'A', LINE_NCH_PMT_AMT: '80.00' },
    ...{ LINE_ALOWD_CHRG_AMT: '100.00', LINE_SBMTD_CHRG_AMT: '120.00', LINE_PLACE_OF_SRVC_CD: 11, PRVDR_SPCLTY: '8' },
    ...more,
  });
const stay = (more: Values = {}): Values =>
  claim({
    ...{ CLM_LINE_NUM: 1, PRVDR_NUM: '220135', CLM_FAC_TYPE_CD: 1, CLM_SRVC_CLSFCTN_TYPE_CD: 1, CLM_FREQ_CD: 1 },
    ...{ CLM_MDCR_NON_PMT_RSN_CD: ' ', CLM_ADMSN_DT: '19-Mar-2017', PTNT_DSCHRG_STUS_CD: 1, REV_CNTR: '120' },
    ...{ ICD_PRCDR_CD1: '0DJD8ZZ', PRCDR_DT1: '19-Mar-2017', CLM_POA_IND_SW1: 'Y', ...more },
  });
const outpatient = (more: Values = {}): Values =>
  claim({
    ...{ CLM_LINE_NUM: 1, PRVDR_NUM: '220135', CLM_FAC_TYPE_CD: 1, CLM_SRVC_CLSFCTN_TYPE_CD: 3, CLM_FREQ_CD: 1 },
    ...{ REV_CNTR: '0450', REV_CNTR_PMT_AMT_AMT: '60.00', NCH_BENE_PTB_DDCTBL_AMT: 0, ...more },
  });

const paid = ({ query }: Loaded) =>
  query(
    `select claim_id || '/' || claim_line_number as line, claim_status as status, paid_amount::double as paid
     from input.medical_claim order by line`,
  );
const reasons = ({ query }: Loaded) =>
  query(
    `select reason, rows::integer as rows from run.reconciliation
     where stage like '% -> input.%' and rows > 0 order by reason`,
  );

describe('coverage in the RIF', () => {
  it('is read month by month from the indicators of entitlement, Medicare Advantage and Part D', async () => {
    const loaded = await loadFiles({
      'b.csv': file(
        'beneficiary',
        person({
          ...{ MDCR_ENTLMT_BUYIN_1_IND: 0, MDCR_ENTLMT_BUYIN_2_IND: 1, MDCR_ENTLMT_BUYIN_3_IND: 3 },
          ...{ HMO_11_IND: 'C', HMO_12_IND: 1, PTD_CNTRCT_MAR_ID: 'H0001', PTD_CNTRCT_APR_ID: 'N' },
          ...{ META_DUAL_ELGBL_STUS_MAR_CD: 2, MDCR_STUS_MAR_CD: 11, FIPS_STATE_CNTY_MAR_CD: '25017' },
        }),
      ),
    });
    expect(
      await loaded.query(
        `select enrollment_start_date || ' ' || enrollment_end_date as span, payer_type as kind,
           (if(is_part_a, 'A', '') || if(is_part_b, 'B', '') || if(is_pharmacy, 'D', '')) as parts,
           dual_status_code as dual, county_fips as county, esrd_flag as esrd
         from input.eligibility order by span`,
      ),
    ).toEqual([
      { span: '2020-02-01 2020-02-29', kind: 'medicare', parts: 'A', dual: null, county: null, esrd: false },
      { span: '2020-03-01 2020-03-31', kind: 'medicare', parts: 'ABD', dual: '02', county: '25017', esrd: true },
      { span: '2020-04-01 2020-10-31', kind: 'medicare', parts: 'AB', dual: null, county: null, esrd: false },
      { span: '2020-11-01 2020-12-31', kind: 'medicare advantage', parts: 'AB', dual: null, county: null, esrd: false },
    ]);
    expect(await loaded.query('select distinct member_id, gender, state, zip_code from input.eligibility')).toEqual([
      { member_id: '1S00E00AA06', gender: 'female', state: 'MA', zip_code: '01730' },
    ]);
  });

  it('in Medicare Advantage is told by the contract where the indicator and the count of the year are blank', async () => {
    const contracts = Object.fromEntries(
      'JAN FEB MAR APR MAY JUN JUL AUG SEPT OCT NOV DEC'.split(' ').map((month) => [`PTC_CNTRCT_${month}_ID`, 'H1234']),
    );
    const loaded = await loadFiles({
      'b.csv': file('beneficiary', person({ ...contracts, HMO_MO_CNT: '' }), person({ ...contracts, BENE_ID: '-2' })),
    });
    expect(
      await loaded.query('select person_id as who, payer_type as kind from input.eligibility order by who'),
    ).toEqual([
      { who: '-1000006', kind: 'medicare advantage' },
      { who: '-2', kind: 'medicare' },
    ]);
  });

  it('of a year is what the last record says; a deletion leaves nothing', async () => {
    const loaded = await loadFiles({
      '1.csv': file('beneficiary', person({ BENE_SEX_IDENT_CD: 1 }), person({ RFRNC_YR: 2019 })),
      '2.csv': file('beneficiary', person({ DML_IND: 'UPDATE' }), person({ DML_IND: 'DELETE', RFRNC_YR: 2019 })),
    });
    expect(
      await loaded.query('select year(enrollment_start_date)::integer as year, gender from input.eligibility'),
    ).toEqual([{ year: 2020, gender: 'female' }]);
    expect(await reasons(loaded)).toEqual([
      { reason: "a later record of the beneficiary's year replaces it", rows: 2 },
      { reason: "the record takes back what was said of the beneficiary's year", rows: 1 },
    ]);
  });
});

describe('professional claims in the RIF', () => {
  it('have a line for each record, codes whole, denied where the claim or the line was', async () => {
    const loaded = await loadFiles({
      'c.csv': file(
        'carrier',
        carrier({ PRF_PHYSN_NPI: '9999310391', TAX_NUM: '999145882' }),
        carrier({ LINE_NUM: 2, LINE_PRCSG_IND_CD: 'N' }),
        carrier({ CLM_ID: '-2', CARR_CLM_PMT_DNL_CD: 0 }),
      ),
    });
    expect(await paid(loaded)).toEqual([
      { line: '-1/1', status: 'paid', paid: 80 },
      { line: '-1/2', status: 'denied', paid: 80 },
      { line: '-2/1', status: 'denied', paid: 80 },
    ]);
    expect(
      await loaded.query(
        `select rendering_specialty_code as specialty, place_of_service_code as place, diagnosis_code_type as system,
           diagnosis_code_1 as dx, paid_date as paid, billing_tin as tin
         from input.medical_claim where line_number = 2`,
      ),
    ).toEqual([
      { specialty: '08', place: '11', system: 'icd-10-cm', dx: 'O039', paid: '2017-03-24', tin: '999145882' },
    ]);
  });

  it('are what the version processed last says, whatever the order of delivery', async () => {
    const first = file('carrier', carrier(), carrier({ LINE_NUM: 2 }));
    const second = file(
      'carrier',
      carrier({ DML_IND: 'UPDATE', NCH_WKLY_PROC_DT: '31-Mar-2017', LINE_NCH_PMT_AMT: 70 }),
    );
    const files: Record<string, string>[] = [
      { '1.csv': first, '2.csv': second },
      { '1.csv': second, '2.csv': first },
      { '1.csv': first, '2.csv': second, '3.csv': second, '4.csv': first },
    ];
    for (const delivered of files) {
      const loaded = await loadFiles(delivered);
      expect(await paid(loaded)).toEqual([{ line: '-1/1', status: 'paid', paid: 70 }]);
      expect(await reasons(loaded)).toEqual([{ reason: 'a later version of the claim replaces it', rows: 2 }]);
    }
  });

  it('are gone after a deletion, and are not what is no final action', async () => {
    const loaded = await loadFiles({
      '1.csv': file('carrier', carrier(), carrier({ CLM_ID: '-2', FINAL_ACTION: 'N' }), carrier({ CLM_ID: '-3' })),
      '2.csv': file('carrier', carrier({ DML_IND: 'DELETE' })),
    });
    expect(await paid(loaded)).toEqual([{ line: '-3/1', status: 'paid', paid: 80 }]);
    expect(await reasons(loaded)).toEqual([
      { reason: 'a later version of the claim replaces it', rows: 1 },
      { reason: 'not the final action on the claim', rows: 1 },
      { reason: 'the record takes back the claim', rows: 1 },
    ]);
  });

  it('say each line once: of two records of a line the last one holds', async () => {
    const loaded = await loadFiles({ 'c.csv': file('carrier', carrier(), carrier({ LINE_NCH_PMT_AMT: 75 })) });
    expect(await paid(loaded)).toEqual([{ line: '-1/1', status: 'paid', paid: 75 }]);
    expect(await reasons(loaded)).toEqual([
      { reason: 'another record says the same line; the last one holds', rows: 1 },
    ]);
  });
});

describe('institutional claims in the RIF', () => {
  it('carry the payment of the claim on the first line, and none on the others', async () => {
    const loaded = await loadFiles({
      'inpatient.csv': file('inpatient', stay({ CLM_LINE_NUM: 2 }), stay(), stay({ CLM_LINE_NUM: 10 })),
    });
    expect(await paid(loaded)).toEqual([
      { line: '-1/1', status: 'paid', paid: 100 },
      { line: '-1/10', status: 'paid', paid: 0 },
      { line: '-1/2', status: 'paid', paid: 0 },
    ]);
    expect(
      await loaded.query(
        `select bill_type_code as bill, revenue_center_code as revenue, discharge_disposition_code as went,
           facility_ccn as ccn, admission_date as admitted, procedure_code_1 as procedure, procedure_date_1 as done,
           procedure_code_type as system, diagnosis_poa_1 as poa
         from input.medical_claim limit 1`,
      ),
    ).toEqual([
      {
        ...{ bill: '111', revenue: '0120', went: '01', ccn: '220135', admitted: '2017-03-19', procedure: '0DJD8ZZ' },
        ...{ done: '2017-03-19', system: 'icd-10-pcs', poa: 'Y' },
      },
    ]);
  });

  it('carry the payments of their lines where these add up to that of the claim', async () => {
    const loaded = await loadFiles({
      'outpatient.csv': file(
        'outpatient',
        outpatient(),
        outpatient({ CLM_LINE_NUM: 2, REV_CNTR_PMT_AMT_AMT: '40.00' }),
        outpatient({ CLM_ID: '-2' }),
        outpatient({ CLM_ID: '-2', CLM_LINE_NUM: 2, REV_CNTR_PMT_AMT_AMT: '39.99' }),
      ),
    });
    expect(await paid(loaded)).toEqual([
      { line: '-1/1', status: 'paid', paid: 60 },
      { line: '-1/2', status: 'paid', paid: 40 },
      { line: '-2/1', status: 'paid', paid: 100 },
      { line: '-2/2', status: 'paid', paid: 0 },
    ]);
  });

  it('are denied where Medicare gives a reason for not paying', async () => {
    const loaded = await loadFiles({ 'inpatient.csv': file('inpatient', stay({ CLM_MDCR_NON_PMT_RSN_CD: 'N' })) });
    expect(await paid(loaded)).toEqual([{ line: '-1/1', status: 'denied', paid: 100 }]);
  });

  it('keep their payment when a line of theirs is quarantined', async () => {
    const loaded = await loadFiles({
      'inpatient.csv': file('inpatient', stay({ CLM_ADMSN_DT: '2017-03-19' }), stay({ CLM_LINE_NUM: 2 })),
    });
    expect(await paid(loaded)).toEqual([{ line: '-1/2', status: 'paid', paid: 100 }]);
    expect(await loaded.query('select rule_id as rule from run.quarantine')).toEqual([{ rule: 'T09' }]);
  });
});

describe('fills in the RIF', () => {
  const fill = (more: Values = {}): Values => ({
    ...{ DML_IND: 'INSERT', PDE_ID: '-9', BENE_ID: '-1000006', SRVC_DT: '06-Mar-2016', PD_DT: '07-Mar-2016' },
    ...{ PROD_SRVC_ID: '43353005030', QTY_DSPNSD_NUM: 90, DAYS_SUPLY_NUM: 90, CVRD_D_PLAN_PD_AMT: '16.28' },
    ...{ PTNT_PAY_AMT: '3.79', TOT_RX_CST_AMT: '20.07', PRSCRBR_ID_QLFYR_CD: '01', PRSCRBR_ID: '9999928309' },
    ...{ SRVC_PRVDR_ID_QLFYR_CD: '07', SRVC_PRVDR_ID: '12345', ADJSTMT_DLTN_CD: ' ', ...more },
  });

  it('are what the record paid last says, without those taken back', async () => {
    const loaded = await loadFiles({
      'p.csv': file(
        'pde',
        fill({ PD_DT: '09-Mar-2016', CVRD_D_PLAN_PD_AMT: 20 }),
        fill(),
        fill({ PDE_ID: '-8', ADJSTMT_DLTN_CD: 'D' }),
      ),
    });
    expect(
      await loaded.query(
        `select claim_id as fill, paid_amount::double as paid, allowed_amount::double as total,
           prescribing_provider_npi as prescriber, dispensing_provider_npi as pharmacy from input.pharmacy_claim`,
      ),
    ).toEqual([{ fill: '-9', paid: 20, total: 20.07, prescriber: '9999928309', pharmacy: null }]);
    expect(await reasons(loaded)).toEqual([
      { reason: 'a later record of the fill replaces it', rows: 1 },
      { reason: 'the record takes back the fill', rows: 1 },
    ]);
  });
});

it('a record of the RIF stands on its own line, also behind a blank one', async () => {
  const text = file('carrier', carrier(), carrier({ LINE_NUM: 2 })).replace(/\n(?=[^\n]+\n$)/, '\n\n');
  const { query } = await loadFiles({ 'carrier.csv': text });
  expect(
    await query('select claim_line_number as line, line_number::integer as "on" from input.medical_claim order by all'),
  ).toEqual([
    { line: '1', on: 2 },
    { line: '2', on: 4 },
  ]);
});
