import type { Claim, Head } from '../format.ts';
import { FileRefused } from '../rules.ts';
import type { FixedField } from '../shape.ts';
import { FILE_TYPES, type FileType, LAYOUTS, unreadFrom } from './layout.ts';
import { namedType } from './name.ts';
import { summary, TABLES } from './tables.ts';

/** Share of the records whose identifiers, dates and numbers must look like a kind of file before it counts as that. */
const LIKENESS = 0.5;
/** Share of short records up to which they are spoilt rather than trimmed. */
const RARE = 0.05;

/** What a field cannot but hold. */
function patternOf({ name }: FixedField): RegExp | undefined {
  if (name === 'CUR_CLM_UNIQ_ID') return /^\d{1,13}$/;
  if (name === 'BENE_MBI_ID') return /^[A-Z0-9]{11}$/;
  if (name === 'CLM_LINE_NUM' || name === 'CLM_VAL_SQNC_NUM') return /^\d+$/;
  if (name === 'CRNT_NUM' || name === 'PRVS_NUM') return /^[A-Z0-9]{7,11}$/;
  if (name === 'HICN_MBI_XREF_IND') return /^[MH]$/;
  return name.endsWith('_DT') || name === 'BENE_DOB' ? /^(\d{4}-\d{2}-\d{2})?$/ : undefined;
}

const valueIn = (line: string, { start, length }: FixedField): string =>
  line.slice(start - 1, start - 1 + length).trim();

/** Whether most records hold, in the places of this kind of file, what those places cannot but hold. */
function isLike(type: FileType, records: readonly string[]): boolean {
  const told = LAYOUTS[type].fields.flatMap((field) => {
    const pattern = patternOf(field);
    return pattern ? [{ field, pattern }] : [];
  });
  const alike = records.filter((record) => told.every(({ field, pattern }) => pattern.test(valueIn(record, field))));
  return alike.length > LIKENESS * records.length;
}

interface Version {
  /** Characters of a whole record. */
  readonly width: number;
  /** Characters of the shortest record that may stand. */
  readonly shortest: number;
}

/** The length that most records have; of several the one that is published. */
function usualLength(records: readonly string[], published: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const { length } of records) counts.set(length, (counts.get(length) ?? 0) + 1);
  const rank = ([length, count]: [number, number]) => 2 * count + (published.includes(length) ? 1 : 0);
  return [...counts].sort((a, b) => rank(b) - rank(a) || b[0] - a[0])[0]?.[0] ?? 0;
}

/**
 * The published version whose records are usually as long as these, or as long but for trailing blanks where its tail
 * may be blank: then no record ends with a blank, the longest reaches the last field of the version, save in CCLF8 and
 * CCLF9, and short records are no rare exception. Undefined for any other length.
 */
function versionOf(type: FileType, records: readonly string[]): Version | undefined {
  const { fields, lengths, blankTail, essential } = LAYOUTS[type];
  const areCut = !records.some((record) => record.endsWith(' '));
  const usual = usualLength(records, lengths);
  if (lengths.includes(usual)) {
    const short = records.filter(({ length }) => length < usual).length;
    const isTrimmed = areCut && usual === blankTail && short > RARE * records.length;
    return { width: usual, shortest: isTrimmed ? essential : usual };
  }
  if (blankTail === undefined || !areCut) return undefined;
  const longest = records.reduce((most, { length }) => Math.max(most, length), 0);
  const tail = fields.findLast(({ start }) => start <= blankTail)?.start ?? blankTail;
  const reached = type === '8' || type === '9' ? essential : tail - 1;
  return longest >= reached && longest < blankTail ? { width: blankTail, shortest: essential } : undefined;
}

/** The fields of a record of this width; those that nothing reads land as they stand, neighbours in one. */
function fieldsOf(type: FileType, width: number): FixedField[] {
  const read = new Set(TABLES[type].columns.flatMap(({ deliveredAs }) => deliveredAs));
  const fields: FixedField[] = [];
  let unread: FixedField | undefined;
  for (const { name, start, length } of LAYOUTS[type].fields.filter((field) => field.start <= width)) {
    if (read.has(name)) {
      fields.push({ name: name.toLowerCase(), start, length });
      unread = undefined;
    } else if (unread) {
      unread = { ...unread, length: unread.length + length };
      fields.splice(-1, 1, unread);
    } else {
      unread = { name: unreadFrom(start), start, length };
      fields.push(unread);
    }
  }
  return fields;
}

function fixed(type: FileType, { width, shortest }: Version, refusal?: FileRefused): Claim {
  const fields = fieldsOf(type, width);
  const columns = fields.map(({ name }) => name);
  return { table: TABLES[type], shape: { kind: 'fixed', fields, shortest }, columns, ...(refusal && { refusal }) };
}

/** CCLF0 names its columns, in whatever width. */
function summarised(header: string, refusal?: FileRefused): Claim {
  const columns = header.split('|').map((cell) => cell.trim().toLowerCase());
  const missing = summary.columns.filter(
    ({ presence, deliveredAs }) =>
      presence === 'filled' && !deliveredAs.some((name) => columns.includes(name.toLowerCase())),
  );
  const [lacking] = missing.map(({ deliveredAs }) => deliveredAs[0]);
  const broken =
    lacking === undefined ? refusal : new FileRefused('C01', 1, `the first record of CCLF0 lacks "${lacking}"`);
  return { table: summary, shape: { kind: 'delimited', delimiter: '|' }, columns, ...(broken && { refusal: broken }) };
}

const SUMMARY = /^File (Number|Type)\s*\|/i;
const COUNTED = /^CCLF[0-9AB]\s*\|/;

const newest = (type: FileType): Version => {
  const width = LAYOUTS[type].lengths.at(-1) ?? 0;
  return { width, shortest: width };
};

/**
 * Knows a CCLF file by the length of its first records and by what stands in them. Its name breaks ties, tells the kind
 * of a file without records, and betrays a layout that is not published here.
 */
export function claim({ name, text, isWhole }: Head): Claim | undefined {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
  if (!isWhole) lines.pop();
  const records = lines.filter((line) => line !== '');
  const [first = ''] = records;
  const named = namedType(name);
  if (SUMMARY.test(first)) return summarised(first);
  if (COUNTED.test(first)) return summarised(first, new FileRefused('C01', 1, 'the header of CCLF0 is missing'));
  const fitting = FILE_TYPES.flatMap((type) => {
    const version = versionOf(type, records);
    return version && isLike(type, records) ? [{ type, version }] : [];
  });
  const known = fitting.find(({ type }) => type === named) ?? fitting[0];
  if (known) return fixed(known.type, known.version);
  if (named === undefined) return undefined;
  if (named === '0') return summarised(first, new FileRefused('C01', 1, 'the file is named CCLF0 and is none'));
  if (records.length === 0) return fixed(named, newest(named));
  const version = versionOf(named, records);
  if (version) return fixed(named, version);
  const { lengths } = LAYOUTS[named];
  const message = `records of ${usualLength(records, lengths)} characters; those of CCLF${named} have ${lengths.join(' or ')}`;
  return fixed(named, newest(named), new FileRefused('C02', 1, message));
}
