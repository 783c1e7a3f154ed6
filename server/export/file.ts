import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { z } from 'zod';
import type { FileQuery, Manifest } from '#contract/export';
import { ArrowStream, csvHeader, csvRows, MEDIA_TYPES, withCaveats } from '../http/encode.ts';
import { Refusal } from '../http/error.ts';
import { type Context, Encoded } from '../http/route.ts';
import type { Column } from '../store/columns.ts';
import type { Queries } from '../store/query.ts';
import { emptyCaches } from '../store/snapshot.ts';
import { Sql, sql } from '../store/sql.ts';
import type { List, Listed } from './list.ts';
import { parquet } from './parquet.ts';
import { refuseTelling, safeHarbor } from './safe-harbor.ts';
import { wordsOf } from './words.ts';
import { xlsx } from './xlsx.ts';
import { zip } from './zip.ts';

type Batches = AsyncGenerator<readonly Column[]>;

const DISCLOSED: Readonly<Record<Manifest['disclosure'], string>> = {
  identified: 'As it is: lists name people, and counts may be small. Whoever exported it is in the audit log.',
  shareable: 'Counts of 1 to 10, and what would tell them, are left empty, never 0.',
  'de-identified':
    'Without the identifiers of 45 CFR 164.514(b)(2): ages above 89 are 90+, dates are years, there is no place below the state, records have random codes of this file only and come in random order, and numbers of 100 and more are in whole hundreds. It is de-identified if nobody who gets it knows how to tell a person by the rest.',
};

/** Where files are made, and the time, in milliseconds since 1970. */
export interface Making {
  readonly home: string;
  readonly clock: () => number;
}

/** One list as a file that is written while it is sent, or only what such a file would say of itself. */
export async function fileOf(
  list: List,
  question: Parameters<List['read']>[0],
  file: FileQuery,
  asked: Context,
  { home, clock }: Making,
): Promise<Encoded | Manifest> {
  const isDeidentified = file.deidentified === 'true';
  if (isDeidentified && list.policy !== 'identified')
    throw new Refusal('bad_request', 'only lists of people are de-identified; this one names nobody');
  const statements: Sql[] = [];
  const context = recording(asked, statements);
  const { queries, catalogue } = context.snapshot;
  const listed = await list.read(question, context);
  const canonical = textsOf(listed.question);
  if (isDeidentified) refuseTelling(canonical);
  if (isDeidentified && !(listed.rows instanceof Sql) && listed.rows.length > 0)
    throw new Refusal('bad_request', 'this list has no de-identified form; the lists of people have');
  const treated = isDeidentified ? safeHarbor() : undefined;
  const rows =
    isDeidentified && listed.rows instanceof Sql ? sql`select * from (${listed.rows}) order by random()` : listed.rows;
  const count = rows instanceof Sql ? await countOf(queries, rows) : (rows[0]?.length ?? 0);
  const finish = (batch: readonly Column[]) => {
    const finished = listed.finish?.(batch) ?? batch;
    return treated?.(finished) ?? finished;
  };
  // Without a row, for the names and types: reading ahead would start what only a download is to start.
  const columns = finish(rows instanceof Sql ? await queries.columns(sql`select * from (${rows}) limit 0`) : rows);
  const manifest: Manifest = {
    title: listed.title,
    list: `/api/export/${list.path}`,
    question: canonical,
    definition: listed.definition ?? null,
    sqlSha256: hashOf(statements),
    snapshot: catalogue.snapshot,
    runId: catalogue.runId,
    dataThrough: catalogue.dataThrough,
    synthetic: catalogue.synthetic,
    rows: count,
    disclosure: isDeidentified ? 'de-identified' : context.mode,
    disclosed: DISCLOSED[isDeidentified ? 'de-identified' : context.mode],
    columns: columns.map((column) => ({
      name: column.name,
      type: column.type === 'decimal' ? `decimal(${column.width},${column.scale})` : column.type,
      words: wordsOf(column.name),
    })),
    caveats: [...listed.caveats],
    exportedAt: new Date(clock()).toISOString(),
  };
  const format = file.format ?? (asked.format === 'json' ? 'csv' : asked.format);
  if (format === 'manifest') return manifest;
  asked.shows(count);
  const name = isDeidentified ? `${listed.name}-deidentified` : listed.name;
  const isZip = format === 'csv' && file.manifest === 'true';
  asked.say('content-disposition', `attachment; filename="${name}.${isZip ? 'zip' : format}"`);
  asked.say('x-rows', String(count));
  const batches = counted(batchesOf(queries, rows, finish), count);
  const bytes = () => {
    switch (format) {
      case 'csv':
        return isZip
          ? zip([
              { name: 'data.csv', content: csv(batches, file.bom === 'true', []) },
              { name: 'manifest.json', content: [`${JSON.stringify(manifest, null, 2)}\n`] },
            ])
          : csv(batches, file.bom === 'true', manifest.caveats);
      case 'arrow':
        return arrow(columns, batches, manifest);
      case 'xlsx':
        return xlsx(columns, batches, count, aboutSheet(manifest));
      case 'parquet':
        return parquet(home, batches, manifest);
    }
  };
  return new Encoded(
    isZip ? 'application/zip' : format === 'csv' ? 'text/csv; charset=utf-8' : MEDIA_TYPES[format],
    bodyOf(bytes()),
  );
}

const bodyOf = (bytes: Readable | AsyncIterable<string | Uint8Array>): Readable =>
  bytes instanceof Readable ? bytes : Readable.from(bytes);

/** The same context, of which every statement that it asks is written down, and nothing is taken from a cache. */
function recording(context: Context, statements: Sql[]): Context {
  const { snapshot } = context;
  const queries: Queries = new Proxy(snapshot.queries, {
    get(target, name) {
      const found: unknown = Reflect.get(target, name, target);
      if (typeof found !== 'function') return found;
      return (...args: unknown[]) => {
        if (args[0] instanceof Sql) statements.push(args[0]);
        return found.apply(target, args);
      };
    },
  });
  return {
    ...context,
    signedIn: context.signedIn,
    format: 'json',
    snapshot: { ...snapshot, queries, ...emptyCaches() },
    kept: async (_, type, make) => new Encoded(type, await make()),
    shows: () => {},
    say: () => {},
  };
}

/** In an order of their own, since those that are asked side by side have none. */
const hashOf = (statements: readonly Sql[]): string =>
  createHash('sha256')
    .update(
      statements
        .map(({ statement, values }) =>
          JSON.stringify({ statement, values: Object.fromEntries(values.map((value, at) => [`$${at + 1}`, value])) }),
        )
        .sort()
        .join('\n'),
    )
    .digest('hex');

const textsOf = (question: Listed['question']): Record<string, string> =>
  Object.fromEntries(
    Object.entries(question).flatMap(([name, value]) =>
      value === null || value === undefined || value === '' ? [] : [[name, String(value)]],
    ),
  );

const countOf = async (queries: Queries, rows: Sql): Promise<number> =>
  (await queries.row(sql`select count(*) as rows from (${rows})`, z.object({ rows: z.number() }))).rows;

async function* batchesOf(
  queries: Queries,
  rows: Listed['rows'],
  finish: (batch: readonly Column[]) => readonly Column[],
): Batches {
  if (!(rows instanceof Sql)) yield finish(rows);
  else for await (const batch of queries.stream(rows)) yield finish(batch);
}

/** Fails where the batches have not as many rows as the manifest says. */
async function* counted(batches: Batches, expected: number): Batches {
  let rows = 0;
  for await (const batch of batches) {
    rows += batch[0]?.length ?? 0;
    yield batch;
  }
  if (rows !== expected) throw new Error(`an export has ${rows} rows and not the ${expected} that it was to have`);
}

async function* csv(batches: Batches, bom: boolean, caveats: readonly string[]): AsyncGenerator<string> {
  let isFirst = true;
  for await (const batch of batches) {
    const columns = withCaveats(batch, caveats);
    yield `${isFirst ? `${bom ? '\ufeff' : ''}${csvHeader(columns)}` : ''}${csvRows(columns)}`;
    isFirst = false;
  }
}

async function* arrow(columns: readonly Column[], batches: Batches, manifest: Manifest): AsyncGenerator<Uint8Array> {
  const stream = new ArrowStream(columns, manifest);
  for await (const batch of batches) yield stream.batch(batch);
  yield stream.end();
}

/** The manifest as lines of a name and a value. */
function aboutSheet({ question, definition, columns, caveats, ...facts }: Manifest): [string, string][] {
  return [
    ...Object.entries(facts).map(([name, value]): [string, string] => [name, String(value)]),
    ...Object.entries(question).map(([name, value]): [string, string] => [`question: ${name}`, value]),
    ...(definition
      ? [['definition', `${definition.id}, version ${definition.version}`] satisfies [string, string]]
      : []),
    ...columns.map(({ name, type, words }): [string, string] => [`column: ${name}`, `${words} (${type})`]),
    ...caveats.map((sentence): [string, string] => ['caveat', sentence]),
  ];
}
