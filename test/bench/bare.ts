// Bare DuckDB on the same bytes: every CSV of a folder, all text, into tables of a fresh file. Prints one JSON line.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

const [folder = '', file = '', threads = '2'] = process.argv.slice(2);
const instance = await DuckDBInstance.create(file, { threads });
const connection = await instance.connect();
const began = performance.now();
for (const name of readdirSync(folder).filter((name) => name.endsWith('.csv'))) {
  await connection.run(
    `create table "${name}" as select * from read_csv('${join(folder, name)}', all_varchar = true, header = true)`,
  );
}
await connection.run('checkpoint');
const seconds = (performance.now() - began) / 1000;
console.log(JSON.stringify({ seconds, peakBytes: process.resourceUsage().maxRSS * 1024 }));
