import { fill, modelled, randomPeople, read, THROUGH } from '../models/hcc-people.ts';
import { make, setVariables, warehouse } from '../support/warehouse.ts';

/** `npx tsx test/campaign/hcc.ts [PEOPLE] [SEED]`: random people scored by the SQL and by a naive reading of the macros. Fails on a difference. */
const [count = '10000', seed = '1'] = process.argv.slice(2);
const people = randomPeople(Number(count), Number(seed));
const connection = await warehouse();
await setVariables(connection, { data_through: THROUGH, period: '2026' });
await fill(connection, people);
await make(connection, 'mart.risk_score');
const found = new Set(await modelled(connection));
const expected = new Set(read(people));
connection.closeSync();
const different = [
  ...[...expected].filter((line) => !found.has(line)).map((line) => `read     ${line}`),
  ...[...found].filter((line) => !expected.has(line)).map((line) => `modelled ${line}`),
];
for (const line of different.slice(0, 20)) console.error(line);
console.log(JSON.stringify({ people: people.length, scores: expected.size, different: different.length }));
process.exitCode = different.length > 0 ? 1 : 0;
