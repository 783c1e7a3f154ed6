import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { openHome } from '../../pipelines/publish/home.ts';
import { readPointer } from '../../pipelines/publish/snapshot.ts';
import { nextStays } from '../models/next-stay.ts';

/** `npx tsx test/campaign/next-stay.ts HOME`: the next stay in the published snapshot, found in three ways. Fails on a difference. */
const [home] = process.argv.slice(2);
const pointer = home === undefined ? undefined : readPointer(openHome(home));
if (home === undefined || pointer === undefined) throw new Error('usage: next-stay.ts HOME, with a published snapshot');
const instance = await DuckDBInstance.create(join(home, pointer.file), { access_mode: 'READ_ONLY', threads: '2' });
const connection = await instance.connect();
const found = await nextStays(connection);
connection.closeSync();
instance.closeSync();
console.log(JSON.stringify(found));
process.exitCode = found.differentBySelfJoin + found.differentByAsOfJoin > 0 ? 1 : 0;
