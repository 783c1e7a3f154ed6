import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { silent } from '../../pipelines/engine/progress.ts';
import { createInput } from '../../pipelines/input/tables.ts';
import { load } from '../../pipelines/readers/load.ts';

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

interface Terms {
  readonly rounds: number;
  readonly threads: number;
  /** What plain SQL makes of a line of a file, by its name: a list of columns over `line`. */
  readonly columnsOf: (name: string) => string;
}

/**
 * Prints how long reading the files of a folder takes, from bytes to input, beside bare DuckDB on the same bytes: as lines
 * of text into tables, and as plain SQL that cuts, casts or parses those lines into tables, which verifies nothing, counts
 * nothing and knows no final action. `scratch` is an empty folder on the same disk.
 */
export async function compare(
  title: string,
  source: string,
  scratch: string,
  { rounds, threads, columnsOf }: Terms,
): Promise<void> {
  const bare = async (columns?: (name: string) => string) => {
    const file = join(scratch, 'bare.duckdb');
    const instance = await DuckDBInstance.create(file, { threads: String(threads) });
    const connection = await instance.connect();
    for (const [at, name] of readdirSync(source).entries()) {
      await connection.run(
        `create ${columns ? 'temp ' : ''}table lines_${at} as
         select * from read_csv('${join(source, name)}', columns = {'line': 'VARCHAR'},
           auto_detect = false, header = false, delim = '\x01', quote = '', escape = '', max_line_size = ${4 << 20})`,
      );
      if (columns) await connection.run(`create table typed_${at} as select ${columns(name)} from lines_${at}`);
    }
    await connection.run('checkpoint');
    connection.closeSync();
    instance.closeSync();
    rmSync(file);
  };

  const stages = new Map<string, number[]>();
  const ours = async () => {
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
    await connection.run(`attach '${join(root, 'input.duckdb')}' as input (storage_version 'latest')`);
    await createInput(connection, 'input');
    let stage = { name: '', began: 0 };
    const progress = {
      ...silent,
      start: (name: string) => {
        stage = { name, began: performance.now() };
      },
      finish: () => {
        const seconds = (performance.now() - stage.began) / 1000;
        stages.set(stage.name, [...(stages.get(stage.name) ?? []), seconds]);
      },
    };
    const request = { sources: [source], skip: [], format: undefined, runId: 'bench', progress };
    const { refusals } = await load({ connection, home, ...request });
    if (refusals.length > 0) throw new Error(JSON.stringify(refusals[0]));
    connection.closeSync();
    instance.closeSync();
    rmSync(root, { recursive: true });
  };

  const [lines, typed, read]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < rounds; round++) {
    lines.push(await timed(() => bare()));
    typed.push(await timed(() => bare(columnsOf)));
    read.push(await timed(ours));
  }
  const beside = (seconds: readonly number[]): string =>
    `${median(seconds).toFixed(2)} s = ${(median(seconds) / median(lines)).toFixed(2)}x`;
  const bytes = readdirSync(source).reduce((sum, name) => sum + statSync(join(source, name)).size, 0);
  console.log(`${title}, ${(bytes / 1e6).toFixed(0)} MB, ${threads} threads, ${rounds} rounds`);
  console.log(`bare DuckDB, lines of text to tables      ${beside(lines)}`);
  console.log(`plain SQL, the same lines cut and typed   ${beside(typed)}`);
  console.log(`read to input                             ${beside(read)}`);
  for (const [name, seconds] of stages) console.log(`  ${name.padEnd(8)} ${median(seconds).toFixed(2)} s`);
}
