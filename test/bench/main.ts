// npm run bench [-- --members N] [--rounds R] [--threads T]
// Ratios to bare DuckDB on the same bytes, side by side in one run: absolute seconds on a shared machine mean little.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Current } from '../../server/contract/current.ts';
import { benchClient } from './client.ts';
import { benchCrossfilter } from './crossfilter.ts';
import { benchModels } from './models.ts';
import { benchQueries } from './queries.ts';

const ROOT = join(import.meta.dirname, '../..');
const { values } = parseArgs({
  options: {
    members: { type: 'string', default: '20000' },
    rounds: { type: 'string', default: '3' },
    threads: { type: 'string', default: '2' },
  },
});
const folder = join(ROOT, '.bench', values.members);
const extract = join(folder, 'extract');
const home = join(folder, 'home');

const child = (entry: string, args: string[]): string =>
  execFileSync(process.execPath, ['--import', 'tsx', join(ROOT, entry), ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, THROUGHLINE_THREADS: values.threads },
  });

if (!existsSync(join(extract, 'synthetic.json'))) {
  mkdirSync(extract, { recursive: true });
  child('sample-data/main.ts', ['--members', values.members, '--out', extract]);
}
const files = readdirSync(extract).filter((name) => name.endsWith('.csv'));
const bytes = files.reduce((sum, name) => sum + statSync(join(extract, name)).size, 0);

const median = (numbers: number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
const bare: { seconds: number; peakBytes: number }[] = [];
const ours: { stages: { name: string; seconds: number }[]; peakBytes: number }[] = [];
for (let round = 0; round < Number(values.rounds); round += 1) {
  const database = join(folder, 'bare.duckdb');
  rmSync(database, { force: true });
  bare.push(JSON.parse(child('test/bench/bare.ts', [extract, database, values.threads])));
  rmSync(home, { recursive: true, force: true });
  ours.push(JSON.parse(child('test/bench/ours.ts', [extract, home])));
  rmSync(database);
}

const LOAD = ['read', 'map', 'check'];
const seconds = (run: (typeof ours)[number], wanted: (name: string) => boolean): number =>
  run.stages.filter(({ name }) => wanted(name)).reduce((sum, stage) => sum + stage.seconds, 0);
const bareLoad = median(bare.map((run) => run.seconds));
const load = median(ours.map((run) => seconds(run, (name) => LOAD.includes(name))));
const build = median(ours.map((run) => seconds(run, (name) => name === 'build')));
const gigabytes = (size: number): string => `${(size / 2 ** 30).toFixed(2)} GB`;

console.log(
  `\n${values.members} members, ${files.length} files, ${gigabytes(bytes)}, ${values.threads} threads, ${values.rounds} rounds`,
);
console.log(
  `bare read_csv -> tables   ${bareLoad.toFixed(1)} s, peak ${gigabytes(Math.max(...bare.map((run) => run.peakBytes)))}`,
);
console.log(`load (verified, counted, landed, typed)   ${load.toFixed(1)} s = ${(load / bareLoad).toFixed(2)}x bare`);
console.log(`build, all models   ${build.toFixed(1)} s = ${(build / load).toFixed(2)}x the load`);
console.log(`peak memory of the run   ${gigabytes(Math.max(...ours.map((run) => run.peakBytes)))}`);
for (const { name } of ours[0]?.stages ?? []) {
  console.log(
    `  ${name.padEnd(10)} ${median(ours.map((run) => seconds(run, (other) => other === name))).toFixed(1)} s`,
  );
}
const current = Current.parse(JSON.parse(readFileSync(join(home, 'current.json'), 'utf8')));
const variables = {
  data_through: current.dataThrough,
  period: current.period,
  surrogate_key: readFileSync(join(home, 'key'), 'utf8').trim(),
};
await benchModels(join(home, current.file), variables, values.threads, Number(values.rounds), { load, build });
await benchQueries(home, join(home, current.file));
await benchCrossfilter(join(home, current.file));
await benchClient(home);
process.stdout.write(`\n${child('test/bench/cclf.ts', ['300', values.rounds, values.threads])}`);
process.stdout.write(`\n${child('test/bench/fhir.ts', ['1000', values.rounds, values.threads])}`);
