import type { DuckDBConnection } from '@duckdb/node-api';
import type { SourceFile } from '#contract/run';
import { rows } from '../engine/sql.ts';
import type { Admitted, KindOfRecord } from './admit.ts';
import { dollarsOf, readerFindings } from './checks.ts';
import { type Removed, removeDuplicates } from './duplicates.ts';
import { type Delivered, type SourceTable, targetOf } from './format.ts';
import type { Landed } from './land.ts';
import { addChecks, type Flow, type LeftOut, reconcile } from './ledger.ts';
import { identifier } from './quote.ts';
import type { Identity, Known } from './recognise.ts';
import type { FileRefused } from './rules.ts';
import { fingerprint, type Scan } from './scan.ts';
import type { Found } from './sources.ts';

/** What is known of one file as reading goes on. */
export interface FileAccount extends Found {
  readonly id: number;
  readonly identity: Identity;
  readonly surveyed?: Scan;
  readonly landed?: Landed;
  readonly admitted?: Admitted;
  readonly refusal?: FileRefused;
}

export type Ours = FileAccount & { readonly identity: Known };
export type Surveyed = Ours & { readonly surveyed: Scan };
export type Ready = Surveyed & { readonly landed: Landed };

/** Why the records of a file are counted and not used; undefined where they are used. */
const unusedReason = ({ skipped, identity }: FileAccount): string | undefined =>
  skipped ? 'left out by --skip' : identity.table?.unused;

export const isOurs = (account: FileAccount): account is Ours =>
  account.identity.table !== undefined && account.refusal === undefined;

export const isUsed = (account: FileAccount): account is Surveyed =>
  account.surveyed !== undefined && account.refusal === undefined && unusedReason(account) === undefined;

export const isReady = (account: FileAccount): account is Ready =>
  account.landed !== undefined && account.refusal === undefined;

/** Records of one file that lie in its table and those that were superseded, with their dollars. */
interface Settled {
  readonly loaded: number;
  readonly amount: number | null;
  readonly duplicate: Removed;
}

const NONE_REMOVED: Removed = { records: 0, amount: null };
const NOT_SETTLED: Settled = { loaded: 0, amount: null, duplicate: NONE_REMOVED };

/** Columns that neither the table nor its format knows. */
function strangersOf({ table, columns }: Identity): string[] {
  const known = new Set(table?.columns.flatMap(({ deliveredAs }) => deliveredAs.map((name) => name.toLowerCase())));
  for (const name of table?.unread ?? []) known.add(name.toLowerCase());
  return columns.filter((name) => !known.has(name));
}

/** Dollars of the file as its bytes stand. */
const rawDollars = ({ surveyed }: FileAccount): number | null =>
  surveyed?.dollars ? Number(surveyed.dollars.cents) / 100 : null;

const sumOf = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0);

/** Kinds of records of a file that are counted and not used. */
const idleOf = ({ admitted }: FileAccount): readonly KindOfRecord[] =>
  admitted?.kinds.filter(({ unused }) => unused !== undefined) ?? [];

const dataRecords = ({ surveyed }: FileAccount): number =>
  surveyed ? surveyed.physical - surveyed.header - surveyed.blank : 0;

/** The file as its format sees it among those of its delivery. */
export function deliveredOf(account: FileAccount): Delivered[] {
  const { id, name, identity, surveyed, admitted } = account;
  const records = surveyed ? dataRecords(account) : null;
  return identity.table
    ? [{ id, name, table: identity.table, shape: identity.shape, records, quarantined: admitted?.quarantined ?? null }]
    : [];
}

/** The row of run.source_file. A file that was refused is shown as far as it was read. */
export async function sourceFile(account: FileAccount, settled: Settled = NOT_SETTLED): Promise<SourceFile> {
  const { id, name, path, identity, surveyed, admitted, refusal } = account;
  const unused = unusedReason(account);
  const { sha256, bytes } = surveyed ?? (await fingerprint(path));
  const strangers = identity.table ? strangersOf(identity) : [];
  const notes = [
    ...(refusal ? [`refused by ${refusal.rule}: ${refusal.message}`] : []),
    ...(unused === undefined ? [] : [`not used: ${unused}`]),
    ...idleOf(account).map(({ kind, unused: reason }) => `${kind} is not used: ${reason}`),
    ...(surveyed && surveyed.header > 1 ? [`the header stands ${surveyed.header} times`] : []),
    ...(strangers.length > 0 ? [`unknown columns: ${strangers.join(', ')}`] : []),
  ];
  return {
    file_id: id,
    path: name,
    format: identity.format?.id ?? null,
    kind: admitted?.kinds.length === 1 ? (admitted.kinds[0]?.kind ?? '') : (identity.table?.name ?? 'unrecognised'),
    sha256,
    bytes,
    physical_records: surveyed?.physical ?? 0,
    header_records: surveyed?.header ?? 0,
    blank_records: surveyed?.blank ?? 0,
    loaded: settled.loaded,
    quarantined: admitted?.quarantined ?? 0,
    duplicate: settled.duplicate.records,
    skipped: unused === undefined ? sumOf(idleOf(account), ({ records }) => records) : dataRecords(account),
    amount_raw: rawDollars(account),
    amount_loaded: settled.amount,
    amount_quarantined: admitted?.amountQuarantined ?? null,
    amount_duplicate: settled.duplicate.amount,
    amount_skipped: unused === undefined ? null : rawDollars(account),
    note: notes.length > 0 ? notes.join('; ') : null,
  };
}

/**
 * Removes superseded records from every table that files were typed into, and accounts for all records of all files.
 * Throws when a record is lost: physical = header + blank + loaded + quarantined + duplicate + skipped.
 */
export async function settle(connection: DuckDBConnection, accounts: readonly FileAccount[]): Promise<SourceFile[]> {
  const files: SourceFile[] = [];
  let conflicting = 0;
  for (const members of byTable(accounts)) {
    const [{ identity }] = members;
    const settled = new Map<number, Settled>();
    if (identity.format && identity.table && members.some(({ admitted }) => admitted)) {
      const target = targetOf(identity.format, identity.table);
      const duplicates = await removeDuplicates(connection, identity.table, target);
      conflicting += duplicates.conflicting;
      for (const file of await loadedByFile(connection, identity.table, target)) {
        settled.set(file.id, { ...file, duplicate: duplicates.removed.get(file.id) ?? NONE_REMOVED });
      }
      for (const [id, duplicate] of duplicates.removed) {
        if (!settled.has(id))
          settled.set(id, { ...NOT_SETTLED, amount: duplicate.amount === null ? null : 0, duplicate });
      }
    }
    const rowsOfTable = await Promise.all(members.map((account) => sourceFile(account, settled.get(account.id))));
    if (identity.table && identity.format) {
      for (const file of rowsOfTable) assertWhole(file);
      const stage = `files -> ${targetOf(identity.format, identity.table)}`;
      const { into, out, leftOut } = explained(rowsOfTable, members.flatMap(idleOf));
      await reconcile(connection, stage, into, out, leftOut);
    }
    files.push(...rowsOfTable);
  }
  await addReaderChecks(connection, accounts, files, conflicting);
  return files.sort((a, b) => a.file_id - b.file_id);
}

function byTable(accounts: readonly FileAccount[]): [FileAccount, ...FileAccount[]][] {
  const groups = new Map<SourceTable | undefined, [FileAccount, ...FileAccount[]]>();
  for (const account of accounts) {
    const group = groups.get(account.identity.table);
    if (group) group.push(account);
    else groups.set(account.identity.table, [account]);
  }
  return [...groups.values()];
}

async function loadedByFile(connection: DuckDBConnection, { amount }: SourceTable, target: string) {
  const dollars = amount === undefined ? 'null' : `coalesce(sum(${identifier(amount)}), 0)`;
  const found = await rows(
    connection,
    `select file_id, count(*) as loaded, ${dollars} as amount from ${target} group by file_id`,
  );
  return found.map((file) => ({
    id: Number(file.file_id),
    loaded: Number(file.loaded),
    amount: file.amount === null ? null : Number(file.amount),
  }));
}

function assertWhole(file: SourceFile): void {
  const { physical_records, header_records, blank_records, loaded, quarantined, duplicate, skipped } = file;
  const accounted = header_records + blank_records + loaded + quarantined + duplicate + skipped;
  if (physical_records !== accounted) {
    throw new Error(`${file.path} has ${physical_records} records, ${accounted} are accounted for`);
  }
}

function explained(
  files: readonly SourceFile[],
  idle: readonly KindOfRecord[],
): { into: Flow; out: Flow; leftOut: LeftOut[] } {
  const sum = (of: (file: SourceFile) => number) => files.reduce((total, file) => total + of(file), 0);
  const carriesMoney = files.some((file) => file.amount_loaded !== null || file.amount_raw !== null);
  const dollars = (of: (file: SourceFile) => number | null) => (carriesMoney ? sum((file) => of(file) ?? 0) : null);
  const leftOut = [
    {
      reason: 'breaks a rule, quarantined',
      rows: sum(({ quarantined }) => quarantined),
      amount: dollars(({ amount_quarantined }) => amount_quarantined),
    },
    {
      reason: 'said before, the latest is kept',
      rows: sum(({ duplicate }) => duplicate),
      amount: dollars(({ amount_duplicate }) => amount_duplicate),
    },
    ...[...new Set(idle.map(({ kind }) => kind))].map((kind) => {
      const records = idle.filter((other) => other.kind === kind);
      return {
        reason: `${kind} is not used: ${records[0]?.unused}`,
        rows: sumOf(records, ({ records: some }) => some),
        amount: carriesMoney ? 0 : null,
      };
    }),
    {
      reason: 'recognised, not used',
      rows: sum(({ skipped }) => skipped) - sumOf(idle, ({ records }) => records),
      amount: dollars(({ amount_skipped }) => amount_skipped),
    },
  ].filter(({ rows: left }) => left > 0);
  return {
    into: {
      rows: sum((file) => file.loaded + file.quarantined + file.duplicate + file.skipped),
      amount: dollars(dollarsOf),
    },
    out: { rows: sum(({ loaded }) => loaded), amount: dollars(({ amount_loaded }) => amount_loaded) },
    leftOut,
  };
}

async function addReaderChecks(
  connection: DuckDBConnection,
  accounts: readonly FileAccount[],
  files: readonly SourceFile[],
  conflicting: number,
): Promise<void> {
  const recognised = accounts.map(({ identity }) => identity).filter(({ table }) => table !== undefined);
  const reading = {
    files,
    columns: recognised.flatMap(({ columns }) => columns).length,
    strangers: recognised.flatMap(strangersOf).length,
    standIns: accounts.reduce((total, { admitted }) => total + (admitted?.sentinels ?? 0), 0),
    conflicting,
  };
  await addChecks(connection, readerFindings(reading));
}
