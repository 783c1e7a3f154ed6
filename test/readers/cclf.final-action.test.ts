import { describe, expect, it } from 'vitest';
import type { FileType } from '../../pipelines/readers/cclf/layout.ts';
import * as cclf from './cclf-files.ts';
import { loadFiles } from './harness.ts';

const { file, named } = cclf;
const A = '1AA0AA0AA01';
const B = '2BB0BB0BB02';

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
