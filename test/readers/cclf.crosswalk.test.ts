import { describe, expect, it } from 'vitest';
import * as cclf from './cclf-files.ts';
import { loadFiles } from './harness.ts';

const { file, named } = cclf;
const A = '1AA0AA0AA01';
const B = '2BB0BB0BB02';
const C = '3CC0CC0CC03';

describe('the crosswalk of Medicare numbers', () => {
  const persons = async (changes: readonly (readonly [string, readonly cclf.Values[]])[], mbis: readonly string[]) => {
    const { query } = await loadFiles({
      ...Object.fromEntries(changes.map(([day, rows]) => [named('9', day), file('9', rows)])),
      [named('5')]: file(
        '5',
        mbis.map((BENE_MBI_ID, at) => cclf.physician({ BENE_MBI_ID, CUR_CLM_UNIQ_ID: at, CLM_CNTL_NUM: at })),
      ),
    });
    const found = await query('select person_id from input.medical_claim order by claim_id');
    const checks = await query("select violations from run.check where check_id = 'cclf-crosswalk-ends'");
    return { persons: found.map(({ person_id }) => person_id), circular: Number(checks[0]?.violations) };
  };

  it('is followed to the end of every chain', async () => {
    const changes = [cclf.change(A, B), cclf.change(B, C)];
    expect(await persons([['240115', changes]], [A, B, C])).toEqual({ persons: [C, C, C], circular: 0 });
  });

  it('gives the latest change of a number the last word, by delivery and then by date', async () => {
    expect(
      (
        await persons(
          [
            ['240115', [cclf.change(A, B)]],
            ['240215', [cclf.change(A, C)]],
          ],
          [A],
        )
      ).persons,
    ).toEqual([C]);
    const dated = [
      cclf.change(A, C, { PRVS_ID_EFCTV_DT: '2021-01-01' }),
      cclf.change(A, B, { PRVS_ID_EFCTV_DT: '2020-01-01' }),
    ];
    expect((await persons([['240115', dated]], [A])).persons).toEqual([C]);
  });

  it('still applies when a later file no longer repeats it', async () => {
    const changes = [
      ['240115', [cclf.change(A, B)]],
      ['240215', [cclf.change(C, B)]],
    ] as const;
    expect((await persons(changes, [A, C])).persons).toEqual([B, B]);
  });

  it('takes no harm from a number that replaces itself', async () => {
    expect(await persons([['240115', [cclf.change(A, A)]]], [A])).toEqual({ persons: [A], circular: 0 });
  });

  it('ends a circle at the target of its latest change, and counts it', async () => {
    const circle = [
      cclf.change(A, B, { PRVS_ID_EFCTV_DT: '2019-01-01' }),
      cclf.change(B, C, { PRVS_ID_EFCTV_DT: '2020-01-01' }),
      cclf.change(C, A, { PRVS_ID_EFCTV_DT: '2021-01-01' }),
    ];
    expect(await persons([['240115', circle]], [A, B, C])).toEqual({ persons: [A, A, A], circular: 3 });
  });

  it('keeps the number before the MBI apart, and claims under a number that nobody knows', async () => {
    const old = cclf.change('203031401A', '203031401M', { HICN_MBI_XREF_IND: 'H' });
    expect((await persons([['240115', [old]]], [A, '9ZZ9ZZ9ZZ99'])).persons).toEqual([A, '9ZZ9ZZ9ZZ99']);
  });
});
