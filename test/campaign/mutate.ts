// npx tsx test/campaign/mutate.ts --mutants 100000 [--seed 1] [--from 0] [--batch 1000] [--workers 2]
// Damages valid extracts in every way it knows and loads them. Ends with exit 1 where a mutant brought the readers down,
// hung, or left a record or a cent unaccounted for; `--seed S --from N --mutants 1` makes mutant N again.
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { z } from 'zod';
import type { SourceFile } from '#contract/run';
import { silent } from '../../pipelines/engine/progress.ts';
import { rows } from '../../pipelines/engine/sql.ts';
import { createInput } from '../../pipelines/input/tables.ts';
import { land, survey } from '../../pipelines/readers/land.ts';
import { Lanes } from '../../pipelines/readers/lanes.ts';
import { checkInput, formats, type LoadReport, load } from '../../pipelines/readers/load.ts';
import { identify } from '../../pipelines/readers/recognise.ts';
import { FileRefused, RULES } from '../../pipelines/readers/rules.ts';
import { findFiles } from '../../pipelines/readers/sources.ts';
import { unpack } from '../../pipelines/readers/unpack.ts';
import type { Counted } from './count.ts';
import { type Delivered, type Family, families } from './families.ts';
import { BYTE_MUTATIONS } from './mutations.ts';
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
const Tally = z.object({
  mutants: z.number(),
  refused: z.number(),
  unrecognised: z.number(),
  recognised: z.number(),
  records: z.number(),
  loaded: z.number(),
  quarantined: z.number(),
  /** Recognised files whose records, and whose cents, were counted again the simplest way. */
  recounted: z.number(),
  summedAgain: z.number(),
  /** Mutant, what was done to it, and what went wrong. */
  failures: z.array(z.string()),
});
type Tally = z.infer<typeof Tally>;

const emptyTally = (): Tally => ({
  ...{ mutants: 0, refused: 0, unrecognised: 0, recognised: 0, records: 0, loaded: 0, quarantined: 0 },
  ...{ recounted: 0, summedAgain: 0, failures: [] },
});

const SECONDS_EACH = 10;

function makeMutant(seed: number, number: number, readers: readonly (readonly Family[])[]): Mutant {
  const random = new Random(seed, number);
  const family = random.pick(random.pick(readers));
  const isText = family.unpack !== undefined;
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
  const drafted = family.draft(`m${number}`, random, random.below(3));
  steps.push(...drafted.steps);
  const text = isText ? damage(drafted.text, 1) : drafted.text;
  const packed = family.pack(text, random);
  const file = { ...packed, bytes: damage(packed.bytes, isText ? 1 : 4) };
  return { number, family, steps, file, text: family.unpack ? family.unpack(file.bytes, text) : null };
}

interface Loaded extends LoadReport {
  readonly quarantined: ReadonlyMap<number, number>;
}

async function withDuckDB<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    return await work(connection);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Loads mutants in one run. */
async function loadAll(mutants: readonly Mutant[], folder: string): Promise<Loaded> {
  const root = mkdtempSync(join(folder, 'home-'));
  const home = { landing: join(root, 'landing'), quarantine: join(root, 'quarantine'), scratch: join(root, 'scratch') };
  for (const path of Object.values(home)) mkdirSync(path);
  return withDuckDB(async (connection) => {
    for (const schema of ['run', 'input']) await connection.run(`create schema ${schema}`);
    await createInput(connection, 'input');
    const sources = mutants.map(({ number }) => join(folder, String(number)));
    const request = { connection, home, runId: 'run-1', sources, skip: [], format: undefined, progress: silent };
    const report = await load(request);
    if (report.refusals.length === 0) await checkInput(connection, silent);
    const left = readdirSync(home.scratch);
    if (left.length > 0) throw new Error(`left in the scratch folder: ${left.join(', ')}`);
    const counts = await rows(connection, 'select file_id, count(*) as records from run.quarantine group by file_id');
    const quarantined = new Map(counts.map(({ file_id, records }) => [Number(file_id), Number(records)]));
    return { ...report, quarantined };
  });
}

/**
 * The numbers of mutants that reading refuses before it types a record. A run that refuses one file types all others for
 * nothing; so these are loaded apart, and the load has the last word on both.
 */
async function refusedEarly(mutants: readonly Mutant[], folder: string): Promise<Set<number>> {
  const refused = new Set<number>();
  const [members, landing] = [join(folder, 'members'), mkdtempSync(join(folder, 'landing-'))];
  await withDuckDB(async (connection) => {
    for (const { number } of mutants) {
      try {
        const found = await findFiles([join(folder, String(number))], []);
        for (const file of await unpack(found, [], join(members, String(number)), silent)) {
          const identity = await identify(connection, file, formats);
          if (file.refusal ?? identity.refusal) refused.add(number);
          else if (identity.table) {
            const surveyed = await survey(new Lanes([connection]), file.path, identity);
            // Most of what is wrong with a Parquet file shows only when it is read whole.
            if (identity.container === 'parquet')
              await land(connection, file.path, identity, surveyed, landing, members);
          }
        }
      } catch (cause) {
        if (cause instanceof FileRefused) refused.add(number);
      }
    }
  });
  return refused;
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

const numberIn = (path: string): number => Number(path.split('/')[0]);

/** What is wrong with the account of one recognised file. */
function faultsOf(file: SourceFile, { text }: Mutant, inQuarantine: number, counted: Counted | undefined): string[] {
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
  if (text && file.path.includes('.zip/')) {
    const isSame = file.sha256 === createHash('sha256').update(text).digest('hex');
    if (!isSame) faults.push('the member is not what was packed');
  }
  if (counted) compare('records', physical_records, counted.records);
  if (counted?.cents !== undefined && file.amount_raw !== null) {
    compare('cents', cents(file.amount_raw), counted.cents);
  }
  return faults;
}

type Fail = (mutants: readonly Mutant[], what: string) => void;

/** Runs a batch; where the run itself fails, halves it until the mutant to blame is found. */
async function attempt(mutants: readonly Mutant[], folder: string, fail: Fail): Promise<Loaded | undefined> {
  if (mutants.length === 0) return undefined;
  try {
    return await withinTime(mutants.length, loadAll(mutants, folder));
  } catch (cause) {
    const what = cause instanceof Error ? `${cause.message} ${cause.cause ?? ''}` : String(cause);
    if (mutants.length === 1) {
      fail(mutants, what);
      return undefined;
    }
    const middle = mutants.length >> 1;
    let blamed = 0;
    const count: Fail = (some, why) => {
      blamed += 1;
      fail(some, why);
    };
    await attempt(mutants.slice(0, middle), folder, count);
    await attempt(mutants.slice(middle), folder, count);
    if (blamed === 0) fail(mutants, `${what}, only together`);
    return undefined;
  }
}

/** Those of which no file was refused. Blames those that the account does not know. */
function acceptedOf(mutants: readonly Mutant[], { files, refusals }: Loaded, fail: Fail): readonly Mutant[] {
  const seen = new Set(files.map(({ path }) => numberIn(path)));
  for (const mutant of mutants) if (!seen.has(mutant.number)) fail([mutant], 'not in the account');
  for (const { rule, message, path } of refusals) {
    if (!(rule in RULES) || message === '') throw new Error(`${path}: refused by ${rule} ${message}`);
  }
  const refused = new Set(refusals.map(({ path }) => numberIn(path)));
  return mutants.filter(({ number }) => !refused.has(number));
}

async function judge(mutants: readonly Mutant[], tally: Tally): Promise<void> {
  const fail: Fail = (some, what) => {
    const [{ number, family, steps } = { number: -1, family: { id: '' }, steps: [] }] = some;
    const others = some.length > 1 ? ` and ${some.length - 1} more` : '';
    tally.failures.push(`mutant ${number}${others}, ${family.id} (${steps.join(', ')}): ${what}`);
  };
  const folder = mkdtempSync(join(tmpdir(), 'throughline-mutants-'));
  try {
    for (const { number, file } of mutants) {
      mkdirSync(join(folder, String(number)));
      writeFileSync(join(folder, String(number), file.name), file.bytes);
    }
    const early = await refusedEarly(mutants, folder);
    const hopeless = mutants.filter(({ number }) => early.has(number));
    const refused = await attempt(hopeless, folder, fail);
    if (refused) for (const mutant of acceptedOf(hopeless, refused, fail)) fail([mutant], 'refused alone only');

    let accepted: readonly Mutant[] = mutants.filter(({ number }) => !early.has(number));
    let loaded = await attempt(accepted, folder, fail);
    if (loaded && loaded.refusals.length > 0) {
      accepted = acceptedOf(accepted, loaded, fail);
      loaded = await attempt(accepted, folder, fail);
    }
    if (loaded && acceptedOf(accepted, loaded, fail).length < accepted.length) {
      fail(accepted, 'refused only the second time');
    }
    tally.mutants += mutants.length;
    tally.refused += mutants.length - accepted.length;
    if (loaded) judgeFiles(loaded, new Map(accepted.map((mutant) => [mutant.number, mutant])), tally, fail);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function judgeFiles(loaded: Loaded, mutants: ReadonlyMap<number, Mutant>, tally: Tally, fail: Fail): void {
  for (const file of loaded.files) {
    const mutant = mutants.get(numberIn(file.path));
    if (!mutant) throw new Error(`${file.path} is no mutant`);
    if (file.kind === 'unrecognised') {
      if (!file.path.endsWith('/notes.txt')) tally.unrecognised += 1;
      continue;
    }
    tally.recognised += 1;
    tally.records += file.physical_records;
    tally.loaded += file.loaded;
    tally.quarantined += file.quarantined;
    const counted = mutant.text ? mutant.family.count?.(mutant.text, file) : undefined;
    if (counted) tally.recounted += 1;
    if (counted?.cents !== undefined && file.amount_raw !== null) tally.summedAgain += 1;
    const inQuarantine = loaded.quarantined.get(file.file_id) ?? 0;
    for (const fault of faultsOf(file, mutant, inQuarantine, counted)) fail([mutant], fault);
  }
}

interface Campaign {
  readonly mutants: number;
  readonly seed: number;
  readonly from?: number;
  readonly batch?: number;
}

const BATCH = 1000;

/** Makes, loads and judges mutants `from` to `from + mutants` of a seed. */
export async function campaign({ mutants, seed, from = 0, batch = BATCH }: Campaign): Promise<Tally> {
  const readers = await families();
  const tally = emptyTally();
  for (let first = from; first < from + mutants; first += batch) {
    const length = Math.min(batch, from + mutants - first);
    const numbers = Array.from({ length }, (_, at) => first + at);
    await judge(
      numbers.map((number) => makeMutant(seed, number, readers)),
      tally,
    );
  }
  return tally;
}

/** The same in a process of its own. One that dies or never ends is halved until the mutant to blame is found. */
async function apart(mutants: number, seed: number, from: number): Promise<Tally> {
  const words = [`--mutants=${mutants}`, `--seed=${seed}`, `--from=${from}`, '--workers=0'];
  const child = fork(import.meta.filename, words);
  const timer = setTimeout(() => child.kill('SIGKILL'), (SECONDS_EACH + mutants) * 1000);
  let told: unknown;
  child.on('message', (message) => {
    told = message;
  });
  const end = await new Promise<string>((resolve) => {
    child.on('exit', (code, signal) => resolve(`the process ended with ${signal ?? code}`));
  });
  clearTimeout(timer);
  if (told !== undefined) return Tally.parse(told);
  if (mutants === 1) return { ...emptyTally(), mutants, failures: [`mutant ${from}: ${end}`] };
  const half = mutants >> 1;
  const halves = together(await apart(half, seed, from), await apart(mutants - half, seed, from + half));
  return halves.failures.length > 0 ? halves : together(halves, failing(`mutants from ${from}: ${end}, only together`));
}

const failing = (failure: string): Tally => ({ ...emptyTally(), failures: [failure] });

function together(one: Tally, other: Tally): Tally {
  const { failures, ...counts } = one;
  const sums = Object.entries(counts).map(([name, count]) => [name, count + Number(Reflect.get(other, name))]);
  return Tally.parse({ ...Object.fromEntries(sums), failures: [...failures, ...other.failures] });
}

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { mutants: text, seed: text, from: text, batch: text, workers: text } });
  const [mutants, seed, from] = [Number(values.mutants ?? 100_000), Number(values.seed ?? 1), Number(values.from ?? 0)];
  const [batch, workers] = [Number(values.batch ?? BATCH), Number(values.workers ?? 2)];
  if (workers === 0) {
    process.send?.(await campaign({ mutants, seed, from, batch }));
    return;
  }
  const began = performance.now();
  let [next, tally] = [from, emptyTally()];
  const lane = async (): Promise<void> => {
    while (next < from + mutants) {
      const first = next;
      next += batch;
      const more = await apart(Math.min(batch, from + mutants - first), seed, first);
      tally = together(tally, more);
      const { failures, ...counts } = tally;
      const words = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
      const seconds = Math.round((performance.now() - began) / 1000);
      process.stderr.write(`${words.join(', ')}, ${failures.length} failures, ${seconds} s\n`);
      for (const failure of more.failures) process.stdout.write(`${failure}\n`);
    }
  };
  await Promise.all(Array.from({ length: workers }, lane));
  process.exitCode = tally.failures.length > 0 ? 1 : 0;
}

if (import.meta.filename === process.argv[1]) await main();
