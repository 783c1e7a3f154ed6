// npx tsx test/bench/crossfilter.ts --snapshot FILE [--persons 1000000]
// What one move of a brush costs when people lie in the browser as columns, and when the server counts them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { peopleOf } from '../../client/api/crossfilter.ts';
import { Crossfilter } from '../../client/statistics/crossfilter.ts';
import { type Brushes, binsOf, type CrossfilterChart } from '../../server/contract/crossfilter.ts';
import { encodeTable } from '../../server/http/encode.ts';
import { readCatalogue, type SnapshotCatalogue } from '../../server/store/catalogue.ts';
import { peopleSql, readCharts, readPeople } from '../../server/store/crossfilter.ts';
import { DuckDB } from '../../server/store/duckdb.ts';
import { Queries } from '../../server/store/query.ts';

const MOVES = 60;
/** What the server's lock-down gives one snapshot. */
const THREADS = '2';
const TABLES = ['mart.person_summary', 'mart.person_month', 'mart.chronic_condition', 'mart.care_gap'];

/**
 * The people of a snapshot over and over until they are `persons`, in a scratch database; then the same moves of brushes
 * in three designs: columns sent once and counted in the browser (V8 here, as in Chromium); bins counted by the server
 * with every move, over columns that are ready in a table; and, after Falcon, a cube of the brushed chart by every other,
 * fetched whenever another chart is taken up.
 */
export async function benchCrossfilter(file: string, persons = 100_000): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-crossfilter-'));
  const home = new Queries(await DuckDB.open(file));
  try {
    const catalogue = await readCatalogue(home);
    const charts = await readCharts(home, catalogue, { broad: false });
    const own = encoded(await readPeople(home, catalogue, charts, {}), charts);
    const copies = Math.max(1, Math.round(persons / peopleOf(own, null).length));
    const scratch = join(folder, 'people.duckdb');
    await multiply(file, scratch, copies, catalogue, charts);

    const queries = new Queries(await DuckDB.open(scratch), 120_000);
    const [load, columns] = await cost(() => readPeople(queries, catalogue, charts, {}));
    queries.close();
    const bytes = encoded(columns, charts);
    const people = peopleOf(bytes, null);
    const [first, crossfilter] = await cost(async () => new Crossfilter(people));
    console.log(`crossfilter: ${people.length} people, ${charts.length} charts, ${MOVES} moves`);
    console.log(
      `  columns: ${mega(bytes.length)} once (gzip-1 about ${mega(copies * gzipSync(own, { level: 1 }).length)}), read in ${load.words}, first count ${first.words}, ${mega(bytes.length + 6 * people.length)} held`,
    );
    const moves = Array.from({ length: MOVES }, (_, at) => moveOf(charts, at));
    const here = await costs(moves, async (brushes) => crossfilter.count(brushes));
    console.log(`    a move ${here.words}, no bytes, no server`);

    const instance = await DuckDBInstance.create(scratch, { access_mode: 'READ_ONLY', threads: THREADS });
    const connection = await instance.connect();
    let sent = 0;
    const there = await costs(moves, async (brushes) => {
      sent += await replyOf(connection, binsSql(charts, brushes));
    });
    console.log(`  server bins: a move ${there.words}, ${Math.round(sent / MOVES / 1000)} kB each`);
    sent = 0;
    const actives = charts.filter(({ kind }) => kind !== 'set');
    const cubes = await costs(actives.slice(0, 12), async (active) => {
      sent += await replyOf(connection, cubeSql(charts, active, moveOf(charts, 7)));
    });
    console.log(
      `  cube of the brushed chart: taking one up ${cubes.words}, ${Math.round(sent / Math.min(12, actives.length) / 1000)} kB each; a move within it is free`,
    );
    connection.closeSync();
    instance.closeSync();
  } finally {
    home.close();
    rmSync(folder, { recursive: true });
  }
}

const encoded = (columns: Parameters<typeof encodeTable>[1], charts: readonly CrossfilterChart[]): Buffer =>
  encodeTable('arrow', columns, { snapshot: '', dataThrough: '2000-01-01', charts, caveats: [] });

/** A range that is dragged over the ages, beside two other brushes that change now and then. */
function moveOf(charts: readonly CrossfilterChart[], at: number): Brushes {
  const has = (id: string) => charts.some((chart) => chart.id === id);
  const run = (from: number, length: number) => Array.from({ length }, (_, place) => from + place);
  return {
    age: run(40 + (at % 20), 5 + (at % 15) * 2),
    ...(has('sex') && at % 12 > 3 && { sex: [0] }),
    ...(at % 20 > 9 && { paid: run(6, 8) }),
  };
}

async function multiply(
  from: string,
  to: string,
  copies: number,
  catalogue: SnapshotCatalogue,
  charts: readonly CrossfilterChart[],
): Promise<void> {
  const instance = await DuckDBInstance.create(to, { threads: THREADS });
  const connection = await instance.connect();
  await connection.run(`attach '${from}' as home (read_only)`);
  for (const schema of ['mart', 'catalogue']) await connection.run(`create schema ${schema}`);
  await connection.run('create table catalogue.snapshot as from home.catalogue.snapshot');
  // Months are read only where an older snapshot has no coverage in the summary.
  const tables = catalogue.names.has('mart.person_summary', 'coverage')
    ? TABLES.filter((name) => name !== 'mart.person_month')
    : TABLES;
  for (const name of tables) {
    await connection.run(
      `create table ${name} as select * replace (person_id || '-' || copy as person_id) from range(${copies}) as r(copy), home.${name}`,
    );
  }
  const { statement, values } = peopleSql(catalogue, charts, {});
  const coded = await connection.prepare(`create table coded as ${statement}`);
  values.forEach((value, at) => {
    if (typeof value === 'string') coded.bindVarchar(at + 1, value);
    else if (Number.isSafeInteger(value)) coded.bindInteger(at + 1, Number(value));
    else coded.bindDouble(at + 1, Number(value));
  });
  await coded.run();
  connection.closeSync();
  instance.closeSync();
}

const conditions = (brushes: Brushes, without: string): string =>
  Object.entries(brushes)
    .filter(([id]) => id !== without)
    .map(([id, places]) => ` and ${id} in (${places.join(', ')})`)
    .join('');

const binOf = (chart: CrossfilterChart): { from: string; place: string; where: string } =>
  chart.kind === 'set'
    ? {
        from: `coded, range(${binsOf(chart).length}) as bin(place)`,
        place: 'place',
        where: `(case place // 30 when 0 then ${chart.id}_0 else ${chart.id}_1 end >> (place % 30)::integer) & 1 = 1`,
      }
    : { from: 'coded', place: chart.id, where: 'true' };

/** Every chart under the brushes of all others, and the total: one statement. */
const binsSql = (charts: readonly CrossfilterChart[], brushes: Brushes): string =>
  [
    `select 'total' as chart, 0 as place, count(*) as persons, sum(paid_cents) as cents from coded where true${conditions(brushes, '')}`,
    ...charts.map((chart) => {
      const { from, place, where } = binOf(chart);
      return `select '${chart.id}', ${place}, count(*), null from ${from} where ${where}${conditions(brushes, chart.id)} group by ${place}`;
    }),
  ].join(' union all ');

/** The brushed chart by every other, under the brushes of the rest: what its moves need until another is taken up. */
const cubeSql = (charts: readonly CrossfilterChart[], active: CrossfilterChart, brushes: Brushes): string =>
  charts
    .filter(({ id }) => id !== active.id)
    .map((chart) => {
      const { from, place, where } = binOf(chart);
      const { [active.id]: _, ...others } = brushes;
      return `select '${chart.id}' as chart, ${active.id} as active, ${place} as place, count(*) as persons from ${from} where ${where}${conditions(others, chart.id)} group by all`;
    })
    .join(' union all ');

const replyOf = async (connection: DuckDBConnection, statement: string): Promise<number> =>
  JSON.stringify((await connection.runAndReadAll(statement)).getRowsJson()).length;

const mega = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

interface Cost {
  readonly words: string;
}

async function cost<T>(work: () => Promise<T>): Promise<[Cost, T]> {
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(cpu);
  return [{ words: `${ms(performance.now() - began)} (cpu ${ms((user + system) / 1000)})` }, result];
}

async function costs<T>(all: readonly T[], work: (one: T) => Promise<unknown>): Promise<Cost> {
  const cpu = process.cpuUsage();
  const times: number[] = [];
  for (const one of all) {
    const began = performance.now();
    await work(one);
    times.push(performance.now() - began);
  }
  const { user, system } = process.cpuUsage(cpu);
  const sorted = times.sort((a, b) => a - b);
  const at = (share: number) => ms(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { words: `p50 ${at(0.5)}, p95 ${at(0.95)} (cpu ${ms((user + system) / 1000 / all.length)})` };
}

const ms = (time: number): string => `${time.toFixed(time < 10 ? 1 : 0)} ms`;

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({
    options: { snapshot: { type: 'string' }, persons: { type: 'string', default: '1000000' } },
  });
  if (!values.snapshot) throw new Error('--snapshot names the file of a snapshot');
  await benchCrossfilter(values.snapshot, Number(values.persons));
}
