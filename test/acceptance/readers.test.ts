import { createReadStream, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createGunzip } from 'node:zlib';
import { parse } from 'csv-parse';
import { describe, expect, it } from 'vitest';
import { type Loaded, loadFrom } from '../readers/harness.ts';

const DATA = resolve(import.meta.dirname, '../../../shared/data');
const whyNot = existsSync(DATA) ? '' : ' (skipped: the folder ../shared/data is not here)';

/** The records of a CSV file behind its header, by a parser that the product does not use. */
async function* records(path: string): AsyncGenerator<Record<string, string>> {
  const bytes = createReadStream(path);
  yield* (path.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes).pipe(parse({ columns: true }));
}

async function countOf(
  path: string,
  wanted: (record: Record<string, string>) => boolean = () => true,
): Promise<number> {
  let found = 0;
  for await (const record of records(path)) if (wanted(record)) found += 1;
  return found;
}

/** Sum of a column in cents, from the text itself. */
async function centsOf(path: string, column: string): Promise<bigint> {
  let cents = 0n;
  for await (const { [column]: text = '' } of records(path)) {
    const [whole = '0', fraction = ''] = text.split('.');
    const digits = BigInt(`${whole.replace('-', '') || '0'}${fraction.padEnd(2, '0')}`);
    cents += text.startsWith('-') ? -digits : digits;
  }
  return cents;
}

const one = async ({ query }: Loaded, sql: string): Promise<number> =>
  Number(Object.values((await query(`select (${sql})::double as n`))[0] ?? {})[0]);

function expectEveryRecordAccountedFor({ files, refusals }: Loaded): void {
  expect(refusals).toEqual([]);
  for (const file of files.filter(({ kind }) => kind !== 'unrecognised')) {
    const { header_records, blank_records, loaded, quarantined, duplicate, skipped } = file;
    const accounted = header_records + blank_records + loaded + quarantined + duplicate + skipped;
    expect(accounted, file.path).toBe(file.physical_records);
  }
}

/** Every physical record, counted again by the other parser. */
async function expectPhysicalCounts({ files }: Loaded, folder: string): Promise<void> {
  for (const file of files.filter(({ kind }) => kind !== 'unrecognised')) {
    expect(1 + (await countOf(join(folder, '..', file.path))), file.path).toBe(file.physical_records);
  }
}

const stagesAddUp = ({ query }: Loaded) =>
  query(
    'select stage from run.reconciliation group by stage, rows_in, rows_out having rows_in <> rows_out + sum(rows)',
  );

describe.skipIf(whyNot !== '')(`real extracts in the Tuva layout${whyNot}`, () => {
  const folder = join(DATA, 'tuva');

  it('load whole: every record, every person, every cent', async () => {
    const loaded = await loadFrom([folder]);
    expectEveryRecordAccountedFor(loaded);
    await expectPhysicalCounts(loaded, folder);
    expect(await stagesAddUp(loaded)).toEqual([]);
    const persons = new Set<string>();
    for await (const { person_id = '' } of records(join(folder, 'eligibility_seed.csv'))) persons.add(person_id);
    expect(await one(loaded, 'select count(distinct person_id) from input.eligibility')).toBe(persons.size);
    for (const kind of ['medical_claim', 'pharmacy_claim']) {
      const path = join(folder, `${kind}_seed.csv`);
      expect(await one(loaded, `select count(*) from input.${kind}`)).toBe(await countOf(path));
      const cents = await centsOf(path, 'paid_amount');
      expect(await one(loaded, `select sum(paid_amount) * 100 from input.${kind}`)).toBe(Number(cents));
    }
    expect(loaded.files.filter(({ kind }) => kind === 'unrecognised').map(({ path }) => path)).toEqual([
      'tuva/LICENSE-tuva-apache-2.0.txt',
    ]);
  });

  it('keep the line of every claim', async () => {
    const loaded = await loadFrom([join(folder, 'medical_claim_seed.csv')]);
    const found = await loaded.query(
      "select claim_id || '/' || claim_line_number as claim from input.medical_claim order by line_number",
    );
    const wanted: string[] = [];
    for await (const { claim_id, claim_line_number } of records(join(folder, 'medical_claim_seed.csv'))) {
      wanted.push(`${claim_id}/${claim_line_number}`);
    }
    expect(found.map(({ claim }) => claim)).toEqual(wanted);
  });
});

describe.skipIf(whyNot !== '')(`real Synthea exports${whyNot}`, () => {
  it('of an older header load whole', async () => {
    const folder = join(DATA, 'synthea/small-28');
    const loaded = await loadFrom([folder]);
    expectEveryRecordAccountedFor(loaded);
    await expectPhysicalCounts(loaded, folder);
    expect(await stagesAddUp(loaded)).toEqual([]);
    expect(await one(loaded, 'select count(*) from input.patient')).toBe(await countOf(join(folder, 'patients.csv')));
  });

  it('of 420 patients load whole: patients, encounters, charges as claim lines, and the dollars paid', async () => {
    const folder = join(DATA, 'synthea/full-420');
    const loaded = await loadFrom([folder]);
    expectEveryRecordAccountedFor(loaded);
    expect(await stagesAddUp(loaded)).toEqual([]);
    const file = (name: string) => join(folder, `${name}.csv.gz`);
    expect(await one(loaded, 'select count(*) from input.patient')).toBe(await countOf(file('patients')));
    expect(await one(loaded, 'select count(*) from input.encounter')).toBe(await countOf(file('encounters')));
    let charges = 0;
    let physical = 1;
    let cents = 0n;
    for await (const { TYPE, PAYMENTS = '' } of records(file('claims_transactions'))) {
      physical += 1;
      if (TYPE === 'CHARGE') charges += 1;
      else cents += BigInt(PAYMENTS === '' ? 0 : PAYMENTS.replace('.', ''));
    }
    expect(loaded.files.find(({ kind }) => kind === 'claims_transactions')?.physical_records).toBe(physical);
    const lines = 'select count(*) from input.medical_claim';
    const fills = 'select count(*) from input.pharmacy_claim';
    expect((await one(loaded, lines)) + (await one(loaded, fills))).toBe(charges);
    expect(await one(loaded, fills)).toBe(await countOf(file('medications')));
    const paid = (table: string) =>
      one(loaded, `select sum(paid_amount + copayment_amount + coinsurance_amount) * 100 from input.${table}`);
    expect((await paid('medical_claim')) + (await paid('pharmacy_claim'))).toBe(Number(cents));
  }, 240_000);
});
