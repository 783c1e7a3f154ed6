import type { DuckDBConnection } from '@duckdb/node-api';
import { quoted, rows } from '../engine/sql.ts';
import { type Casting, castingOf, isNoDate } from './cast.ts';
import { targetOf } from './format.ts';
import { type Landed, landedNames } from './land.ts';
import { identifier, pathText } from './quote.ts';
import type { Known } from './recognise.ts';
import { FileRefused, RULES } from './rules.ts';
import type { BadRecord, Scan } from './scan.ts';
import { RECORD } from './shape.ts';

/** The breakers on one file apply from so many records on. */
const BREAKER_FROM = 1000;
const MOST_RECORDS = 0.01;
const MOST_DOLLARS = 0.005;
/** Of a file that is refused for its records, so many are kept to look at. */
const SHOWN = 1000;
const RAW_CHARACTERS = 4000;
/** Columns by which a delivery says when it was made. */
const DELIVERED = ['file_date', 'ingest_datetime'];

/** What came of the records of one landed file. */
export interface Admitted {
  readonly quarantined: number;
  /** Dollars of the refused records, as far as they can be read; null where the table carries none. */
  readonly amountQuarantined: number | null;
  /** Kinds of its records, where its table tells them apart. */
  readonly kinds: readonly KindOfRecord[];
  /** Dates that stand for no date; they read as null. */
  readonly sentinels: number;
  /** Newest day on which its records say they were delivered, YYYY-MM-DD. */
  readonly deliveredOn: string | null;
}

export interface KindOfRecord {
  readonly kind: string;
  readonly records: number;
  /** Why they are counted and not used. */
  readonly unused: string | undefined;
}

/**
 * Types the records of a landed file into their table, each with its file and line, and writes those that break a rule to
 * run.quarantine. Throws FileRefused when more than 1 % of the records, or 0.5 % of the dollars, would be refused.
 */
export async function admit(
  connection: DuckDBConnection,
  fileId: number,
  surveyed: Scan,
  landed: Landed,
  identity: Known,
): Promise<Admitted> {
  const { format, table, stated } = identity;
  const filled = new Set([...landed.filled, ...Object.keys(stated)]);
  const casting = castingOf(table, filled);
  const text = textOf(landed.path, stated);
  const trimmed = trimmedOf(text, casting, filled);
  const found = await tally(connection, trimmed, casting);
  const refused = found.broken > 0 ? await refuse(connection, trimmed, casting) : NONE_REFUSED;
  const quarantined = surveyed.bad.length + refused.records;

  const refusal = breaker(surveyed, refused, found.dollars);
  const shown = refusal ? SHOWN : quarantined;
  await quarantineBad(connection, fileId, surveyed.bad.slice(0, shown));
  await createLines(connection, surveyed.lines);
  if (refused.records > 0) await quarantineRefused(connection, fileId, text, rawOf(identity), casting, shown);
  if (refusal) throw refusal;

  const kinds = await kindsOf(connection, text, table, refused.records > 0);
  const idle = kinds.filter(({ unused }) => unused !== undefined).map(({ kind }) => quoted(kind));
  const kept = [
    ...(refused.records > 0 ? ['file_row_number not in (select ordinal from refused)'] : []),
    ...(table.kinds && idle.length > 0 ? [`${identifier(table.kinds.column)} not in (${idle.join(', ')})`] : []),
  ];
  const ordinal = table.isPlaced ? ['ordinal'] : [];
  const names = [...table.columns.map(({ name }) => name), ...ordinal, 'file_id', 'line_number'].map(identifier);
  const [first = 0, line = 0] = surveyed.lines;
  const oneRun = surveyed.lines.length <= 2;
  await connection.run(
    `insert into ${targetOf(format, table)} (${names.join(', ')})
     select ${[...casting.values, ...ordinal.map(() => 'file_row_number')].join(', ')}, ${fileId}, ${oneRun ? `file_row_number + ${line - first}` : LINE}
     from ${trimmed} as record ${oneRun ? '' : WITH_LINES}
     ${kept.length > 0 ? `where ${kept.join(' and ')}` : ''}`,
  );
  const { sentinels, deliveredOn } = found;
  return { quarantined, amountQuarantined: casting.amount ? refused.amount : null, kinds, sentinels, deliveredOn };
}

/** The kinds of the records that break no rule. */
async function kindsOf(
  connection: DuckDBConnection,
  text: string,
  { kinds }: Known['table'],
  someRefused: boolean,
): Promise<KindOfRecord[]> {
  if (!kinds) return [];
  const found = await rows(
    connection,
    `select ${identifier(kinds.column)} as kind, count(*) as records from ${text}
     ${someRefused ? 'where file_row_number not in (select ordinal from refused)' : ''} group by kind order by kind`,
  );
  return found.map(({ kind, records }) => {
    return { kind: String(kind), records: Number(records), unused: kinds.unused(String(kind)) };
  });
}

/** The landed records, with what their file states by its name and with their place in it. */
function textOf(path: string, stated: Known['stated']): string {
  const landed = `read_parquet(${pathText(path)}, file_row_number = true)`;
  const values = Object.entries(stated).map(([name, words]) => `${quoted(words)} as ${identifier(name)}`);
  return values.length > 0 ? `(select *, ${values.join(', ')} from ${landed})` : landed;
}

const DAY_OF_DELIVERY = 'day of delivery';

/** The texts that are cast, each trimmed once, beside the place of their record and the day on which it was delivered. */
function trimmedOf(text: string, { texts }: Casting, filled: ReadonlySet<string>): string {
  const days = DELIVERED.filter((name) => filled.has(name))
    .map(identifier)
    .map((name) => `case when not ${isNoDate(name)} then try_cast(substr(${name}, 1, 10) as date) end`);
  const delivered = `greatest(${['null::date', ...days].join(', ')}) as ${identifier(DAY_OF_DELIVERY)}`;
  return `(select ${[...texts, delivered, 'file_row_number'].join(', ')} from ${text})`;
}

/** The raw text of a record, put together again from the landed fields. */
function rawOf(identity: Known): string {
  const { shape } = identity;
  if (shape.kind === 'fixed') {
    return shape.fields
      .map(({ name, length }) => `rpad(coalesce(${identifier(name)}, ''), ${length}, ' ')`)
      .join(' || ');
  }
  if (shape.kind === 'lines' || shape.kind === 'document') return RECORD;
  const cells = landedNames(identity).map(
    (name) => `case when regexp_matches(${identifier(name)}, '[",\\n\\r]')
      then '"' || replace(${identifier(name)}, '"', '""') || '"' else coalesce(${identifier(name)}, '') end`,
  );
  return `array_to_string([${cells.join(', ')}], ',')`;
}

/** One look at every value: how many rules are broken, how many dates stand for none, dollars, day of delivery. */
async function tally(connection: DuckDBConnection, trimmed: string, casting: Casting) {
  // DuckDB counts null where a condition is null of every record.
  const sum = (conditions: readonly string[]) =>
    conditions.length === 0 ? '0' : conditions.map((sql) => `coalesce(count_if(${sql}), 0)`).join(' + ');
  const [found] = await rows(
    connection,
    `select ${sum(casting.violations.map(({ sql }) => sql))} as broken, ${sum(casting.sentinels)} as sentinels,
       sum(abs(${casting.amount ?? '0'})) as dollars, max(${identifier(DAY_OF_DELIVERY)}) as delivered_on
     from ${trimmed}`,
  );
  return {
    broken: Number(found?.broken),
    sentinels: Number(found?.sentinels),
    dollars: Number(found?.dollars),
    deliveredOn: found?.delivered_on ? String(found.delivered_on) : null,
  };
}

const NONE_REFUSED = { records: 0, dollars: 0, amount: 0, first: Number.POSITIVE_INFINITY };

/** Fills temp.refused (ordinal, violation) with the first rule that each record breaks. */
async function refuse(connection: DuckDBConnection, trimmed: string, { violations, amount }: Casting) {
  const cases = violations.map(({ sql }, at) => `when ${sql} then ${at}`).join(' ');
  await connection.run(
    `create or replace temp table refused as select file_row_number as ordinal, violation
     from (select file_row_number, case ${cases} end as violation from ${trimmed}) where violation is not null`,
  );
  const [found] = await rows(
    connection,
    `select count(*) as records, sum(abs(${amount ?? '0'})) as dollars, sum(${amount ?? '0'}) as amount,
       min(file_row_number) as first
     from ${trimmed} where file_row_number in (select ordinal from refused)`,
  );
  return {
    records: Number(found?.records),
    dollars: Number(found?.dollars),
    amount: Number(found?.amount),
    first: Number(found?.first),
  };
}

/** Physical line of the good record with this ordinal. */
function lineOf(ordinal: number, lines: readonly number[]): number {
  let line = Number.POSITIVE_INFINITY;
  for (let at = 0; at < lines.length && (lines[at] ?? 0) <= ordinal; at += 2) {
    line = (lines[at + 1] ?? 0) + ordinal - (lines[at] ?? 0);
  }
  return line;
}

type Refused = typeof NONE_REFUSED;

function breaker({ bad, records, lines }: Scan, refused: Refused, dollars: number): FileRefused | undefined {
  const all = bad.length + records;
  if (all < BREAKER_FROM) return undefined;
  const quarantined = bad.length + refused.records;
  const line = Math.min(bad[0]?.line ?? Number.POSITIVE_INFINITY, lineOf(refused.first, lines));
  if (quarantined > MOST_RECORDS * all) {
    return new FileRefused('F09', line, `${quarantined} of ${all} records break a rule, the first on line ${line}`);
  }
  if (refused.dollars > MOST_DOLLARS * dollars) {
    const share = `$${refused.dollars.toFixed(2)} of $${dollars.toFixed(2)}`;
    return new FileRefused('F10', line, `${share} are in records that break a rule, the first on line ${line}`);
  }
  return undefined;
}

const LINE = 'line_range."first line" + file_row_number - line_range."first ordinal"';
const WITH_LINES = 'asof join line_range on file_row_number >= line_range."first ordinal"';

/** Fills temp.line_range, whose columns no table has: from each ordinal on, records stand on consecutive lines. */
async function createLines(connection: DuckDBConnection, lines: readonly number[]): Promise<void> {
  await connection.run('create or replace temp table line_range ("first ordinal" bigint, "first line" bigint)');
  const appender = await connection.createAppender('line_range', 'main', 'temp');
  for (let at = 0; at < lines.length; at += 2) {
    appender.appendBigInt(BigInt(lines[at] ?? 0));
    appender.appendBigInt(BigInt(lines[at + 1] ?? 0));
    appender.endRow();
  }
  appender.closeSync();
}

async function quarantineBad(connection: DuckDBConnection, fileId: number, bad: readonly BadRecord[]): Promise<void> {
  const appender = await connection.createAppender('quarantine', 'run');
  for (const { line, rule, reason, raw } of bad) {
    appender.appendInteger(fileId);
    appender.appendBigInt(BigInt(line));
    for (const words of [rule, reason, raw]) appender.appendVarchar(words);
    appender.endRow();
  }
  appender.closeSync();
}

async function quarantineRefused(
  connection: DuckDBConnection,
  fileId: number,
  text: string,
  raw: string,
  { violations }: Casting,
  limit: number,
): Promise<void> {
  const words = violations.map(
    ({ column, rule }, at) => `(${at}, ${quoted(rule)}, ${quoted(`${column}: ${RULES[rule]}`)})`,
  );
  await connection.run(
    `insert into run.quarantine (file_id, line_number, rule_id, reason, raw)
     select ${fileId}, ${LINE}, rule.id, rule.reason, record.raw
     from (
       select file_row_number, left(${raw}, ${RAW_CHARACTERS}) as raw
       from ${text} where file_row_number in (select ordinal from refused)
     ) as record ${WITH_LINES}
     join refused on refused.ordinal = file_row_number
     join (values ${words.join(', ')}) as rule(violation, id, reason) on rule.violation = refused.violation
     order by refused.ordinal limit ${limit}`,
  );
}
