import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { setVariables, type Variables } from '../../pipelines/engine/build.ts';
import { upstream } from '../../pipelines/engine/graph.ts';
import { rows } from '../../pipelines/engine/sql.ts';

const BOUND = 5;

async function milliseconds(connection: DuckDBConnection, select: string): Promise<number> {
  const began = performance.now();
  await connection.run(`create or replace temp table made as ${select}`);
  return performance.now() - began;
}

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/** Wall-clock seconds of two stages of a run. */
export interface Stages {
  readonly load: number;
  readonly build: number;
}

/** How the build divides, by seconds of models: core to metrics, what the measures need beside it, and all others. */
async function printShares(
  connection: DuckDBConnection,
  reads: ReadonlyMap<string, readonly string[]>,
  { load, build }: Stages,
): Promise<void> {
  const served = await rows(connection, 'select kind, relation from catalogue.metric');
  const behind = (kind: string) =>
    upstream(
      reads,
      served.filter((metric) => metric.kind === kind).map(({ relation }) => String(relation)),
    );
  const [metrics, measures] = [behind('metric'), behind('measure')];
  const shares = { 'core to metrics': 0, 'more for the measures': 0, 'risk, cohorts, attribution and lists': 0 };
  for (const { name, seconds } of await rows(connection, 'select name, seconds from run.model')) {
    const table = String(name);
    const rest = measures.has(table) ? 'more for the measures' : 'risk, cohorts, attribution and lists';
    shares[metrics.has(table) ? 'core to metrics' : rest] += Number(seconds);
  }
  const sum = Object.values(shares).reduce((sum, seconds) => sum + seconds, 0);
  for (const [what, seconds] of Object.entries(shares)) {
    const share = seconds / sum;
    console.log(
      `  ${what.padEnd(40)} ${(100 * share).toFixed(0)} % = ${((share * build) / load).toFixed(2)}x the load`,
    );
  }
}

/**
 * Prints the slowest models of a run, what its seconds went to, and how long each model behind the metrics of readmission and utilization takes
 * beside one bare scan of the tables that it reads: both read the snapshot, turn about, and keep what they read in memory.
 */
export async function benchModels(
  file: string,
  variables: Variables,
  threads: string,
  rounds: number,
  stages: Stages,
): Promise<void> {
  const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY', threads });
  const connection = await instance.connect();
  await setVariables(connection, variables);

  const slowest = await rows(
    connection,
    'select name, seconds from run.model order by seconds desc nulls last limit 6',
  );
  console.log(
    `slowest models   ${slowest.map(({ name, seconds }) => `${name} ${Number(seconds).toFixed(1)} s`).join(', ')}`,
  );

  const lineage = await rows(connection, 'select name, reads from catalogue.lineage');
  const reads = new Map(
    lineage.map(({ name, reads }) => [String(name), Array.isArray(reads) ? reads.map(String) : []]),
  );
  await printShares(connection, reads, stages);
  const metrics = await rows(
    connection,
    `select relation from catalogue.metric
     where kind = 'metric' and json_extract_string(definition, '$.topic') <> 'cost'`,
  );
  const behind = upstream(
    reads,
    metrics.map(({ relation }) => String(relation)),
  );
  const models = (await rows(connection, 'select name, sql from run.model'))
    .map(({ name, sql }) => ({ name: String(name), sql: String(sql) }))
    .filter(({ name }) => behind.has(name) && /^(mart|metric)\./.test(name) && reads.get(name)?.length !== 0);

  const measured: { name: string; own: number; bare: number }[] = [];
  for (const { name, sql } of models) {
    const [own, bare]: [number[], number[]] = [[], []];
    const scan = async (): Promise<number> => {
      let sum = 0;
      for (const table of reads.get(name) ?? []) sum += await milliseconds(connection, `select * from ${table}`);
      return sum;
    };
    // Once before, so that neither is the one that reads the file.
    await scan();
    for (let round = 0; round < rounds; round++) {
      own.push(await milliseconds(connection, sql));
      bare.push(await scan());
    }
    measured.push({ name, own: median(own), bare: median(bare) });
  }
  connection.closeSync();
  instance.closeSync();

  measured.sort((a, b) => b.own / b.bare - a.own / a.bare);
  const within = measured.filter(({ own, bare }) => own <= BOUND * bare);
  console.log(
    `${measured.length} models of readmission and utilization beside one bare scan of what they read: ${within.length} within ${BOUND}x`,
  );
  for (const { name, own, bare } of measured.slice(0, Math.max(6, measured.length - within.length))) {
    console.log(`  ${name.padEnd(40)} ${own.toFixed(0)} ms = ${(own / bare).toFixed(1)}x of ${bare.toFixed(0)} ms`);
  }
}
