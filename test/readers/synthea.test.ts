import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { synthea } from '../../pipelines/readers/synthea/format.ts';
import { type Loaded, loadFiles } from './harness.ts';

const PATIENTS = `Id,BIRTHDATE,DEATHDATE,FIRST,LAST,RACE,ETHNICITY,GENDER,STATE,ZIP
ann,1950-03-01,,Ann,Ash,black,nonhispanic,F,Maine,00000
bob,1948-07-09,2024-06-01,Bob,Birch,white,hispanic,M,Maine,04101
`;
const PAYERS = `Id,NAME,PHONE,AMOUNT_COVERED,UNIQUE_CUSTOMERS,QOLS_AVG
m,Medicare,,0,1,0
d,Dual Eligible,,0,1,0
h,Humana,,0,1,0
n,NO_INSURANCE,,0,1,0
`;
const ENCOUNTERS = `Id,START,STOP,PATIENT,ORGANIZATION,PROVIDER,PAYER,ENCOUNTERCLASS,CODE,DESCRIPTION,REASONCODE
visit,2024-01-05T10:00:00Z,2024-01-05T10:30:00Z,ann,org,doc,m,ambulatory,185347001,Encounter for problem,
stay,2024-02-01T10:00:00Z,2024-02-04T09:00:00Z,bob,org,doc,h,inpatient,185347001,Encounter for problem,44054006
`;
const CLAIMS = `Id,PATIENTID,PRIMARYPATIENTINSURANCEID,APPOINTMENTID,DIAGNOSIS1
c1,ann,m,visit,44054006
c2,ann,m,visit,
c3,bob,n,stay,44054006
`;
/** c1: two charges; c2: the drug ordered at the visit; c3: a stay without insurance. */
const TRANSACTIONS = `ID,CLAIMID,CHARGEID,PATIENTID,TYPE,AMOUNT,METHOD,FROMDATE,TODATE,PLACEOFSERVICE,PROCEDURECODE,UNITS,PAYMENTS,ADJUSTMENTS,APPOINTMENTID,PATIENTINSURANCEID
t1,c1,9,ann,CHARGE,100.00,,2024-01-05T10:00:00Z,2024-01-05T10:30:00Z,org,185347001,1,,,visit,m1
t2,c1,10,ann,PAYMENT,,COPAY,2024-01-05T10:00:00Z,2024-01-05T10:30:00Z,org,185347001,1,20.00,,visit,m1
t3,c1,11,ann,PAYMENT,,ECHECK,2024-01-05T10:00:00Z,2024-01-05T10:30:00Z,org,185347001,1,70.00,,visit,m1
t4,c1,12,ann,TRANSFEROUT,,,2024-01-05T10:00:00Z,2024-01-05T10:30:00Z,org,185347001,1,,,visit,m1
t5,c1,13,ann,TRANSFERIN,10.00,,2024-01-05T10:00:00Z,2024-01-05T10:30:00Z,org,185347001,1,,,visit,m1
t6,c1,14,ann,PAYMENT,,CASH,2024-01-05T10:00:00Z,2024-01-05T10:30:00Z,org,185347001,1,10.00,,visit,m1
t7,c1,100,ann,CHARGE,30.00,,2024-01-05T10:00:00Z,2024-01-05T10:30:00Z,org,430193006,1,,5.00,visit,m1
t8,c1,101,ann,PAYMENT,,ECHECK,2024-01-05T10:00:00Z,2024-01-05T10:30:00Z,org,430193006,1,25.00,,visit,m1
t9,c2,102,ann,CHARGE,12.00,,2024-01-05T10:30:00Z,2024-01-05T10:30:00Z,org,860975,1,,,visit,m1
t10,c2,103,ann,PAYMENT,,ECHECK,2024-01-05T10:30:00Z,2024-01-05T10:30:00Z,org,860975,1,12.00,,visit,m1
t11,c3,104,bob,CHARGE,900.00,,2024-02-01T10:00:00Z,2024-02-04T09:00:00Z,org,185347001,1,,,stay,
`;
const MEDICATIONS = `START,STOP,PATIENT,ENCOUNTER,CODE,DESCRIPTION,REASONCODE
2024-01-05T10:30:00Z,,ann,visit,860975,metformin,44054006
`;
const OBSERVATIONS = `DATE,PATIENT,ENCOUNTER,CATEGORY,CODE,DESCRIPTION,VALUE,UNITS,TYPE
2024-01-05T10:10:00Z,ann,visit,laboratory,4548-4,Hemoglobin A1c,9.6,%,numeric
2024-01-05T10:10:00Z,ann,visit,vital-signs,8480-6,Systolic Blood Pressure,132,mm[Hg],numeric
2024-01-05T10:10:00Z,ann,,,QALY,QALY,70.1,a,numeric
`;

const stages = async ({ query }: Loaded) =>
  (
    await query(
      "select stage || ': ' || rows_in || ' in, ' || rows_out || ' out, ' || rows || ' ' || reason as line from run.reconciliation order by stage, reason",
    )
  ).map(({ line }) => line);

describe('Synthea claims', () => {
  const files = {
    'patients.csv': PATIENTS,
    'payers.csv': PAYERS,
    'encounters.csv': ENCOUNTERS,
    'claims.csv': CLAIMS,
    'claims_transactions.csv': TRANSACTIONS,
    'medications.csv': MEDICATIONS,
  };

  it('have a line per charge, with what insurers, copays and the patient paid on it', async () => {
    const { query, refusals } = await loadFiles(files);
    expect(refusals).toEqual([]);
    expect(
      await query(
        `select claim_id, claim_line_number as line, claim_type as type, payer, bill_type_code as bill,
           place_of_service_code as place, diagnosis_code_1 as dx, charge_amount::double as charged,
           allowed_amount::double as allowed, paid_amount::double as paid, copayment_amount::double as copay,
           coinsurance_amount::double as own, admission_date as admitted, discharge_date as discharged
         from input.medical_claim order by claim_id, line`,
      ),
    ).toEqual([
      {
        ...{ claim_id: 'c1', line: '1', type: 'professional', payer: 'medicare', bill: null, place: '11' },
        ...{ dx: '44054006', charged: 100, allowed: 100, paid: 70, copay: 20, own: 10 },
        ...{ admitted: null, discharged: null },
      },
      {
        ...{ claim_id: 'c1', line: '2', type: 'professional', payer: 'medicare', bill: null, place: '11' },
        ...{ dx: '44054006', charged: 30, allowed: 25, paid: 25, copay: 0, own: 0 },
        ...{ admitted: null, discharged: null },
      },
      {
        ...{ claim_id: 'c3', line: '1', type: 'institutional', payer: null, bill: '111', place: null },
        ...{ dx: '44054006', charged: 900, allowed: 900, paid: 0, copay: 0, own: 0 },
        ...{ admitted: '2024-02-01', discharged: '2024-02-04' },
      },
    ]);
  });

  it('are fills where the one charge of a claim is a drug ordered at the encounter', async () => {
    const { query } = await loadFiles(files);
    expect(
      await query(
        'select claim_id, person_id, dispensing_date, ndc_code, paid_amount::double as paid, line_number::integer as line from input.pharmacy_claim',
      ),
    ).toEqual([
      { claim_id: 'c2', person_id: 'ann', dispensing_date: '2024-01-05', ndc_code: null, paid: 12, line: 10 },
    ]);
  });

  it('explain every transaction that is no line', async () => {
    const lines = await stages(await loadFiles(files));
    expect(lines.filter((line) => String(line).includes('_claim'))).toEqual([
      'synthea.claims_transactions -> input.medical_claim: 11 in, 3 out, 1 a fill, see input.pharmacy_claim',
      'synthea.claims_transactions -> input.medical_claim: 11 in, 3 out, 7 a payment or transfer, counted in the charge it belongs to',
      'synthea.claims_transactions -> input.pharmacy_claim: 11 in, 1 out, 3 a medical charge, see input.medical_claim',
      'synthea.claims_transactions -> input.pharmacy_claim: 11 in, 1 out, 7 a payment or transfer, counted in the charge it belongs to',
    ]);
  });
});

describe('Synthea coverage', () => {
  const coverage = async (transitions: string) => {
    const { query } = await loadFiles({
      'patients.csv': PATIENTS,
      'payers.csv': PAYERS,
      'payer_transitions.csv': transitions,
    });
    return (
      await query(
        `select concat_ws(' ', person_id, payer_type, coalesce(dual_status_code, '-'), enrollment_start_date, enrollment_end_date) as span
         from input.eligibility order by enrollment_start_date`,
      )
    ).map(({ span }) => span);
  };

  it('ends the day before the next span begins, and no insurance is none', async () => {
    expect(
      await coverage(
        `PATIENT,MEMBERID,START_DATE,END_DATE,PAYER,SECONDARY_PAYER,PLAN_OWNERSHIP,OWNER_NAME
ann,,2020-03-01T04:00:00Z,2021-03-01T04:00:00Z,n,,,
ann,m1,2021-03-01T04:00:00Z,2022-03-01T04:00:00Z,h,,Self,Ann
ann,m2,2022-03-01T04:00:00Z,2023-03-01T04:00:00Z,m,,Self,Ann
ann,m3,2023-03-01T04:00:00Z,2024-03-01T04:00:00Z,d,,Self,Ann
`,
      ),
    ).toEqual([
      'ann commercial - 2021-03-01 2022-02-28',
      'ann medicare - 2022-03-01 2023-02-28',
      'ann medicare 02 2023-03-01 2024-02-29',
    ]);
  });

  it('in whole years includes the last year', async () => {
    expect(
      await coverage('PATIENT,START_YEAR,END_YEAR,PAYER,OWNERSHIP\nann,2010,2012,m,Self\nann,2013,2013,h,Self\n'),
    ).toEqual(['ann medicare - 2010-01-01 2012-12-31', 'ann commercial - 2013-01-01 2013-12-31']);
    expect(await coverage('PATIENT,YEAR,PAYER,OWNERSHIP\nann,2010,m,Self\n')).toEqual([
      'ann medicare - 2010-01-01 2010-12-31',
    ]);
  });
});

describe('Synthea records', () => {
  it('become patients, encounters, results and observations; what the simulator computes does not', async () => {
    const loaded = await loadFiles({
      'patients.csv': PATIENTS,
      'encounters.csv': ENCOUNTERS,
      'observations.csv': OBSERVATIONS,
    });
    expect(
      await loaded.query('select person_id, sex, race, ethnicity, zip_code, death_date from input.patient order by 1'),
    ).toEqual([
      {
        ...{ person_id: 'ann', sex: 'female', race: 'black or african american', ethnicity: 'not hispanic' },
        ...{ zip_code: null, death_date: null },
      },
      {
        ...{ person_id: 'bob', sex: 'male', race: 'white', ethnicity: 'hispanic' },
        ...{ zip_code: '04101', death_date: '2024-06-01' },
      },
    ]);
    expect(
      await loaded.query('select encounter_id, encounter_type, location_id from input.encounter order by 1'),
    ).toEqual([
      { encounter_id: 'stay', encounter_type: 'acute inpatient', location_id: 'org' },
      { encounter_id: 'visit', encounter_type: 'office visit', location_id: 'org' },
    ]);
    expect(await loaded.query('select normalized_component_code as code, result from input.lab_result')).toEqual([
      { code: '4548-4', result: '9.6' },
    ]);
    expect(
      await loaded.query('select normalized_code as code, result, line_number::integer as line from input.observation'),
    ).toEqual([{ code: '8480-6', result: '132', line: 3 }]);
  });

  it('of the oldest export become the same tables', async () => {
    const loaded = await loadFiles({
      'patients.csv':
        'ID,BIRTHDATE,DEATHDATE,SSN,DRIVERS,PASSPORT,PREFIX,FIRST,LAST,SUFFIX,MAIDEN,MARITAL,RACE,ETHNICITY,GENDER,BIRTHPLACE,ADDRESS\nann,1950-03-01,,,,,,Ann,Ash,,,,white,irish,F,,\n',
      'encounters.csv':
        'ID,DATE,PATIENT,CODE,DESCRIPTION,REASONCODE,REASONDESCRIPTION\ne,2010-05-05,ann,185349003,Check-up,,\n',
      'conditions.csv': 'START,STOP,PATIENT,ENCOUNTER,CODE,DESCRIPTION\n2010-05-05,,ann,e,44054006,Diabetes\n',
      'procedures.csv':
        'DATE,PATIENT,ENCOUNTER,CODE,DESCRIPTION,REASONCODE,REASONDESCRIPTION\n2010-05-05,ann,e,430193006,Reconciliation,,\n',
      'immunizations.csv': 'DATE,PATIENT,ENCOUNTER,CODE,DESCRIPTION\n2010-05-05,ann,e,140,Influenza\n',
    });
    expect(loaded.refusals).toEqual([]);
    expect(
      await loaded.query(
        `select 'encounter' as kind, encounter_type as what, encounter_start_date as day from input.encounter
         union all select 'condition', normalized_code_type || ' ' || normalized_code, onset_date from input.condition
         union all select 'procedure', normalized_code_type || ' ' || normalized_code, procedure_date from input.procedure
         union all select 'immunization', normalized_code_type || ' ' || normalized_code, occurrence_date from input.immunization`,
      ),
    ).toEqual([
      { kind: 'encounter', what: 'other', day: '2010-05-05' },
      { kind: 'condition', what: 'snomed 44054006', day: '2010-05-05' },
      { kind: 'procedure', what: 'snomed 430193006', day: '2010-05-05' },
      { kind: 'immunization', what: 'cvx 140', day: '2010-05-05' },
    ]);
  });

  it('that nothing reads are counted and named', async () => {
    const loaded = await loadFiles({
      'devices.csv': 'START,STOP,PATIENT,ENCOUNTER,CODE,DESCRIPTION,UDI\n2010-05-05,,ann,e,1,Stent,x\n',
    });
    expect(
      loaded.files.map(({ kind, physical_records, skipped, note }) => [kind, physical_records, skipped, note]),
    ).toEqual([['devices', 2, 1, 'not used: no model reads devices']]);
  });
});

describe('the mappings', () => {
  it('are exactly the files beside them', () => {
    const { folder, sources, prepared } = synthea.mappings ?? { folder: '', sources: {}, prepared: [] };
    const files = readdirSync(folder).filter((name) => name.endsWith('.sql'));
    expect(files.sort()).toEqual([...Object.keys(sources), ...prepared].map((name) => `${name}.sql`).sort());
  });

  it('read every table that is not said to be unused', () => {
    const read = new Set([...Object.values(synthea.mappings?.sources ?? {}), 'claims', 'payers']);
    const used = synthea.tables.filter(({ unused }) => unused === undefined).map(({ name }) => name);
    expect(used.filter((name) => !read.has(name))).toEqual([]);
  });
});
