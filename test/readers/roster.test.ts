import { describe, expect, it } from 'vitest';
import { type Loaded, loadFiles } from './harness.ts';

const FLAGS = Array.from({ length: 12 }, (_, at) => `EnrollFlag${at + 1}`).join(',');
const LIST = `"BENE_MBI_ID","BENE_1ST_NAME","BENE_LAST_NAME","BENE_SEX_CD","BENE_BRTH_DT","BENE_DEATH_DT",IN_VA_MAX,VA_TIN,${FLAGS},HCC_COL_1,BENE_RSK_R_SCRE_01
1EG4TE5MK73,ANN,ASH,2,03/05/1945,,1,000000007,4,4,4,4,4,4,4,4,4,4,4,4,0,1.12345678901234
`;
const listed = async (name: string) => {
  const { query, refusals } = await loadFiles({ [name]: LIST });
  expect(refusals).toEqual([]);
  const [row] = await query(
    `select aco_id as aco, performance_year as year, report_period as period, stamp, window_start_date as since
     from input.assignment`,
  );
  return row;
};

describe('an assignment list', () => {
  it('says by its name whose it is, for which year and period, and so which twelve months it covers', async () => {
    const of = (period: string) => `P.A1234.ACO.${period}.D259999.T0100000_1-1.csv`;
    const same = { aco: 'A1234', year: 2025, stamp: 'T0100000' };
    expect(await listed(of('QALR.2025Q1'))).toEqual({ ...same, period: 'Q1', since: '2024-04-01' });
    expect(await listed(of('QALR.2025Q2'))).toEqual({ ...same, period: 'Q2', since: '2024-07-01' });
    expect(await listed(of('QALR.2025Q3'))).toEqual({ ...same, period: 'Q3', since: '2024-10-01' });
    expect(await listed(of('QALR.2025Q4'))).toEqual({ ...same, period: 'Q4', since: '2025-01-01' });
    expect(await listed(of('AALR.Y2023'))).toEqual({ ...same, period: '2023', since: '2023-01-01' });
    expect(await listed(of('AALR.Y2025'))).toEqual({ ...same, period: 'INITIAL', since: '2023-10-01' });
    expect(await listed(of('AALR'))).toEqual({ ...same, period: 'INITIAL', since: '2023-10-01' });
  });

  it('keeps leading zeros, reads dates as CMS writes them, and passes over risk scores', async () => {
    const { query, files } = await loadFiles({ 'P.A1234.ACO.QALR.2025Q3.D259999.T0100000_1-1.csv': LIST });
    expect(files.map(({ loaded, note }) => [loaded, note])).toEqual([[1, null]]);
    expect(
      await query(
        `select person_id, gender, birth_date, death_date, voluntary_tin, is_voluntary, enrollment_flag_12::integer as flag
         from input.assignment`,
      ),
    ).toEqual([
      {
        ...{ person_id: '1EG4TE5MK73', gender: 'female', birth_date: '1945-03-05', death_date: null },
        ...{ voluntary_tin: '000000007', is_voluntary: true, flag: 4 },
      },
    ]);
  });

  it('whose name says nothing is refused, unless columns say it', async () => {
    const { refusals } = await loadFiles({ 'assigned.csv': LIST });
    expect(refusals.map(({ rule, message }) => `${rule} ${message}`)).toEqual([
      'F04 no column "performance_year", "report_period" in a file of kind alr_assigned, and its name is not like P.A1234.ACO.QALR.2025Q3.D259999.T0100000_1-1.csv',
    ]);
    const told = LIST.replace('"BENE_MBI_ID"', 'performance_year,report_period,"BENE_MBI_ID"').replace(
      '1EG4',
      '2024,Q2,1EG4',
    );
    const { query } = await loadFiles({ 'assigned.csv': told });
    expect(await query('select window_start_date as since from input.assignment')).toEqual([{ since: '2023-07-01' }]);
  });

  it('with a period that is none leaves its records out, with the reason', async () => {
    const told = LIST.replace('"BENE_MBI_ID"', 'performance_year,report_period,"BENE_MBI_ID"').replace(
      '1EG4',
      '2024,Q5,1EG4',
    );
    const { query } = await loadFiles({ 'assigned.csv': told });
    expect(
      await query("select rows::integer as rows, reason from run.reconciliation where stage like '%input.assignment'"),
    ).toEqual([{ rows: 1, reason: 'the report period is none of initial, Q1 to Q4 and a year' }]);
  });

  it('counts services by participant in table 1-2 and by practitioner in table 1-4', async () => {
    const head = 'BENE_MBI_ID,BENE_SEX_CD,BENE_BRTH_DT,MASTER_ID';
    const { query } = await loadFiles({
      'P.A1234.ACO.QALR.2025Q3.D259999.T0100000_1-2.csv': `${head},B_EM_LINE_CNT_T\nm1,2,03/05/1945,000000001,4\n`,
      'P.A1234.ACO.QALR.2025Q3.D259999.T0100000_1-4.csv': `${head},NPI_USED,PCS_COUNT\nm1,2,03/05/1945,000000001,1234567893,3\n`,
    });
    expect(
      await query('select person_id, tin, npi, services from input.assignment_provider order by services'),
    ).toEqual([
      { person_id: 'm1', tin: '000000001', npi: '1234567893', services: 3 },
      { person_id: 'm1', tin: '000000001', npi: null, services: 4 },
    ]);
  });

  it('has tables that are counted and not used', async () => {
    const { files } = await loadFiles({
      't5.csv': 'BENE_MBI_ID,BENE_SEX_CD,PLUR_R05,AB_R01,HMO_R03,NO_US_R02,MDM_R04,NOFND_R06\nm1,2,1,0,0,0,0,0\n',
      't6.csv': 'BENE_MBI_ID,BENE_SEX_CD,BENE_BRTH_DT,VA_SELECTION_ONLY\nm1,2,03/05/1945,1\n',
    });
    expect(files.map(({ kind, skipped }) => [kind, skipped])).toEqual([
      ['alr_turnover', 1],
      ['alr_assignable', 1],
    ]);
  });
});

describe('rosters of the organization', () => {
  const inOrder = ({ query }: Loaded, table: string, columns: string) =>
    query(`select ${columns} from input.${table} order by all`);

  it('of providers make a practice of each tax number, and a practitioner of each record', async () => {
    const loaded = await loadFiles({
      'providers.csv': `NPI,first_name,last_name,TIN,practice_name,specialty,specialty_code,PCMH
1234567893,Bea,Birch,000000001,Birch Medicine,family medicine,8,no
1234567901,Cal,Cedar,000000001,,nurse practitioner,50,yes
1234567893,Bea,Birch,000000002,Other,family medicine,08,
`,
    });
    expect(await inOrder(loaded, 'practice', 'practice_id, name, tin, is_medical_home')).toEqual([
      { practice_id: '000000001', name: 'Birch Medicine', tin: '000000001', is_medical_home: true },
      { practice_id: '000000002', name: 'Other', tin: '000000002', is_medical_home: null },
    ]);
    expect(await inOrder(loaded, 'practitioner', 'npi, practice_id, specialty_code')).toEqual([
      { npi: '1234567893', practice_id: '000000001', specialty_code: '08' },
      { npi: '1234567893', practice_id: '000000002', specialty_code: '08' },
      { npi: '1234567901', practice_id: '000000001', specialty_code: '50' },
    ]);
  });

  it('of programs and exclusions are read as written in a spreadsheet', async () => {
    const loaded = await loadFiles({
      'programs.csv':
        'MBI,Program,Start_Date,End_Date,Reason\nm1,transitions,1/5/2024,,\nm2,transitions,2024-01-06,3/1/2024,"moved, far"\n',
      'optouts.csv': 'person_id,excluded_date,exclusion_reason\nm1,6/1/2024,declined\n',
    });
    expect(await inOrder(loaded, 'program_enrollment', 'person_id, program, start_date, end_date, reason')).toEqual([
      { person_id: 'm1', program: 'transitions', start_date: '2024-01-05', end_date: null, reason: null },
      {
        person_id: 'm2',
        program: 'transitions',
        start_date: '2024-01-06',
        end_date: '2024-03-01',
        reason: 'moved, far',
      },
    ]);
    expect(await inOrder(loaded, 'beneficiary_exclusion', 'person_id, excluded_date, reason')).toEqual([
      { person_id: 'm1', excluded_date: '2024-06-01', reason: 'declined' },
    ]);
  });

  it('of gaps closed by hand become a result, a procedure or a vaccine, each once, with who entered it', async () => {
    const loaded = await loadFiles({
      'gap-closures.csv': `person_id,service_date,code_type,code,value,unit,entered_by,entered_on,note
m1,3/14/2024,loinc,4548-4,7.2,%,j.doe,4/2/2024,"fax, page 2"
m1,2019-05-02,hcpcs,45378,,,j.doe,4/2/2024,
m2,2024-10-01,cvx,140,,,a.roe,2024-10-05,
m2,2024-10-01,snomed,73761001,,,a.roe,2024-10-05,
`,
    });
    const by = (table: string, columns: string) =>
      inOrder(
        loaded,
        table,
        `source_name as source, person_id, source_code as code, source_description as who, ${columns}`,
      );
    expect(await by('observation', 'observation_date as day, result, source_units as unit')).toEqual([
      {
        ...{ source: 'entered by hand', person_id: 'm1', code: '4548-4', day: '2024-03-14', result: '7.2', unit: '%' },
        who: 'entered by j.doe on 2024-04-02: fax, page 2',
      },
    ]);
    expect(await by('procedure', 'procedure_date as day')).toEqual([
      {
        ...{ source: 'entered by hand', person_id: 'm1', code: '45378', day: '2019-05-02' },
        who: 'entered by j.doe on 2024-04-02',
      },
    ]);
    expect(await by('immunization', 'occurrence_date as day')).toEqual([
      {
        ...{ source: 'entered by hand', person_id: 'm2', code: '140', day: '2024-10-01' },
        who: 'entered by a.roe on 2024-10-05',
      },
    ]);
    expect(
      await loaded.query(
        "select rows::integer as rows, reason from run.reconciliation where reason like '%code type other%'",
      ),
    ).toEqual([{ rows: 1, reason: expect.stringContaining('has a code type other than') }]);
  });

  it('of gaps closed by hand count for nothing once a line of any file takes them back', async () => {
    const loaded = await loadFiles({
      'a.csv': `person_id,service_date,code_type,code,value,unit,entered_by,entered_on,note,entry_id,withdraws
m1,2024-03-14,loinc,4548-4,7.2,%,a.roe,2024-04-03,wrong person,,e1
`,
      'b.csv': `person_id,service_date,code_type,code,value,unit,entered_by,entered_on,note,entry_id,withdraws
m1,2024-03-14,loinc,4548-4,7.2,%,j.doe,2024-04-02,fax,e1,
m1,2024-03-14,loinc,4548-4,7.9,%,j.doe,2024-04-04,"'=1+1",e2,
m1,2024-03-15,hcpcs,77067,,,j.doe,2024-04-04,letter,,
`,
    });
    expect(await inOrder(loaded, 'observation', 'result, source_description as who')).toEqual([
      { result: '7.9', who: "entered by j.doe on 2024-04-04: '=1+1" },
    ]);
    expect(await inOrder(loaded, 'procedure', 'source_code as code')).toEqual([{ code: '77067' }]);
    expect(
      await loaded.query(
        "select rows::integer as rows, reason from run.reconciliation where stage like '%input.observation' and reason like '%tak%back%' order by all",
      ),
    ).toMatchObject([{ rows: 1 }, { rows: 1 }]);
    expect(await loaded.query('select status from run."check" where check_id = \'redelivery\'')).toEqual([]);
  });

  it('of survey results are kept as they are scored', async () => {
    const loaded = await loadFiles({
      'cahps.csv':
        'survey_year,measure,measure_title,tin,respondents,score,benchmark\n2025,CAHPS-2,Communication,,312,93.1,92.4\n2025,CAHPS-2,Communication,1,40,88,\n',
    });
    expect(
      await inOrder(loaded, 'survey', 'survey, survey_year as year, question, tin, respondents as n, score'),
    ).toEqual([
      { survey: 'cahps', year: 2025, question: 'CAHPS-2', tin: '000000001', n: 40, score: 88 },
      { survey: 'cahps', year: 2025, question: 'CAHPS-2', tin: null, n: 312, score: 93.1 },
    ]);
  });
});

describe('indices of need', () => {
  const found = ({ query }: Loaded) =>
    query(
      'select area_kind as kind, area_code as code, index_name as name, year, value, percentile from input.area_index order by all',
    );

  it('of counties are a rank for all themes and for each; a rank of -999 is none', async () => {
    const loaded = await loadFiles({
      'SVI_2022_US_county.csv':
        'FIPS,RPL_THEMES,RPL_THEME1,RPL_THEME2,RPL_THEME3,RPL_THEME4,SPL_THEMES\n1001,0.25,0.5,-999,0.75,1,6.5524\n',
    });
    const same = { kind: 'county', code: '01001', year: 2022 };
    expect(await found(loaded)).toEqual([
      { ...same, name: 'svi', value: 6.5524, percentile: 25 },
      { ...same, name: 'svi housing and transport', value: null, percentile: 100 },
      { ...same, name: 'svi minority', value: null, percentile: 75 },
      { ...same, name: 'svi socioeconomic', value: null, percentile: 50 },
    ]);
  });

  it('of postal codes have five digits or nine; a rank that is withheld is none', async () => {
    const loaded = await loadFiles({
      'US_2022_ADI_Zip.csv': 'GISJOIN,ZIP_4,ADI_NATRANK,ADI_STATERNK\nG1,"04101-1234",37,4\nG2,4101,QDI,4\n',
    });
    expect(await found(loaded)).toEqual([
      { kind: 'zip', code: '04101', name: 'adi in state', year: 2022, value: 4, percentile: 40 },
      { kind: 'zip+4', code: '041011234', name: 'adi', year: 2022, value: 37, percentile: 37 },
      { kind: 'zip+4', code: '041011234', name: 'adi in state', year: 2022, value: 4, percentile: 40 },
    ]);
  });
});
