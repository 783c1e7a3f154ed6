import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { Built } from '../../pipelines/engine/build.ts';
import { subjectsOf } from '../../pipelines/engine/fact.ts';
import { loadReferenceTables } from '../../pipelines/engine/reference-tables.ts';
import { rows } from '../../pipelines/engine/sql.ts';
import { readSuppliedTables } from '../../pipelines/engine/supplied-tables.ts';
import { caveatsOf } from '../../pipelines/publish/caveats.ts';
import { definitionsInOrder, given, make, warehouse } from '../support/warehouse.ts';

let folder = '';
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A folder for --reference with these files. */
async function supplied(files: Readonly<Record<string, string>>): Promise<string> {
  folder = await mkdtemp(join(tmpdir(), 'throughline-drugs-'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

const HEADER =
  'PRODUCTID\tPRODUCTNDC\tPRODUCTTYPENAME\tPROPRIETARYNAME\tPROPRIETARYNAMESUFFIX\tNONPROPRIETARYNAME\tDOSAGEFORMNAME\tSUBSTANCENAME';
const PRODUCTS = [
  HEADER,
  '0071-0155_x\t0071-0155\tHUMAN PRESCRIPTION DRUG\tLipitor\t\tatorvastatin calcium\tTABLET, FILM COATED\tATORVASTATIN CALCIUM TRIHYDRATE',
  '68180-513_x\t68180-513\tHUMAN PRESCRIPTION DRUG\tLisinopril\t\tLisinopril\tTABLET\tLISINOPRIL',
  '68180-7_x\t68180-7777\tHUMAN PRESCRIPTION DRUG\tSitagliptin and Metformin\t\tsitagliptin and metformin\tTABLET\tMETFORMIN HYDROCHLORIDE; SITAGLIPTIN',
  '',
].join('\r\n');

it('a fill is recognised by the FDA directory, by a list of its own, and by a clinical source before both', async () => {
  const dir = await supplied({
    'product.txt': PRODUCTS,
    'package.txt': 'PRODUCTID\tPRODUCTNDC\tNDCPACKAGECODE\r\n0071-0155_x\t0071-0155\t0071-0155-23\r\n',
    'ours.csv': '# Ours, 2025\nndc,name\n55555000101,rosuvastatin 10 mg\n',
  });
  const connection = await warehouse();
  await loadReferenceTables(connection, await readSuppliedTables(dir));
  await given(connection, {
    'input.eligibility': `
      person_id | birth_date | gender | payer    | enrollment_start_date | enrollment_end_date
      ann       | 1950-05-05 | female | medicare | 2024-01-01            | 2024-12-31`,
    'input.medication': `
      medication_id | person_id | dispensing_date | ndc_code    | ndc_description
      1             | ann       | 2024-01-01      | 68180051301 | enalapril`,
    'input.pharmacy_claim': `
      claim_id | claim_line_number | person_id | ndc_code    | dispensing_date | days_supply
      1        | 1                 | ann       | 00071015523 | 2024-01-01      | 30
      2        | 1                 | ann       | 68180051301 | 2024-01-01      | 30
      3        | 1                 | ann       | 68180777701 | 2024-01-01      | 30
      4        | 1                 | ann       | 55555000101 | 2024-01-01      | 30
      5        | 1                 | ann       | 55555000102 | 2024-01-01      | 30`,
  });
  await make(connection, 'mart.adherence_drug');
  const found = await rows(
    connection,
    "select ndc_code || ' ' || class || ': ' || array_to_string(ingredients, ', ') as drug from mart.adherence_drug order by 1",
  );
  expect(found.map(({ drug }) => drug)).toEqual([
    '00071015523 statin: atorvastatin',
    '55555000101 statin: rosuvastatin',
    '68180051301 ras: enalapril',
    '68180777701 diabetes: metformin, sitagliptin',
  ]);
  const sources = await rows(
    connection,
    "select source from reference.table_source where table_name = 'reference.drug_name' and is_supplied order by 1",
  );
  expect(sources.map(({ source }) => source)).toEqual(['FDA, product.txt, supplied', 'Ours, 2025']);
  connection.closeSync();
});

it('a product without a labeler is refused with its line', async () => {
  const dir = await supplied({ 'product.txt': `${HEADER}\n1\t00710155\tHUMAN PRESCRIPTION DRUG\tLipitor\t\t\t\t\n` });
  await expect(readSuppliedTables(dir)).rejects.toThrow(
    /product\.txt:2 needs a labeler, a dash and a product, got "00710155"/,
  );
});

it('a code with dashes in a list of its own is refused with its line', async () => {
  const dir = await supplied({ 'ours.csv': '# Ours, 2025\nndc,name\n0071-0155-23,atorvastatin\n' });
  await expect(readSuppliedTables(dir)).rejects.toThrow(/ours\.csv:3 ndc needs 9 or 11 digits, got "0071-0155-23"/);
});

/** A figure made of the measure's table, as caveats.ts sees it. */
async function builtOf(id: string): Promise<Built> {
  const { definitions, ordered } = await definitionsInOrder();
  const [first] = definitions.metrics;
  const measure = definitions.measures.find(({ declaration }) => declaration.id === id);
  if (!first || !measure) throw new Error(`no measure ${id}`);
  const { name, sql } = measure.model;
  const served = {
    ...{ ...first.declaration, id, kind: 'metric' as const, relation: name, measureId: null, rateId: null },
    ...{ unit: 'percent' as const, dimensions: [], closures: [], changes: null },
  };
  return { metrics: [{ served, table: name, sql, subjects: subjectsOf(name) }], dimensions: [], reads: ordered.reads };
}

it.each([
  { fills: 100, told: [] },
  { fills: 99, told: ['Of 99 fills 1 have a drug code'] },
])('1 unnamed drug of $fills fills is said on measures of medicines: $told', async ({ fills, told }) => {
  const connection = await warehouse();
  await given(connection, {
    'input.eligibility': `
      person_id | birth_date | gender | payer    | enrollment_start_date | enrollment_end_date
      ann       | 1950-05-05 | female | medicare | 2024-01-01            | 2024-12-31`,
    'input.medication': `
      medication_id | person_id | dispensing_date | ndc_code    | ndc_description
      1             | ann       | 2024-01-01      | 00000000001 | vitamin D`,
    'input.pharmacy_claim': [
      'claim_id | claim_line_number | person_id | ndc_code | dispensing_date | days_supply',
      ...Array.from({ length: fills }, (_, at) => `${at} | 1 | ann | 0000000000${at ? 1 : 2} | 2024-05-05 | 30`),
    ].join('\n'),
  });
  await connection.run('create table run.source_file (file_id integer, format varchar)');
  await make(connection, 'mart.drug_adherence');
  const words = async (id: string) =>
    ((await caveatsOf(connection, await builtOf(id))).get(id) ?? []).map(({ sentence }) => sentence.split(' that ')[0]);
  expect(await words('pdc-statins')).toEqual(told);
  expect(await words('influenza-vaccination')).toEqual([]);
  connection.closeSync();
});
