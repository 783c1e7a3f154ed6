import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { quoted } from '../../pipelines/engine/sql.ts';
import { inputTables } from '../../pipelines/input/tables.ts';
import { formats } from '../../pipelines/readers/load.ts';
import { identify } from '../../pipelines/readers/recognise.ts';
import { temporaryFolder } from './harness.ts';

let connection: Awaited<ReturnType<DuckDBInstance['connect']>>;
beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:')).connect();
});

/** `format/table`, the rule and words of a refusal behind it, or 'unrecognised'. */
async function kindOf(content: string | Buffer, name = 'extract.csv'): Promise<string> {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, content);
  const { format, table, refusal } = await identify(connection, { path, name: path }, formats);
  if (!format || !table) return 'unrecognised';
  return `${format.id}/${table.name}${refusal ? ` refused by ${refusal.rule}: ${refusal.message}` : ''}`;
}

const required = (name: string): string[] =>
  (inputTables.find((table) => table.name === name)?.columns ?? [])
    .filter(({ presence }) => presence !== 'optional')
    .map(({ deliveredAs }) => deliveredAs[0] ?? '');

describe('a Tuva file', () => {
  it('is recognised by the names of its columns, whatever it is called', async () => {
    for (const { name } of inputTables) {
      expect(await kindOf(`${required(name).join(',')}\n`, 'x.csv'), name).toBe(`tuva/${name}`);
    }
  });

  it('is recognised in any order of columns, in capitals, quoted, behind a byte order mark', async () => {
    const header = required('medical_claim').reverse();
    expect(await kindOf(`${header.join(',').toUpperCase()}\n`)).toBe('tuva/medical_claim');
    expect(await kindOf(`\ufeff${header.map((name) => `"${name}"`).join(',')}\r\n`)).toBe('tuva/medical_claim');
  });

  it('is recognised when it is delimited by pipes, tabs or semicolons', async () => {
    for (const delimiter of ['|', '\t', ';']) {
      expect(await kindOf(`${required('pharmacy_claim').join(delimiter)}\n`)).toBe('tuva/pharmacy_claim');
    }
  });

  it('is recognised inside gzip, even a broken one', async () => {
    const whole = gzipSync(`${required('eligibility').join(',')}\n${'x,'.repeat(9000)}`);
    expect(await kindOf(whole, 'x.csv.gz')).toBe('tuva/eligibility');
    expect(await kindOf(whole.subarray(0, -9), 'x.csv.gz')).toBe('tuva/eligibility');
  });

  it('is recognised as Parquet', async () => {
    const path = join(temporaryFolder(), 'part-0.parquet');
    const columns = required('eligibility').map((name) => `'x' as ${name}`);
    await connection.run(`copy (select ${columns.join(', ')}) to ${quoted(path)} (format parquet)`);
    expect((await identify(connection, { path, name: path }, formats)).table?.name).toBe('eligibility');
  });
});

describe('a file that is one of ours and cannot be read is refused', () => {
  it('without a required column: the column is named', async () => {
    const header = required('medical_claim').filter((name) => name !== 'claim_line_number');
    expect(await kindOf(`${header.join(',')},paid_amount\n`)).toBe(
      'tuva/medical_claim refused by F04: no column "claim_line_number" in a file of kind medical_claim',
    );
  });

  it('without a header, which its name betrays', async () => {
    for (const name of ['medical_claim.csv', 'aco_medical_claim_202401.csv', 'medical_claim_seed.csv']) {
      expect(await kindOf('1001,1,professional,p1\n', name)).toMatch(/^tuva\/medical_claim refused by F03: .*header/);
    }
    expect(await kindOf('92f4,1974-02-14,,999-78-2977\n', 'patients.csv')).toMatch(/refused by F03/);
  });

  it('with a column named twice', async () => {
    const header = [...required('eligibility'), 'state', 'State'];
    expect(await kindOf(`${header.join(',')}\n`)).toBe(
      'tuva/eligibility refused by F05: column "state" is named twice',
    );
  });

  it('as UTF-16', async () => {
    const text = Buffer.from(`\ufeff${required('eligibility').join(',')}\n`, 'utf16le');
    expect(await kindOf(text)).toBe('tuva/eligibility refused by F02: the text is UTF-16LE: deliver it as UTF-8');
  });

  it('as a Parquet file without its end, which its name betrays', async () => {
    expect(await kindOf('PAR1 and no more', 'eligibility.parquet')).toMatch(/^tuva\/eligibility refused by F0[38]/);
  });
});

describe('a file that is none of ours', () => {
  it('is unrecognised, not refused', async () => {
    expect(await kindOf('Apache License\nVersion 2.0, January 2004\n', 'LICENSE')).toBe('unrecognised');
    expect(await kindOf('# Notes, and more\n', 'README.md')).toBe('unrecognised');
    expect(await kindOf('', 'empty.csv')).toBe('unrecognised');
    expect(await kindOf('id,name,city\n1,x,y\n', 'customers.csv')).toBe('unrecognised');
    expect(await kindOf('{"person_id": 1}\n', 'truth.json')).toBe('unrecognised');
    expect(await kindOf(Buffer.from([0, 0, 0, 1, 0x42, 0x75, 0x64, 0x31]), '.DS_Store')).toBe('unrecognised');
  });
});

/** Headers of Synthea's CSVExporter through its public history. */
const SYNTHEA: Readonly<Record<string, readonly string[]>> = {
  patients: [
    'ID,BIRTHDATE,DEATHDATE,SSN,DRIVERS,PASSPORT,PREFIX,FIRST,LAST,SUFFIX,MAIDEN,MARITAL,RACE,ETHNICITY,GENDER,BIRTHPLACE,ADDRESS',
    'Id,BIRTHDATE,DEATHDATE,SSN,DRIVERS,PASSPORT,PREFIX,FIRST,LAST,SUFFIX,MAIDEN,MARITAL,RACE,ETHNICITY,GENDER,BIRTHPLACE,ADDRESS,CITY,STATE,ZIP',
    'Id,BIRTHDATE,DEATHDATE,SSN,DRIVERS,PASSPORT,PREFIX,FIRST,LAST,SUFFIX,MAIDEN,MARITAL,RACE,ETHNICITY,GENDER,BIRTHPLACE,ADDRESS,CITY,STATE,COUNTY,ZIP,LAT,LON,HEALTHCARE_EXPENSES,HEALTHCARE_COVERAGE',
    'Id,BIRTHDATE,DEATHDATE,SSN,DRIVERS,PASSPORT,PREFIX,FIRST,MIDDLE,LAST,SUFFIX,MAIDEN,MARITAL,RACE,ETHNICITY,GENDER,BIRTHPLACE,ADDRESS,CITY,STATE,COUNTY,FIPS,ZIP,LAT,LON,HEALTHCARE_EXPENSES,HEALTHCARE_COVERAGE,INCOME',
  ],
  encounters: [
    'ID,DATE,PATIENT,CODE,DESCRIPTION,REASONCODE,REASONDESCRIPTION',
    'ID,START,STOP,PATIENT,ENCOUNTERCLASS,CODE,DESCRIPTION,COST,REASONCODE,REASONDESCRIPTION',
    'Id,START,STOP,PATIENT,PROVIDER,PAYER,ENCOUNTERCLASS,CODE,DESCRIPTION,COST,PAYER_COVERAGE,REASONCODE,REASONDESCRIPTION',
    'Id,START,STOP,PATIENT,ORGANIZATION,PROVIDER,PAYER,ENCOUNTERCLASS,CODE,DESCRIPTION,BASE_ENCOUNTER_COST,TOTAL_CLAIM_COST,PAYER_COVERAGE,REASONCODE,REASONDESCRIPTION',
  ],
  conditions: ['START,STOP,PATIENT,ENCOUNTER,CODE,DESCRIPTION', 'START,STOP,PATIENT,ENCOUNTER,SYSTEM,CODE,DESCRIPTION'],
  allergies: [
    'START,STOP,PATIENT,ENCOUNTER,CODE,DESCRIPTION',
    'START,STOP,PATIENT,ENCOUNTER,CODE,SYSTEM,DESCRIPTION,TYPE,CATEGORY,REACTION1,DESCRIPTION1,SEVERITY1,REACTION2,DESCRIPTION2,SEVERITY2',
  ],
  careplans: ['Id,START,STOP,PATIENT,ENCOUNTER,CODE,DESCRIPTION,REASONCODE,REASONDESCRIPTION'],
  procedures: [
    'DATE,PATIENT,ENCOUNTER,CODE,DESCRIPTION,REASONCODE,REASONDESCRIPTION',
    'DATE,PATIENT,ENCOUNTER,CODE,DESCRIPTION,COST,REASONCODE,REASONDESCRIPTION',
    'START,STOP,PATIENT,ENCOUNTER,CODE,DESCRIPTION,BASE_COST,REASONCODE,REASONDESCRIPTION',
    'START,STOP,PATIENT,ENCOUNTER,SYSTEM,CODE,DESCRIPTION,BASE_COST,REASONCODE,REASONDESCRIPTION',
  ],
  observations: [
    'DATE,PATIENT,ENCOUNTER,CODE,DESCRIPTION,VALUE,UNITS',
    'DATE,PATIENT,ENCOUNTER,CODE,DESCRIPTION,VALUE,UNITS,TYPE',
    'DATE,PATIENT,ENCOUNTER,CATEGORY,CODE,DESCRIPTION,VALUE,UNITS,TYPE',
  ],
  medications: [
    'START,STOP,PATIENT,ENCOUNTER,CODE,DESCRIPTION,REASONCODE,REASONDESCRIPTION',
    'START,STOP,PATIENT,ENCOUNTER,CODE,DESCRIPTION,COST,DISPENSES,TOTALCOST,REASONCODE,REASONDESCRIPTION',
    'START,STOP,PATIENT,PAYER,ENCOUNTER,CODE,DESCRIPTION,BASE_COST,PAYER_COVERAGE,DISPENSES,TOTALCOST,REASONCODE,REASONDESCRIPTION',
  ],
  immunizations: [
    'DATE,PATIENT,ENCOUNTER,CODE,DESCRIPTION',
    'DATE,PATIENT,ENCOUNTER,CODE,DESCRIPTION,COST',
    'DATE,PATIENT,ENCOUNTER,CODE,DESCRIPTION,BASE_COST',
  ],
  payer_transitions: [
    'PATIENT,YEAR,PAYER,OWNERSHIP',
    'PATIENT,START_YEAR,END_YEAR,PAYER,OWNERSHIP',
    'PATIENT,MEMBERID,START_YEAR,END_YEAR,PAYER,SECONDARY_PAYER,OWNERSHIP,OWNERNAME',
    'PATIENT,MEMBERID,START_DATE,END_DATE,PAYER,SECONDARY_PAYER,PLAN_OWNERSHIP,OWNER_NAME',
  ],
  payers: [
    'Id,NAME,ADDRESS,CITY,STATE,ZIP,PHONE,AMOUNT_COVERED,REVENUE,ENCOUNTER_UTILIZATION,UNIQUE_CUSTOMERS,QOLS_AVG',
    'Id,NAME,OWNERSHIP,ADDRESS,CITY,STATE_HEADQUARTERED,ZIP,PHONE,AMOUNT_COVERED,AMOUNT_UNCOVERED,REVENUE,COVERED_ENCOUNTERS,UNCOVERED_ENCOUNTERS,COVERED_MEDICATIONS,UNCOVERED_MEDICATIONS,COVERED_PROCEDURES,UNCOVERED_PROCEDURES,COVERED_IMMUNIZATIONS,UNCOVERED_IMMUNIZATIONS,UNIQUE_CUSTOMERS,QOLS_AVG,MEMBER_MONTHS',
  ],
  organizations: [
    'Id,NAME,ADDRESS,CITY,STATE,ZIP,PHONE,UTILIZATION',
    'Id,NAME,ADDRESS,CITY,STATE,ZIP,LAT,LON,PHONE,REVENUE,UTILIZATION',
  ],
  providers: [
    'Id,ORGANIZATION,NAME,GENDER,SPECIALITY,ADDRESS,CITY,STATE,ZIP,UTILIZATION',
    'Id,ORGANIZATION,NAME,GENDER,SPECIALITY,ADDRESS,CITY,STATE,ZIP,LAT,LON,ENCOUNTERS,PROCEDURES',
  ],
  devices: ['START,STOP,PATIENT,ENCOUNTER,CODE,DESCRIPTION,UDI'],
  supplies: ['DATE,PATIENT,ENCOUNTER,CODE,DESCRIPTION,QUANTITY'],
  imaging_studies: [
    'ID,DATE,PATIENT,ENCOUNTER,BODYSITE_CODE,BODYSITE_DESCRIPTION,MODALITY_CODE,MODALITY_DESCRIPTION,SOP_CODE,SOP_DESCRIPTION',
    'Id,DATE,PATIENT,ENCOUNTER,SERIES_UID,BODYSITE_CODE,BODYSITE_DESCRIPTION,MODALITY_CODE,MODALITY_DESCRIPTION,INSTANCE_UID,SOP_CODE,SOP_DESCRIPTION,PROCEDURE_CODE',
  ],
};

describe('a Synthea file', () => {
  it('is recognised under every header of its public history', async () => {
    for (const [table, headers] of Object.entries(SYNTHEA)) {
      for (const header of headers)
        expect(await kindOf(`${header}\n`, `${table}.csv`), header).toBe(`synthea/${table}`);
    }
  });

  it('is told by its name where two kinds share one header, and refused where that does not help', async () => {
    const header = 'START,STOP,PATIENT,ENCOUNTER,CODE,DESCRIPTION\n';
    expect(await kindOf(header, 'allergies.csv')).toBe('synthea/allergies');
    expect(await kindOf(header, 'conditions.csv')).toBe('synthea/conditions');
    expect(await kindOf(header, 'part-1.csv')).toMatch(/refused by F11: the header fits conditions or allergies/);
  });
});
