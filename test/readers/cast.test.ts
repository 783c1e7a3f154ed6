import { DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { quoted, rows } from '../../pipelines/engine/sql.ts';
import { type ColumnType, inputTable } from '../../pipelines/input/contract.ts';
import { castingOf } from '../../pipelines/readers/cast.ts';

let connection: Awaited<ReturnType<DuckDBInstance['connect']>>;
beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:')).connect();
});

/** What a delivered text reads as: its typed value as text, 'null', or the rule that refuses it. */
async function reads(type: ColumnType, text: string): Promise<string> {
  const table = inputTable({ name: 'x', grain: 'x', key: [], columns: { value: { meaning: 'x', type } } });
  const { texts, values, violations } = castingOf(table, new Set(['value']));
  const broken = violations.map(({ rule, sql }) => `when ${sql} then '${rule}'`).join(' ');
  const [found] = await rows(
    connection,
    `select ${broken ? `case ${broken} else` : ''} coalesce((${values[0]})::varchar, 'null') ${broken ? 'end' : ''} as reading
     from (select ${texts} from (select ${quoted(text)} as value))`,
  );
  return String(found?.reading);
}

/** Type, and delivered text -> reading. */
const READINGS: readonly (readonly [ColumnType, Readonly<Record<string, string>>])[] = [
  ['text', { ' a.B ': 'a.B', '': 'null', '  ': 'null', '~': 'null' }],
  ['word', { ' Institutional': 'institutional' }],
  ['system', { 'SNOMED-CT': 'snomed', LOINC: 'loinc' }],
  ['code', { 'e11.65': 'E1165', '0450': '0450', ' ': 'null' }],
  [
    'date',
    {
      '2024-02-29': '2024-02-29',
      '2024-02-29 00:00:00': '2024-02-29',
      '2024-02-29T13:45:00Z': '2024-02-29',
      '9999-12-31': 'null',
      '1900-01-01': 'null',
      '0000-00-00': 'null',
      '': 'null',
      '2023-02-29': 'T01',
      '24-02-29': 'T01',
      '2024-2-29': 'T01',
      '02/29/2024': 'T01',
      '20240229': 'T01',
      '2024-02-29x': 'T01',
      '1879-12-31': 'T02',
      '2101-01-01': 'T02',
    },
  ],
  [
    'compact date',
    {
      '20240229': '2024-02-29',
      '19000101': 'null',
      '00000000': 'null',
      '': 'null',
      '20230229': 'T08',
      '2024-02-29': 'T08',
      '2024022': 'T08',
      '2024022x': 'T08',
      '18791231': 'T02',
    },
  ],
  [
    'named date',
    {
      '29-Feb-2024': '2024-02-29',
      '9-MAR-2017': '2017-03-09',
      '01-Jan-1900': 'null',
      '31-Dec-9999': 'null',
      '29-Feb-2023': 'T09',
      '2024-02-29': 'T09',
      '29-Fev-2024': 'T09',
      '29-Feb-24': 'T09',
      '31-Dec-1879': 'T02',
    },
  ],
  [
    'slash date',
    {
      '02/29/2024': '2024-02-29',
      '2/9/2024': '2024-02-09',
      '02-29-2024': '2024-02-29',
      '2024-02-29': '2024-02-29',
      '12/31/9999': 'null',
      '': 'null',
      '02/30/2024': 'T10',
      '29/02/2024': 'T10',
      '2/9/24': 'T10',
      '02/29-2024': 'T10',
      '01/01/1879': 'T02',
    },
  ],
  [
    'number',
    { '0.2663': '0.2663', '-999': '-999.0', '12.34567890123456': '12.34567890123456', '1e5': 'T11', '1,000': 'T11' },
  ],
  [
    'timestamp',
    {
      '2024-02-29': '2024-02-29 00:00:00',
      '2024-02-29 13:45': '2024-02-29 13:45:00',
      '2024-02-29T13:45:10.123Z': '2024-02-29 13:45:10',
      '2024-02-29T13:45:10-05:00': '2024-02-29 13:45:10',
      '9999-12-31 00:00:00': 'null',
      '2024-02-30 13:45:10': 'T03',
      '2024-02-29 25:45:10': 'T03',
      '13:45': 'T03',
    },
  ],
  [
    'calendar year',
    { '2024': '2024', '1880': '1880', '1879': 'T02', '20240102': 'T02', '-2024': 'T02', '24.5': 'T06', x: 'T06' },
  ],
  ['year', { '2010': '2010-01-01 00:00:00', '2014-10-14T04:17:47Z': '2014-10-14 04:17:47', '14': 'T03' }],
  [
    'money',
    {
      '5': '5.00',
      '-5.5': '-5.50',
      '5.000': '5.00',
      '5.': '5.00',
      '.25': '0.25',
      '+7.10': '7.10',
      '00999999999999.99': '999999999999.99',
      '1000000000000': 'T04',
      '5.005': 'T04',
      '5.0001': 'T04',
      '1e3': 'T04',
      $5: 'T04',
      '(5.00)': 'T04',
      '1,005.00': 'T04',
      NaN: 'T04',
      '12345678901234567': 'T04',
      '--5': 'T04',
      '.': 'T04',
    },
  ],
  ['quantity', { '1.5': '1.500', '1.125': '1.125', '1.1250': '1.125', '1.0625': 'T05', x: 'T05' }],
  ['integer', { '30': '30', '30.0': '30', '-1': '-1', '1.6': 'T06', '1e2': 'T06', '12345678901': 'T06' }],
  ['flag', { '1': 'true', '0': 'false', Y: 'true', No: 'false', TRUE: 'true', '': 'null', '2': 'T07', maybe: 'T07' }],
];

describe('a delivered text', () => {
  for (const [type, readings] of READINGS) {
    it(`reads as ${type} by its numbered rules, and is never bent to fit`, async () => {
      const found: Record<string, string> = {};
      for (const text of Object.keys(readings)) found[text] = await reads(type, text);
      expect(found).toEqual(readings);
    });
  }

  it('is read from the first delivered name that holds a value', async () => {
    const table = inputTable({
      ...{ name: 'x', grain: 'x', key: [] },
      columns: { status: { meaning: 'x', deliveredAs: ['status_code', 'SOURCE_STATUS'] } },
    });
    const { texts } = castingOf(table, new Set(['status_code', 'source_status']));
    const found = await rows(
      connection,
      `select ${texts} from (values (' ', 'kept'), ('booked', 'kept')) as t(status_code, source_status)`,
    );
    expect(found).toEqual([{ status: 'kept' }, { status: 'booked' }]);
  });

  it('that is not delivered reads as null, and refuses every record where it must be filled', () => {
    const columns = { id: { meaning: 'x', presence: 'filled' as const }, paid_amount: 'x' };
    const { values, violations } = castingOf(inputTable({ name: 'x', grain: 'x', key: ['id'], columns }), new Set());
    expect(values).toEqual(['null', 'null']);
    expect(violations).toEqual([{ column: 'id', rule: 'K01', sql: 'true' }]);
  });
});
