// node --import tsx test/bench/cclf.ts [MEGABYTES] [ROUNDS] [THREADS]
// Ratio of the CCLF reader, from files to input, to bare DuckDB that reads the same bytes as lines of text into tables.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { silent } from '../../pipelines/engine/progress.ts';
import { createInput } from '../../pipelines/input/tables.ts';
import { FILE_TYPES, type FileType } from '../../pipelines/readers/cclf/layout.ts';
import { load } from '../../pipelines/readers/load.ts';
import * as cclf from '../readers/cclf-files.ts';

const [megabytes = 100, rounds = 3, threads = 2] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'throughline-bench-'));
const source = join(folder, 'source');

/** Institutional claims of four lines and eight diagnoses, twelve physician lines for each, a fill and, of every tenth, a device. */
function generate(): void {
  mkdirSync(source);
  const text: Record<string, string> = {};
  const number = (of: number): string => String(of).padStart(13, '0');
  const add = (type: FileType, values: cclf.Values) => {
    text[type] = `${text[type] ?? ''}${cclf.record(type, values)}\n`;
  };
  const flush = () => {
    for (const type of FILE_TYPES) {
      writeFileSync(join(source, cclf.named(type)), text[type] ?? '', { flag: 'a' });
      text[type] = '';
    }
  };
  const size = () => readdirSync(source).reduce((sum, name) => sum + statSync(join(source, name)).size, 0);
  for (let claim = 1; claim % 500 !== 0 || size() < megabytes * 1e6; claim++) {
    const BENE_MBI_ID = `1AA0AA${String(Math.floor(claim / 4) % 100000).padStart(5, '0')}`;
    const CLM_ADJSMT_TYPE_CD = claim % 30 === 0 ? '1' : '0';
    const day = `2023-${String((claim % 12) + 1).padStart(2, '0')}-${String((claim % 28) + 1).padStart(2, '0')}`;
    const institutional = { CUR_CLM_UNIQ_ID: number(claim), BENE_MBI_ID };
    const dates = { CLM_FROM_DT: day, CLM_THRU_DT: day };
    add('1', cclf.header({ ...institutional, ...dates, CLM_ADJSMT_TYPE_CD }));
    for (let line = 1; line <= 4; line++) {
      add('2', cclf.revenue({ ...institutional, CLM_LINE_NUM: line, CLM_LINE_CVRD_PD_AMT: '25.00' }));
    }
    for (let place = 1; place <= 8; place++) {
      add('4', cclf.diagnosis({ ...institutional, CLM_VAL_SQNC_NUM: place, CLM_DGNS_CD: `E11${place}` }));
    }
    for (let line = 1; line <= 12; line++) {
      const CUR_CLM_UNIQ_ID = number(1e9 + claim * 6 + (line % 6));
      const more = { CLM_CNTL_NUM: `B${claim - (claim % 30 === 0 ? 1 : 0)}-${line % 6}`, CLM_ADJSMT_TYPE_CD };
      add('5', cclf.physician({ ...dates, ...more, CUR_CLM_UNIQ_ID, BENE_MBI_ID, CLM_LINE_NUM: Math.ceil(line / 6) }));
    }
    add('7', cclf.fill({ CUR_CLM_UNIQ_ID: number(2e9 + claim), BENE_MBI_ID, CLM_LINE_RX_SRVC_RFRNC_NUM: claim }));
    if (claim % 10 === 0) add('6', cclf.equipment({ CUR_CLM_UNIQ_ID: number(3e9 + claim), BENE_MBI_ID }));
    if (claim % 4 === 0) add('8', cclf.beneficiary({ BENE_MBI_ID }));
    if (claim % 500 === 0) flush();
  }
  flush();
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}

async function bare(): Promise<void> {
  const file = join(folder, 'bare.duckdb');
  const instance = await DuckDBInstance.create(file, { threads: String(threads) });
  const connection = await instance.connect();
  for (const [at, name] of readdirSync(source).entries()) {
    await connection.run(
      `create table lines_${at} as select * from read_csv('${join(source, name)}', columns = {'line': 'VARCHAR'},
         auto_detect = false, header = false, delim = '\x01', quote = '', escape = '')`,
    );
  }
  await connection.run('checkpoint');
  connection.closeSync();
  instance.closeSync();
  rmSync(file);
}

const stages = new Map<string, number[]>();

async function ours(): Promise<void> {
  const root = mkdtempSync(join(folder, 'home-'));
  const home = { landing: join(root, 'landing'), quarantine: join(root, 'quarantine'), scratch: join(root, 'scratch') };
  for (const path of Object.values(home)) mkdirSync(path);
  const instance = await DuckDBInstance.create(join(root, 'warehouse.duckdb'), { threads: String(threads) });
  const connection = await instance.connect();
  await connection.run('create schema run');
  await connection.run(`attach '${join(root, 'input.duckdb')}' as input`);
  await createInput(connection, 'input');
  let began = performance.now();
  let stage = '';
  const progress = {
    ...silent,
    start: (name: string) => {
      stage = name;
      began = performance.now();
    },
    finish: () => {
      stages.set(stage, [...(stages.get(stage) ?? []), (performance.now() - began) / 1000]);
    },
  };
  const request = { sources: [source], skip: [], format: undefined, runId: 'bench', progress };
  const { refusals } = await load({ connection, home, ...request });
  if (refusals.length > 0) throw new Error(JSON.stringify(refusals[0]));
  connection.closeSync();
  instance.closeSync();
  rmSync(root, { recursive: true });
}

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

try {
  generate();
  const bytes = readdirSync(source).reduce((sum, name) => sum + statSync(join(source, name)).size, 0);
  const [lines, read]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    lines.push(await timed(bare));
    read.push(await timed(ours));
  }
  console.log(`CCLF, ${(bytes / 1e6).toFixed(0)} MB, ${threads} threads, ${rounds} rounds`);
  console.log(`bare DuckDB, lines of text to tables   ${median(lines).toFixed(2)} s`);
  console.log(`read to input   ${median(read).toFixed(2)} s = ${(median(read) / median(lines)).toFixed(2)}x`);
  for (const [name, seconds] of stages) console.log(`  ${name.padEnd(8)} ${median(seconds).toFixed(2)} s`);
} finally {
  rmSync(folder, { recursive: true });
}
