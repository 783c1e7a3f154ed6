import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { type Loaded, loadFiles, loadFrom } from '../readers/harness.ts';

const DATA = resolve(import.meta.dirname, '../../../shared/data/cclf');
const whyNot = existsSync(DATA) ? '' : ' (skipped: the folder ../shared/data/cclf is not here)';

type Row = Record<string, string>;

const table = (name: string): Row[] =>
  parse(readFileSync(join(DATA, name)), { columns: true, relax_column_count: true });

/** The published layout, from the table that lists it and not from the reader. */
function layoutOf(kind: string): { name: string; length: number }[] {
  return table('layout-v38.csv')
    .filter(({ file }) => file === kind)
    .map(({ field_name = '', length }) => ({ name: field_name, length: Number(length) }));
}

const SCENARIO_FILES = {
  CCLF1: 'parta_claims_header',
  CCLF5: 'partb_physicians',
  CCLF6: 'partb_dme',
  CCLF7: 'partd_claims',
  CCLF9: 'beneficiary_xref',
} as const;

/** The rows of the scenarios as the fixed-width files that their FILE_NAME columns name. */
function scenarioFiles(): Record<string, string> {
  const files: Record<string, string> = {};
  for (const [kind, name] of Object.entries(SCENARIO_FILES)) {
    const fields = layoutOf(kind);
    for (const row of table(`final-action/${name}.csv`)) {
      const line = fields.map(({ name: field, length }) => (row[field] ?? '').padEnd(length).slice(0, length)).join('');
      const path = row.FILE_NAME ?? '';
      files[path] = `${files[path] ?? ''}${line}\n`;
    }
  }
  return files;
}

interface Final {
  readonly claim: string;
  readonly person: string;
  readonly paid: number;
}

/** Claims that remain, by kind and number, from one load of all scenarios. */
async function remaining(): Promise<{ lines: Final[]; unexplained: unknown[] }> {
  const loaded = await loadFiles(scenarioFiles());
  expect(loaded.refusals).toEqual([]);
  expectAccounted(loaded);
  const found = await loaded.query(
    `select 'medical_claim ' || claim_id || '/' || claim_line_number as claim, person_id, paid_amount from input.medical_claim
     union all
     select 'pharmacy_claim ' || claim_id || '/' || claim_line_number, person_id, null from input.pharmacy_claim
     order by 1`,
  );
  const unexplained = await loaded.query(
    `select stage from run.reconciliation group by stage, rows_in, rows_out, amount_in, amount_out
     having rows_in <> rows_out + sum(rows) or amount_in <> amount_out + coalesce(sum(amount), 0)`,
  );
  return {
    lines: found.map(({ claim, person_id, paid_amount }) => ({
      ...{ claim: String(claim), person: String(person_id), paid: Number(paid_amount) },
    })),
    unexplained,
  };
}

function expectAccounted({ files }: Loaded): void {
  for (const file of files.filter(({ kind }) => kind !== 'unrecognised')) {
    const { header_records, blank_records, loaded, quarantined, duplicate, skipped } = file;
    const accounted = header_records + blank_records + loaded + quarantined + duplicate + skipped;
    expect(accounted, file.path).toBe(file.physical_records);
  }
}

const sumOf = (lines: readonly Final[]): number =>
  lines.reduce((sum, { paid }) => sum + Math.round(paid * 100), 0) / 100;

const claimOf = (line: string): string => line.split('/')[0] ?? '';

/** The $0 adjustments of S04: one of the two was cancelled, and nothing in the claims tells which. */
const EITHER = ['medical_claim 0000000001015/1', 'medical_claim 0000000001018/1'];

describe.skipIf(whyNot !== '')(`the final-action scenarios of the CCLF Information Packet${whyNot}`, () => {
  const expected = whyNot === '' ? table('final-action/expected_final_action.csv') : [];
  const listed = new Set(expected.map(({ table: kind, claim_id }) => `${kind} ${claim_id}`));
  const scenarios = [...new Set(expected.map(({ scenario = '' }) => scenario))];
  let loading: ReturnType<typeof remaining> | undefined;
  const load = () => (loading ??= remaining());

  it.each(scenarios)('%s leaves the claims, persons and dollars that are final', async (scenario) => {
    const { lines } = await load();
    const rows = expected.filter((row) => row.scenario === scenario);
    for (const { table: kind, claim_id, claim_line_number, person_id, expected_paid_amount } of rows) {
      const found = lines.filter(({ claim }) => claim.startsWith(`${kind} ${claim_id}/${claim_line_number}`));
      if (claim_id === '') {
        const claims = lines.filter(({ claim, person }) => person === person_id && claim.startsWith(`${kind} `));
        expect(claims.filter(({ claim }) => !listed.has(claimOf(claim)))).toEqual([]);
        continue;
      }
      expect(found.length, claim_id).toBeGreaterThan(0);
      expect(new Set(found.map(({ person }) => person))).toEqual(new Set([person_id]));
      if (expected_paid_amount !== '') expect(sumOf(found), claim_id).toBe(Number(expected_paid_amount));
    }
  });

  it('leave nothing else of the persons whose claims they list', async () => {
    const { lines } = await load();
    const persons = new Set(expected.map(({ person_id }) => person_id));
    const others = lines.filter(({ claim, person }) => persons.has(person) && !listed.has(claimOf(claim)));
    expect(others.map(({ claim }) => claim)).toEqual([expect.toBeOneOf(EITHER)]);
  });

  it('add up to $260.00 in S04 (packet, Table 4) and $707.00 in S22 (Table 6)', async () => {
    const { lines } = await load();
    expect(sumOf(lines.filter(({ person }) => person === '9TT0FK0XX04'))).toBe(260);
    expect(sumOf(lines.filter(({ person }) => person === '9TT0FK0XX23'))).toBe(707);
  });

  it('keep the claims of persons whom no enrolment knows', async () => {
    const { lines } = await load();
    for (const claim of ['0000000001062', '0000000001063', '0000000001064']) {
      expect(lines.filter((line) => line.claim === `medical_claim ${claim}/1`)).toHaveLength(1);
    }
  });

  it('explain every record and every cent', async () => {
    expect((await load()).unexplained).toEqual([]);
  });
});

describe.skipIf(whyNot !== '')(`CCLF sets as BCDA tests with them${whyNot}`, () => {
  const load = (folder: string, skip: readonly string[] = []) => loadFrom([join(DATA, 'bcda', folder)], { skip });

  it.each(['dev', 'small'])('%s is refused in words that count the claims that are not there', async (folder) => {
    const { refusals } = await load(folder);
    const counted = refusals.find(({ rule }) => rule === 'C03');
    expect(counted).toMatchObject({ path: `${folder}/ZC0`, line: 2 });
    expect(counted?.message).toMatch(/^counted, and not in the delivery: CCLF1 \(6 records\), CCLF2 \(6 records\)/);
  });

  it('reads their crosswalk without trailing blanks and without a last line end', async () => {
    const { files } = await load('dev', ['dev/ZC0']);
    expect(files.find(({ path }) => path === 'dev/ZC9')).toMatchObject({ kind: 'crosswalk', loaded: 2 });
  });

  it.each([
    ['valid/T.BCD.A0001.ZCY18.D181120.T1000000', ['C03', 'C06']],
    ['0/missing_data/T.BCD.ACO.ZC0Y18.D181120.T0001000', ['C03', 'C01']],
  ] as const)('refuses zip %s by itself with the rules %j', async (archive, rules) => {
    const { refusals } = await load(join('archives', archive));
    expect(refusals.map(({ rule }) => rule)).toEqual(rules);
  });

  it('reads the members of zips that hold no CCLF0', async () => {
    const { files } = await load('archives/8/valid');
    expect(files.map(({ kind, physical_records }) => `${kind} ${physical_records}`)).toEqual(
      Array.from({ length: 5 }, () => 'beneficiary 6'),
    );
    expect(files.reduce((sum, { loaded, duplicate }) => sum + loaded + duplicate, 0)).toBe(30);
  });

  it('quarantines the one record that is cut short among whole ones', async () => {
    const { files } = await load('archives/invalid_bcd/P.BCD.A0001.ZCY18.D181121.T2000000');
    expect(files).toEqual([expect.objectContaining({ physical_records: 6, loaded: 5, quarantined: 1 })]);
  });
});
