import { describe, expect, it } from 'vitest';
import { type Loaded, loadFiles } from './harness.ts';

const row = (header: string, values: Readonly<Record<string, string | number>>): string =>
  header
    .split(',')
    .map((name) => values[name] ?? '')
    .join(',');
const series = (name: string, count: number): string =>
  Array.from({ length: count }, (_, at) => `${name}_${at + 1}`).join(',');

const PEOPLE =
  'DESYNPUF_ID,BENE_BIRTH_DT,BENE_DEATH_DT,BENE_SEX_IDENT_CD,BENE_RACE_CD,BENE_ESRD_IND,SP_STATE_CODE,BENE_COUNTY_CD,BENE_HI_CVRAGE_TOT_MONS,BENE_SMI_CVRAGE_TOT_MONS,BENE_HMO_CVRAGE_TOT_MONS,PLAN_CVRG_MOS_NUM';
const INPATIENT = `DESYNPUF_ID,CLM_ID,SEGMENT,CLM_FROM_DT,CLM_THRU_DT,PRVDR_NUM,CLM_PMT_AMT,AT_PHYSN_NPI,CLM_ADMSN_DT,NCH_BENE_IP_DDCTBL_AMT,NCH_BENE_PTA_COINSRNC_LBLTY_AM,NCH_BENE_DSCHRG_DT,CLM_DRG_CD,${series('ICD9_DGNS_CD', 10)},${series('ICD9_PRCDR_CD', 6)},${series('HCPCS_CD', 45)}`;
const OUTPATIENT = `DESYNPUF_ID,CLM_ID,SEGMENT,CLM_FROM_DT,CLM_THRU_DT,PRVDR_NUM,CLM_PMT_AMT,AT_PHYSN_NPI,${series('ICD9_DGNS_CD', 10)},${series('ICD9_PRCDR_CD', 6)},NCH_BENE_PTB_DDCTBL_AMT,NCH_BENE_PTB_COINSRNC_AMT,${series('HCPCS_CD', 45)}`;
const CARRIER = `DESYNPUF_ID,CLM_ID,CLM_FROM_DT,CLM_THRU_DT,${series('ICD9_DGNS_CD', 8)},${series('PRF_PHYSN_NPI', 13)},${series('TAX_NUM', 13)},${series('HCPCS_CD', 13)},${series('LINE_NCH_PMT_AMT', 13)},${series('LINE_BENE_PTB_DDCTBL_AMT', 13)},${series('LINE_COINSRNC_AMT', 13)},${series('LINE_ALOWD_CHRG_AMT', 13)},${series('LINE_PRCSG_IND_CD', 13)},${series('LINE_ICD9_DGNS_CD', 13)}`;
const FILLS = 'DESYNPUF_ID,PDE_ID,SRVC_DT,PROD_SRVC_ID,QTY_DSPNSD_NUM,DAYS_SUPLY_NUM,PTNT_PAY_AMT,TOT_RX_CST_AMT';

const file = (header: string, ...rows: Readonly<Record<string, string | number>>[]): string =>
  `${[header, ...rows.map((values) => row(header, values))].join('\n')}\n`;
const year = (of: number) => `DE1_0_${of}_Beneficiary_Summary_File_Sample_1.csv`;

interface Held {
  a?: number;
  b?: number;
  hmo?: number;
  d?: number;
}
const person = (id: string, { a = 12, b = 12, hmo = 0, d = 0 }: Held = {}, more: Record<string, string> = {}) => ({
  ...{ DESYNPUF_ID: id, BENE_BIRTH_DT: '19400101', BENE_SEX_IDENT_CD: 2, BENE_RACE_CD: 1, BENE_ESRD_IND: 0 },
  ...{ SP_STATE_CODE: '33', BENE_HI_CVRAGE_TOT_MONS: a, BENE_SMI_CVRAGE_TOT_MONS: b },
  ...{ BENE_HMO_CVRAGE_TOT_MONS: hmo, PLAN_CVRG_MOS_NUM: d, ...more },
});

const spans = ({ query }: Loaded) =>
  query(
    `select person_id as who, enrollment_start_date || ' ' || enrollment_end_date as span, payer_type as kind,
       (if(is_part_a, 'A', '') || if(is_part_b, 'B', '') || if(is_pharmacy, 'D', '')) as parts
     from input.eligibility order by all`,
  );

describe('coverage in DE-SynPUF', () => {
  it('is the whole year where twelve months are counted, with what is known of the person', async () => {
    const loaded = await loadFiles({
      [year(2008)]: file(PEOPLE, person('ann', { d: 12 }, { BENE_ESRD_IND: 'Y', BENE_DEATH_DT: '20081101' })),
    });
    expect(await spans(loaded)).toEqual([
      { who: 'ann', span: '2008-01-01 2008-12-31', kind: 'medicare', parts: 'ABD' },
    ]);
    expect(
      await loaded.query('select gender, race, state, birth_date, death_date, esrd_flag from input.eligibility'),
    ).toEqual([
      {
        ...{ gender: 'female', race: 'white', state: 'NY', birth_date: '1940-01-01', death_date: '2008-11-01' },
        esrd_flag: true,
      },
    ]);
  });

  it('ends in December, unless it was held the year before, is gone the year after, or the person died', async () => {
    const loaded = await loadFiles({
      [year(2008)]: file(
        PEOPLE,
        person('new', { a: 4, b: 4 }),
        person('stops', { a: 12, b: 12 }),
        person('gone', { a: 5, b: 5 }),
        person('dies', { a: 3, b: 3 }, { BENE_DEATH_DT: '20080301' }),
      ),
      [year(2009)]: file(PEOPLE, person('new'), person('stops', { a: 3, b: 3 }), person('gone', { a: 0, b: 0 })),
    });
    expect(await spans(loaded)).toEqual([
      { who: 'dies', span: '2008-01-01 2008-03-31', kind: 'medicare', parts: 'AB' },
      { who: 'gone', span: '2008-01-01 2008-05-31', kind: 'medicare', parts: 'AB' },
      { who: 'new', span: '2008-09-01 2008-12-31', kind: 'medicare', parts: 'AB' },
      { who: 'new', span: '2009-01-01 2009-12-31', kind: 'medicare', parts: 'AB' },
      { who: 'stops', span: '2008-01-01 2008-12-31', kind: 'medicare', parts: 'AB' },
      { who: 'stops', span: '2009-01-01 2009-03-31', kind: 'medicare', parts: 'AB' },
    ]);
    expect(
      await loaded.query(
        "select rows::integer as rows, reason from run.reconciliation where stage like '% -> input.eligibility'",
      ),
    ).toEqual([{ rows: 1, reason: 'no month of Part A or Part B in the year' }]);
  });

  it('is taken apart where Part B, Medicare Advantage or Part D last for a part of the year', async () => {
    const loaded = await loadFiles({ [year(2010)]: file(PEOPLE, person('ann', { b: 6, hmo: 3, d: 12 })) });
    expect(await spans(loaded)).toEqual([
      { who: 'ann', span: '2010-01-01 2010-06-30', kind: 'medicare', parts: 'AD' },
      { who: 'ann', span: '2010-07-01 2010-09-30', kind: 'medicare', parts: 'ABD' },
      { who: 'ann', span: '2010-10-01 2010-12-31', kind: 'medicare advantage', parts: 'ABD' },
    ]);
  });

  it('needs the year, which only the name of the file says', async () => {
    const { refusals } = await loadFiles({ 'people.csv': file(PEOPLE, person('ann')) });
    expect(refusals.map(({ rule, message }) => `${rule} ${message}`)).toEqual([
      'F04 no column "reference_year" in a file of kind beneficiary_summary, and its name is not like DE1_0_2008_Beneficiary_Summary_File_Sample_1.csv',
    ]);
  });
});

const stay = (more: Record<string, string | number> = {}) => ({
  ...{ DESYNPUF_ID: 'ann', CLM_ID: 's1', SEGMENT: 1, CLM_FROM_DT: '20080912', CLM_THRU_DT: '20081001' },
  ...{ PRVDR_NUM: '1002DC', CLM_PMT_AMT: '12000.00', AT_PHYSN_NPI: '', CLM_ADMSN_DT: '20080912' },
  ...{ NCH_BENE_IP_DDCTBL_AMT: '1024.00', NCH_BENE_PTA_COINSRNC_LBLTY_AM: '0.00', NCH_BENE_DSCHRG_DT: '20081001' },
  ...{ CLM_DRG_CD: '087', ICD9_DGNS_CD_1: '35800', ICD9_DGNS_CD_2: 'V5861', ICD9_PRCDR_CD_1: '8345', ...more },
});

const lines = ({ query }: Loaded) =>
  query(
    `select claim_id || '/' || claim_line_number as line, claim_type as type, bill_type_code as bill, drg_code as drg,
       claim_start_date as start, admission_date as admitted, hcpcs_code as hcpcs, diagnosis_code_type as system,
       diagnosis_code_1 as dx, paid_amount::double as paid
     from input.medical_claim order by line`,
  );

describe('claims in DE-SynPUF', () => {
  it('of a stay are one line for each record; a further record takes what it lacks from the first', async () => {
    const loaded = await loadFiles({
      'i.csv': file(
        INPATIENT,
        stay({
          SEGMENT: 2,
          CLM_FROM_DT: '',
          CLM_THRU_DT: '',
          CLM_PMT_AMT: '19000.00',
          CLM_ADMSN_DT: '20080827',
          CLM_DRG_CD: '000',
          ICD9_DGNS_CD_1: '',
          ICD9_DGNS_CD_2: '',
          ICD9_PRCDR_CD_1: '',
        }),
        stay(),
        stay({ CLM_ID: 's2', CLM_PMT_AMT: '-20.00', CLM_DRG_CD: 'OTH' }),
      ),
    });
    const same = { type: 'institutional', bill: '111', start: '2008-09-12', admitted: '2008-09-12', hcpcs: null };
    expect(await lines(loaded)).toEqual([
      { line: 's1/1', ...same, drg: '087', system: 'icd-9-cm', dx: '35800', paid: 12000 },
      { line: 's1/2-1', ...same, drg: '087', system: null, dx: null, paid: 19000 },
      { line: 's2/1', ...same, drg: 'OTH', system: 'icd-9-cm', dx: '35800', paid: -20 },
    ]);
  });

  it('say of their codes that they are ICD-9-CM, though the first place is empty', async () => {
    const { query } = await loadFiles({
      'i.csv': file(INPATIENT, stay({ ICD9_DGNS_CD_1: '', ICD9_PRCDR_CD_1: '', ICD9_PRCDR_CD_3: '8345' })),
    });
    expect(
      await query(
        'select diagnosis_code_type, procedure_code_type, procedure_code_3 as third from input.medical_claim',
      ),
    ).toEqual([{ diagnosis_code_type: 'icd-9-cm', procedure_code_type: 'icd-9-pcs', third: '8345' }]);
  });

  it('of an outpatient record are a line for each service; the first carries the payment and the diagnoses', async () => {
    const loaded = await loadFiles({
      'o.csv': file(
        OUTPATIENT,
        {
          DESYNPUF_ID: 'ann',
          CLM_ID: 'o1',
          SEGMENT: 1,
          CLM_FROM_DT: '20080404',
          CLM_THRU_DT: '20080404',
          PRVDR_NUM: '1513WQ',
          CLM_PMT_AMT: 70,
          ICD9_DGNS_CD_1: '73603',
          NCH_BENE_PTB_DDCTBL_AMT: 0,
          NCH_BENE_PTB_COINSRNC_AMT: 10,
          HCPCS_CD_2: '72114',
          HCPCS_CD_45: '99282',
        },
        {
          DESYNPUF_ID: 'ann',
          CLM_ID: 'o2',
          SEGMENT: 1,
          CLM_FROM_DT: '20080405',
          CLM_THRU_DT: '20080405',
          PRVDR_NUM: '1513WQ',
          CLM_PMT_AMT: 5,
          NCH_BENE_PTB_DDCTBL_AMT: 0,
          NCH_BENE_PTB_COINSRNC_AMT: 0,
        },
      ),
    });
    const same = { type: 'institutional', bill: '131', drg: null, admitted: null };
    expect(await lines(loaded)).toEqual([
      { line: 'o1/2', ...same, start: '2008-04-04', hcpcs: '72114', system: 'icd-9-cm', dx: '73603', paid: 70 },
      { line: 'o1/45', ...same, start: '2008-04-04', hcpcs: '99282', system: null, dx: null, paid: 0 },
      { line: 'o2/1', ...same, start: '2008-04-05', hcpcs: null, system: null, dx: null, paid: 5 },
    ]);
  });

  it('of a carrier are a line for each place in use; a decision that allows nothing is a denial', async () => {
    const zeros = Object.fromEntries(
      ['LINE_NCH_PMT_AMT', 'LINE_BENE_PTB_DDCTBL_AMT', 'LINE_COINSRNC_AMT', 'LINE_ALOWD_CHRG_AMT'].flatMap((name) =>
        series(name, 13)
          .split(',')
          .map((column) => [column, 0]),
      ),
    );
    const loaded = await loadFiles({
      'c.csv': file(
        CARRIER,
        {
          ...zeros,
          DESYNPUF_ID: 'ann',
          CLM_ID: 'c1',
          CLM_FROM_DT: '20080828',
          CLM_THRU_DT: '20080829',
          ICD9_DGNS_CD_1: '4011',
          PRF_PHYSN_NPI_1: '6513947302',
          TAX_NUM_1: '275404078',
          HCPCS_CD_1: '99337',
          LINE_NCH_PMT_AMT_1: 50,
          LINE_ALOWD_CHRG_AMT_1: 70,
          LINE_PRCSG_IND_CD_1: 'A',
          LINE_NCH_PMT_AMT_13: '0.01',
          HCPCS_CD_3: '17003',
          LINE_PRCSG_IND_CD_3: 'D',
        },
        { ...zeros, DESYNPUF_ID: 'ann', CLM_ID: 'c2', CLM_FROM_DT: '20080901', CLM_THRU_DT: '20080901' },
      ),
    });
    expect(
      await loaded.query(
        `select claim_id || '/' || claim_line_number as line, claim_status as status, hcpcs_code as hcpcs,
           rendering_npi as npi, billing_tin as tin, paid_amount::double as paid, allowed_amount::double as allowed
         from input.medical_claim order by claim_id, claim_line_number::integer`,
      ),
    ).toEqual([
      { line: 'c1/1', status: 'paid', hcpcs: '99337', npi: '6513947302', tin: '275404078', paid: 50, allowed: 70 },
      { line: 'c1/3', status: 'denied', hcpcs: '17003', npi: null, tin: null, paid: 0, allowed: 0 },
      { line: 'c1/13', status: 'paid', hcpcs: null, npi: null, tin: null, paid: 0.01, allowed: 0 },
      { line: 'c2/1', status: 'paid', hcpcs: null, npi: null, tin: null, paid: 0, allowed: 0 },
    ]);
  });

  it('of drugs are paid what the patient did not pay', async () => {
    const loaded = await loadFiles({
      'p.csv': file(FILLS, {
        DESYNPUF_ID: 'ann',
        PDE_ID: 'p1',
        SRVC_DT: '20100330',
        PROD_SRVC_ID: '61392018345',
        QTY_DSPNSD_NUM: '30.000',
        DAYS_SUPLY_NUM: 30,
        PTNT_PAY_AMT: 10,
        TOT_RX_CST_AMT: 270,
      }),
    });
    expect(
      await loaded.query(
        'select dispensing_date as day, ndc_code as ndc, paid_amount::double as paid, allowed_amount::double as total from input.pharmacy_claim',
      ),
    ).toEqual([{ day: '2010-03-30', ndc: '61392018345', paid: 260, total: 270 }]);
  });

  it('whose date is none are quarantined with their line', async () => {
    const { query, files } = await loadFiles({
      'i.csv': file(
        INPATIENT,
        stay(),
        stay({ CLM_ID: 's2', CLM_FROM_DT: '20080230' }),
        stay({ CLM_ID: 's3', CLM_ADMSN_DT: '2008-09-12' }),
      ),
    });
    expect(await query('select line_number::integer as line, rule_id as rule, reason from run.quarantine')).toEqual([
      { line: 3, rule: 'T08', reason: 'from_date: a date is a day of the calendar written YYYYMMDD' },
      { line: 4, rule: 'T08', reason: 'admission_date: a date is a day of the calendar written YYYYMMDD' },
    ]);
    expect(
      files.map(({ loaded, amount_raw, amount_loaded, amount_quarantined }) => [
        loaded,
        amount_raw,
        amount_loaded,
        amount_quarantined,
      ]),
    ).toEqual([[1, 36000, 12000, 24000]]);
  });
});
