import { describe, expect, it } from 'vitest';
import { type FileType, LAYOUTS } from '../../pipelines/readers/cclf/layout.ts';
import { deliveryOf, stated } from '../../pipelines/readers/cclf/name.ts';
import { TABLES } from '../../pipelines/readers/cclf/tables.ts';
import * as cclf from './cclf-files.ts';
import { type Loaded, loadFiles } from './harness.ts';

const { file, named, summaryOf } = cclf;
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

describe('CCLF0', () => {
  const one = {
    [named('1')]: file('1', [cclf.header()]),
    [named('2')]: file('2', [cclf.revenue(), cclf.revenue({ CLM_LINE_NUM: 2 })]),
  };
  const load = (summary: string) => loadFiles({ ...one, [named('0')]: summary });

  it('that agrees lets the delivery pass, also where it counts none of a kind', async () => {
    expect(
      refused(
        await load(
          summaryOf([
            ['1', 1, 437],
            ['2', 2, 199],
            ['3', 0, 114],
          ]),
        ),
      ),
    ).toEqual([]);
  });

  it('is read with or without its padding, and with blanks at the end', async () => {
    const bare =
      'File Number|File Description|Total Records Count|Record Length\nCCLF1|Part A|1|437\nCCLF2|Lines|2|199';
    expect(refused(await load(bare))).toEqual([]);
    const { files } = await load(`${bare}\n`.replaceAll('\n', '\r\n'));
    expect(files.map(({ kind }) => kind)).toEqual(['summary', 'part_a_header', 'part_a_line']);
  });

  it.each([
    [
      'counts a file that is not delivered',
      [
        ['1', 1, 437],
        ['2', 2, 199],
        ['5', 6, 388],
      ],
      [`${named('0')} C03`],
    ],
    ['does not count a file that is delivered', [['1', 1, 437]], [`${named('2')} C04`]],
    [
      'counts more records than there are',
      [
        ['1', 2, 437],
        ['2', 2, 199],
      ],
      [`${named('1')} C05`],
    ],
    [
      'counts fewer records than there are',
      [
        ['1', 1, 437],
        ['2', 1, 199],
      ],
      [`${named('2')} C05`],
    ],
    [
      'states shorter records',
      [
        ['1', 1, 292],
        ['2', 2, 199],
      ],
      [`${named('1')} C06`],
    ],
    [
      'states longer records',
      [
        ['1', 1, 437],
        ['2', 2, 200],
      ],
      [`${named('2')} C06`],
    ],
    [
      'counts a kind twice',
      [
        ['1', 1, 437],
        ['2', 2, 199],
        ['1', 1, 437],
      ],
      [`${named('0')} C01`],
    ],
    [
      'counts in words',
      [
        ['1', 'NUM', 437],
        ['2', 2, 199],
      ],
      [`${named('0')} C01`],
    ],
  ] as const)('that %s refuses', async (_, counted, rules) => {
    expect(refused(await load(summaryOf(counted)))).toEqual(rules);
  });

  it('without its header, or with another, is refused', async () => {
    const whole = summaryOf([
      ['1', 1, 437],
      ['2', 2, 199],
    ]);
    expect(refused(await load(whole.slice(whole.indexOf('\n') + 1)))).toEqual([`${named('0')} C01`]);
    expect(refused(await load(whole.replace('Record Length', 'Length')))).toEqual([`${named('0')} C01`]);
    expect(refused(await load('nothing of the kind\n'))).toEqual([`${named('0')} C01`]);
  });

  it('speaks only of the files of its own delivery', async () => {
    const loaded = await loadFiles({
      ...one,
      [named('0')]: summaryOf([
        ['1', 1, 437],
        ['2', 2, 199],
      ]),
      [named('1', '240215')]: file('1', [cclf.header(), cclf.header({ CUR_CLM_UNIQ_ID: 2 })]),
    });
    expect(refused(loaded)).toEqual([]);
  });

  it('that was left out by --skip refuses nothing', async () => {
    const summary = summaryOf([['1', 9, 437]]);
    const loaded = await loadFiles({ ...one, [named('0')]: summary }, { skip: [`source/${named('0')}`] });
    expect(refused(loaded)).toEqual([]);
  });
});

it('a delivery without its CCLF0 is found, and one that has it at another time of the day is not', async () => {
  const { query } = await loadFiles({
    [`a/${named('1')}`]: file('1', [cclf.header()]),
    [`b/${named('0').replace('T12', 'T07')}`]: summaryOf([['1', 1, LAYOUTS['1'].lengths.at(-1) ?? 0]]),
    [`a/${named('5', '240215')}`]: file('5', [cclf.physician()]),
    [`a/${named('6', '240215')}`]: file('6', [cclf.equipment()]),
    'plain/5.txt': file('5', [cclf.physician({ CUR_CLM_UNIQ_ID: 2 })]),
  });
  expect(
    await query("select violations, denominator, status from run.check where check_id = 'cclf-delivery-has-summary'"),
  ).toEqual([{ violations: '2', denominator: '3', status: 'failed' }]);
});

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

interface Scenario {
  readonly words: string;
  readonly rows: readonly cclf.Values[];
  /** Claims that remain, by their number or by number and line. */
  readonly kept: readonly (number | string)[];
}

const scenario = (words: string, rows: readonly cclf.Values[], kept: Scenario['kept']): Scenario => ({
  words,
  rows,
  kept,
});

/** Each scenario has persons, claims and prescriptions of its own, so that one load answers all of them. */
function oneLoad(
  type: FileType,
  make: (values: cclf.Values) => cclf.Values,
  table: string,
  scenarios: readonly Scenario[],
): void {
  let loading: Promise<Map<number, string[]>> | undefined;
  const person = (at: number, letter: string) => `${letter}AA0AA${String(at).padStart(5, '0')}`;
  const own = (values: cclf.Values, at: number) =>
    make({
      ...values,
      CUR_CLM_UNIQ_ID: 1000 * (at + 1) + Number(values.CUR_CLM_UNIQ_ID),
      BENE_MBI_ID: person(at, values.BENE_MBI_ID === B ? '2' : '1'),
    });
  const load = async () => {
    const days = { D1: '240115', D2: '240215' };
    const of = (day: string) =>
      scenarios.flatMap(({ rows }, at) =>
        rows.flatMap(({ DAY = 'D1', ...row }) => (DAY === day ? [own(row, at)] : [])),
      );
    const changes = scenarios.map((_, at) => cclf.change(person(at, '1'), person(at, '3')));
    const { query, refusals } = await loadFiles({
      ...Object.fromEntries(Object.entries(days).map(([day, date]) => [named(type, date), file(type, of(day))])),
      [named('9')]: file('9', changes),
    });
    expect(refusals).toEqual([]);
    const found = await query(
      `select claim_id::integer as claim, claim_line_number as line, count(*) over (partition by claim_id) as lines
       from ${table} order by 1, 2`,
    );
    const kept = new Map<number, string[]>();
    for (const { claim, line, lines } of found) {
      const at = Math.floor(Number(claim) / 1000) - 1;
      const name = `${Number(claim) % 1000}${Number(lines) > 1 ? `/${line}` : ''}`;
      kept.set(at, [...(kept.get(at) ?? []), name]);
    }
    return kept;
  };
  it.each(scenarios.map((one, at) => ({ ...one, at })))('$words', async ({ at, kept }) => {
    loading ??= load();
    expect((await loading).get(at) ?? []).toEqual(kept.map(String));
  });
}

describe('final action, Part A', () => {
  const original = (id: number, paid = '100.00', values: cclf.Values = {}) => ({
    ...{ CUR_CLM_UNIQ_ID: id, CLM_PMT_AMT: paid, CLM_ADJSMT_TYPE_CD: '0', CLM_EFCTV_DT: '2023-05-10', ...values },
  });
  const cancellation = (id: number, paid = '100.00', values: cclf.Values = {}) => ({
    ...{ CUR_CLM_UNIQ_ID: id, CLM_PMT_AMT: paid, CLM_ADJSMT_TYPE_CD: '1', CLM_EFCTV_DT: '2023-07-10', ...values },
  });
  const adjustment = (id: number, paid = '120.00', values: cclf.Values = {}) => ({
    ...{ CUR_CLM_UNIQ_ID: id, CLM_PMT_AMT: paid, CLM_ADJSMT_TYPE_CD: '2', CLM_EFCTV_DT: '2023-07-10', ...values },
  });
  const later = { CLM_EFCTV_DT: '2023-09-10' };
  const chain = [
    original(1),
    cancellation(2),
    adjustment(3),
    cancellation(4, '120.00', later),
    adjustment(5, '130.00', later),
  ];
  const alike = [original(1, '100.00', { CLM_CNTL_NUM: 'X' }), original(2, '100.00', { CLM_CNTL_NUM: 'Y' })];
  const unlike = [original(1), original(2, '60.00', { CLM_EFCTV_DT: '2023-05-20' })];
  const denied = original(1, '0.00', { CLM_MDCR_NPMT_RSN_CD: 'N' });

  oneLoad('1', cclf.header, 'input.medical_claim', [
    scenario(
      'a cancellation goes with the claim that it cancels; the adjustment issued with it stays',
      [original(1), cancellation(2), adjustment(3)],
      [3],
    ),
    scenario(
      'claim numbers decide nothing: adjusted, cancelled, billed',
      [original(3), cancellation(2), adjustment(1)],
      [1],
    ),
    scenario(
      'claim numbers decide nothing: adjusted, billed, cancelled',
      [original(2), cancellation(3), adjustment(1)],
      [1],
    ),
    scenario(
      'claim numbers decide nothing: billed, adjusted, cancelled',
      [original(1), cancellation(3), adjustment(2)],
      [2],
    ),
    scenario(
      'an adjustment issued with a cancellation is not what it cancels, even of the same amount',
      [cancellation(1), adjustment(2, '100.00')],
      [2],
    ),
    scenario('two originals of one key both stay', [original(1), original(2, '60.00')], [1, 2]),
    scenario('of two originals a cancellation takes the one of its amount', [...unlike, cancellation(3)], [2]),
    scenario(
      'of two claims of one amount it takes the one whose control number it names',
      [...alike, cancellation(3, '100.00', { CLM_ORG_CNTL_NUM: 'X' })],
      [2],
    ),
    scenario(
      'and the other when it names the other',
      [...alike, cancellation(3, '100.00', { CLM_ORG_CNTL_NUM: 'Y' })],
      [1],
    ),
    scenario(
      'a cancellation of another amount takes what no other cancellation fits',
      [...unlike, cancellation(3, '55.00'), cancellation(4, '60.00')],
      [],
    ),
    scenario('and else the latest that stands', [...unlike, cancellation(3, '55.00')], [1]),
    scenario('a chain of cancellations and adjustments leaves the last adjustment', chain, [5]),
    scenario('in whatever order it was delivered', [...chain].reverse(), [5]),
    scenario(
      'a cancellation cannot cancel what took effect after it',
      [cancellation(1), original(2, '100.00', { CLM_EFCTV_DT: '2023-08-01' })],
      [2],
    ),
    scenario(
      'a corrected date makes another key',
      [original(1), cancellation(2, '100.00', { CLM_THRU_DT: '2023-05-03' })],
      [1],
    ),
    scenario(
      'another provider makes another key',
      [original(1), cancellation(2, '100.00', { CLM_BLG_PRVDR_OSCAR_NUM: '020002' })],
      [1],
    ),
    scenario('another person makes another key', [original(1), cancellation(2, '100.00', { BENE_MBI_ID: B })], [1]),
    scenario('denied claims go', [denied], []),
    scenario(
      'a denied claim that was cancelled goes with its cancellation',
      [denied, cancellation(3, '0.00'), original(2, '80.00', { CLM_EFCTV_DT: '2023-05-11' })],
      [2],
    ),
  ]);

  it('the crosswalk applies first: a cancellation under the new number finds the claim under the old', async () => {
    const { query } = await loadFiles({
      [named('1')]: file('1', [original(1), cancellation(2, '100.00', { BENE_MBI_ID: B })].map(cclf.header)),
      [named('9')]: file('9', [cclf.change(A, B)]),
    });
    expect(await query('select claim_id from input.medical_claim')).toEqual([]);
  });

  it('a claim delivered again counts once, as the latest delivery says', async () => {
    const { query, files } = await loadFiles({
      [named('1', '240115')]: file('1', [cclf.header({ CLM_PMT_AMT: '90.00' })]),
      [named('1', '240215', 'R23')]: file('1', [cclf.header({ CLM_PMT_AMT: '95.00' })]),
    });
    expect(await query('select claim_id, paid_amount from input.medical_claim')).toEqual([
      { claim_id: '0000000000001', paid_amount: '95.00' },
    ]);
    expect(files.map(({ loaded, duplicate }) => [loaded, duplicate])).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });

  it('every record that goes has its reason and its dollars', async () => {
    const rows = [original(1), cancellation(2), adjustment(3), cancellation(4, '7.00', { CLM_FROM_DT: '2023-04-30' })];
    const denied = original(5, '0.00', { CLM_MDCR_NPMT_RSN_CD: 'N' });
    const odd = original(6, '1.00', { CLM_ADJSMT_TYPE_CD: '5' });
    const { query } = await loadFiles({ [named('1')]: file('1', [...rows, denied, odd].map(cclf.header)) });
    const explained = await query(
      `select reason, rows, amount, amount_in, amount_out from run.reconciliation
       where stage = 'cclf.part_a_header -> input.medical_claim' order by reason`,
    );
    expect(explained.map(({ reason, rows: left, amount }) => [reason, left, amount])).toEqual([
      ['a cancellation of a claim that was not delivered', '1', '7.00'],
      ['a cancellation, netted with the claim that it cancels', '1', '100.00'],
      ['cancelled by a later cancellation', '1', '100.00'],
      ['denied by Medicare', '1', '0.00'],
      ['neither original nor adjustment nor cancellation', '1', '1.00'],
    ]);
    expect(explained[0]).toMatchObject({ amount_in: '328.00', amount_out: '120.00' });
    expect(
      await query("select violations, denominator from run.check where check_id = 'cclf-cancellation-finds-its-claim'"),
    ).toEqual([{ violations: '1', denominator: '2' }]);
  });
});

describe('final action, physicians and equipment', () => {
  const claim = (id: number, type: string, day: string, paid: readonly string[], values: cclf.Values = {}) =>
    paid.map((CLM_LINE_CVRD_PD_AMT, at) => ({
      ...{ CUR_CLM_UNIQ_ID: id, CLM_LINE_NUM: at + 1, CLM_ADJSMT_TYPE_CD: type, CLM_EFCTV_DT: day },
      ...{ CLM_LINE_CVRD_PD_AMT, ...values },
    }));
  const three = claim(1, '0', '2023-06-10', ['380.00', '227.00', '0.00']);
  const threeCancelled = claim(2, '1', '2023-07-02', ['380.00', '227.00', '0.00']);
  const threeAgain = claim(3, '0', '2023-07-02', ['380.00', '227.00', '100.00']);
  const twice = claim(1, '0', '2023-06-10', ['29.95', '29.95']);

  oneLoad('5', cclf.physician, 'input.medical_claim', [
    scenario(
      'claims are netted whole: the cancelled one leaves no line, the replacement keeps all of its own',
      [...three, ...threeAgain, ...threeCancelled],
      ['3/1', '3/2', '3/3'],
    ),
    scenario('two equal lines of a claim are two lines', twice, ['1/1', '1/2']),
    scenario('and are cancelled as two', [...twice, ...claim(2, '1', '2023-07-10', ['29.95', '29.95'])], []),
    scenario(
      'another control number is another claim',
      [...claim(1, '0', '2023-06-10', ['5.00']), ...claim(2, '1', '2023-07-10', ['5.00'], { CLM_CNTL_NUM: 'B2' })],
      [1],
    ),
    scenario('a denied claim goes', claim(1, '0', '2023-06-10', ['0.00'], { CLM_CARR_PMT_DNL_CD: '0' }), []),
    scenario(
      'lines that were not allowed go',
      claim(1, '0', '2023-06-10', ['0.00', '9.00'], { CLM_PRCSG_IND_CD: 'N' }),
      [],
    ),
    ...['A', 'O', 'R', 'S'].map((CLM_PRCSG_IND_CD) =>
      scenario(
        `lines processed as ${CLM_PRCSG_IND_CD} stay`,
        claim(1, '0', '2023-06-10', ['9.00'], { CLM_PRCSG_IND_CD }),
        [1],
      ),
    ),
  ]);

  it('equipment is netted like physicians, apart from them', async () => {
    const { query } = await loadFiles({
      [named('5')]: file('5', [cclf.physician({ CLM_CNTL_NUM: 'SAME' })]),
      [named('6')]: file('6', [
        cclf.equipment({ CLM_CNTL_NUM: 'SAME' }),
        cclf.equipment({
          CLM_CNTL_NUM: 'SAME',
          CUR_CLM_UNIQ_ID: 9,
          CLM_ADJSMT_TYPE_CD: '1',
          CLM_EFCTV_DT: '2023-08-01',
        }),
      ]),
    });
    expect(await query('select claim_id from input.medical_claim')).toEqual([{ claim_id: '0000000000005' }]);
  });
});

describe('final action, Part D', () => {
  const of = (id: number, type: string, values: cclf.Values = {}) => ({
    ...{ CUR_CLM_UNIQ_ID: id, CLM_ADJSMT_TYPE_CD: type, ...values },
  });

  oneLoad('7', cclf.fill, 'input.pharmacy_claim', [
    scenario('an adjusted fill is its adjustment', [of(1, '0'), of(2, '2')], [2]),
    scenario('a cancelled fill is none', [of(1, '0'), of(2, '1')], []),
    scenario('a fill cancelled and adjusted at once is its adjustment', [of(1, '0'), of(2, '1'), of(3, '2')], [3]),
    scenario('an adjustment alone stays', [of(3, '2')], [3]),
    scenario('a cancellation alone goes', [of(3, '1')], []),
    scenario(
      'by the day CMS stored it, a cancellation after an adjustment leaves nothing',
      [
        of(1, '0', { CLM_IDR_LD_DT: '2023-03-06' }),
        of(2, '2', { CLM_IDR_LD_DT: '2023-04-06' }),
        of(3, '1', { CLM_IDR_LD_DT: '2023-05-06' }),
      ],
      [],
    ),
    scenario('of two adjustments that tie the later delivery wins', [of(2, '2'), of(1, '2', { DAY: 'D2' })], [1]),
    scenario(
      'a fill redelivered in its first form does not come back to life',
      [of(1, '0'), of(2, '1'), of(1, '0', { DAY: 'D2' })],
      [],
    ),
    ...Object.entries({
      prescription: { CLM_LINE_RX_SRVC_RFRNC_NUM: '9' },
      'number of the fill': { CLM_LINE_RX_FILL_NUM: '000000001' },
      pharmacy: { CLM_SRVC_PRVDR_GNRC_ID_NUM: '1555555557' },
      day: { CLM_LINE_FROM_DT: '2023-03-04' },
      person: { BENE_MBI_ID: B },
    }).map(([what, other]) => scenario(`another ${what} is another fill`, [of(1, '0'), of(2, '1', other)], [1])),
  ]);

  it('keeps what the member paid apart from what the plan paid, which CCLF does not say', async () => {
    const { query } = await loadFiles({ [named('7')]: file('7', [cclf.fill()]) });
    expect(
      await query(
        `select paid_amount, member_paid_amount, days_supply, quantity, dispensing_provider_npi as pharmacy
         from input.pharmacy_claim`,
      ),
    ).toEqual([
      ...[
        { paid_amount: null, member_paid_amount: '47.00', days_supply: 30, quantity: '30.000', pharmacy: '1555555556' },
      ],
    ]);
  });
});

describe('an institutional claim', () => {
  const inpatient = cclf.header({
    ...{ CLM_TYPE_CD: '60', CLM_BILL_CLSFCTN_CD: '1', CLM_THRU_DT: '2023-05-04', DGNS_DRG_CD: '0291' },
    ...{ CLM_ADMSN_TYPE_CD: '1', CLM_ADMSN_SRC_CD: '4', BENE_PTNT_STUS_CD: '06', CLM_PMT_AMT: '9000.00' },
    ...{ PRNCPL_DGNS_CD: 'I5023', ADMTG_DGNS_CD: 'R0602' },
  });

  it('says its bill type, stay, DRG, facility and people once for all of its lines', async () => {
    const { query } = await loadFiles({
      [named('1')]: file('1', [inpatient]),
      [named('2')]: file('2', [cclf.revenue()]),
    });
    const [found] = await query('select * from input.medical_claim');
    expect(found).toMatchObject({
      ...{ source_name: 'cclf', claim_id: '0000000000001', claim_line_number: '1', claim_type: 'institutional' },
      ...{ person_id: A, payer: 'medicare', bill_type_code: '111', drg_code: '291', drg_code_type: 'ms-drg' },
      ...{ admission_date: '2023-05-01', discharge_date: '2023-05-04', discharge_disposition_code: '06' },
      ...{ admit_type_code: '1', admit_source_code: '4', facility_ccn: '010001', facility_npi: '1999999992' },
      ...{ rendering_npi: '1888888889', diagnosis_code_1: 'I5023', admitting_diagnosis_code: 'R0602' },
      ...{ revenue_center_code: '0450', hcpcs_code: '99283', charge_amount: '250.00', service_unit_quantity: '1.000' },
      ...{ claim_line_start_date: '2023-05-01', file_date: '2024-01-15' },
    });
  });

  it('of an outpatient is no admission, and a patient still in bed is not discharged', async () => {
    const still = { ...inpatient, CUR_CLM_UNIQ_ID: 2, BENE_PTNT_STUS_CD: '30', CLM_BILL_FREQ_CD: '3' };
    const { query } = await loadFiles({ [named('1')]: file('1', [cclf.header(), still]) });
    expect(
      await query('select admission_date, discharge_date, drg_code from input.medical_claim order by claim_id'),
    ).toEqual([
      { admission_date: null, discharge_date: null, drg_code: null },
      { admission_date: null, discharge_date: null, drg_code: '291' },
    ]);
  });

  it('takes its day of admission from CCLFA where that is delivered', async () => {
    const extra = {
      CUR_CLM_UNIQ_ID: '0000000000001',
      BENE_MBI_ID: A,
      CLM_TYPE_CD: '60',
      CLM_ACTV_CARE_FROM_DT: '2023-04-28',
    };
    const { query } = await loadFiles({ [named('1')]: file('1', [inpatient]), [named('A')]: file('A', [extra]) });
    expect(await query('select admission_date from input.medical_claim')).toEqual([{ admission_date: '2023-04-28' }]);
  });

  it('pays by its lines where they add up to it, and on its first line where they do not', async () => {
    const paid = async (...amounts: string[]) => {
      const lines = amounts.map((CLM_LINE_CVRD_PD_AMT, at) =>
        cclf.revenue({ CLM_LINE_NUM: at + 1, CLM_LINE_CVRD_PD_AMT }),
      );
      const { query } = await loadFiles({ [named('1')]: file('1', [cclf.header()]), [named('2')]: file('2', lines) });
      const found = await query('select paid_amount from input.medical_claim order by claim_line_number');
      return found.map(({ paid_amount }) => paid_amount);
    };
    expect(await paid('70.00', '30.00')).toEqual(['70.00', '30.00']);
    expect(await paid('0.00', '0.00')).toEqual(['100.00', '0.00']);
    expect(await paid('70.00', '31.00')).toEqual(['100.00', '0.00']);
  });

  it('without revenue lines is one line', async () => {
    const { query } = await loadFiles({ [named('1')]: file('1', [cclf.header()]) });
    expect(await query('select claim_line_number, paid_amount from input.medical_claim')).toEqual([
      { claim_line_number: '1', paid_amount: '100.00' },
    ]);
  });

  it('lists its principal diagnosis first, each code once, with its POA; external causes come last', async () => {
    const codes = [
      { CLM_VAL_SQNC_NUM: '01', CLM_PROD_TYPE_CD: 'E', CLM_DGNS_CD: 'W19XXXA', CLM_POA_IND: 'Y' },
      { CLM_VAL_SQNC_NUM: '02', CLM_DGNS_CD: 'E119', CLM_POA_IND: 'N' },
      { CLM_VAL_SQNC_NUM: '01', CLM_DGNS_CD: 'I5023', CLM_POA_IND: 'Y' },
    ];
    const { query } = await loadFiles({
      [named('1')]: file('1', [inpatient]),
      [named('2')]: file('2', [cclf.revenue(), cclf.revenue({ CLM_LINE_NUM: 2 })]),
      [named('4')]: file('4', codes.map(cclf.diagnosis)),
    });
    const columns = [1, 2, 3, 4].map(
      (at) => `coalesce(diagnosis_code_${at} || ' ' || diagnosis_poa_${at}, diagnosis_code_${at}, '')`,
    );
    const found = await query(
      `select concat_ws(',', ${columns.join(', ')}) as codes from input.medical_claim order by claim_line_number`,
    );
    expect(found.map(({ codes: listed }) => listed)).toEqual(['I5023 Y,E119 N,W19XXXA Y,', 'I5023,,,']);
  });

  it('lists its procedures in order, of the ICD version that it states', async () => {
    const { query } = await loadFiles({
      [named('1')]: file('1', [{ ...inpatient, DGNS_PRCDR_ICD_IND: '9' }]),
      [named('3')]: file('3', [
        cclf.procedure({ CLM_VAL_SQNC_NUM: '02', CLM_PRCDR_CD: '4523', CLM_PRCDR_PRFRM_DT: '2023-05-03' }),
        cclf.procedure({ CLM_PRCDR_CD: '3893' }),
      ]),
    });
    expect(
      await query(
        `select diagnosis_code_type, procedure_code_type, procedure_code_1, procedure_date_1, procedure_code_2
         from input.medical_claim`,
      ),
    ).toEqual([
      {
        ...{ diagnosis_code_type: 'icd-9-cm', procedure_code_type: 'icd-9-pcs', procedure_code_1: '3893' },
        ...{ procedure_date_1: '2023-05-02', procedure_code_2: '4523' },
      },
    ]);
  });

  it('explains every line, diagnosis and procedure that does not count', async () => {
    const orphan = { CUR_CLM_UNIQ_ID: 77 };
    const many = Array.from({ length: 27 }, (_, at) =>
      cclf.diagnosis({ CLM_VAL_SQNC_NUM: at + 1, CLM_DGNS_CD: `A${at + 100}` }),
    );
    const { query } = await loadFiles({
      [named('1')]: file('1', [cclf.header(), cclf.header({ CUR_CLM_UNIQ_ID: 2, CLM_MDCR_NPMT_RSN_CD: 'N' })]),
      [named('2')]: file('2', [cclf.revenue(), cclf.revenue(orphan), cclf.revenue({ CUR_CLM_UNIQ_ID: 2 })]),
      [named('3')]: file('3', [cclf.procedure(), cclf.procedure(orphan)]),
      [named('4')]: file('4', [...many, cclf.diagnosis(orphan)]),
    });
    const reasons = await query(
      `select split_part(stage, ' ', 1) as source, reason, rows from run.reconciliation
       where stage like 'cclf.part_a_% -> input.medical_claim' and rows > 0 order by 1, 2`,
    );
    expect(reasons.map(({ source, reason, rows: left }) => `${source}: ${reason} ${left}`)).toEqual([
      'cclf.part_a_diagnosis: a diagnosis without the header of its claim 1',
      'cclf.part_a_diagnosis: beyond the 25 diagnoses that a claim can hold 3',
      'cclf.part_a_diagnosis: stands in the columns of its claim 24',
      'cclf.part_a_header: denied by Medicare 1',
      'cclf.part_a_header: paid out on its revenue lines 1',
      'cclf.part_a_line: a line without the header of its claim 1',
      'cclf.part_a_line: denied by Medicare 1',
      'cclf.part_a_procedure: a procedure without the header of its claim 1',
      'cclf.part_a_procedure: stands in the columns of its claim 1',
    ]);
  });
});

describe('a line of a physician or supplier', () => {
  it('says who, where, what, how often and for what', async () => {
    const row = cclf.physician({
      HCPCS_1_MDFR_CD: '25',
      CLM_RFRG_PRVDR_NPI_NUM: '1222222223',
      CLM_LINE_DGNS_CD: 'Z0000',
    });
    const { query } = await loadFiles({ [named('5')]: file('5', [row]), [named('6')]: file('6', [cclf.equipment()]) });
    const [visit, device] = await query('select * from input.medical_claim order by claim_id');
    expect(visit).toMatchObject({
      ...{ claim_type: 'professional', place_of_service_code: '11', hcpcs_code: '99213', hcpcs_modifier_1: '25' },
      ...{ service_unit_quantity: '1.000', rendering_npi: '1777777778', rendering_tin: '001000001' },
      ...{ billing_tin: '001000001', rendering_specialty_code: '11', ordering_npi: '1222222223' },
      ...{ paid_amount: '74.31', allowed_amount: '94.82', diagnosis_code_1: 'I10', diagnosis_code_2: 'E119' },
      ...{ diagnosis_code_3: null, diagnosis_code_13: 'Z0000', claim_line_start_date: '2023-06-01' },
    });
    expect(device).toMatchObject({
      ...{ claim_type: 'professional', place_of_service_code: '12', hcpcs_code: 'E0601', billing_npi: '1666666667' },
      ...{ ordering_npi: '1777777778', paid_amount: '71.30', allowed_amount: '90.97' },
    });
  });
});

describe('values', () => {
  it('are read with zeros or blanks before them, with a sign, and to the cent', async () => {
    const amounts = ['0000000000012.34', '-12.34', '+0000000000.07', '.5', '7', '-0000000000000.01'];
    const rows = amounts.map((CLM_PMT_AMT, at) =>
      cclf.header({ CUR_CLM_UNIQ_ID: at, CLM_PMT_AMT, CLM_FROM_DT: `2023-04-0${at + 1}` }),
    );
    const { query, files } = await loadFiles({ [named('1')]: file('1', rows) });
    const found = await query('select paid_amount from input.medical_claim order by claim_id');
    expect(found.map(({ paid_amount }) => paid_amount)).toEqual(['12.34', '-12.34', '0.07', '0.50', '7.00', '-0.01']);
    expect(files[0]).toMatchObject({ amount_raw: 7.56, amount_loaded: 7.56 });
  });

  it('of units keep four decimals in CCLF, and are rounded to three in the input', async () => {
    const { query, files } = await loadFiles({
      [named('5')]: file('5', [cclf.physician({ CLM_LINE_SRVC_UNIT_QTY: '000000000000000002.1236' })]),
    });
    expect(files[0]).toMatchObject({ loaded: 1, quarantined: 0 });
    expect(await query('select service_unit_quantity from input.medical_claim')).toEqual([
      { service_unit_quantity: '2.124' },
    ]);
  });

  it('that stand for none are none: dates of 1000 and 9999, and tildes', async () => {
    const row = cclf.beneficiary({
      BENE_DEATH_DT: '9999-12-31',
      BENE_RNG_BGN_DT: '1000-01-01',
      BENE_MDCR_STUS_CD: '~',
    });
    const { query } = await loadFiles({ [named('8')]: file('8', [row]) });
    expect(await query('select death_date, hospice_flag, medicare_status_code from input.eligibility')).toEqual([
      { death_date: null, hospice_flag: false, medicare_status_code: null },
    ]);
  });
});

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
