// npx tsx test/campaign/mutate.ts --mutants 100000 [--seed 1] [--from 0] [--batch 400]
// Damages valid extracts in every way it knows and loads them. Ends with exit 1 where a mutant brought the readers down,
// hung, or left a record or a cent unaccounted for; `--seed S --from N --mutants 1` makes mutant N again.
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import type { SourceFile } from '#contract/run';
import { silent } from '../../pipelines/engine/progress.ts';
import { rows } from '../../pipelines/engine/sql.ts';
import { createInput } from '../../pipelines/input/tables.ts';
import { type LoadReport, load } from '../../pipelines/readers/load.ts';
import { RULES } from '../../pipelines/readers/rules.ts';
import { countLines } from './count.ts';
import { type Delivered, type Family, families } from './families.ts';
import { BYTE_MUTATIONS, SHEET_MUTATIONS, written } from './mutations.ts';
import { Random } from './random.ts';

interface Mutant {
  readonly number: number;
  readonly family: Family;
  /** What was done to it. */
  readonly steps: readonly string[];
  readonly file: Delivered;
  /** The text that can be read from it; null where nobody can tell. */
  readonly text: Buffer | undefined | null;
}

/** What came of a campaign. */
export interface Tally {
  mutants: number;
  refused: number;
  unrecognised: number;
  recognised: number;
  records: number;
  loaded: number;
  quarantined: number;
  /** Recognised files whose records, and whose cents, were counted again the simplest way. */
  recounted: number;
  summedAgain: number;
  /** Mutant, what was done to it, and what went wrong. */
  failures: string[];
}

const SECONDS_EACH = 10;
/** Batches at the same time: while one waits for DuckDB, another counts. */
const LANES = 2;

function makeMutant(seed: number, number: number, readers: readonly (readonly Family[])[]): Mutant {
  const random = new Random(seed, number);
  const family = random.pick(random.pick(readers));
  const sheet = family.sheet(`m${number}`, random);
  const steps: string[] = [];
  const damage = (bytes: Buffer, most: number): Buffer => {
    let damaged = bytes;
    for (let left = random.below(most + 1); left > 0; left--) {
      const [name, apply] = random.pick(BYTE_MUTATIONS);
      damaged = apply(damaged, random);
      steps.push(name);
    }
    return damaged;
  };
  const isText = family.unpack !== undefined;
  for (let left = isText ? random.below(3) : 0; left > 0; left--) {
    const [name, apply] = random.pick(SHEET_MUTATIONS);
    apply(sheet, random);
    steps.push(name);
  }
  const text = isText ? damage(written(sheet), 1) : written(sheet);
  const packed = family.pack(text, random);
  const file = { ...packed, bytes: damage(packed.bytes, isText ? 1 : 4) };
  return { number, family, steps, file, text: family.unpack ? family.unpack(file.bytes, text) : null };
}

interface Loaded extends LoadReport {
  readonly quarantined: ReadonlyMap<number, number>;
}

/** Loads every mutant in one run, each in a folder of its number. */
async function loadAll(mutants: readonly Mutant[]): Promise<Loaded> {
  const root = mkdtempSync(join(tmpdir(), 'throughline-mutants-'));
  const home = { landing: join(root, 'landing'), quarantine: join(root, 'quarantine'), scratch: join(root, 'scratch') };
  for (const folder of Object.values(home)) mkdirSync(folder);
  for (const { number, file } of mutants) {
    mkdirSync(join(root, 'source', String(number)), { recursive: true });
    writeFileSync(join(root, 'source', String(number), file.name), file.bytes);
  }
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    for (const schema of ['run', 'input']) await connection.run(`create schema ${schema}`);
    await createInput(connection, 'input');
    const sources = [join(root, 'source')];
    const request = { connection, home, runId: 'run-1', sources, skip: [], format: undefined, progress: silent };
    const report = await load(request);
    const left = readdirSync(home.scratch);
    if (left.length > 0) throw new Error(`left in the scratch folder: ${left.join(', ')}`);
    const counts = await rows(connection, 'select file_id, count(*) as records from run.quarantine group by file_id');
    const quarantined = new Map(counts.map(({ file_id, records }) => [Number(file_id), Number(records)]));
    return { ...report, quarantined };
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(root, { recursive: true });
  }
}

async function withinTime<T>(mutants: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const seconds = SECONDS_EACH + mutants;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no end after ${seconds} s`)), seconds * 1000);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

const numberIn = (path: string): number => Number(path.split('/')[1]);

/** What is wrong with the account of one recognised file. */
function faultsOf(file: SourceFile, { family, text }: Mutant, inQuarantine: number): string[] {
  const { physical_records, header_records, blank_records, loaded, quarantined, duplicate, skipped } = file;
  const accounted = header_records + blank_records + loaded + quarantined + duplicate + skipped;
  const faults: string[] = [];
  const compare = (what: string, one: number | bigint, other: number | bigint) => {
    if (one !== other) faults.push(`${what}: ${one}, not ${other}`);
  };
  compare('accounted records', accounted, physical_records);
  compare('records in quarantine', inQuarantine, quarantined);
  const cents = (dollars: number | null) => BigInt(Math.round((dollars ?? 0) * 100));
  const became = [file.amount_loaded, file.amount_quarantined, file.amount_duplicate, file.amount_skipped]
    .map(cents)
    .reduce((sum, amount) => sum + amount, 0n);
  if (file.amount_raw !== null) compare('accounted cents', became, cents(file.amount_raw));
  if (text === undefined) faults.push('damaged, and read all the same');
  if (!text) return faults;
  if (file.path.includes('.zip/')) {
    const isSame = file.sha256 === createHash('sha256').update(text).digest('hex');
    if (!isSame) faults.push('the member is not what was packed');
  }
  const counted = family.table && countLines(text, family.table);
  if (counted) compare('records', physical_records, counted.records);
  if (counted?.cents !== undefined && file.kind === family.table?.name && file.amount_raw !== null) {
    compare('cents', cents(file.amount_raw), counted.cents);
  }
  return faults;
}

/** Runs a batch; where the run itself fails, halves it until the mutant to blame is found. */
async function attempt(
  mutants: readonly Mutant[],
  fail: (mutants: readonly Mutant[], what: string) => void,
): Promise<Loaded | undefined> {
  try {
    return await withinTime(mutants.length, loadAll(mutants));
  } catch (cause) {
    const what = cause instanceof Error ? `${cause.message} ${cause.cause ?? ''}` : String(cause);
    if (mutants.length === 1) {
      fail(mutants, what);
      return undefined;
    }
    const middle = mutants.length >> 1;
    let blamed = 0;
    const count = (some: readonly Mutant[], why: string) => {
      blamed += 1;
      fail(some, why);
    };
    await attempt(mutants.slice(0, middle), count);
    await attempt(mutants.slice(middle), count);
    if (blamed === 0) fail(mutants, `${what}, only together`);
    return undefined;
  }
}

async function judge(mutants: readonly Mutant[], tally: Tally): Promise<void> {
  const fail = (some: readonly Mutant[], what: string) => {
    const [{ number, family, steps } = { number: -1, family: { id: '' }, steps: [] }] = some;
    const others = some.length > 1 ? ` and ${some.length - 1} more` : '';
    tally.failures.push(`mutant ${number}${others}, ${family.id} (${steps.join(', ')}): ${what}`);
  };
  tally.mutants += mutants.length;
  const first = await attempt(mutants, fail);
  if (!first) return;
  const refused = new Set(first.refusals.map(({ path }) => numberIn(path)));
  const seen = new Set(first.files.map(({ path }) => numberIn(path)));
  for (const mutant of mutants) if (!seen.has(mutant.number)) fail([mutant], 'not in the account');
  for (const { rule, message, path } of first.refusals) {
    if (!(rule in RULES) || message === '') throw new Error(`${path}: refused by ${rule} ${message}`);
  }
  tally.refused += refused.size;
  const accepted = mutants.filter(({ number }) => !refused.has(number));
  const second = accepted.length > 0 ? await attempt(accepted, fail) : undefined;
  if (!second) return;
  for (const file of second.files) {
    const mutant = accepted.find(({ number }) => number === numberIn(file.path));
    if (!mutant) throw new Error(`${file.path} is no mutant`);
    if (file.kind === 'unrecognised') {
      if (!file.path.endsWith('/notes.txt')) tally.unrecognised += 1;
      continue;
    }
    tally.recognised += 1;
    tally.records += file.physical_records;
    tally.loaded += file.loaded;
    tally.quarantined += file.quarantined;
    const counted = mutant.text && mutant.family.table ? countLines(mutant.text, mutant.family.table) : undefined;
    if (counted) tally.recounted += 1;
    if (counted?.cents !== undefined && file.amount_raw !== null) tally.summedAgain += 1;
    for (const fault of faultsOf(file, mutant, second.quarantined.get(file.file_id) ?? 0)) fail([mutant], fault);
  }
  for (const { path, rule } of second.refusals) {
    fail(
      accepted.filter(({ number }) => number === numberIn(path)),
      `refused by ${rule} only the second time`,
    );
  }
}

interface Campaign {
  readonly mutants: number;
  readonly seed: number;
  readonly from?: number;
  readonly batch?: number;
  readonly report?: (tally: Tally) => void;
}

/** Makes, loads and judges mutants `from` to `from + mutants` of a seed. */
export async function campaign({ mutants, seed, from = 0, batch = 400, report }: Campaign): Promise<Tally> {
  const readers = await families();
  const tally: Tally = {
    ...{ mutants: 0, refused: 0, unrecognised: 0, recognised: 0, records: 0, loaded: 0, quarantined: 0 },
    ...{ recounted: 0, summedAgain: 0, failures: [] },
  };
  let next = from;
  const lane = async (): Promise<void> => {
    while (next < from + mutants) {
      const first = next;
      next += batch;
      const length = Math.min(batch, from + mutants - first);
      const numbers = Array.from({ length }, (_, at) => first + at);
      await judge(
        numbers.map((number) => makeMutant(seed, number, readers)),
        tally,
      );
      report?.(tally);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return tally;
}

if (import.meta.filename === process.argv[1]) {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { mutants: text, seed: text, from: text, batch: text } });
  const { mutants = '100000', seed = '1', from = '0', batch = '400' } = values;
  const began = performance.now();
  const report = ({ failures, ...counts }: Tally) => {
    const words = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
    const seconds = Math.round((performance.now() - began) / 1000);
    process.stderr.write(`${words.join(', ')}, ${failures.length} failures, ${seconds} s\n`);
  };
  const tally = await campaign({
    mutants: Number(mutants),
    seed: Number(seed),
    from: Number(from),
    batch: Number(batch),
    report,
  });
  for (const failure of tally.failures) process.stdout.write(`${failure}\n`);
  process.exitCode = tally.failures.length > 0 ? 1 : 0;
}
