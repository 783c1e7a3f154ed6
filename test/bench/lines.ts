import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { silent } from '../../pipelines/engine/progress.ts';
import { count } from '../../pipelines/engine/sql.ts';
import { createInput } from '../../pipelines/input/tables.ts';
import { openLanes } from '../../pipelines/readers/lanes.ts';
import { checkInput, load } from '../../pipelines/readers/load.ts';

/** Seconds on the clock, and of all cores together. */
interface Cost {
  readonly wall: number;
  readonly cpu: number;
}

/** What has passed on this process's clocks since they were last read so. */
function stopwatch(): () => Cost {
  const [began, before] = [performance.now(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(before);
    return { wall: (performance.now() - began) / 1000, cpu: (user + system) / 1e6 };
  };
}

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/** `times` as long as bare DuckDB in the same round, which others on the machine slow down alike. */
function beside(costs: readonly Cost[], bare: readonly Cost[]): string {
  const times = median(costs.map(({ wall }, round) => wall / (bare[round]?.wall ?? Number.NaN)));
  const cores = median(costs.map(({ wall, cpu }) => cpu / wall));
  return `${median(costs.map(({ wall }) => wall)).toFixed(2)} s = ${times.toFixed(2)}x, ${cores.toFixed(1)} cores`;
}

interface Terms {
  readonly rounds: number;
  readonly threads: number;
  /** What plain SQL makes of a line of a file, by its name: a list of columns over `line`. */
  readonly columnsOf: (name: string) => string;
}

/**
 * Prints how long reading the files of a folder takes, from bytes to input, beside bare DuckDB with as many threads on the
 * same bytes: every line whole as text into a table of a database file, checkpoint included. Between the two stands what
 * plain SQL takes to cut and cast, or to parse, those lines into tables: it verifies nothing, counts nothing and knows no
 * final action. The checks of input, which are of no format, are told apart. `scratch` is an empty folder on the same disk.
 */
export async function compare(
  title: string,
  source: string,
  scratch: string,
  { rounds, threads, columnsOf }: Terms,
): Promise<void> {
  const files = readdirSync(source).map((name) => ({ name, bytes: statSync(join(source, name)).size }));

  const bare = async (columns?: (name: string) => string): Promise<Cost> => {
    const file = join(scratch, 'bare.duckdb');
    const instance = await DuckDBInstance.create(file, { threads: String(threads) });
    const connection = await instance.connect();
    const passed = stopwatch();
    for (const [at, { name }] of files.entries()) {
      await connection.run(
        `create ${columns ? 'temp ' : ''}table lines_${at} as
         select * from read_csv('${join(source, name)}', columns = {'line': 'VARCHAR'},
           auto_detect = false, header = false, delim = '\x01', quote = '', escape = '', max_line_size = ${4 << 20})`,
      );
      if (columns) await connection.run(`create table typed_${at} as select ${columns(name)} from lines_${at}`);
    }
    await connection.run('checkpoint');
    const cost = passed();
    await demandAllBytes(connection);
    connection.closeSync();
    instance.closeSync();
    rmSync(file);
    return cost;
  };

  const demandAllBytes = async (connection: DuckDBConnection): Promise<void> => {
    for (const [at, { name, bytes }] of files.entries()) {
      const held = await count(connection, `select coalesce(sum(strlen(line)), 0) + count(*) from lines_${at}`);
      if (held !== bytes) throw new Error(`bare DuckDB holds ${held} of the ${bytes} bytes of ${name}`);
    }
  };

  const stages = new Map<string, Cost[]>();
  const ours = async (): Promise<{ toInput: Cost; withChecks: Cost }> => {
    const root = mkdtempSync(join(scratch, 'home-'));
    const home = {
      landing: join(root, 'landing'),
      quarantine: join(root, 'quarantine'),
      scratch: join(root, 'scratch'),
    };
    for (const path of Object.values(home)) mkdirSync(path);
    const instance = await DuckDBInstance.create(join(root, 'warehouse.duckdb'), { threads: String(threads) });
    const connection = await instance.connect();
    await connection.run('create schema run');
    await connection.run(
      `attach '${join(root, 'input.duckdb')}' as input (recovery_mode no_wal_writes, storage_version 'latest')`,
    );
    await createInput(connection, 'input');
    const lanes = await openLanes(instance, threads);
    const passed = stopwatch();
    let stage = { name: '', passed };
    const progress = {
      ...silent,
      start: (name: string) => {
        stage = { name, passed: stopwatch() };
      },
      finish: () => {
        stages.set(stage.name, [...(stages.get(stage.name) ?? []), stage.passed()]);
      },
    };
    const request = { sources: [source], skip: [], format: undefined, runId: 'bench', progress };
    const { refusals } = await load({ connection, lanes, home, ...request });
    const toInput = passed();
    await checkInput(connection, progress);
    const withChecks = passed();
    if (refusals.length > 0) throw new Error(JSON.stringify(refusals[0]));
    for (const open of [...lanes, connection]) open.closeSync();
    instance.closeSync();
    rmSync(root, { recursive: true });
    return { toInput, withChecks };
  };

  const costs = { lines: [] as Cost[], typed: [] as Cost[], toInput: [] as Cost[], withChecks: [] as Cost[] };
  for (let round = 0; round < rounds; round++) {
    costs.lines.push(await bare());
    costs.typed.push(await bare(columnsOf));
    const { toInput, withChecks } = await ours();
    costs.toInput.push(toInput);
    costs.withChecks.push(withChecks);
  }
  const megabytes = files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
  console.log(`${title}, ${megabytes.toFixed(0)} MB, ${threads} threads, medians of ${rounds} rounds side by side`);
  console.log(`bare DuckDB, lines of text to tables      ${beside(costs.lines, costs.lines)}`);
  console.log(`plain SQL, the same lines cut and typed   ${beside(costs.typed, costs.lines)}`);
  console.log(`read to input                             ${beside(costs.toInput, costs.lines)}`);
  console.log(`  with the checks of input                ${beside(costs.withChecks, costs.lines)}`);
  for (const [name, each] of stages) console.log(`  ${name.padEnd(8)} ${beside(each, costs.lines)}`);
}
