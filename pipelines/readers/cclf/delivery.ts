import type { DuckDBConnection } from '@duckdb/node-api';
import { rows } from '../../engine/sql.ts';
import type { Delivered } from '../format.ts';
import { FileRefused } from '../rules.ts';
import { widthOf } from '../shape.ts';
import { FILE_TYPES } from './layout.ts';
import { deliveryOf } from './name.ts';
import { summary, TABLES } from './tables.ts';

interface Counted {
  readonly line: number;
  readonly kind: string;
  readonly records: number;
  readonly length: number;
}

/** What a CCLF0 says, by the id of its file. */
async function countedIn(connection: DuckDBConnection): Promise<Map<number, Counted[]>> {
  const found = await rows(
    connection,
    'select file_id, line_number, file_type, records, record_length from cclf.summary order by file_id, line_number',
  );
  const counted = new Map<number, Counted[]>();
  for (const { file_id, line_number, file_type, records, record_length } of found) {
    const file = counted.get(Number(file_id)) ?? [];
    const [line, kind] = [Number(line_number), String(file_type)];
    counted.set(Number(file_id), [...file, { line, kind, records: Number(records), length: Number(record_length) }]);
  }
  return counted;
}

const typeOf = ({ table }: Delivered): string => `CCLF${FILE_TYPES.find((type) => TABLES[type] === table)}`;
const lengthOf = ({ shape }: Delivered): number => (shape.kind === 'fixed' ? widthOf(shape) : 0);

/** How a file differs from what the CCLF0 of its delivery says of its kind. */
function contradiction(file: Delivered, said: Counted | undefined, summaryName: string): FileRefused | undefined {
  const kind = typeOf(file);
  if (file.records === null) return undefined;
  if (!said) return new FileRefused('C04', null, `${summaryName} does not count a ${kind}`);
  if (said.records !== file.records) {
    return new FileRefused('C05', null, `${file.records} records; ${summaryName} counts ${said.records} of ${kind}`);
  }
  if (file.records > 0 && said.length !== lengthOf(file)) {
    const message = `records of ${lengthOf(file)} characters; ${summaryName} says ${said.length} of ${kind}`;
    return new FileRefused('C06', null, message);
  }
  return undefined;
}

/**
 * Compares the files of each delivery with its CCLF0, both ways. A delivery without one cannot be compared. Returns
 * refusals by the id of the file.
 */
export async function contradictions(
  connection: DuckDBConnection,
  files: readonly Delivered[],
): Promise<Map<number, FileRefused>> {
  const refused = new Map<number, FileRefused>();
  const counted = await countedIn(connection);
  for (const whole of files.filter(({ table, quarantined }) => table === summary && quarantined !== null)) {
    const said = counted.get(whole.id) ?? [];
    const twice = said.find(({ kind }, at) => said.findIndex((other) => other.kind === kind) !== at);
    if (whole.quarantined) {
      refused.set(whole.id, new FileRefused('C01', null, `${whole.quarantined} of its records cannot be read`));
      continue;
    }
    if (twice) {
      refused.set(whole.id, new FileRefused('C01', twice.line, `${twice.kind} is counted twice`));
      continue;
    }
    const delivered = files.filter(
      ({ name, table }) => table !== summary && deliveryOf(name) === deliveryOf(whole.name),
    );
    const missing = said.filter(({ kind, records }) => records > 0 && !delivered.some((file) => typeOf(file) === kind));
    const [first] = missing;
    if (first) {
      const kinds = missing.map(({ kind, records }) => `${kind} (${records} records)`).join(', ');
      refused.set(whole.id, new FileRefused('C03', first.line, `counted, and not in the delivery: ${kinds}`));
    }
    for (const file of delivered) {
      const refusal = contradiction(
        file,
        said.find(({ kind }) => kind === typeOf(file)),
        whole.name,
      );
      if (refusal) refused.set(file.id, refusal);
    }
  }
  return refused;
}
