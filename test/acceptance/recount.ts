import { spawnSync } from 'node:child_process';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createGunzip, gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse';
import { expect } from 'vitest';
import { type Loaded, temporaryFolder } from '../readers/harness.ts';

export const DATA = resolve(import.meta.dirname, '../../../shared/data');
/** Why acceptance on real data is skipped, in words; '' where it is not. */
export const whyNot = existsSync(DATA) ? '' : ' (skipped: the folder ../shared/data is not here)';

type Values = Readonly<Record<string, string>>;

/** The records of a delimited file behind its header, by a parser that the product does not use. */
export async function* records(path: string, delimiter = ','): AsyncGenerator<Values> {
  const bytes = createReadStream(path);
  const options = { columns: true, bom: true, delimiter, quote: delimiter === '|' ? null : '"' };
  yield* (path.endsWith('.gz') ? bytes.pipe(createGunzip()) : bytes).pipe(parse(options));
}

/** Cents of a plain amount, from its text. */
export function centsOf(text = ''): bigint {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  const cents = BigInt(`${whole || '0'}${fraction.padEnd(2, '0').slice(0, 2)}`);
  return text.startsWith('-') ? -cents : cents;
}

export const one = async ({ query }: Loaded, sql: string): Promise<number> =>
  Number(Object.values((await query(`select (${sql})::double as n`))[0] ?? {})[0]);

/** Records of a text file, a line each, blank ones too; null where the file lies in a zip file or is no such text. */
function linesIn(path: string): number | null {
  if (!existsSync(path)) return null;
  const bytes = readFileSync(path);
  const text = path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
  let lines = 0;
  for (let at = text.indexOf(10); at >= 0; at = text.indexOf(10, at + 1)) lines += 1;
  return text.at(-1) === 10 ? lines : lines + 1;
}

/**
 * No file is refused but those left out by name. Every record of every recognised file, its lines counted again, and
 * every cent in its bytes has a fate; every stage explains every row and every cent that goes into it. A file that is not
 * recognised has neither.
 */
export async function expectWholeAccount({ files, refusals, query }: Loaded, source: string): Promise<void> {
  expect(refusals).toEqual([]);
  for (const file of files) {
    const { physical_records, header_records, blank_records, loaded, quarantined, duplicate, skipped } = file;
    expect(header_records + blank_records + loaded + quarantined + duplicate + skipped, file.path).toBe(
      physical_records,
    );
    const lines = file.format === 'fhir' ? null : linesIn(join(source, '..', file.path));
    const isRead = file.kind !== 'unrecognised' && !file.note?.startsWith('refused');
    if (lines !== null) expect(physical_records, file.path).toBe(isRead ? lines : 0);
    const { amount_raw, amount_loaded, amount_quarantined, amount_duplicate, amount_skipped } = file;
    const cents = [amount_loaded, amount_quarantined, amount_duplicate, amount_skipped].map((part) =>
      Math.round((part ?? 0) * 100),
    );
    expect(
      cents.reduce((sum, part) => sum + part, 0),
      file.path,
    ).toBe(Math.round((amount_raw ?? 0) * 100));
  }
  expect(
    await query(
      `select stage from run.reconciliation group by stage, rows_in, rows_out, amount_in, amount_out
       having rows_in <> rows_out + sum(rows) or amount_in <> coalesce(amount_out, 0) + coalesce(sum(amount), 0)`,
    ),
  ).toEqual([]);
}

/** What the command line makes of a folder: its exit code, what it says at the end, and the home that it published in. */
export function runOn(source: string): { exitCode: number | null; said: string; home: string } {
  const launch = join(import.meta.dirname, '../../server/launch.mjs');
  const home = temporaryFolder();
  const { status, stderr } = spawnSync(process.execPath, [launch, 'run', '--source', source, '--home', home], {
    encoding: 'utf8',
  });
  return { exitCode: status, said: stderr.split('\n').slice(-5).join('\n'), home };
}
