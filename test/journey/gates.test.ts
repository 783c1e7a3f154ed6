import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Current } from '#contract/current';
import { Quality, RunSummary } from '#contract/run';
import { rows } from '../../pipelines/engine/sql.ts';
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
  folder = mkdtempSync(join(tmpdir(), 'throughline-gates-'));
  source = join(folder, 'extract');
  home = join(folder, 'home');
  mkdirSync(home);
  cpSync(EXTRACT, source, { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

function throughline(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'server/launch.mjs'), ...args, '--json'], {
    encoding: 'utf8',
    env: { ...process.env, THROUGHLINE_THREADS: '2' },
  });
  const last = stdout.trim().split('\n').at(-1);
  const summary = last ? RunSummary.parse(JSON.parse(last)) : undefined;
  return { code: status, said: `${stderr}${summary?.message ?? ''}`, summary };
}

const run = (...args: string[]) => throughline('run', '--source', source, '--home', home, ...args);

const pointer = () => Current.parse(JSON.parse(readFileSync(join(home, 'current.json'), 'utf8')));

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

/** The rows that a query finds in the published snapshot of a home. */
async function inSnapshot(root: string, sql: string) {
  const { file } = Current.parse(JSON.parse(readFileSync(join(root, 'current.json'), 'utf8')));
  const instance = await DuckDBInstance.create(join(root, file), { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  try {
    return await rows(connection, sql);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const checkRow = (id: string) =>
  inSnapshot(home, `select status, "override", number, owner from run.check where check_id = '${id}'`);

describe('a gate that fails', () => {
  it('blocks publishing with exit 4 and is named; check says so before', () => {
    forgetBirths();
    const checked = throughline('check', '--source', source, '--home', home);
    expect(checked.code).toBe(4);
    expect(checked.said).toContain(BIRTHS);
    const { code, said, summary } = run();
    expect(code).toBe(4);
    expect(said).toContain(BIRTHS);
    expect(summary?.status).toBe('blocked');
    expect(existsSync(join(home, 'current.json'))).toBe(false);
  });

  it('lets through whoever names it and says why: the check stays failed and carries the reason', async () => {
    const { code, summary } = run('--allow', `${BIRTHS}=The plan sends births in May`);
    expect(code).toBe(0);
    expect(summary?.overrides).toEqual([{ check: BIRTHS, reason: 'The plan sends births in May' }]);
    expect(summary?.message).toContain('The plan sends births in May');
    expect(await checkRow(BIRTHS)).toEqual([
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
    const wrong = ['--allow', 'eligibility-zip-whole=It is the wrong gate'];
    expect(throughline('check', '--source', source, '--home', home, ...wrong).code).toBe(4);
    restore('eligibility.csv');
  });
});

describe('an override that cannot be meant', () => {
  it.each([
    ['of a check that does not exist', 'eligibility-born-in-may=There is no such check'],
    ['without a reason', BIRTHS],
    ['with an empty reason', `${BIRTHS}=`],
    ['with one word for a reason', `${BIRTHS}=ok`],
  ])('%s is a usage error and leaves no run behind', (_, text) => {
    const before = readdirSync(join(home, 'runs')).length;
    const { code, said } = run('--allow', text);
    expect(code).toBe(2);
    expect(said).toContain('--allow');
    expect(readdirSync(join(home, 'runs')).length).toBe(before);
  });

  it('of a drop that no source could have is a usage error', () => {
    expect(run('--allow', 'volume-drop-dental-claim-nobody=No source is called nobody').code).toBe(2);
  });
});

describe('a drop of 30 % or more against the snapshot before', () => {
  it('stops publishing until somebody overrides it by name', async () => {
    expect(run().code).toBe(0);
    const before = pointer();
    rewrite('pharmacy_claim.csv', (lines) => lines.filter((_, at) => at % 2 === 0));
    const blocked = run();
    expect(blocked.code).toBe(4);
    expect(blocked.said).toContain(FILLS);
    expect(blocked.said).toContain(FEED);
    expect(pointer()).toEqual(before);

    expect(run('--allow', `${FILLS}=The vendor changed in June`).code).toBe(4);
    const allowed = run('--allow', `${FILLS}=The vendor changed in June`, '--allow', `${FEED}=The vendor changed`);
    expect(allowed.code).toBe(0);
    expect(allowed.summary?.overrides.map(({ check }) => check).sort()).toEqual([FEED, FILLS].sort());
    expect(await checkRow(FILLS)).toMatchObject([{ status: 'failed', override: 'The vendor changed in June' }]);
  }, 240_000);

  it('is measured from there once it was let through', async () => {
    expect(run().code).toBe(0);
    expect(await checkRow(FILLS)).toMatchObject([{ status: 'passed', override: null }]);
  });

  it('does not change a number: a fresh home makes the same ones', async () => {
    const cost = `select sum(numerator)::decimal(18, 2) as dollars, sum(denominator) as months
      from metric.total_cost_per_member_per_month`;
    const fresh = join(folder, 'fresh');
    mkdirSync(fresh);
    expect(throughline('run', '--source', source, '--home', fresh).code).toBe(0);
    expect(await inSnapshot(fresh, cost)).toEqual(await inSnapshot(home, cost));
  });
});
