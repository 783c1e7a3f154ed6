import { isUtf8 } from 'node:buffer';
import type { InputTable } from '../../pipelines/input/contract.ts';

/** What a file of plain lines holds, counted the simplest way. */
export interface Counted {
  readonly records: number;
  /** Cents of the lines that have as many fields as the header; undefined where the amounts are not all plain. */
  readonly cents: bigint | undefined;
}

/** Undefined where quotes, other encodings or endless lines make lines and records different things. */
export function countLines(bytes: Buffer, table: InputTable): Counted | undefined {
  const isMarked = bytes.subarray(0, 3).toString('latin1') === '\xef\xbb\xbf';
  const text = bytes.subarray(isMarked ? 3 : 0).toString('latin1');
  if (text.includes('"') || /^(\xff\xfe|\xfe\xff)/.test(text)) return undefined;
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  if (lines.some((line) => line.length > 1 << 20)) return undefined;
  return { records: lines.length, cents: centsOf(lines, table) };
}

function centsOf(lines: readonly string[], table: InputTable): bigint | undefined {
  const header = lines.find((line) => line !== '') ?? '';
  const names = header.split(',').map((name) => name.trim().toLowerCase());
  const amount = table.columns.find(({ name }) => name === table.amount);
  const wanted = amount?.deliveredAs.map((name) => name.toLowerCase()) ?? [];
  const places = names.flatMap((name, place) => (wanted.includes(name) ? [place] : []));
  const [place] = places;
  if (place === undefined || places.length > 1) return undefined;
  let cents = 0n;
  for (const line of lines) {
    const cells = line.split(',');
    const isGood =
      line !== '' &&
      line !== header &&
      cells.length === names.length &&
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
      !/[\x00-\x08\x0a-\x1f]/.test(line) &&
      isUtf8(Buffer.from(line, 'latin1'));
    if (!isGood) continue;
    const cell = (cells[place] ?? '').replace(/^ +| +$/g, '');
    if (cell === '' || cell === '~') continue;
    const plain = /^([+-]?)(\d{1,13})(?:\.(\d{1,2}))?$/.exec(cell);
    if (!plain) return undefined;
    const [, sign = '', whole = '0', fraction = ''] = plain;
    const value = BigInt(`${whole}${fraction.padEnd(2, '0')}`);
    cents += sign === '-' ? -value : value;
  }
  return cents;
}
