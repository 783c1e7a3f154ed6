import { isUtf8 } from 'node:buffer';
import { BrokenJson, JsonCursor } from './json.ts';
import { MAX_RECORD_BYTES } from './records.ts';
import { FileRefused, type RuleId } from './rules.ts';

/** One record of a JSON document, as it stands there. */
export interface DocumentRecord {
  readonly bytes: Buffer;
  /** Why it is none, where the document has something else in its place. */
  readonly defect?: RuleId | undefined;
}

/** The records of the document that the cursor stands in front of, in order. Throws BrokenJson. */
export type RecordsOf = (document: JsonCursor) => readonly DocumentRecord[];

const [LF, CR, SPACE] = [10, 13, 32];

/** The records of a whole JSON document, each on one line. Throws FileRefused (F02, J01). */
export function recordsIn(bytes: Buffer, recordsOf: RecordsOf): readonly DocumentRecord[] {
  if (!isUtf8(bytes)) throw new FileRefused('F02', null, 'the text is not UTF-8');
  const document = new JsonCursor().moveTo(bytes);
  try {
    const records = recordsOf(document);
    if (!document.isDone) throw new BrokenJson(document.at);
    return records.map(({ bytes: record, defect }) => ({
      bytes: onOneLine(record),
      defect: defect ?? (record.length > MAX_RECORD_BYTES ? 'R05' : undefined),
    }));
  } catch (cause) {
    if (!(cause instanceof BrokenJson)) throw cause;
    const line = 1 + bytes.subarray(0, cause.at).filter((byte) => byte === LF).length;
    throw new FileRefused('J01', line, `not valid JSON near line ${line}`, { cause });
  }
}

/** Line ends of JSON stand between its values only, so a blank does as well. */
const onOneLine = (bytes: Buffer): Buffer =>
  Buffer.from(bytes.map((byte) => (byte === LF || byte === CR ? SPACE : byte)));
