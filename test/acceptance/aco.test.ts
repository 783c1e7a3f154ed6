import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadFrom, temporaryFolder } from '../readers/harness.ts';
import { DATA, expectWholeAccount, whyNot } from './recount.ts';

describe.skipIf(whyNot !== '')(`files of an ACO${whyNot}`, () => {
  const folder = join(DATA, 'aco');
  const header = 'alr-py21-table1-header.csv';
  const svi = 'svi-2022-us-county.csv.gz';

  it('an assignment list whose name says no period is refused, with what a name would say', async () => {
    const { refusals } = await loadFrom([join(folder, header)]);
    expect(refusals[0]?.message).toContain('"performance_year", "report_period"');
  });

  it('the header of a real list is known in every column', async () => {
    const delivered = join(temporaryFolder(), 'aco');
    mkdirSync(delivered);
    const names = readFileSync(join(folder, header), 'utf8').trim();
    const values = { BENE_MBI_ID: '1EG4TE5MK73', BENE_SEX_CD: '2', BENE_BRTH_DT: '03/05/1945', EnrollFlag1: '4' };
    const record = names.split(',').map((name) => new Map(Object.entries(values)).get(name) ?? '');
    writeFileSync(
      join(delivered, 'P.A1234.ACO.QALR.2021Q1.D219999.T0100000_1-1.csv'),
      `${names}\n${record.join(',')}\n`,
    );
    copyFileSync(join(folder, svi), join(delivered, svi));
    const loaded = await loadFrom([delivered]);
    await expectWholeAccount(loaded, delivered);
    expect(loaded.files.map(({ kind, note }) => [kind, note])).toEqual([
      ['alr_assigned', null],
      ['svi', null],
    ]);
    expect(await loaded.query('select person_id, window_start_date as since from input.assignment')).toEqual([
      { person_id: '1EG4TE5MK73', since: '2020-04-01' },
    ]);
  });
});
