// npx tsx test/campaign/orders.ts --orders 50 [--members 40] [--seed 1]
// Lays twelve monthly CCLF deliveries into the source folder in random orders, some of them twice, and publishes each.
// Ends with exit 1 where an order makes other tables than the first.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { silent } from '../../pipelines/engine/progress.ts';
import { openHome } from '../../pipelines/publish/home.ts';
import { run } from '../../pipelines/run.ts';
import { generate } from '../../sample-data/generate.ts';
import { checksums, inSnapshot } from '../support/published-tables.ts';
import { Random } from './random.ts';

const DELIVERIES = 12;
/** Share of deliveries that arrive twice. */
const TWICE = 0.3;

/** Tables that differ from those of the first order, by order; empty when all are alike. */
export async function checkOrders(orders: number, members: number, seed: number): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-orders-'));
  try {
    const population = join(folder, 'population');
    await generate({ members, years: 1, deliveries: DELIVERIES, formats: ['cclf'], out: population });
    const packages = readdirSync(join(population, 'cclf'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(population, 'cclf', name));
    const differences: string[] = [];
    let first: Readonly<Record<string, string>> | undefined;
    for (let order = 0; order < orders; order++) {
      const source = join(folder, 'source');
      arrive(packages, source, new Random(seed, order));
      const tables = await publish(source, join(folder, 'home'));
      rmSync(source, { recursive: true });
      first ??= tables;
      const expected = first;
      const other = Object.keys({ ...tables, ...first }).filter((name) => tables[name] !== expected[name]);
      if (other.length > 0) differences.push(`order ${order}: ${other.join(', ')}`);
    }
    return differences;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Folders are read in the order of their names, so a number before the name makes the order of arrival. */
function arrive(packages: readonly string[], source: string, random: Random): void {
  mkdirSync(source);
  const twice = packages.filter(() => random.below(1000) < 1000 * TWICE);
  const waiting = [...packages, ...twice];
  for (let place = 0; waiting.length > 0; place++) {
    const [next = ''] = waiting.splice(random.below(waiting.length), 1);
    cpSync(next, join(source, String(place).padStart(3, '0')), { recursive: true });
  }
}

async function publish(source: string, home: string): Promise<Record<string, string>> {
  const summary = await run({
    home: openHome(home),
    sources: [source],
    publish: true,
    asOf: undefined,
    period: undefined,
    skip: [],
    overrides: [],
    format: undefined,
    keep: 1,
    progress: { ...silent, stages: [] },
  });
  if (summary.status !== 'published') throw new Error(`${summary.status}: ${summary.message}`);
  return inSnapshot(home, (connection) => checksums(connection, 'where it was read'));
}

if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({
    options: {
      orders: { type: 'string', default: '50' },
      members: { type: 'string', default: '40' },
      seed: { type: 'string', default: '1' },
    },
  });
  const differences = await checkOrders(Number(values.orders), Number(values.members), Number(values.seed));
  process.stdout.write(`${values.orders} orders, ${differences.length} unlike the first\n`);
  for (const difference of differences) process.stdout.write(`${difference}\n`);
  process.exitCode = differences.length > 0 ? 1 : 0;
}
