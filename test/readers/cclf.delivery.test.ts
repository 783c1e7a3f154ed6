import { describe, expect, it } from 'vitest';
import { LAYOUTS } from '../../pipelines/readers/cclf/layout.ts';
import * as cclf from './cclf-files.ts';
import { type Loaded, loadFiles } from './harness.ts';

const { file, named, summaryOf } = cclf;
const refused = ({ refusals }: Loaded) => refusals.map(({ path, rule }) => `${path.split('/').at(-1)} ${rule}`);

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
