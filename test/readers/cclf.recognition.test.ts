import { describe, expect, it } from 'vitest';
import { LAYOUTS } from '../../pipelines/readers/cclf/layout.ts';
import { deliveryOf, stated } from '../../pipelines/readers/cclf/name.ts';
import { TABLES } from '../../pipelines/readers/cclf/tables.ts';
import * as cclf from './cclf-files.ts';
import { type Loaded, loadFiles } from './harness.ts';

const { file, named } = cclf;
const A = '1AA0AA0AA01';
const B = '2BB0BB0BB02';
const C = '3CC0CC0CC03';
const kinds = ({ files }: Loaded) => files.map(({ format, kind }) => `${format}/${kind}`);
const refused = ({ refusals }: Loaded) => refusals.map(({ path, rule }) => `${path.split('/').at(-1)} ${rule}`);

describe('a CCLF file is known', () => {
  const records = {
    1: cclf.header(),
    2: cclf.revenue(),
    3: cclf.procedure(),
    4: cclf.diagnosis(),
    5: cclf.physician(),
    6: cclf.equipment(),
    8: cclf.beneficiary(),
    9: cclf.change(A, B),
  };

  it('by the length of its records and what stands in them, whatever its name', async () => {
    const loaded = await loadFiles(
      Object.fromEntries(
        ([1, 2, 3, 4, 5, 6, 8, 9] as const).map((type) => [`${type}.dat`, file(`${type}`, [records[type]])]),
      ),
    );
    expect(kinds(loaded)).toEqual([
      ...['cclf/part_a_header', 'cclf/part_a_line', 'cclf/part_a_procedure', 'cclf/part_a_diagnosis', 'cclf/part_b'],
      ...['cclf/dme', 'cclf/beneficiary', 'cclf/crosswalk'],
    ]);
    expect(loaded.files.every(({ loaded: read }) => read === 1)).toBe(true);
  });

  it('in each published version', async () => {
    const versions = (['1', '2', '3', '4', '5', '6'] as const).flatMap((type) =>
      LAYOUTS[type].lengths.map((width) => [type, width] as const),
    );
    const { files } = await loadFiles(
      Object.fromEntries(
        versions.map(([type, width], at) => [
          `${type}-${width}`,
          file(type, [{ ...records[type], CUR_CLM_UNIQ_ID: at }], width),
        ]),
      ),
    );
    const read = files.map(
      ({ path, kind, loaded, quarantined }) => `${path.split('/')[1]} ${kind} ${loaded} ${quarantined}`,
    );
    expect(read).toEqual(versions.map(([type, width]) => `${type}-${width} ${TABLES[type].name} 1 0`).sort());
  });

  it('in Part D of 195 characters with the prescriber in the middle, and of 230 with the prescriber at the end', async () => {
    const { CLM_PRSBNG_PRVDR_GNRC_ID_NUM_LONG, ...older } = cclf.fill({ CUR_CLM_UNIQ_ID: 8 });
    const { query } = await loadFiles({
      old: file('7', [{ ...older, CLM_PRSBNG_PRVDR_GNRC_ID_NUM: '1333333334', CLM_LINE_RX_FILL_NUM: 1 }], 195),
      new: file('7', [cclf.fill()]),
    });
    expect(
      await query('select claim_id, prescribing_provider_npi as npi from input.pharmacy_claim order by 1'),
    ).toEqual([
      { claim_id: '0000000000007', npi: '1444444445' },
      { claim_id: '8', npi: '1333333334' },
    ]);
  });

  it('with lines that lack their trailing blanks', async () => {
    const trimmed = (text: string) => text.replace(/ +$/gm, '');
    const { files, query } = await loadFiles({
      people: trimmed(
        file('8', [cclf.beneficiary({ GEO_ZIP4_CD: '', GEO_ZIP5_CD: '' }), cclf.beneficiary({ BENE_MBI_ID: B })]),
      ),
      changes: trimmed(file('9', [cclf.change(C, B)])).trimEnd(),
      lines: trimmed(file('2', [cclf.revenue(), cclf.revenue({ CLM_LINE_NUM: 2, CLM_FAC_PRVDR_OSCAR_NUM: '' })])),
    });
    expect(files.map(({ loaded, quarantined }) => [loaded, quarantined])).toEqual([
      [1, 0],
      [2, 0],
      [2, 0],
    ]);
    expect(await query('select zip_code, city from input.patient order by person_id')).toEqual([
      { zip_code: '10001', city: 'NEW YORK' },
      { zip_code: '10001', city: 'NEW YORK' },
    ]);
  });

  it('and one short line among whole ones is refused, not taken for a trimmed one', async () => {
    const whole = file('8', [cclf.beneficiary({ GEO_ZIP4_CD: '' }), cclf.beneficiary({ BENE_MBI_ID: B })]);
    const { files, query } = await loadFiles({ x: `${whole}${cclf.record('8', cclf.beneficiary()).slice(0, 515)}\n` });
    expect(files[0]).toMatchObject({ loaded: 2, quarantined: 1 });
    expect(await query('select line_number, rule_id from run.quarantine')).toEqual([
      { line_number: '3', rule_id: 'R06' },
    ]);
  });

  it('by its name, when it holds no record', async () => {
    const { files, refusals } = await loadFiles({ [named('3')]: '', [named('1')]: file('1', [cclf.header()]) });
    expect(refusals).toEqual([]);
    expect(files.map(({ kind, physical_records }) => [kind, physical_records])).toEqual([
      ['part_a_header', 1],
      ['part_a_procedure', 0],
    ]);
  });

  it('and an unpublished length under a CCLF name is refused by name and rule', async () => {
    const odd = file('1', [cclf.header()], 292).replace('\n', '        \n');
    expect(refused(await loadFiles({ [named('1')]: odd }))).toEqual([`${named('1')} C02`]);
    expect(refused(await loadFiles({ [named('5')]: `${'x'.repeat(400)}\n` }))).toEqual([`${named('5')} C02`]);
  });

  it('and a text that is none of them stays unrecognised', async () => {
    expect(kinds(await loadFiles({ notes: `${'a'.repeat(437)}\n`, other: 'MBIs\nMBI000001\n' }))).toEqual([
      'null/unrecognised',
      'null/unrecognised',
    ]);
  });
});

describe('the layout', () => {
  it('has no gap and no overlap, and every version ends with a field', () => {
    for (const { fields, lengths } of Object.values(LAYOUTS)) {
      const ends = fields.map(({ start, length }) => start + length - 1);
      expect(fields.map(({ start }) => start)).toEqual([1, ...ends.slice(0, -1).map((end) => end + 1)]);
      for (const length of lengths) expect(ends).toContain(length);
    }
  });
});

describe('the name of a file', () => {
  it.each([
    ['P.A0001.ACO.ZC1Y24.D240115.T1234567', { file_date: '2024-01-15 12:34:56', file_period: 'Y24' }],
    ['in/P.A0001.ACO.ZCAR23.D240215.T0000001', { file_date: '2024-02-15 00:00:00', file_period: 'R23' }],
    ['T.BCD.A0001.ZC8Y18.D181120.T1000009', { file_date: '2018-11-20 10:00:00', file_period: 'Y18' }],
    ['P.A0001.ACO.ZC1WY20.D200115.T9999999', { file_date: '2020-01-15 00:00:00', file_period: 'Y20' }],
    ['P.A0001.ACO.ZC1Y24.D240231.T1234567', {}],
    ['CCLF1.txt', {}],
  ])('states day and period: %s', (name, told) => {
    expect(stated(name)).toEqual(told);
  });

  it('tells which files were delivered together: all but kind and time are alike', () => {
    const day = deliveryOf('a/P.A0001.ACO.ZC1Y24.D240115.T1234567');
    expect(deliveryOf('b/P.A0001.ACO.ZC0Y24.D240115.T0000001')).toBe(day);
    expect(deliveryOf('a/P.A0001.ACO.ZC1R23.D240115.T1234567')).not.toBe(day);
    expect(deliveryOf('a/P.A0002.ACO.ZC1Y24.D240115.T1234567')).not.toBe(day);
    expect(deliveryOf('a/ZC0')).toBe(deliveryOf('a/ZC8'));
  });
});
