import type { ColumnType, InputColumn } from '../input/contract.ts';
import type { SourceTable } from './format.ts';
import { identifier } from './quote.ts';
import type { RuleId } from './rules.ts';

/** Dates that systems write where they have none. */
const NO_DATE = ['0000-00-00', '0001-01-01', '1000-01-01', '1900-01-01', '2999-12-31', '9999-12-31'];
const PLACEHOLDER = '~';

const listed = (texts: readonly string[]): string => texts.map((text) => `'${text}'`).join(', ');

const matches = (text: string, pattern: string): string => `regexp_full_match(${text}, '${pattern}')`;
const day = (text: string): string => `substr(${text}, 1, 10)`;
/** True for a text that stands for no date at all. */
export const isNoDate = (text: string): string => `${day(text)} in (${listed(NO_DATE)})`;
const clock = (text: string): string => `substr(${text}, 1, 19)`;

const DAY = '\\d{4}-\\d{2}-\\d{2}';
const TIME = '[ T]\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}:?\\d{2})?';
const decimal = (digits: number, decimals: number): string =>
  `[+-]?0*(\\d{1,${digits}}(\\.\\d{0,${decimals}}0*)?|\\.\\d{1,${decimals}}0*)`;

/** Below a trillion dollars, so that the sum of a file stays exact to the cent. */
const PLAIN_AMOUNT = decimal(12, 2);

const isMoment = (text: string): string =>
  `${matches(text, `${DAY}(${TIME})?`)} and try_cast(${clock(text)} as timestamp) is not null`;
const inRange = (text: string): string => `substr(${text}, 1, 4) between '1880' and '2100'`;

interface Cast {
  /** Of a date or moment, its day as YYYY-MM-DD; null for null and nothing else. */
  readonly day?: (text: string) => string;
  /** The typed value of a text that is not null and breaks no rule. */
  readonly value: (text: string) => string;
  /** What must hold of the text, rule by rule; sentinel dates are exempt. */
  readonly rules: readonly (readonly [RuleId, (text: string) => string])[];
}

const moment = (text: string): string => `case when not ${isNoDate(text)} then ${clock(text)}::timestamp end`;

/** A day written as `pattern`, of which `day` makes YYYY-MM-DD. */
const dateWritten = (rule: RuleId, pattern: string, day: (text: string) => string): Cast => ({
  day,
  value: (text) => `case when not ${isNoDate(day(text))} then ${day(text)}::date end`,
  rules: [
    [rule, (text) => `${matches(text, pattern)} and try_cast(${day(text)} as date) is not null`],
    ['T02', (text) => inRange(day(text))],
  ],
});

const compactDay = (text: string): string =>
  `(left(${text}, 4) || '-' || substr(${text}, 5, 2) || '-' || substr(${text}, 7))`;
const parsedDay = (text: string, ...layouts: readonly string[]): string =>
  `coalesce(strftime(try_strptime(${text}, [${listed(layouts)}]), '%Y-%m-%d'), ${day(text)})`;

const WHOLE: Cast = {
  value: (text) => `${text}::decimal(18,2)::integer`,
  rules: [['T06', (text) => matches(text, '[+-]?0*\\d{1,9}(\\.0*)?')]],
};

const CASTS: Readonly<Record<ColumnType, Cast>> = {
  text: { value: (text) => text, rules: [] },
  word: { value: (text) => `lower(${text})`, rules: [] },
  system: { value: (text) => `replace(lower(${text}), 'snomed-ct', 'snomed')`, rules: [] },
  code: { value: (text) => `upper(replace(${text}, '.', ''))`, rules: [] },
  date: dateWritten('T01', `${DAY}(${TIME})?`, day),
  'compact date': dateWritten('T08', '\\d{8}', compactDay),
  'named date': dateWritten('T09', '\\d{1,2}-[A-Za-z]{3}-\\d{4}', (text) => parsedDay(text, '%d-%b-%Y')),
  'slash date': dateWritten('T10', `\\d{1,2}[/-]\\d{1,2}[/-]\\d{4}|${DAY}`, (text) =>
    parsedDay(text, '%m/%d/%Y', '%m-%d-%Y'),
  ),
  timestamp: {
    day,
    value: moment,
    rules: [
      ['T03', isMoment],
      ['T02', inRange],
    ],
  },
  year: {
    day,
    value: (text) =>
      `case when length(${text}) = 4 then make_timestamp(${text}::bigint, 1, 1, 0, 0, 0) else ${moment(text)} end`,
    rules: [
      ['T03', (text) => `${matches(text, '\\d{4}')} or (${isMoment(text)})`],
      ['T02', inRange],
    ],
  },
  money: { value: (text) => `${text}::decimal(18,2)`, rules: [['T04', (text) => matches(text, PLAIN_AMOUNT)]] },
  quantity: { value: (text) => `${text}::decimal(18,3)`, rules: [['T05', (text) => matches(text, decimal(15, 3))]] },
  'fine quantity': {
    value: (text) => `${text}::decimal(18,4)`,
    rules: [['T12', (text) => matches(text, decimal(14, 4))]],
  },
  number: { value: (text) => `${text}::double`, rules: [['T11', (text) => matches(text, decimal(15, 15))]] },
  integer: WHOLE,
  'calendar year': {
    value: WHOLE.value,
    rules: [...WHOLE.rules, ['T02', (text) => `try_cast(${text} as integer) between 1880 and 2100`]],
  },
  flag: {
    value: (text) => `lower(${text}) in ('1', 'true', 't', 'yes', 'y')`,
    rules: [['T07', (text) => `lower(${text}) in ('1', '0', 'true', 'false', 't', 'f', 'yes', 'no', 'y', 'n')`]],
  },
};

/** How one landed file becomes rows of its table, as SQL expressions over its trimmed texts. */
export interface Casting {
  /** Every column of the table that holds anything, as text and by its name, over the landed columns. */
  readonly texts: readonly string[];
  /** Typed value of every column of the table, in its order. */
  readonly values: readonly string[];
  /** True for a record that breaks the rule, in the order in which they are reported. */
  readonly violations: readonly { readonly column: string; readonly rule: RuleId; readonly sql: string }[];
  /** True for a record whose date is a stand-in for none. */
  readonly sentinels: readonly string[];
  /** The dollars of a record: null where they are no plain amount. */
  readonly amount: string | undefined;
}

/**
 * The casts of a table over the columns that hold anything (`filled`, as delivered in lower case). Text is trimmed; ''
 * and '~' read as null.
 */
export function castingOf(table: SourceTable, filled: ReadonlySet<string>): Casting {
  const trimmed = ({ deliveredAs }: InputColumn): string | undefined => {
    const names = deliveredAs.map((name) => name.toLowerCase()).filter((name) => filled.has(name));
    const texts = names.map((name) => `nullif(nullif(trim(${identifier(name)}), ''), '${PLACEHOLDER}')`);
    return texts.length > 1 ? `coalesce(${texts.join(', ')})` : texts[0];
  };
  const columns = table.columns.map((column) => {
    const [source, text] = [trimmed(column), identifier(column.name)];
    return { column, source, text, cast: CASTS[column.type] };
  });
  const present = columns.filter(({ source }) => source !== undefined);
  const amount = present.find(({ column }) => column.name === table.amount);
  return {
    texts: present.map(({ source, text }) => `${source} as ${text}`),
    values: columns.map(({ source, text, cast }) => (source === undefined ? 'null' : cast.value(text))),
    violations: columns.flatMap(({ column, source, text, cast }) => [
      ...(column.presence === 'filled'
        ? [{ column: column.name, rule: 'K01' as const, sql: source === undefined ? 'true' : `${text} is null` }]
        : []),
      ...(source === undefined ? [] : cast.rules).map(([rule, holds]) => {
        const exempt = cast.day ? `not ${isNoDate(cast.day(text))} and ` : '';
        return { column: column.name, rule, sql: `${exempt}not (${holds(text)})` };
      }),
    ]),
    sentinels: present.flatMap(({ text, cast }) => (cast.day ? [isNoDate(cast.day(text))] : [])),
    amount: amount && `case when ${matches(amount.text, PLAIN_AMOUNT)} then ${amount.text}::decimal(18,2) end`,
  };
}
