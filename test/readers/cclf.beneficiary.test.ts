import { describe, expect, it } from 'vitest';
import * as cclf from './cclf-files.ts';
import { loadFiles } from './harness.ts';

const { file, named } = cclf;
const A = '1AA0AA0AA01';
const B = '2BB0BB0BB02';

describe('a beneficiary', () => {
  const eligibility = async (files: Record<string, string>) => {
    const { query } = await loadFiles(files);
    const found = await query(
      'select person_id, enrollment_start_date as from_date, enrollment_end_date as to_date from input.eligibility order by all',
    );
    return found.map(({ person_id, from_date, to_date }) => `${person_id} ${from_date} ${to_date}`);
  };

  it('is described by the latest delivery, once', async () => {
    const { query } = await loadFiles({
      [named('8', '240115')]: file('8', [cclf.beneficiary({ BENE_LAST_NAME: 'OLD' })]),
      [named('8', '240215')]: file('8', [cclf.beneficiary()]),
    });
    expect(
      await query('select person_id, last_name, sex, race, county_fips, state, zip_code from input.patient'),
    ).toEqual([
      {
        ...{ person_id: A, last_name: 'DOE', sex: 'female', race: 'white', county_fips: '36061', state: 'NY' },
        zip_code: '10001',
      },
    ]);
  });

  it('is covered in the months whose file lists the person', async () => {
    expect(
      await eligibility({
        [named('8', '240115')]: file('8', [cclf.beneficiary()]),
        [named('8', '240212')]: file('8', [cclf.beneficiary({ BENE_MBI_ID: B })]),
        [named('8', '240314')]: file('8', [cclf.beneficiary()]),
      }),
    ).toEqual([`${A} 2024-01-01 2024-01-31`, `${A} 2024-03-01 2024-03-31`, `${B} 2024-02-01 2024-02-29`]);
  });

  it('is covered between two deliveries that follow one another and both list the person', async () => {
    expect(
      await eligibility({
        [named('8', '240115')]: file('8', [cclf.beneficiary(), cclf.beneficiary({ BENE_MBI_ID: B })]),
        [named('8', '240412')]: file('8', [cclf.beneficiary()]),
      }),
    ).toEqual([`${A} 2024-01-01 2024-03-31`, `${A} 2024-04-01 2024-04-30`, `${B} 2024-01-01 2024-01-31`]);
  });

  it('is not covered by a run-out file, nor twice in one month', async () => {
    expect(
      await eligibility({
        [named('8', '240115', 'R23')]: file('8', [cclf.beneficiary()]),
        [named('8', '240212')]: file('8', [cclf.beneficiary()]),
        [named('8', '240220')]: file('8', [cclf.beneficiary()]),
      }),
    ).toEqual([`${A} 2024-02-01 2024-02-29`]);
  });

  it('has the parts of Medicare that the buy-in indicator says', async () => {
    const people = ['3', 'C', '1', 'B', '0'].map((BENE_ENTLMT_BUYIN_IND, at) =>
      cclf.beneficiary({ BENE_ENTLMT_BUYIN_IND, BENE_MBI_ID: `1AA0AA0AA0${at}` }),
    );
    const { query } = await loadFiles({ [named('8')]: file('8', people) });
    const found = await query('select is_part_a, is_part_b from input.eligibility order by person_id');
    expect(found.map(({ is_part_a, is_part_b }) => [is_part_a, is_part_b])).toEqual([
      [true, true],
      [true, true],
      [true, false],
      [false, true],
      [false, false],
    ]);
  });

  it('is described by dual status, Medicare status and entitlement', async () => {
    const row = cclf.beneficiary({ BENE_DUAL_STUS_CD: '02', BENE_MDCR_STUS_CD: '31', BENE_ORGNL_ENTLMT_RSN_CD: '2' });
    const { query } = await loadFiles({ [named('8')]: file('8', [row, cclf.beneficiary({ BENE_MBI_ID: B })]) });
    expect(
      await query(
        `select dual_status_code, medicare_status_code, esrd_flag, original_reason_entitlement_code as reason,
           payer, payer_type, source_name from input.eligibility order by person_id`,
      ),
    ).toEqual([
      {
        ...{ dual_status_code: '02', medicare_status_code: '31', esrd_flag: true, reason: '2' },
        ...{ payer: 'medicare', payer_type: 'medicare', source_name: 'cclf' },
      },
      {
        ...{ dual_status_code: '00', medicare_status_code: '10', esrd_flag: false, reason: '0' },
        ...{ payer: 'medicare', payer_type: 'medicare', source_name: 'cclf' },
      },
    ]);
  });
});
