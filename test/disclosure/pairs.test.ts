import { afterAll, beforeAll, expect, test } from 'vitest';
import { answer } from '../../server/statistics/answer.ts';
import { questionOf } from '../../server/store/question.ts';
import type { Snapshot } from '../../server/store/snapshot.ts';
import { Random } from '../campaign/random.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { METRICS } from '../support/snapshot.ts';
import { anyPair, subtract } from './pairs.ts';
import { type Atom, audit, type Cell } from './scenario.ts';

let server: TestServer;
let snapshot: Snapshot;
beforeAll(async () => {
  server = await startServer({ persons: 600 });
  const { current } = server.dependencies.snapshots;
  if (!current) throw new Error('nothing is published');
  snapshot = current;
});
afterAll(() => server.close());

const ask = (id: string, by: string, mode: 'identified' | 'shareable', months: { from?: string; to?: string } = {}) =>
  answer(snapshot, questionOf(snapshot.catalogue, id, { by, where: '', ...months }), mode);

test('no two questions of which one is about some of the other’s people differ by 1 to 10', async () => {
  const pairs = Array.from({ length: 200 }, (_, seed) =>
    anyPair(
      new Random(seed),
      METRICS.map(({ id }) => id),
    ),
  );
  const { both, found } = await subtract(snapshot, pairs);
  expect(found).toEqual([]);
  expect(both).toBeGreaterThan(20);
}, 300_000);

test('the auditor solves for nothing from all tables of a metric by practice and by sex that the database answers', async () => {
  const id = 'readmission-30-day';
  const { cells } = await ask(id, 'practice,sex,month', 'identified');
  const atoms = cells.map(
    ({ key, rows, numerator }): Atom => ({
      values: [key.practice ?? '', key.sex ?? ''],
      month: key.month ?? '',
      rows: rows ?? 0,
      numerator: numerator ?? 0,
    }),
  );
  const asked: (Cell & { readonly isShown: boolean })[] = [];
  for (const [period, length] of [
    ['month', 1],
    ['quarter', 3],
    ['year', 12],
  ] as const) {
    for (const [dimension, name] of [
      [null, ''],
      [0, 'practice'],
      [1, 'sex'],
    ] as const) {
      for (const { key, suppressed } of (await ask(id, [name, period].filter(Boolean).join(), 'shareable')).cells) {
        const months = spanOf(key[period] ?? '', length);
        asked.push({ dimension, value: name ? (key[name] ?? '') : '', ...months, isShown: !suppressed });
      }
    }
  }
  const { visible, bounds } = audit(
    atoms,
    asked,
    ({ isShown }) => isShown,
    () => false,
    10,
  );
  expect(visible).toEqual([]);
  expect(bounds.filter(({ least, most }) => most - least < 10)).toEqual([]);
  expect([asked.some(({ isShown }) => isShown), bounds.length > 20]).toEqual([true, true]);
}, 300_000);

/** The months of a key such as 2024-03, 2024-Q1 or 2024. */
function spanOf(period: string, length: number): { readonly from: string; readonly to: string } {
  const year = period.slice(0, 4);
  if (length === 12) return { from: `${year}-01`, to: `${year}-12` };
  if (length === 1) return { from: period, to: period };
  const last = 3 * Number(period.slice(6));
  return { from: `${year}-${String(last - 2).padStart(2, '0')}`, to: `${year}-${String(last).padStart(2, '0')}` };
}
