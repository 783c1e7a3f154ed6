import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { SourceFile } from '#contract/run';
import { EXIT, PeopleError } from '../engine/error.ts';
import type { Progress } from '../engine/progress.ts';
import { count, quoted } from '../engine/sql.ts';
import { runInputChecks } from '../input/checks.ts';
import { SQL_TYPE } from '../input/contract.ts';
import { inputTables, PROVENANCE } from '../input/tables.ts';
import type { Home } from '../publish/home.ts';
import { type FileAccount, settle, sourceFile, targetOf } from './account.ts';
import { admit } from './admit.ts';
import type { Format } from './format.ts';
import { type Landed, land, landedNames, survey } from './land.ts';
import { addChecks, addSourceFile, createLedger } from './ledger.ts';
import { mapToInput } from './map.ts';
import { identifier } from './quote.ts';
import { identify, looksLikeData } from './recognise.ts';
import { FileRefused } from './rules.ts';
import { type Found, findFiles, isSynthetic } from './sources.ts';
import { synthea } from './synthea/format.ts';
import { tuva } from './tuva/format.ts';

export const formats: readonly Format[] = [tuva, synthea];

export interface LoadRequest {
  /** Its database has a schema `run`; `input` is a schema or an attached database with every input table, empty. */
  readonly connection: DuckDBConnection;
  readonly home: Pick<Home, 'landing' | 'quarantine' | 'scratch'>;
  readonly runId: string;
  /** Folders or files. */
  readonly sources: readonly string[];
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
  /** Files that are recognised and cannot be read as they are; with any of them nothing is mapped or checked. */
  readonly refusals: readonly Refusal[];
  /** Newest day on which a delivery says it was made, YYYY-MM-DD. */
  readonly deliveredOn: string | null;
  /** Every source is marked as made up. */
  readonly synthetic: boolean;
}

/**
 * Reads every recognised file into the input tables and accounts for each of its records: run.source_file,
 * run.quarantine, run.reconciliation, run.feed and the input checks in run.check. Collects every refusal before it
 * returns. Quarantined records are also written to `<quarantine>/<run id>/records.csv`.
 */
export async function load(request: LoadRequest): Promise<LoadReport> {
  const { connection, home, runId, sources, skip, progress } = request;
  const known = formatsFor(request.format);
  const found = await findFiles(sources, skip);
  await createLedger(connection);

  let accounts = found.map((file, at): FileAccount => ({ ...file, id: at + 1, identity: UNRECOGNISED }));
  accounts = await inTurn(progress, 'scan', accounts, async (account) => {
    const identity = await recognise(request, account, known);
    if (identity.refusal) return { identity, refusal: identity.refusal };
    return { identity, ...(identity.table && { surveyed: await survey(connection, account.path, identity) }) };
  });
  const used = ({ surveyed, unused }: FileAccount) => surveyed !== undefined && unused === undefined;
function formatsFor(id: string | undefined): readonly Format[] {
  if (id === undefined) return formats;
  const chosen = formats.filter((format) => format.id === id);
  if (chosen.length > 0) return chosen;
  const ids = formats.map((format) => format.id).join(', ');
  throw new PeopleError(EXIT.usage, `--format cannot be "${id}"; it is one of ${ids}`);
}

async function readFile(
  request: LoadRequest,
  file: Found,
  id: number,
  known: readonly Format[],
  attached: Set<Format>,
): Promise<FileAccount> {
  const { connection, home } = request;
  const identity = await identify(connection, file.path, known);
  const { format, table } = identity;
  const unused = file.skipped && table ? 'left out by --skip' : table?.unused;
  let account: FileAccount = { ...file, id, identity, ...(unused !== undefined && { unused }) };
  try {
    if (!format || !table) {
      if (request.format && looksLikeData(file.path)) {
        throw new FileRefused('F03', 1, `the first record names the columns of no ${request.format} file`);
      }
      return account;
    }
    if (identity.refusal) throw identity.refusal;
    if (unused !== undefined) return { ...account, counted: await survey(connection, file.path, identity) };
    if (format.mappings && !attached.has(format)) {
      await attach(request, format);
      attached.add(format);
    }
    const scratch = join(home.scratch, `${request.runId}.${id}.csv`);
    const landed: Landed = await land(connection, file.path, identity, home.landing, scratch);
    account = { ...account, counted: landed };
    const admitted = await admit(connection, id, landed, landedNames(identity), table, targetOf(format, table));
    return { ...account, admitted };
  } catch (refusal) {
    if (!(refusal instanceof FileRefused)) throw new Error(`reading ${file.path} failed`, { cause: refusal });
    return { ...account, refusal };
  }
}

const scratchDatabase = ({ home, runId }: LoadRequest, id: string): string =>
  join(home.scratch, `${runId}.${id}.duckdb`);

/** A format that maps its tables to input gets a database of its own, with every table that it uses, empty. */
async function attach(request: LoadRequest, { id, tables }: Format): Promise<void> {
  const { connection } = request;
  await connection.run(`attach ${quoted(scratchDatabase(request, id))} as ${id}`);
  for (const { name, columns } of tables.filter(({ unused }) => unused === undefined)) {
    const declared = columns.map((column) => `${identifier(column.name)} ${SQL_TYPE[column.type]}`);
    await connection.run(`create table ${id}.${name} (${declared.join(', ')}, ${PROVENANCE})`);
  }
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

/** run.feed: per source and input table, how far its dates of service and of payment reach. */
async function describeFeeds(connection: DuckDBConnection): Promise<void> {
  const feeds = inputTables.map(({ name, columns, serviceDates }) => {
    const service = serviceDates.length > 0 ? `coalesce(${serviceDates.join(', ')})::date` : 'null::date';
    const paid = columns.some((column) => column.name === 'paid_date') ? 'max(paid_date)' : 'null::date';
    return `select source_name, ${quoted(name)} as kind, count(*), min(${service}), max(${service}), ${paid}
      from input.${name} group by source_name`;
  });
  await connection.run(`insert into run.feed select * from (${feeds.join(' union all ')}) order by source_name, kind`);
}
