import { isUtf8 } from 'node:buffer';
import type { InputTable } from '../../pipelines/input/contract.ts';

/** What a file holds, counted the simplest way. */
export interface Counted {
  readonly records: number;
  /** Cents of the good records; undefined where the amounts are not all plain. */
  readonly cents: bigint | undefined;
}

const MOST_BYTES = 1 << 20;

/** A character for each byte, without the byte order mark. Undefined for UTF-16. */
function textOf(bytes: Buffer): string | undefined {
  const text = bytes.toString('latin1').replace(/^\xef\xbb\xbf/, '');
  return /^(\xff\xfe|\xfe\xff)/.test(text) ? undefined : text;
}

/** Undefined where a line has no end. */
function linesIn(text: string): string[] | undefined {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines.some((line) => line.length > MOST_BYTES) ? undefined : lines;
}

/** Undefined where quotes, other encodings or endless lines make lines and records different things. */
export function countLines(bytes: Buffer, table: InputTable): Counted | undefined {
  const text = textOf(bytes);
  const lines = text === undefined || text.includes('"') ? undefined : linesIn(text);
  return lines && { records: lines.length, cents: centsIn(lines, table) };
}

function centsIn(lines: readonly string[], table: InputTable): bigint | undefined {
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
    const plain = plainCents(cell);
    if (plain === undefined) return undefined;
    cents += plain;
  }
  return cents;
}

function plainCents(amount: string): bigint | undefined {
  const plain = /^([+-]?)(\d{1,12})(?:\.(\d{1,2}))?$/.exec(amount);
  if (!plain) return undefined;
  const [, sign = '', whole = '0', fraction = ''] = plain;
  const cents = BigInt(`${whole}${fraction.padEnd(2, '0')}`);
  return sign === '-' ? -cents : cents;
}

/**
 * FHIR resources, a line each or in one document, by the JSON parser of the platform. Undefined where another parser
 * might well find others.
 */
export function countResources(bytes: Buffer): Counted | undefined {
  const text = textOf(bytes);
  if (text === undefined || text.length > MOST_BYTES) return undefined;
  const document = parsed(text);
  if (document) return document.isPlain ? countDocument(document.value, text) : undefined;
  const lines = linesIn(text);
  return lines && { records: lines.length, cents: sum(lines.map(centsOnLine)) };
}

function countDocument(value: unknown, text: string): Counted | undefined {
  const isBundle = member(value, 'resourceType') === 'Bundle';
  const entry = member(value, 'entry');
  const entries = isBundle && Array.isArray(entry) ? entry.map((one) => member(one, 'resource')) : [];
  const resources = Array.isArray(value) ? value : isBundle ? entries : [value];
  // One resource with blank lines around it may as well be a file of lines.
  if (resources[0] === value && /(^|[\n\r])\s*[\n\r]|[\n\r]\s+$/.test(text)) return undefined;
  return { records: resources.length, cents: sum(resources.map(centsPaid)) };
}

function centsOnLine(line: string): bigint | undefined {
  const resource = parsed(line);
  if (!resource) return 0n;
  return resource.isPlain ? centsPaid(resource.value) : undefined;
}

interface Parsed {
  readonly value: unknown;
  /** No name stands twice, no number is in scientific notation or very long, no escape stands for a character, nothing is deep. */
  readonly isPlain: boolean;
}

/** Undefined for what is not JSON. `text` has a character for each byte. */
function parsed(text: string): Parsed | undefined {
  const bytes = Buffer.from(text, 'latin1');
  if (!isUtf8(bytes)) return undefined;
  try {
    const value: unknown = JSON.parse(bytes.toString());
    const bare = text.replace(/"(?:[^"\\]|\\.)*"/g, '');
    const isPlain =
      bare.split(':').length - 1 === namesIn(value) && !/\d[eE]|[\d.]{20}|[[{]{40}/.test(bare) && !text.includes('\\u');
    return { value, isPlain };
  } catch {
    return undefined;
  }
}

function namesIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const own = Array.isArray(value) ? 0 : Object.keys(value).length;
  return Object.values(value).reduce<number>((names, part) => names + namesIn(part), own);
}

/** What stands under a name in an object. */
function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.entries(value).find(([other]) => other === name)?.[1];
}

/** Cents of the payment of a claim; undefined where they are written in any odd way. */
function centsPaid(resource: unknown): bigint | undefined {
  if (member(resource, 'resourceType') !== 'ExplanationOfBenefit') return 0n;
  const dollars = member(member(member(resource, 'payment'), 'amount'), 'value');
  if (dollars === undefined || dollars === null) return 0n;
  return typeof dollars === 'number' || typeof dollars === 'string' ? plainCents(String(dollars)) : undefined;
}

const sum = (amounts: readonly (bigint | undefined)[]): bigint | undefined =>
  amounts.reduce<bigint | undefined>(
    (total, amount) => (total === undefined || amount === undefined ? undefined : total + amount),
    0n,
  );
