import type { Random } from './random.ts';

/** Delimited text before it is written: the header is the first line. */
export interface Sheet {
  lines: string[][];
  delimiter: string;
  lineEnd: string;
  lastLineEnds: boolean;
  quoted: boolean;
  encoding: 'utf8' | 'latin1' | 'utf16le';
  byteOrderMark: boolean;
}

/** Resources before they are written: the JSON text of each. */
export interface Export {
  records: string[];
  layout: 'lines' | 'bundle' | 'array' | 'resource';
  lineEnd: string;
  lastLineEnds: boolean;
  encoding: 'utf8' | 'latin1' | 'utf16le';
  byteOrderMark: boolean;
}

/** A change to an extract before it is written. */
export type Mutation<Draft> = readonly [name: string, apply: (draft: Draft, random: Random) => void];
export type ByteMutation = readonly [name: string, apply: (bytes: Buffer, random: Random) => Buffer];

/** What stands in cells of extracts that went wrong. */
const CELLS: readonly string[] = [
  ...['', ' ', '~', '?', 'NULL', '0', '-0', '1.005', '1e3', '$5.00', '(5.00)', '5,00', 'NaN', 'Infinity', '0x10'],
  ...['9999999999999999.99', '-9999999999999999.99', '12345678901234567', '1'.repeat(400), '.5', '5.', '+5', '--5'],
  ...['9999-12-31', '0001-01-01', '1900-01-01', '2024-02-30', '24-01-02', '01/02/2024', '20240102', '2024-13-01'],
  ...['2024-01-05T25:00:00', '2024-01-05 10:00', '1024-01-05', '10000-01-01', 'true', 'maybe', 'Y', '1.2.3'],
  ...['"', 'x"y', '"x', 'a""b', "it's", 'a\nb', 'a\rb', 'a\tb', 'a\u0007b', 'a\u0000b', 'ren\u00e9e', '\ufffd'],
  ...['\u{1f600}', '\u202e', '\u00a0', '=1+1', '; drop table x; --', '\\', '|', 'x'.repeat(70_000)],
];

const row = ({ lines }: Sheet, random: Random): string[] => lines[random.below(lines.length)] ?? [];
const at = (items: { readonly length: number }, random: Random): number => random.below(Math.max(items.length, 1));

export const SHEET_MUTATIONS: readonly Mutation<Sheet>[] = [
  [
    'cell',
    (sheet, random) => {
      const cells = row(sheet, random);
      cells[at(cells, random)] = random.pick(CELLS);
    },
  ],
  [
    'column of cells',
    (sheet, random) => {
      const [place, cell] = [at(sheet.lines[0] ?? [], random), random.pick(CELLS)];
      for (const cells of sheet.lines.slice(1)) cells[place] = cell;
    },
  ],
  ['drop a line', ({ lines }, random) => lines.splice(at(lines, random), 1)],
  ['drop all but the header', ({ lines }) => lines.splice(1)],
  ['repeat a line', (sheet, random) => sheet.lines.splice(at(sheet.lines, random), 0, [...row(sheet, random)])],
  ['repeat every line', (sheet) => sheet.lines.push(...sheet.lines.map((cells) => [...cells]))],
  ['repeat the header', ({ lines }, random) => lines.splice(at(lines, random), 0, [...(lines[0] ?? [])])],
  ['move a line', ({ lines }, random) => lines.splice(at(lines, random), 0, ...lines.splice(at(lines, random), 1))],
  ['blank line', ({ lines }, random) => lines.splice(at(lines, random), 0, [])],
  ['line of blanks', ({ lines }, random) => lines.splice(at(lines, random), 0, ['   '])],
  [
    'drop a field',
    (sheet, random) => {
      const cells = row(sheet, random);
      cells.splice(at(cells, random), 1);
    },
  ],
  [
    'add a field',
    (sheet, random) => {
      const cells = row(sheet, random);
      cells.splice(at(cells, random), 0, random.pick(CELLS));
    },
  ],
  [
    'drop a column',
    ({ lines }, random) => {
      const place = at(lines[0] ?? [], random);
      for (const cells of lines) cells.splice(place, 1);
    },
  ],
  [
    'drop most columns',
    ({ lines }, random) => {
      const kept = 1 + random.below(8);
      for (const cells of lines) cells.splice(kept);
    },
  ],
  [
    'repeat a column',
    ({ lines }, random) => {
      const place = at(lines[0] ?? [], random);
      for (const cells of lines) cells.push(cells[place] ?? '');
    },
  ],
  [
    'unknown column',
    ({ lines }, random) => {
      const place = at(lines[0] ?? [], random);
      for (const [line, cells] of lines.entries())
        cells.splice(place, 0, line === 0 ? random.pick(['extra', '', 'x y', 'é']) : 'x');
    },
  ],
  [
    'swap columns',
    ({ lines }, random) => {
      const [one, other] = [at(lines[0] ?? [], random), at(lines[0] ?? [], random)];
      for (const cells of lines) [cells[one], cells[other]] = [cells[other] ?? '', cells[one] ?? ''];
    },
  ],
  [
    'swap two names of the header',
    ({ lines: [header = []] }, random) => {
      const [one, other] = [at(header, random), at(header, random)];
      [header[one], header[other]] = [header[other] ?? '', header[one] ?? ''];
    },
  ],
  [
    'header in other letters',
    ({ lines }) => {
      lines[0] = (lines[0] ?? []).map((name) => ` ${name.toUpperCase()} `);
    },
  ],
  [
    'delimiter',
    (sheet, random) => {
      sheet.delimiter = random.pick(['|', '\t', ';', ':']);
    },
  ],
  [
    'line ends',
    (sheet, random) => {
      sheet.lineEnd = random.pick(['\r\n', '\r', '\n\r', '\n\n']);
    },
  ],
  [
    'no last line end',
    (sheet) => {
      sheet.lastLineEnds = false;
    },
  ],
  [
    'quoted',
    (sheet) => {
      sheet.quoted = true;
    },
  ],
  [
    'encoding',
    (sheet, random) => {
      sheet.encoding = random.pick(['latin1', 'utf16le']);
    },
  ],
  [
    'byte order mark',
    (sheet) => {
      sheet.byteOrderMark = true;
    },
  ],
];

export function written({ lines, delimiter, lineEnd, lastLineEnds, quoted, encoding, byteOrderMark }: Sheet): Buffer {
  const cellOf = (cell: string) => (quoted ? `"${cell.replaceAll('"', '""')}"` : cell);
  const text = lines.map((cells) => cells.map(cellOf).join(delimiter)).join(lineEnd);
  return Buffer.from(`${byteOrderMark ? '\ufeff' : ''}${text}${lastLineEnds ? lineEnd : ''}`, encoding);
}

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };
type JsonObject = { [name: string]: Json };

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const nested = (levels: number): Json => JSON.parse('['.repeat(levels) + ']'.repeat(levels));

/** What stands in members of resources that went wrong. */
const ODDITIES: readonly Json[] = [
  ...[null, true, false, 0, -1.5, 0.001, 1e21, 2 ** 53, {}, [], [null], [[{ coding: 'x' }]], nested(40)],
  ...[nested(150), { coding: { code: 1 }, reference: 7, value: 'abc', start: '0000-00-00', amount: [] }],
];
const TYPES = [
  ...['Patient', 'ExplanationOfBenefit', 'Observation', 'Task', 'Device', 'Bundle', 'OperationOutcome', 'Parameters'],
  ...['patient', 'Patinet', '', 'Patient ', null, 5, {}],
];
const DOLLARS: readonly Json[] = [
  ...['10.25', '', 'ten', '$5.00', '1,000.00', '1e3', ' 5', 10.255, 1e13, -0.01, 0, 1e-7, 999999999999.99],
  ...[null, true, {}, [10.25]],
];
const REFERENCES = ['#me', '#', 'urn:uuid:x', 'Patient/absent', 'https://h/fhir/Patient/a/_history/2', 'Patient?a=b|c'];
/** Lines that are no resource. */
const STRAYS = [
  ...[
    '',
    ' ',
    '{',
    '}',
    ',',
    '[]',
    'null',
    '42',
    '"Patient"',
    '{}',
    '<html/>',
    'end of export',
    '{"id":"x"}',
    '\ufeff',
  ],
  ...['{"resourceType":"OperationOutcome"}', '{"resourceType":"Bundle","entry":[]}', `{"a":${'['.repeat(2000)}`],
  ...[
    '{"resourceType":"Patient","id":"a","id":"b"}',
    '{"resourceType":"Patient","id":"\\ud800"}',
    'x'.repeat(1_100_000),
  ],
];

/** A random resource of the export, parsed; undefined where what was done before left it no object. */
function changeOne({ records }: Export, random: Random, change: (resource: JsonObject) => void): void {
  const place = at(records, random);
  try {
    const resource: Json = JSON.parse(records[place] ?? '');
    if (!isObject(resource)) return;
    change(resource);
    records[place] = JSON.stringify(resource);
  } catch {}
}

type Place = readonly [holder: JsonObject | Json[], name: string];

function placesIn(value: Json): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]): Place[] => [[value, name], ...placesIn(part)]);
}

/** A random member or element, however deep. */
const changePlace =
  (change: (holder: JsonObject | Json[], name: string, random: Random) => void) =>
  (bulk: Export, random: Random): void =>
    changeOne(bulk, random, (resource) => {
      const places = placesIn(resource);
      if (places.length > 0) change(...random.pick(places), random);
    });

/** A random resource, as text. */
const changeText =
  (change: (text: string, random: Random) => string) =>
  ({ records }: Export, random: Random): void => {
    const place = at(records, random);
    records[place] = change(records[place] ?? '', random);
  };

const put = (holder: JsonObject | Json[], name: string, value: Json): void => {
  Object.assign(holder, { [name]: value });
};

export const EXPORT_MUTATIONS: readonly Mutation<Export>[] = [
  ['member', changePlace((holder, name, random) => put(holder, name, random.pick(ODDITIES)))],
  ['text of a member', changePlace((holder, name, random) => put(holder, name, random.pick(CELLS)))],
  [
    'drop a member',
    changePlace((holder, name) => {
      if (Array.isArray(holder)) holder.splice(Number(name), 1);
      else delete holder[name];
    }),
  ],
  [
    'member under another name',
    changePlace((holder, name) => put(holder, `${name}Also`, Array.isArray(holder) ? null : (holder[name] ?? null))),
  ],
  ['type', (bulk, random) => changeOne(bulk, random, (resource) => put(resource, 'resourceType', random.pick(TYPES)))],
  [
    'dollars',
    (bulk, random) =>
      changeOne(bulk, random, (resource) => put(resource, 'payment', { amount: { value: random.pick(DOLLARS) } })),
  ],
  ['id', (bulk, random) => changeOne(bulk, random, (resource) => put(resource, 'id', random.pick(CELLS)))],
  ['no id', (bulk, random) => changeOne(bulk, random, (resource) => delete resource.id)],
  [
    'patient',
    (bulk, random) =>
      changeOne(bulk, random, (resource) => {
        for (const name of ['patient', 'subject', 'beneficiary']) {
          if (name in resource) resource[name] = { reference: random.pick(REFERENCES) };
        }
      }),
  ],
  [
    'version',
    (bulk, random) =>
      changeOne(bulk, random, (resource) =>
        put(resource, 'meta', { lastUpdated: random.pick(CELLS), versionId: random.pick(CELLS) }),
      ),
  ],
  ['name twice', changeText((text, random) => text.replace('{', `{"${random.pick(['id', 'status', 'type'])}":"x",`))],
  ['cut a resource', changeText((text, random) => text.slice(0, random.below(text.length + 1)))],
  ['words behind a resource', changeText((text, random) => `${text}${random.pick([',', ' x', '{}', '}', ' // x'])}`)],
  ['numbers in another notation', changeText((text) => text.replace(/:(-?\d+)([,}])/, ':$1e0$2'))],
  [
    'escapes',
    changeText((text, random) => text.replace('"id":"', `"id":"${random.pick(['\\u0000', '\\ud83d', '\\x41'])}`)),
  ],
  ['blanks between', changeText((text) => text.replaceAll('":', '" : '))],
  ['stray', ({ records }, random) => records.splice(at(records, random), 0, random.pick(STRAYS))],
  ['drop a resource', ({ records }, random) => records.splice(at(records, random), 1)],
  [
    'repeat a resource',
    ({ records }, random) => records.splice(at(records, random), 0, records[at(records, random)] ?? ''),
  ],
  ['repeat every resource', ({ records }) => records.push(...records)],
  [
    'layout',
    (bulk, random) => {
      bulk.layout = random.pick(['lines', 'bundle', 'array', 'resource']);
    },
  ],
  [
    'ends of resources',
    (bulk, random) => {
      bulk.lineEnd = random.pick(['\r\n', '\r', '\n\n', '\n \n', '']);
    },
  ],
  [
    'no last end',
    (bulk) => {
      bulk.lastLineEnds = false;
    },
  ],
  [
    'encoding of resources',
    (bulk, random) => {
      bulk.encoding = random.pick(['latin1', 'utf16le']);
    },
  ],
  [
    'byte order mark in front',
    (bulk) => {
      bulk.byteOrderMark = true;
    },
  ],
];

export function exported({ records, layout, lineEnd, lastLineEnds, encoding, byteOrderMark }: Export): Buffer {
  const between = `,${lineEnd}`;
  const texts = {
    lines: () => records.join(lineEnd),
    bundle: () =>
      `{"resourceType":"Bundle","entry":[${lineEnd}${records.map((one) => `{"resource":${one}}`).join(between)}]}`,
    array: () => `[${records.join(between)}]`,
    resource: () => (records[0] ?? '').replace('{', `{${lineEnd}`),
  };
  const text = `${byteOrderMark ? '\ufeff' : ''}${texts[layout]()}${lastLineEnds ? lineEnd : ''}`;
  return Buffer.from(text, encoding);
}

const BYTES: readonly number[] = [0, 1, 9, 10, 13, 26, 32, 34, 44, 45, 46, 48, 57, 127, 128, 0xc3, 0xe9, 0xff];

/** Bytes of `length` at most, from a random place. */
function range(bytes: Buffer, random: Random, length: number): [from: number, to: number] {
  const from = at(bytes, random);
  return [from, Math.min(bytes.length, from + 1 + random.below(length))];
}

const changed = (bytes: Buffer, change: (copy: Buffer) => void): Buffer => {
  const copy = Buffer.from(bytes);
  change(copy);
  return copy;
};

export const BYTE_MUTATIONS: readonly ByteMutation[] = [
  [
    'bit',
    (bytes, random) =>
      changed(bytes, (copy) => {
        const place = at(copy, random);
        copy[place] = (copy[place] ?? 0) ^ (1 << random.below(8));
      }),
  ],
  [
    'byte',
    (bytes, random) =>
      changed(bytes, (copy) => {
        copy[at(copy, random)] = random.pick(BYTES);
      }),
  ],
  [
    'bytes out',
    (bytes, random) => {
      const [from, to] = range(bytes, random, 40);
      return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
    },
  ],
  [
    'bytes twice',
    (bytes, random) => {
      const [from, to] = range(bytes, random, 200);
      return Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)]);
    },
  ],
  [
    'bytes in',
    (bytes, random) => {
      const place = at(bytes, random);
      const added = Buffer.from(Array.from({ length: 1 + random.below(8) }, () => random.pick(BYTES)));
      return Buffer.concat([bytes.subarray(0, place), added, bytes.subarray(place)]);
    },
  ],
  [
    'number',
    (bytes, random) =>
      changed(bytes, (copy) => {
        const value = random.pick([0, 1, 0x7fffffff, 0x80000000, 0xffffffff, 0xffff]);
        if (copy.length >= 4) copy.writeUInt32LE(value, random.below(copy.length - 3));
      }),
  ],
  [
    'zeros',
    (bytes, random) =>
      changed(bytes, (copy) => {
        copy.fill(0, ...range(copy, random, 64));
      }),
  ],
  ['cut', (bytes, random) => bytes.subarray(0, at(bytes, random))],
  ['cut at the end', (bytes, random) => bytes.subarray(0, Math.max(0, bytes.length - 1 - random.below(12)))],
  ['twice', (bytes) => Buffer.concat([bytes, bytes])],
  ['more behind', (bytes, random) => Buffer.concat([bytes, Buffer.alloc(1 + random.below(64), random.pick(BYTES))])],
  ['more before', (bytes, random) => Buffer.concat([Buffer.alloc(1 + random.below(8), random.pick(BYTES)), bytes])],
];
