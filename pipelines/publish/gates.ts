import type { DuckDBConnection } from '@duckdb/node-api';
import type { Override } from '#contract/run';
import { discover } from '../engine/discover.ts';
import { EXIT, PeopleError } from '../engine/error.ts';
import { rows } from '../engine/sql.ts';
import { inputChecks } from '../input/checks/index.ts';
import { readerRules } from '../readers/checks.ts';
import { isHistory } from './history.ts';
import { warehouseIds } from './warehouse.ts';

const unknown = (id: string): PeopleError =>
  new PeopleError(EXIT.usage, `--allow names "${id}", which is no check; the Data page lists them`);

/**
 * The overrides of a command line, CHECK_ID=REASON each. Exit 2 when there is no check of that name or the reason is
 * missing. Drops in volume are named after sources, which only a run knows: `demandKnown` looks at those.
 */
export async function readOverrides(texts: readonly string[]): Promise<Override[]> {
  if (texts.length === 0) return [];
  const known = new Set([
    ...[...Object.values(readerRules), ...inputChecks].map(({ id }) => id),
    ...warehouseIds(await discover()),
  ]);
  return texts.map((text) => {
    const [, check = '', reason = ''] = /^([^=]*)=?(.*)$/s.exec(text) ?? [];
    if (!known.has(check) && !isHistory(check)) throw unknown(check);
    if (!/\S\s+\S/.test(reason)) {
      throw new PeopleError(
        EXIT.usage,
        `--allow ${check}= needs a reason of a few words: it is published with the data`,
      );
    }
    return { check, reason: reason.trim() };
  });
}

/**
 * Throws exit 4 when a check of severity error has failed and nobody overrides it. An overridden check stays failed and
 * carries the reason. Returns the overrides that were needed.
 */
export async function passGates(connection: DuckDBConnection, overrides: readonly Override[]): Promise<Override[]> {
  for (const { check, reason } of overrides) {
    await connection.run(
      "update run.check set override = $2 where check_id = $1 and status = 'failed' and severity = 'error'",
      [check, reason],
    );
  }
  const failed = await rows(
    connection,
    `select check_id, title, violations, denominator, override from run.check
     where severity = 'error' and status = 'failed' order by number, check_id`,
  );
  const blocking = failed.filter(({ override }) => override === null);
  if (blocking.length > 0) {
    const lines = blocking.map(
      ({ check_id, title, violations, denominator }) => `  ${check_id}: ${title} (${violations} of ${denominator})`,
    );
    throw new PeopleError(
      EXIT.blocked,
      `not published, ${blocking.length} ${blocking.length === 1 ? 'gate' : 'gates'} failed:
${lines.join('\n')}
Mend the data, or publish with --allow CHECK_ID="REASON".`,
    );
  }
  return failed.map(({ check_id, override }) => ({ check: String(check_id), reason: String(override) }));
}

/** Exit 2 for an override of a drop that this run could not have. */
export async function demandKnown(connection: DuckDBConnection, overrides: readonly Override[]): Promise<void> {
  const known = new Set((await rows(connection, 'select check_id from run.check')).map(({ check_id }) => check_id));
  for (const { check } of overrides) if (!known.has(check)) throw unknown(check);
}
