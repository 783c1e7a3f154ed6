import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Catalogue } from '#contract/catalogue';
import { MetricResult } from '#contract/result';
import { serve } from '../support/serve.ts';

const ROOT = join(import.meta.dirname, '../..');
const TRACKED = ['package.json', 'tsconfig.json', 'server', 'pipelines', 'sample-data', 'test'];
let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'throughline-copy-'));
  // Other tests make hidden folders beside themselves, and remove them.
  const isTracked = (path: string) => !basename(path).startsWith('.');
  for (const name of TRACKED) cpSync(join(ROOT, name), join(copy, name), { recursive: true, filter: isTracked });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  const from = join(copy, 'pipelines/metrics/emergency-visits-per-1000');
  const to = join(copy, 'pipelines/metrics/copied-visits-per-1000');
  cpSync(from, to, { recursive: true });
  const declaration = join(to, 'metric.ts');
  writeFileSync(
    declaration,
    readFileSync(declaration, 'utf8').replace("id: 'emergency-visits-per-1000'", "id: 'copied-visits-per-1000'"),
  );
});
afterAll(() => rmSync(copy, { recursive: true }));

it('a copied metric folder appears in the snapshot, the API and the tests with no other edit', async () => {
  const home = join(copy, 'home');
  const source = join(copy, 'sample-data/extract');
  execFileSync(process.execPath, [join(copy, 'server/launch.mjs'), 'run', '--source', source, '--home', home], {
    stdio: 'pipe',
  });
  const served = await serve(home);
  try {
    const catalogue = Catalogue.parse(await (await served.ask('/api/catalogue')).json());
    expect(catalogue.metrics.map(({ id }) => id)).toContain('copied-visits-per-1000');
    const answer = async (id: string) =>
      MetricResult.parse(await (await served.ask(`/api/metrics/${id}?by=practice`)).json());
    const [original, copied] = [await answer('emergency-visits-per-1000'), await answer('copied-visits-per-1000')];
    expect(copied.total.denominator).toBeGreaterThan(0);
    expect({ total: copied.total, cells: copied.cells }).toEqual({ total: original.total, cells: original.cells });
  } finally {
    await served.close();
  }
  const tests = execFileSync(
    process.execPath,
    [
      join(copy, 'node_modules/vitest/vitest.mjs'),
      ...['run', '--config', 'test/vitest.config.ts', 'test/metrics', '-t', 'copied-visits'],
    ],
    { cwd: copy, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
  );
  expect(tests).toMatch(/\n[1-9]\d* passed, 0 failed/);
});

it('a metric that counts a subject twice blocks publishing with exit 4, and the snapshot of before stays', () => {
  const home = join(copy, 'home');
  const path = join(copy, 'pipelines/metrics/copied-visits-per-1000/metric.sql');
  const counted = readFileSync(path, 'utf8');
  writeFileSync(path, `with counted as (\n${counted}\n) select * from counted union all select * from counted`);
  const before = readFileSync(join(home, 'current.json'), 'utf8');
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(copy, 'server/launch.mjs'), 'run', '--source', join(copy, 'sample-data/extract'), '--home', home],
    { encoding: 'utf8' },
  );
  expect(stderr).toContain('no subject is counted twice');
  expect(status).toBe(4);
  expect(readFileSync(join(home, 'current.json'), 'utf8')).toBe(before);
});
