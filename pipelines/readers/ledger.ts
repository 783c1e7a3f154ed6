import type { DuckDBConnection } from '@duckdb/node-api';
import type { SourceFile } from '#contract/run';
import type { Finding } from '../engine/check.ts';
import { insertRows } from '../engine/sql.ts';

const TABLES = {
  source_file: `file_id integer, path varchar, format varchar, kind varchar, sha256 varchar, bytes bigint,
    physical_records bigint, header_records bigint, blank_records bigint, loaded bigint, quarantined bigint,
    duplicate bigint, skipped bigint, amount_raw decimal(18,2), amount_loaded decimal(18,2),
    amount_quarantined decimal(18,2), amount_duplicate decimal(18,2), amount_skipped decimal(18,2), note varchar`,
  quarantine: 'file_id integer, line_number bigint, rule_id varchar, reason varchar, raw varchar',
  reconciliation: `stage varchar, rows_in bigint, rows_out bigint, amount_in decimal(18,2), amount_out decimal(18,2),
    reason varchar, rows bigint, amount decimal(18,2)`,
  feed: 'source_name varchar, kind varchar, rows bigint, first_date date, last_date date, paid_through date',
  feed_month: 'source_name varchar, kind varchar, file_id integer, month date, rows bigint',
  check: `check_id varchar, number integer, title varchar, severity varchar, status varchar, violations bigint,
    denominator bigint, threshold double, owner varchar, override varchar, metrics_touched varchar[]`,
};

/** Creates the tables of the schema `run` that reading fills. */
export async function createLedger(connection: DuckDBConnection): Promise<void> {
  for (const [name, columns] of Object.entries(TABLES)) {
    await connection.run(`create table if not exists run.${name} (${columns})`);
  }
}

export async function addSourceFile(connection: DuckDBConnection, file: SourceFile): Promise<void> {
  const names = Object.keys(file);
  const values = names.map((name) => `$${name}`).join(', ');
  await connection.run(`insert into run.source_file (${names.join(', ')}) values (${values})`, { ...file });
}

/** Why records of a stage did not go on, and how many dollars they carry where that is followed. */
export interface LeftOut {
  readonly reason: string;
  readonly rows: number;
  readonly amount: number | null;
}

/** What goes into a stage, or comes out of it. */
export interface Flow {
  readonly rows: number;
  /** Dollars, where the stage follows them. */
  readonly amount: number | null;
}

/** One step from the files to the numbers, counted at both ends. */
export interface Stage {
  readonly stage: string;
  readonly into: Flow;
  readonly out: Flow;
  readonly leftOut: readonly LeftOut[];
}

/** Lines of run.reconciliation: rows, and cents where they are followed, in = out + those of its reasons, or it throws. */
function linesOf({ stage, into, out, leftOut }: Stage) {
  const explained = leftOut.reduce((sum, { rows }) => sum + rows, out.rows);
  if (explained !== into.rows) throw new Error(`${stage}: ${into.rows} rows went in, ${explained} are explained`);
  if (into.amount !== null) {
    const dollars = leftOut.reduce((sum, { amount }) => sum + (amount ?? 0), out.amount ?? 0);
    if (Math.round(dollars * 100) !== Math.round(into.amount * 100)) {
      throw new Error(`${stage}: $${into.amount.toFixed(2)} went in, $${dollars.toFixed(2)} are explained`);
    }
  }
  const reasons = leftOut.length > 0 ? leftOut : [{ reason: 'nothing left out', rows: 0, amount: null }];
  const ends = { stage, rows_in: into.rows, rows_out: out.rows, amount_in: into.amount, amount_out: out.amount };
  return reasons.map((reason) => ({ ...ends, ...reason }));
}

/** Explains stages in run.reconciliation. Throws when one loses or invents a row or a cent. */
export async function reconcileAll(connection: DuckDBConnection, stages: readonly Stage[]): Promise<void> {
  await insertRows(connection, 'run.reconciliation', TABLES.reconciliation, stages.flatMap(linesOf));
}

/** Explains one stage. */
export const reconcile = (
  connection: DuckDBConnection,
  stage: string,
  into: Flow,
  out: Flow,
  leftOut: readonly LeftOut[],
): Promise<void> => reconcileAll(connection, [{ stage, into, out, leftOut }]);

const FINDINGS = JSON.stringify([
  {
    ...{ id: 'varchar', number: 'integer', title: 'varchar', severity: 'varchar', status: 'varchar' },
    ...{ violations: 'bigint', denominator: 'bigint', threshold: 'double', owner: 'varchar' },
  },
]);

/** Writes what checks found, with no override and no metric yet. */
export async function addChecks(connection: DuckDBConnection, findings: readonly Finding[]): Promise<void> {
  await connection.run(
    `insert into run.check by name
     select * rename (id as check_id), null::varchar as override, []::varchar[] as metrics_touched
     from (select unnest(from_json($1::json, $2), recursive := true))`,
    [JSON.stringify(findings), FINDINGS],
  );
}
