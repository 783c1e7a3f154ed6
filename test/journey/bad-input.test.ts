import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RunSummary } from '#contract/run';
import { lockHome, openHome } from '../../pipelines/publish/home.ts';
import { readPointer } from '../../pipelines/publish/snapshot.ts';

const ROOT = join(import.meta.dirname, '../..');
const EXTRACT = join(ROOT, 'sample-data/extract');
let folder: string;
let source: string;
let home: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'throughline-bad-'));
  source = join(folder, 'extract');
  home = join(folder, 'home');
  cpSync(EXTRACT, source, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

function throughline(...args: string[]): { code: number | null; said: string; summary: RunSummary | undefined } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'server/launch.mjs'), ...args], {
    encoding: 'utf8',
  });
  const last = stdout.trim().split('\n').at(-1) ?? '';
  const summary = last.startsWith('{') ? RunSummary.parse(JSON.parse(last)) : undefined;
  return { code: status, said: stdout + stderr + (summary?.message ?? ''), summary };
}

const check = () => throughline('check', '--source', source, '--home', home, '--json');

const FILE = 'pharmacy_claim.csv';
const text = () => readFileSync(join(source, FILE), 'utf8');
const lines = () => text().split('\n');
const write = (content: string | Uint8Array, name = FILE) => writeFileSync(join(source, name), content);

/** The extract with one cell of one line changed. */
function withCell(line: number, column: string, cell: string): string {
  const all = lines();
  const names = all[0]?.split(',') ?? [];
  const cells = all[line - 1]?.split(',') ?? [];
  cells[names.indexOf(column)] = cell;
  all[line - 1] = cells.join(',');
  return all.join('\n');
}

const quarantine = (summary: RunSummary | undefined): string => {
  const path = join(home, 'quarantine', summary?.runId ?? '', 'records.csv');
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
};

describe('a file that cannot be trusted is refused with exit 3, by name and line, and nothing is published', () => {
  it('a truncated gzip', () => {
    const whole = gzipSync(text());
    rmSync(join(source, FILE));
    write(whole.subarray(0, whole.length - 40), `${FILE}.gz`);
    const { code, said } = check();
    expect(code).toBe(3);
    expect(said).toMatch(/pharmacy_claim\.csv\.gz.* F01/);
  });

  it('a missing header', () => {
    write(lines().slice(1).join('\n'));
    const { code, said } = check();
    expect(code).toBe(3);
    expect(said).toMatch(/pharmacy_claim\.csv:1 F03/);
  });

  it('a missing required column, which it names', () => {
    write(text().replace('dispensing_date', 'filled_on'));
    const { code, said } = check();
    expect(code).toBe(3);
    expect(said).toMatch(/pharmacy_claim\.csv:1 F04.*dispensing_date/);
  });

  it('a quote that swallows lines', () => {
    const all = lines();
    all[9] = `"${all[9]}`;
    write(all.join('\n'));
    const { code, said } = check();
    expect(code).toBe(3);
    expect(said).toMatch(/pharmacy_claim\.csv:10 F06/);
  });

  it('unless --skip leaves the file out', () => {
    write(lines().slice(1).join('\n'));
    expect(throughline('check', '--source', source, '--home', home, '--skip', join(source, FILE)).code).toBe(0);
  });

  it('and the snapshot of before keeps serving', () => {
    expect(throughline('run', '--source', source, '--home', home).code).toBe(0);
    const before = readPointer(openHome(home));
    write(lines().slice(1).join('\n'));
    expect(throughline('run', '--source', source, '--home', home).code).toBe(3);
    expect(readPointer(openHome(home))).toEqual(before);
  });
});

describe('a record that breaks a rule is quarantined with file, line and rule, and nothing else changes', () => {
  const quarantined: readonly (readonly [string, () => string | Uint8Array, RegExp])[] = [
    ['a Latin-1 byte', () => Buffer.from(withCell(7, 'plan', 'caf\u00e9'), 'latin1'), /pharmacy_claim\.csv,7,R03/],
    ['a two-digit year', () => withCell(7, 'dispensing_date', '24-01-02'), /pharmacy_claim\.csv,7,T01/],
    ['an amount with three decimals', () => withCell(7, 'paid_amount', '5.005'), /pharmacy_claim\.csv,7,T04/],
    ['a record with a field too many', () => `${withCell(7, 'plan', 'x,y')}`, /pharmacy_claim\.csv,7,R01/],
  ];
  for (const [what, content, row] of quarantined) {
    it(what, () => {
      const clean = check().summary;
      write(content());
      const { code, summary } = check();
      expect(code).toBe(0);
      expect(summary?.quarantined).toBe(1);
      expect(summary?.records).toBe(clean?.records);
      expect(quarantine(summary)).toMatch(row);
    });
  }

  it('a reordered header loads right, by name', () => {
    const clean = check().summary;
    write(
      lines()
        .map((line) => line.split(',').reverse().join(','))
        .join('\n'),
    );
    const { code, summary } = check();
    expect({ code, quarantined: summary?.quarantined, records: summary?.records }).toEqual({
      ...{ code: 0, quarantined: 0, records: clean?.records },
    });
  });
});

describe('exit codes', () => {
  it('2 for a command line that cannot be understood', () => {
    expect(throughline('run').code).toBe(2);
    expect(throughline('launch').code).toBe(2);
    expect(throughline('run', '--source', source, '--home', home, '--as-of', 'yesterday').code).toBe(2);
  });

  it('2 for a source that is not there, which it names', () => {
    const { code, said } = throughline('run', '--source', join(folder, 'nowhere'), '--home', home);
    expect(code).toBe(2);
    expect(said).toContain('nowhere');
  });

  it('75 while another run holds the home', async () => {
    const lock = await lockHome(openHome(home));
    try {
      expect(check().code).toBe(75);
    } finally {
      lock.release();
    }
    expect(check().code).toBe(0);
  });
});
