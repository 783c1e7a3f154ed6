import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadReferenceTables, parseReferenceList } from '../../pipelines/engine/reference-tables.ts';
import { rows } from '../../pipelines/engine/sql.ts';
import { readSuppliedTables } from '../../pipelines/engine/supplied-tables.ts';

const cited = (...lines: string[]): string => ['# CMS, made up, public domain', ...lines, ''].join('\n');

describe('--reference', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'throughline-tables-'));
  });
  afterEach(() => rmSync(dir, { recursive: true }));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  };
  async function loaded(sql: string) {
    const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
    await connection.run('create schema reference');
    await loadReferenceTables(connection, await readSuppliedTables(dir));
    const found = await rows(connection, sql);
    connection.closeSync();
    return found.map((row) => Object.values(row).join(' '));
  }

  it('reads our own layout, and takes it for the built-in list of its model and year only', async () => {
    write('next.csv', cited('version,payment_years,hcc,codes', 'V28,2028-2029,38,E119 E118', 'V28,2026,1,B20'));
    expect(
      await loaded(`select payment_year, hcc, code from reference.hcc_diagnosis
        where version = 'V28' and payment_year in (2026, 2028, 2029) order by all`),
    ).toEqual(['2026 1 B20', '2028 38 E118', '2028 38 E119', '2029 38 E118', '2029 38 E119']);
    expect(
      await loaded("select count(*) from reference.hcc_diagnosis where version = 'V28' and payment_year = 2024"),
    ).toEqual(['8046']);
    expect(
      await loaded(
        "select source, is_supplied from reference.table_source where table_name = 'reference.hcc_diagnosis' order by 2",
      ),
    ).toEqual([expect.stringMatching(/^CMS, ICD-10-CM mappings .* false$/), 'CMS, made up, public domain true']);
  });

  it('reads the format of diagnoses of the CMS software', async () => {
    write('2028 software/F2828T1N_FY26FY27.TXT', 'E0952\t37\t\r\nE0952\t264\tD\r\nE119\t38\t\r\n');
    expect(
      await loaded(
        "select hcc, code from reference.hcc_diagnosis where version = 'V28' and payment_year = 2028 order by all",
      ),
    ).toEqual(['37 E0952', '38 E119', '264 E0952']);
  });

  it('reads the mappings of CMS saved as CSV: each model and year whose column says Yes', async () => {
    write(
      'mappings.csv',
      `"2028 Midyear/Final Mappings, all models",,,,
"Diagnosis\nCode",Description,"CMS-HCC\nESRD\nModel\nCategory\nV24","CMS-HCC ESRD Model Category V24 for 2028 Payment Year","CMS-HCC\nModel\nCategory\nV28","CMS-HCC\nModel\nCategory V28\nfor 2028\nPayment Year"
E119,"Diabetes, ""type 2""",19,Yes,38,Yes
I10,Hypertension,85,No,,
,,,,,
`,
    );
    expect(
      await loaded(
        'select version, payment_year, hcc, code from reference.hcc_diagnosis where payment_year = 2028 order by all',
      ),
    ).toEqual(['V24 2028 19 E119', 'V28 2028 38 E119']);
  });

  it('reads relative factors in a line each or in two lines', async () => {
    write('2027/C2827.csv', 'Name, Coeff, Label\r\nCNA_HCC280, 0.319,Lung\r\nSNPNE_MCAID_ORIGDIS_NEF65,1.2,x\r\n');
    write('2028/esrd.csv', '"DI_F0_34","GFA_HCC18","LTI_GE65"\n.644,0.077,0.955\n');
    expect(
      await loaded(
        'select model, payment_year, segment, variable, coefficient::double from reference.hcc_coefficient where payment_year >= 2027 order by all',
      ),
    ).toEqual([
      'ESRD V24 2028 DI F0_34 0.644',
      'ESRD V24 2028 GFA HCC18 0.077',
      'ESRD V24 2028 any LTI_GE65 0.955',
      'V28 2027 CNA HCC280 0.319',
      'V28 2027 SNPNE MCAID_ORIGDIS_NEF65 1.2',
    ]);
  });

  it('reads the macro of the hierarchies and passes over other programs', async () => {
    write(
      '2028/V28115H1.TXT',
      '%MACRO V28115H1;\n %SET0(CC=17 , HIER=%STR(18, 19 ));\n %SET0(CC=62, HIER=%STR(63));\n%MEND;\n',
    );
    write('2028/V2828T1M.TXT', ' %MACRO V2828T1M(INP=);\n');
    expect(
      await loaded(
        "select step, hcc, drops from reference.hcc_hierarchy where version = 'V28' and payment_year = 2028 order by all",
      ),
    ).toEqual(['1 17 18', '1 17 19', '2 62 63']);
  });

  it.each([
    [
      'a cell that is no number',
      'a.csv',
      cited('version,payment_years,hcc,codes', 'V28,2028,x,E119'),
      'a.csv:3 hcc needs integer, got "x"',
    ],
    [
      'a year that is none',
      'a.csv',
      cited('version,payment_years,hcc,codes', 'V28,28,1,E119'),
      'a.csv:3 payment_years needs a year',
    ],
    [
      'a line with too few cells',
      'a.csv',
      cited('version,payment_years,hcc,codes', 'V28,2028,1,E119', 'V28,2028'),
      'a.csv:4 needs 4 cells, has 2',
    ],
    [
      'lists out of step',
      'a.csv',
      cited('model,payment_years,variable,segments,coefficients', 'V28,2028,D4,CNA CND,0.1'),
      'a.csv:3 lists that go in step',
    ],
    ['unknown headings', 'a.csv', cited('a,b'), 'a.csv:2 has the headings of no reference table: "a,b"'],
    [
      'a CMS file without its year',
      'F28.TXT',
      'E119\t38\t\n',
      'F28.TXT:1 needs its payment year in its name or in that of a folder',
    ],
    ['a CMS file of another model', '2028/F2228.TXT', 'E119\t19\t\n', 'F2228.TXT:1 is a format of no model'],
    [
      'a broken line of a format',
      '2028/F2828.TXT',
      'E119\t38\t\nE118 38\n',
      'F2828.TXT:2 needs a code, a tab and a category, got "E118 38"',
    ],
    [
      'a factor that is no number',
      '2028/c.csv',
      'Name,Coeff,Label\nCNA_HCC280,O.3,x\n',
      'c.csv:2 CNA_HCC280 needs a number, got "O.3"',
    ],
    [
      'a factor that comes twice',
      '2028/c.csv',
      'Name,Coeff\nCNA_HCC280,0.3\nCNA_HCC280,0.4\n',
      'c.csv:3 CNA_HCC280 comes twice',
    ],
    ['a file that is no table', 'notes.txt', 'hello\n', 'notes.txt:1 is none of the tables'],
  ])('refuses %s with file, line and rule', async (_, path, text, message) => {
    write(path, text);
    await expect(readSuppliedTables(dir)).rejects.toThrow(message);
    await expect(readSuppliedTables(dir)).rejects.toMatchObject({ exitCode: 3 });
  });

  it('refuses two files of one model and year, and a folder without tables', async () => {
    await expect(readSuppliedTables(dir)).rejects.toThrow('holds no reference table');
    write('2028/initial/F2828T1N.TXT', 'E119\t38\t\n');
    write('2028/midyear/F2828T2N.TXT', 'E118\t38\t\n');
    await expect(readSuppliedTables(dir)).rejects.toThrow(
      'F2828T2N.TXT:1 holds V28 of 2028, as "CMS, 2028/initial/F2828T1N.TXT',
    );
    await expect(readSuppliedTables(join(dir, 'nowhere'))).rejects.toMatchObject({ exitCode: 2 });
  });
});

describe('parseReferenceList', () => {
  it('makes each code of a range', () => {
    const { lines } = parseReferenceList(cited('service_years,codes', '2026,99202-99204 G0438-G0439 0795T'), 'x.csv');
    expect(lines[0]?.codes).toBe('99202 99203 99204 G0438 G0439 0795T');
  });
});
