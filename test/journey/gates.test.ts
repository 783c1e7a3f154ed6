import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { Current } from '#contract/current';
import { Quality, RunSummary } from '#contract/run';
import { EXIT } from '../../pipelines/engine/error.ts';
import { silent } from '../../pipelines/engine/progress.ts';
import { rows } from '../../pipelines/engine/sql.ts';
import { readOverrides } from '../../pipelines/publish/gates.ts';
import { openHome } from '../../pipelines/publish/home.ts';
import { run as publish } from '../../pipelines/run.ts';
import { inSnapshot } from '../support/published-tables.ts';
import { serve } from '../support/serve.ts';

const ROOT = join(import.meta.dirname, '../..');
const EXTRACT = join(ROOT, 'sample-data/extract');
const BIRTHS = 'eligibility-birth-date-mostly-known';
const FILLS = 'volume-drop-pharmacy-claims';
const FEED = 'volume-drop-pharmacy-claim-medicare-claims';

let folder: string;
let source: string;
let home: string;
beforeAll(() => {
  vi.stubEnv('THROUGHLINE_THREADS', '1');
  folder = mkdtempSync(join(tmpdir(), 'throughline-gates-'));
  source = join(folder, 'extract');
  home = join(folder, 'home');
  mkdirSync(home);
  cpSync(EXTRACT, source, { recursive: true });
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** The command line itself, as a process. */
function throughline(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'server/launch.mjs'), ...args, '--json'], {
    encoding: 'utf8',
  });
  const last = stdout.trim().split('\n').at(-1);
  const summary = last ? RunSummary.parse(JSON.parse(last)) : undefined;
  return { code: status, said: `${stderr}${summary?.message ?? ''}`, summary };
}

const check = (...args: string[]) => throughline('check', '--source', source, '--home', home, ...args);

/** What `run` does once the command line is understood, in this process. */
async function run(root: string, ...allowed: string[]) {
  const summary = await publish({
    ...{ home: openHome(root), sources: [source], publish: true, overrides: await readOverrides(allowed) },
    ...{ asOf: undefined, period: undefined, skip: [], format: undefined, keep: 3 },
    progress: { ...silent, stages: [] },
  });
  return { code: summary.exitCode, said: summary.message, summary };
}

const pointer = (root: string) => Current.parse(JSON.parse(readFileSync(join(root, 'current.json'), 'utf8')));

/** A file of the extract with its lines behind the header changed. */
function rewrite(name: string, change: (lines: string[], header: string[]) => string[]): void {
  const [header = '', ...lines] = readFileSync(join(EXTRACT, name), 'utf8').trimEnd().split('\n');
  writeFileSync(join(source, name), `${[header, ...change(lines, header.split(','))].join('\n')}\n`);
}

const restore = (name: string) => rewrite(name, (lines) => lines);

/** No member has a date of birth. */
const forgetBirths = () =>
  rewrite('eligibility.csv', (lines, header) =>
    lines.map((line) =>
      line
        .split(',')
        .map((field, at) => (header[at] === 'birth_date' ? '' : field))
        .join(','),
    ),
  );

const found = (root: string, sql: string) => inSnapshot(root, (connection) => rows(connection, sql));

const checkRow = (root: string, id: string) =>
  found(root, `select status, "override", number, owner from run.check where check_id = '${id}'`);

describe('a gate that fails', () => {
  it('blocks publishing with exit 4 and is named; check says so before', async () => {
    forgetBirths();
    const checked = check();
    expect(checked.code).toBe(4);
    expect(checked.said).toContain(BIRTHS);
    const { code, said, summary } = await run(home);
    expect(code).toBe(4);
    expect(said).toContain(BIRTHS);
    expect(summary.status).toBe('blocked');
    expect(existsSync(join(home, 'current.json'))).toBe(false);
  });

  it('lets through whoever names it and says why: the check stays failed and carries the reason', async () => {
    const { code, summary } = throughline(
      ...['run', '--source', source, '--home', home, '--allow', `${BIRTHS}=The plan sends births in May`],
    );
    expect(code).toBe(0);
    expect(summary?.overrides).toEqual([{ check: BIRTHS, reason: 'The plan sends births in May' }]);
    expect(summary?.message).toContain('The plan sends births in May');
    expect(await checkRow(home, BIRTHS)).toEqual([
      { status: 'failed', override: 'The plan sends births in May', number: 121, owner: 'enrollment' },
    ]);
    const served = await serve(home);
    try {
      const { checks } = Quality.parse(await (await served.ask('/api/quality')).json());
      expect(checks.find(({ check_id }) => check_id === BIRTHS)?.override).toBe('The plan sends births in May');
    } finally {
      await served.close();
    }
  });

  it('is not opened by another name', () => {
    expect(check('--allow', 'eligibility-zip-whole=It is the wrong gate').code).toBe(4);
    restore('eligibility.csv');
  });
});

describe('an override that cannot be meant', () => {
  it.each([
    ['of a check that does not exist', 'eligibility-born-in-may=There is no such check'],
    ['without a reason', BIRTHS],
    ['with an empty reason', `${BIRTHS}=`],
    ['with one word for a reason', `${BIRTHS}=ok`],
  ])('%s is a usage error', async (_, text) => {
    await expect(readOverrides([text])).rejects.toMatchObject({
      exitCode: EXIT.usage,
      message: expect.stringContaining('--allow'),
    });
  });

  it('leaves no run behind', () => {
    const before = readdirSync(join(home, 'runs')).length;
    const { code, said } = check('--allow', BIRTHS);
    expect(code).toBe(2);
    expect(said).toContain('--allow');
    expect(readdirSync(join(home, 'runs')).length).toBe(before);
  });

  it('of a drop that no source could have is a usage error', async () => {
    const { code } = await run(home, 'volume-drop-dental-claim-nobody=No source is called nobody');
    expect(code).toBe(2);
  });
});

describe('a drop of 30 % or more against the snapshot before', () => {
  const dropped = () => join(folder, 'dropped');
  beforeAll(() => cpSync(inject('publishedHome'), dropped(), { recursive: true }));

  it('stops publishing until somebody overrides it by name', async () => {
    const before = pointer(dropped());
    rewrite('pharmacy_claim.csv', (lines) => lines.filter((_, at) => at % 2 === 0));
    const blocked = await run(dropped(), `${FILLS}=The vendor changed in June`);
    expect(blocked.code).toBe(4);
    expect(blocked.said).toContain(FEED);
    expect(pointer(dropped())).toEqual(before);
    const allowed = await run(dropped(), `${FILLS}=The vendor changed in June`, `${FEED}=The vendor changed`);
    expect(allowed.code).toBe(0);
    expect(allowed.summary.overrides.map((override) => override.check).sort()).toEqual([FEED, FILLS].sort());
    expect(await checkRow(dropped(), FILLS)).toMatchObject([
      { status: 'failed', override: 'The vendor changed in June' },
    ]);
  }, 240_000);

  it('is measured from there once it was let through', async () => {
    expect((await run(dropped())).code).toBe(0);
    expect(await checkRow(dropped(), FILLS)).toMatchObject([{ status: 'passed', override: null }]);
  });

  it('does not change a number: a fresh home makes the same ones', async () => {
    const cost = `select sum(numerator)::decimal(18, 2) as dollars, sum(denominator) as months
      from metric.total_cost_per_member_per_month`;
    const fresh = join(folder, 'fresh');
    expect((await run(fresh)).code).toBe(0);
    expect(await found(fresh, cost)).toEqual(await found(dropped(), cost));
  });
});
