import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { SourceFile } from '#contract/run';
import { findingsOf } from '../engine/check.ts';
import { EXIT, PeopleError } from '../engine/error.ts';
import type { Progress } from '../engine/progress.ts';
import { count, quoted } from '../engine/sql.ts';
import { inputChecks } from '../input/checks/index.ts';
import { SQL_TYPE } from '../input/contract.ts';
import { inputTables, PROVENANCE } from '../input/tables.ts';
import type { Home } from '../publish/home.ts';
import { deliveredOf, type FileAccount, isOurs, isReady, isUsed, settle, sourceFile } from './account.ts';
import { admit } from './admit.ts';
import { cclf } from './cclf/format.ts';
import { fhir } from './fhir/format.ts';
import { type Format, isMapped, type MappedFormat } from './format.ts';
import { land, survey } from './land.ts';
import { all, Lanes } from './lanes.ts';
import { addChecks, addSourceFile, createLedger } from './ledger.ts';
import { mapToInput } from './map.ts';
import { identifier } from './quote.ts';
import { identify, looksLikeData } from './recognise.ts';
import { rif } from './rif/format.ts';
import { roster } from './roster/format.ts';
import { FileRefused } from './rules.ts';
import { type Found, findFiles, isSynthetic } from './sources.ts';
import { synpuf } from './synpuf/format.ts';
import { synthea } from './synthea/format.ts';
import { tuva } from './tuva/format.ts';
import { unpack } from './unpack.ts';

export const formats: readonly Format[] = [tuva, synthea, synpuf, cclf, fhir, rif, roster];

export interface LoadRequest {
  /** Its database has a schema `run`; `input` is a schema or an attached database with every input table, empty. */
  readonly connection: DuckDBConnection;
  /** More connections to that database: files and mappings are worked on side by side. */
  readonly lanes?: readonly DuckDBConnection[];
  readonly home: Pick<Home, 'landing' | 'quarantine' | 'scratch'>;
  readonly runId: string;
  /** Folders or files. */
  readonly sources: readonly string[];
  /** More of them, which nobody delivered: what was entered by hand. */
  readonly beside?: readonly string[];
  /** Files to leave out, by path or by the name that the account gives them. */
  readonly skip: readonly string[];
  /** Reads every file as this format. */
  readonly format: string | undefined;
  readonly progress: Progress;
}

export interface Refusal {
  readonly path: string;
  readonly line: number | null;
  readonly rule: string;
  readonly message: string;
}

export interface LoadReport {
  readonly files: readonly SourceFile[];
  /** Files that are recognised and cannot be read as they are; with any of them nothing is mapped. */
  readonly refusals: readonly Refusal[];
  /** Newest day on which a delivery says it was made, YYYY-MM-DD. */
  readonly deliveredOn: string | null;
  /** Every source is marked as made up. */
  readonly synthetic: boolean;
}

/**
 * Reads every recognised file into the input tables and accounts for each of its records: run.source_file,
 * run.quarantine, run.reconciliation and the checks of the readers in run.check. Collects every refusal before it returns.
 * Quarantined records are also written to `<quarantine>/<run id>/records.csv`. Stages of progress: unpack (where there are
 * zip files), read, map.
 */
export async function load(request: LoadRequest): Promise<LoadReport> {
  const { home, runId, sources, beside = [], skip, progress } = request;
  const known = formatsFor(request.format);
  const members = join(home.scratch, `${runId}.members`);
  try {
    const found = await findFiles([...sources, ...beside], skip);
    return await read(request, await unpack(found, skip, members, progress), known);
  } finally {
    rmSync(members, { recursive: true, force: true });
  }
}

async function read(request: LoadRequest, found: readonly Found[], known: readonly Format[]): Promise<LoadReport> {
  const { connection, home, sources } = request;
  await createLedger(connection);
  const recognised: FileAccount[] = [];
  for (const [at, file] of found.entries()) recognised.push(await recognise(request, file, at + 1, known));

  const lanes = new Lanes([connection, ...(request.lanes ?? [])]);
  const mapped = formats
    .filter(isMapped)
    .filter((format) => recognised.some(({ identity }) => identity.format === format));
  try {
    for (const format of mapped) await attach(connection, format);
    const each = await readFiles(request, lanes, recognised);
    forgetOthers(home.landing, each);
    const typed = await refuseTogether(connection, mapped, each);
    const refusals = typed.flatMap(({ name, refusal, skipped }) =>
      refusal && !skipped ? [{ path: name, line: refusal.line, rule: refusal.rule, message: refusal.message }] : [],
    );
    const files =
      refusals.length > 0 ? await showRefused(request, typed) : await becomeInput(request, lanes, typed, mapped);
    const deliveries = typed.flatMap(({ admitted }) => admitted?.deliveredOn ?? []).sort();
    return { files, refusals, deliveredOn: deliveries.at(-1) ?? null, synthetic: isSynthetic(sources, found) };
  } finally {
    for (const { id } of mapped) await connection.run(`detach database if exists ${id}`);
  }
}

/** The landing folder is a cache: it keeps what this run landed, and nothing of files that are no longer delivered. */
function forgetOthers(landing: string, accounts: readonly FileAccount[]): void {
  const kept = new Set(accounts.flatMap(({ landed }) => (landed ? [basename(landed.path)] : [])));
  for (const name of readdirSync(landing)) if (!kept.has(name)) rmSync(join(landing, name));
}

function formatsFor(id: string | undefined): readonly Format[] {
  if (id === undefined) return formats;
  const chosen = formats.filter((format) => format.id === id);
  if (chosen.length > 0) return chosen;
  const ids = formats.map((format) => format.id).join(', ');
  throw new PeopleError(EXIT.usage, `--format cannot be "${id}"; it is one of ${ids}`);
}

async function recognise(
  { connection, format }: LoadRequest,
  file: Found,
  id: number,
  known: readonly Format[],
): Promise<FileAccount> {
  const identity = await identify(connection, file, known);
  const isStrange = format !== undefined && !identity.table && identity.columns.length > 1 && looksLikeData(file.name);
  const strange = isStrange
    ? new FileRefused('F03', 1, `the first record names the columns of no ${format} file`)
    : undefined;
  const refusal = file.refusal ?? strange ?? identity.refusal;
  return { ...file, id, identity, ...(refusal && { refusal }) };
}

/**
 * Scans, lands and types every file that is used. Bytes are looked at one file after the other, while DuckDB lands and
 * types those that were; the records of a table come in the order of its files.
 */
async function readFiles(
  { home, runId, progress }: LoadRequest,
  lanes: Lanes,
  recognised: readonly FileAccount[],
): Promise<FileAccount[]> {
  progress.start('read', recognised.length);
  let scanning: Promise<FileAccount | undefined> = Promise.resolve(undefined);
  const typing = new Map<FileAccount['identity']['table'], Promise<FileAccount>>();
  const accounts = recognised.map((account) => {
    const scanned = scanning.then(() =>
      attempt('scan', account, isOurs, async ({ path, identity }) => ({
        surveyed: await survey(lanes, path, identity),
      })),
    );
    const landed = scanned.then((ours) =>
      attempt('land', ours, isUsed, ({ id, path, identity, surveyed }) => {
        const copy = join(home.scratch, `${runId}.${id}.csv`);
        return lanes.run(async (connection) => ({
          landed: await land(connection, path, identity, surveyed, home.landing, copy),
        }));
      }),
    );
    const before = typing.get(account.identity.table);
    const typed = Promise.all([landed, before]).then(([ready]) =>
      attempt('type', ready, isReady, ({ id, identity, surveyed, landed: text }) =>
        lanes.run(async (connection) => ({ admitted: await admit(connection, id, surveyed, text, identity) })),
      ),
    );
    scanning = scanned;
    typing.set(account.identity.table, typed);
    return typed.finally(() => progress.step(account.name));
  });
  const read = await all(accounts);
  progress.finish();
  return read;
}

/** `work` on a file, if it applies. A file that is refused goes no further. */
async function attempt<Applicable extends FileAccount>(
  stage: string,
  account: FileAccount,
  applies: (account: FileAccount) => account is Applicable,
  work: (account: Applicable) => Promise<Partial<FileAccount>>,
): Promise<FileAccount> {
  if (!applies(account)) return account;
  try {
    return { ...account, ...(await work(account)) };
  } catch (refusal) {
    if (refusal instanceof FileRefused) return { ...account, refusal };
    throw new Error(`cannot ${stage} ${account.delivered}`, { cause: refusal });
  }
}

/** Refuses the files that only the others of their delivery contradict. */
async function refuseTogether(
  connection: DuckDBConnection,
  known: readonly Format[],
  accounts: readonly FileAccount[],
): Promise<FileAccount[]> {
  const refused = new Map<number, FileRefused>();
  for (const format of known) {
    const files = accounts.flatMap((account) => (account.identity.format === format ? deliveredOf(account) : []));
    for (const [id, refusal] of (await format.refuse?.(connection, files)) ?? []) refused.set(id, refusal);
  }
  return accounts.map((account) => {
    const refusal = account.refusal ?? (account.skipped ? undefined : refused.get(account.id));
    return { ...account, ...(refusal && { refusal }) };
  });
}

/** A format that maps its tables to input gets a database of its own in memory, with every table that it uses, empty. */
async function attach(connection: DuckDBConnection, { id, tables }: MappedFormat): Promise<void> {
  await connection.run(`attach ':memory:' as ${id}`);
  for (const { name, columns, isPlaced, view } of tables.filter(({ unused }) => unused === undefined)) {
    if (view !== undefined) continue;
    const declared = [
      ...columns.map((column) => `${identifier(column.name)} ${SQL_TYPE[column.type]}`),
      ...(isPlaced ? ['ordinal bigint'] : []),
    ];
    await connection.run(`create table ${id}.${name} (${declared.join(', ')}, ${PROVENANCE})`);
  }
}

async function becomeInput(
  request: LoadRequest,
  lanes: Lanes,
  accounts: readonly FileAccount[],
  mapped: readonly MappedFormat[],
): Promise<SourceFile[]> {
  const { connection, progress } = request;
  progress.start(
    'map',
    mapped.reduce((steps, { mappings }) => steps + Object.keys(mappings.sources).length, 1),
  );
  const files = await settle(connection, accounts);
  await record(request, files);
  progress.step('files');
  for (const format of mapped) await mapToInput(lanes, format, landedBy(format, accounts), progress);
  progress.finish();
  return files;
}

/** Where the records of a format's files lie, by file id. */
const landedBy = (format: Format, accounts: readonly FileAccount[]): ReadonlyMap<number, string> =>
  new Map(
    accounts.flatMap(({ id, identity, landed, admitted }) =>
      identity.format === format && landed && admitted ? [[id, landed.path] as const] : [],
    ),
  );

/** The account as far as it goes when files were refused: nothing is mapped. */
async function showRefused(request: LoadRequest, accounts: readonly FileAccount[]): Promise<SourceFile[]> {
  const files = await Promise.all(accounts.map((account) => sourceFile(account)));
  await record(request, files);
  return files;
}

async function record({ connection, home, runId }: LoadRequest, files: readonly SourceFile[]): Promise<void> {
  for (const file of files) await addSourceFile(connection, file);
  await writeQuarantine(connection, join(home.quarantine, runId));
}

async function writeQuarantine(connection: DuckDBConnection, folder: string): Promise<void> {
  if ((await count(connection, 'select count(*) from run.quarantine')) === 0) return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  await connection.run(
    `copy (
       select path, line_number, rule_id, reason, raw
       from run.quarantine join run.source_file using (file_id) order by file_id, line_number
     ) to ${quoted(join(folder, 'records.csv'))} (header)`,
  );
}

/** Says in run.feed and run.check what there is of the input and what ought to hold of it. One stage of progress: check. */
export async function checkInput(connection: DuckDBConnection, progress: Progress): Promise<void> {
  progress.start('check', 1);
  await describeFeeds(connection);
  await addChecks(connection, await findingsOf(connection, inputChecks));
  progress.step('input');
  progress.finish();
}

/**
 * run.feed: per source and input table, how far its dates of service and of payment reach; run.feed_month: how many rows
 * each file brings of each month of service.
 */
async function describeFeeds(connection: DuckDBConnection): Promise<void> {
  const feeds = inputTables.map(({ name, columns, serviceDates }) => {
    const service = serviceDates.length > 0 ? `coalesce(${serviceDates.join(', ')})::date` : 'null::date';
    const paid = columns.some((column) => column.name === 'paid_date') ? 'max(paid_date)' : 'null::date';
    return `select source_name, ${quoted(name)} as kind, file_id, date_trunc('month', ${service})::date as month,
        count(*) as rows, min(${service}) as first_date, max(${service}) as last_date, ${paid} as paid_through
      from input.${name} group by all`;
  });
  await connection.run(`create temp table feed as ${feeds.join(' union all ')}`);
  await connection.run(
    `insert into run.feed
     select source_name, kind, sum(rows), min(first_date), max(last_date), max(paid_through)
     from feed group by all order by source_name, kind`,
  );
  await connection.run(
    `insert into run.feed_month
     select source_name, kind, file_id, month, rows from feed where month is not null order by all`,
  );
  await connection.run('drop table feed');
}
