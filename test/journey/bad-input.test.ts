import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { RunSummary } from '#contract/run';
import { lockHome, openHome } from '../../pipelines/publish/home.ts';
import { readPointer } from '../../pipelines/publish/snapshot.ts';

const ROOT = join(import.meta.dirname, '../..');
const EXTRACT = join(ROOT, 'sample-data/extract');
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'throughline-bad-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Said {
  readonly code: number | null;
  readonly said: string;
  readonly summary: RunSummary | undefined;
}

function throughline(...args: string[]): Said {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'server/launch.mjs'), ...args], {
    encoding: 'utf8',
    env: { ...process.env, THROUGHLINE_THREADS: '2' },
  });
  const last = stdout.trim().split('\n').at(-1) ?? '';
  const summary = last.startsWith('{') ? RunSummary.parse(JSON.parse(last)) : undefined;
  return { code: status, said: stdout + stderr + (summary?.message ?? ''), summary };
}

/** The extract with some of its files changed: name -> new content, null for none. */
function extractWith(name: string, files: Readonly<Record<string, string | Uint8Array | null>>): string {
  const source = join(folder, name);
  cpSync(EXTRACT, source, { recursive: true });
  for (const [file, content] of Object.entries(files)) {
    if (content === null) rmSync(join(source, file));
    else writeFileSync(join(source, file), content);
  }
  return source;
}

const textOf = (file: string) => readFileSync(join(EXTRACT, file), 'utf8');
const linesOf = (file: string) => textOf(file).split('\n');

/** A file of the extract with cells changed: line, column, new cell. */
function withCells(file: string, ...changes: readonly (readonly [number, string, string])[]): string {
  const lines = linesOf(file);
  const names = lines[0]?.split(',') ?? [];
  for (const [line, column, cell] of changes) {
    const cells = lines[line - 1]?.split(',') ?? [];
    cells[names.indexOf(column)] = cell;
    lines[line - 1] = cells.join(',');
  }
  return lines.join('\n');
}

describe('files that cannot be trusted are refused with exit 3, all at once, and nothing is published', () => {
  const [quoted, header] = [linesOf('condition.csv'), textOf('immunization.csv').replace(/^.*\n/, '')];
  quoted[9] = `"${quoted[9]}`;
  const damaged = {
    'pharmacy_claim.csv': null,
    'pharmacy_claim.csv.gz': gzipSync(textOf('pharmacy_claim.csv')).subarray(0, -40),
    'immunization.csv': header,
    'procedure.csv': textOf('procedure.csv').replace('procedure_id', 'number'),
    'condition.csv': quoted.join('\n'),
  };
  let source: string;
  let before: ReturnType<typeof readPointer>;
  let refused: Said;
  const home = () => openHome(join(folder, 'home'));
  beforeAll(() => {
    source = extractWith('damaged', damaged);
    cpSync(inject('publishedHome'), join(folder, 'home'), { recursive: true });
    before = readPointer(home());
    refused = throughline('run', '--source', source, '--home', join(folder, 'home'));
  });

  it.each([
    ['a truncated gzip, by name', /pharmacy_claim\.csv\.gz.* F01/],
    ['a missing header, by name and line', /immunization\.csv:1 F03/],
    ['a missing required column, which it names', /procedure\.csv:1 F04.*procedure_id/],
    ['a quote that swallows lines, by name and line', /condition\.csv:10 F06/],
  ])('%s', (_, words) => {
    expect(refused.code).toBe(3);
    expect(refused.said).toMatch(words);
  });

  it('and the snapshot of before keeps serving', () => {
    expect(before).toBeDefined();
    expect(readPointer(home())).toEqual(before);
  });

  it('unless --skip leaves them out', () => {
    const skip = Object.entries(damaged).flatMap(([name, content]) =>
      content === null ? [] : ['--skip', join(source, name)],
    );
    expect(throughline('check', '--source', source, '--home', join(folder, 'skipping'), ...skip).code).toBe(0);
  });
});

describe('a record that breaks a rule is quarantined with file, line and rule, and nothing else changes', () => {
  let checked: Said;
  let quarantine: string;
  beforeAll(() => {
    const cells = withCells(
      'pharmacy_claim.csv',
      [7, 'plan', 'caf\u00e9'],
      [11, 'dispensing_date', '24-01-02'],
      [12, 'paid_amount', '5.005'],
      [20, 'plan', 'x,y'],
    );
    const reversed = linesOf('observation.csv').map((line) => line.split(',').reverse().join(','));
    const source = extractWith('spoilt', {
      'pharmacy_claim.csv': Buffer.from(cells, 'latin1'),
      'observation.csv': reversed.join('\n'),
    });
    const home = join(folder, 'spoilt-home');
    checked = throughline('check', '--source', source, '--home', home, '--json');
    quarantine = readFileSync(join(home, 'quarantine', checked.summary?.runId ?? '', 'records.csv'), 'utf8');
  });

  it.each([
    ['a Latin-1 byte', /pharmacy_claim\.csv,7,R03/],
    ['a two-digit year', /pharmacy_claim\.csv,11,T01/],
    ['an amount with three decimals', /pharmacy_claim\.csv,12,T04/],
    ['a record with a field too many', /pharmacy_claim\.csv,20,R01/],
  ])('%s', (_, row) => {
    expect(quarantine).toMatch(row);
  });

  it('and a reordered header loads right, by name', () => {
    const runs = join(inject('publishedHome'), 'runs');
    const [clean = ''] = readdirSync(runs).filter((name) => name.endsWith('.json'));
    const { records, quarantined } = RunSummary.parse(JSON.parse(readFileSync(join(runs, clean), 'utf8')));
    expect(checked.code).toBe(0);
    expect(checked.summary).toMatchObject({ records, quarantined: quarantined + 4 });
  });
});

describe('exit codes', () => {
  const nowhere = () => join(folder, 'exit-codes');

  it('2 for a command line that cannot be understood', () => {
    expect(throughline('run').code).toBe(2);
    expect(throughline('launch').code).toBe(2);
    expect(throughline('run', '--source', EXTRACT, '--home', nowhere(), '--as-of', 'yesterday').code).toBe(2);
  });

  it('2 for a source that is not there, which it names', () => {
    const { code, said } = throughline('run', '--source', join(folder, 'nowhere'), '--home', nowhere());
    expect(code).toBe(2);
    expect(said).toContain('nowhere');
  });

  it('75 while another run holds the home', async () => {
    mkdirSync(nowhere(), { recursive: true });
    const lock = await lockHome(openHome(nowhere()));
    try {
      expect(throughline('check', '--source', EXTRACT, '--home', nowhere()).code).toBe(75);
    } finally {
      lock.release();
    }
    (await lockHome(openHome(nowhere()))).release();
  });
});
