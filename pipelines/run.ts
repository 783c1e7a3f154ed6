import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { Override, RunSummary } from '#contract/run';
import { build, SCHEMAS } from './engine/build.ts';
import { discover } from './engine/discover.ts';
import { EXIT, type ExitCode, PeopleError } from './engine/error.ts';
import type { progressOn } from './engine/progress.ts';
import { count, quoted, value } from './engine/sql.ts';
import { readSuppliedTables } from './engine/supplied-tables.ts';
import { withSupplied } from './engine/value-sets.ts';
import { createInput, inputTables, meanings } from './input/tables.ts';
import { writeCatalogue } from './publish/catalogue.ts';
import { runChecks } from './publish/checks.ts';
import { demandKnown, passGates } from './publish/gates.ts';
import { compareWithSnapshotBefore } from './publish/history.ts';
import { type Home, lockHome, surrogateKey } from './publish/home.ts';
import { publish, writeAtomically } from './publish/snapshot.ts';
import { reconcileWarehouse } from './publish/stages.ts';
import { writeValueSets } from './publish/value-sets.ts';
import { openLanes } from './readers/lanes.ts';
import { checkInput, type LoadReport, load } from './readers/load.ts';

export interface RunOptions {
  readonly home: Home;
  readonly sources: readonly string[];
  /** False stops after the input checks. */
  readonly publish: boolean;
  readonly asOf: string | undefined;
  readonly period: string | undefined;
  readonly skip: readonly string[];
  readonly format: string | undefined;
  /** Folder of FHIR ValueSets that win over the built-in lists. */
  readonly valueSets?: string | undefined;
  /** Folder of reference tables that win over the built-in ones of their model and year. */
  readonly reference?: string | undefined;
  /** Gates that may fail, with the reason why. */
  readonly overrides: readonly Override[];
  /** Snapshots to keep. */
  readonly keep: number;
  readonly progress: ReturnType<typeof progressOn>;
}

/** `--as-of`, else the latest service date that is not after the newest delivery. What was entered by hand moves no date. */
async function dataThroughOf(connection: DuckDBConnection, asOf: string | undefined, delivered: string | null) {
  if (asOf) return asOf;
  const dates = inputTables
    .filter(({ serviceDates }) => serviceDates.length > 0)
    .map(
      ({ name, serviceDates }) =>
        `select coalesce(${serviceDates.join(', ')})::date as day from input.${name} where source_name is distinct from 'entered by hand'`,
    );
  const upTo = delivered === null ? '' : `where day <= date ${quoted(delivered)}`;
  const latest = await value(connection, `select max(day) from (${dates.join(' union all ')}) ${upTo}`);
  if (latest === null) {
    throw new PeopleError(
      EXIT.refused,
      'no record has a service date, so the data reach nowhere; give --as-of YYYY-MM-DD',
    );
  }
  return String(latest);
}

/** The gap closures that were entered by hand in this home, where there are some. */
const closedByHand = ({ supplemental }: Home): string[] =>
  readdirSync(supplemental).some((name) => name.endsWith('.csv')) ? [supplemental] : [];

/** What DuckDB may hold of the memory there is before it spills to the scratch folder; the process stays under twice that. */
const SHARE_OF_MEMORY = 0.4;

const megabytes = (): number => Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY) / 1e6;

const stamp = (moment: Date): string => moment.toISOString().replace(/[-:]|\.\d+/g, '');

/**
 * One run, from extracts to a published snapshot. Writes `runs/<run-id>.json` whatever happens. Returns what the run
 * did, with its exit code; throws only when the home is held by another run.
 */
export async function run(options: RunOptions): Promise<RunSummary> {
  const { home, progress } = options;
  const lock = await lockHome(home);
  const startedAt = new Date();
  const runId = `${stamp(startedAt)}-${randomBytes(3).toString('hex')}`;
  let summary: RunSummary = {
    runId,
    startedAt: startedAt.toISOString(),
    finishedAt: null,
    status: 'running',
    exitCode: null,
    message: null,
    sources: [...options.sources],
    snapshot: null,
    dataThrough: null,
    period: null,
    synthetic: false,
    files: 0,
    records: 0,
    quarantined: 0,
    persons: null,
    overrides: [],
    stages: [],
  };
  const record = (change: Partial<RunSummary>): RunSummary => {
    summary = { ...summary, ...change, stages: progress.stages };
    writeAtomically(join(home.runs, `${runId}.json`), JSON.stringify(summary, null, 2));
    return summary;
  };
  const end = (status: RunSummary['status'], exitCode: ExitCode, message: string) =>
    record({ status, exitCode, message, finishedAt: new Date().toISOString() });

  const building = join(home.snapshots, `${runId}.duckdb.building`);
  const scratch = join(home.scratch, `${runId}.input.duckdb`);
  // Beside the record that is shown: where the server finds the lines again that a claim was read from.
  writeAtomically(
    join(home.runs, `${runId}.sources`),
    JSON.stringify(options.sources.map((source) => resolve(source))),
  );
  record({});
  try {
    return await work();
  } catch (error) {
    const exitCode = error instanceof PeopleError ? error.exitCode : EXIT.internal;
    const status = exitCode === EXIT.refused ? 'refused' : exitCode === EXIT.blocked ? 'blocked' : 'failed';
    const summary = end(status, exitCode, error instanceof Error ? error.message : String(error));
    if (exitCode === EXIT.internal) throw error;
    return summary;
  } finally {
    for (const path of [building, `${building}.wal`, scratch, `${scratch}.wal`]) rmSync(path, { force: true });
    lock.release();
  }

  async function work(): Promise<RunSummary> {
    const builtIn = await discover();
    const listed = options.valueSets === undefined ? builtIn : await withSupplied(builtIn, options.valueSets);
    const suppliedTables = options.reference === undefined ? [] : await readSuppliedTables(options.reference);
    const definitions = { ...listed, suppliedTables };
    const threads = Number(process.env.THROUGHLINE_THREADS ?? availableParallelism());
    const instance = await DuckDBInstance.create(':memory:', {
      threads: String(threads),
      memory_limit: `${Math.floor(SHARE_OF_MEMORY * megabytes())}MB`,
      // Blocks once used are kept for the next model: a busy machine is slow to give each of them anew.
      block_allocator_memory: '100%',
      temp_directory: home.scratch,
    });
    const [connection, beside] = [await instance.connect(), await instance.connect()];
    const connections = [connection, beside];
    const close = () => {
      for (const each of connections) each.closeSync();
      instance.closeSync();
    };
    try {
      // Neither file outlives a run that dies, so neither needs a write-ahead log.
      await connection.run(
        `attach ${quoted(building)} as snapshot (recovery_mode no_wal_writes, storage_version 'v1.3.0')`,
      );
      await connection.run(
        `attach ${quoted(scratch)} as input (recovery_mode no_wal_writes, storage_version 'latest')`,
      );
      for (const each of connections) await each.run('use snapshot');
      for (const schema of SCHEMAS) await connection.run(`create schema ${schema}`);
      await createInput(connection, 'input');
      const lanes = await openLanes(instance, threads);
      for (const lane of lanes) await lane.run('use snapshot');
      const report = await load({
        connection,
        lanes,
        home,
        runId,
        sources: options.sources,
        beside: closedByHand(home),
        skip: options.skip,
        format: options.format,
        progress,
      });
      for (const lane of lanes) lane.closeSync();
      record({ ...countsOf(report), synthetic: report.synthetic });
      refuse(report);
      await checkInput(connection, progress);
      if (!options.publish) {
        record({ overrides: await passGates(connection, options.overrides) });
        return end('checked', EXIT.done, `checked ${report.files.length} files; nothing was published`);
      }

      const dataThrough = await dataThroughOf(connection, options.asOf, report.deliveredOn);
      const period = options.period ?? dataThrough.slice(0, 4);
      record({ dataThrough, period });
      const tables = inputTables.map(({ name }) => name);
      const built = await build(
        connection,
        definitions,
        tables,
        { data_through: dataThrough, period, surrogate_key: surrogateKey(home) },
        progress,
        [beside],
      );

      progress.start('publish', 3);
      await runChecks(connection, built, await compareWithSnapshotBefore(connection, home, report.synthetic));
      await demandKnown(connection, options.overrides);
      const overrides = await passGates(connection, options.overrides);
      record({ overrides });
      await reconcileWarehouse(connection, built);
      progress.step('checks');
      const publishedAt = new Date();
      const snapshot = `${stamp(publishedAt)}-${createHash('sha256').update(runId).digest('hex').slice(0, 6)}`;
      const about = {
        snapshot,
        runId,
        publishedAt: publishedAt.toISOString(),
        dataThrough,
        period,
        synthetic: report.synthetic,
      };
      await writeCatalogue(connection, built, definitions, { tables, meanings: meanings() }, about);
      await writeValueSets(connection, built, definitions);
      record({ snapshot, persons: await count(connection, 'select count(*) from core.person') });
      await connection.run('create table run.run (summary varchar)');
      await connection.run('insert into run.run values ($1)', [JSON.stringify(summary)]);
      progress.step('catalogue');
      // The input file is scratch: letting go of it writes nothing.
      await connection.run('pragma disable_checkpoint_on_shutdown');
      await connection.run('detach input');
      await connection.run('checkpoint');
      close();
      const current = await publish(home, building, about, options.keep);
      progress.step('verify');
      progress.finish();
      return end(
        'published',
        EXIT.done,
        `published ${current.snapshot}: ${summary.persons} persons, data through ${dataThrough}, period ${period}${said(overrides)}`,
      );
    } finally {
      close();
    }
  }
}

const said = (overrides: readonly Override[]): string =>
  overrides.map(({ check, reason }) => `\n  ${check} failed and was overridden: ${reason}`).join('');

const countsOf = ({ files }: LoadReport): Pick<RunSummary, 'files' | 'records' | 'quarantined'> => ({
  files: files.length,
  records: files.reduce((sum, file) => sum + file.physical_records, 0),
  quarantined: files.reduce((sum, file) => sum + file.quarantined, 0),
});

function refuse({ refusals }: LoadReport): void {
  if (refusals.length === 0) return;
  const lines = refusals.map(
    ({ path, line, rule, message }) => `  ${path}${line === null ? '' : `:${line}`} ${rule}: ${message}`,
  );
  throw new PeopleError(
    EXIT.refused,
    `input refused, nothing was published:\n${lines.join('\n')}\nMend the file, or leave it out with --skip PATH.`,
  );
}
