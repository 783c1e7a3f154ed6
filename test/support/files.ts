import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { DuckDBInstance } from '@duckdb/node-api';
import { DataType, tableFromIPC } from 'apache-arrow';
import { parse } from 'csv-parse/sync';
import { fromBuffer } from 'yauzl';

/** What a file holds, read by other code than wrote it: names, types as the format calls them, values as text. */
export interface Read {
  readonly names: readonly string[];
  readonly types: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
  /** What the file says of itself, where the format carries it as one text. */
  readonly metadata: string | null;
}

const dayOf = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);

export function readCsv(bytes: Uint8Array): Read {
  const [names = [], ...rows]: string[][] = parse(Buffer.from(bytes), { bom: true });
  return { names, types: names.map(() => 'text'), rows, metadata: null };
}

export function readArrow(bytes: Uint8Array): Read {
  const table = tableFromIPC(bytes);
  const columns = table.schema.fields.map(({ type }, at) =>
    [...table.getChildAt(at)!].map((value: unknown) => {
      if (value === null) return null;
      if (DataType.isDecimal(type) && value instanceof Uint32Array) {
        const whole = BigInt.asIntN(64, BigInt(value[0]!) + (BigInt(value[1]!) << 32n));
        return String(Number(whole) / 10 ** type.scale);
      }
      return DataType.isDate(type) ? dayOf(Number(value)) : String(value);
    }),
  );
  return {
    names: table.schema.fields.map(({ name }) => name),
    types: table.schema.fields.map(({ type }) => String(type)),
    rows: Array.from({ length: table.numRows }, (_, row) => columns.map((values) => values[row] ?? null)),
    metadata: table.schema.metadata.get('throughline') ?? null,
  };
}

export async function readParquet(bytes: Uint8Array): Promise<Read> {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-parquet-'));
  const instance = await DuckDBInstance.create(':memory:');
  try {
    const file = join(folder, 'file.parquet');
    writeFileSync(file, bytes);
    const connection = await instance.connect();
    const found = await connection.runAndReadAll(`from read_parquet('${file}')`);
    const told = await connection.runAndReadAll(`select decode(value) from parquet_kv_metadata('${file}')`);
    return {
      names: found.columnNames(),
      types: found.columnTypes().map(String),
      rows: found.getRowsJson().map((row) => row.map((value) => (value === null ? null : String(value)))),
      metadata: String(told.getRows()[0]?.[0]),
    };
  } finally {
    instance.closeSync();
    rmSync(folder, { recursive: true });
  }
}

export async function unzipped(bytes: Uint8Array): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const archive = await new Promise<import('yauzl').ZipFile>((resolve, reject) =>
    fromBuffer(Buffer.from(bytes), { lazyEntries: true, validateEntrySizes: true }, (error, zip) =>
      error ? reject(error) : resolve(zip),
    ),
  );
  await new Promise<void>((resolve, reject) => {
    archive.on('end', resolve).on('error', reject);
    archive.on('entry', (entry: import('yauzl').Entry) =>
      archive.openReadStream(entry, async (error, stream) => {
        if (error) return reject(error);
        files.set(entry.fileName, await text(stream));
        archive.readEntry();
      }),
    );
    archive.readEntry();
  });
  return files;
}

const unescaped = (xml: string): string =>
  xml
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replace(/_x([0-9A-F]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

function cellOf(about: string, content: string): { type: string; value: string } {
  if (about.includes('inlineStr'))
    return { type: 'text', value: unescaped(/<t[^>]*>(.*)<\/t>/s.exec(content)?.[1] ?? '') };
  const value = /<v>(.*)<\/v>/.exec(content)?.[1] ?? '';
  if (about.includes('t="b"')) return { type: 'boolean', value: value === '1' ? 'true' : 'false' };
  if (about.includes('s="2"')) return { type: 'date', value: dayOf((Number(value) - 25_569) * 86_400_000) };
  return { type: 'number', value: String(Number(value)) };
}

/** Sheets by name, in their order. The type of a column is that of its first cell that is filled. */
export async function readXlsx(bytes: Uint8Array): Promise<Map<string, Read>> {
  const files = await unzipped(bytes);
  const sheets = [...(files.get('xl/workbook.xml') ?? '').matchAll(/<sheet name="([^"]+)"/g)];
  return new Map(
    sheets.map(([, name = ''], at) => {
      const xml = files.get(`xl/worksheets/sheet${at + 1}.xml`) ?? '';
      if (/<f[ >]/.test(xml)) throw new Error('a cell is a formula');
      const read = [...xml.matchAll(/<row r="(\d+)">(.*?)<\/row>/gs)].map(([, place, row = '']) =>
        [...row.matchAll(/<c r="([A-Z]+)(\d+)"([^>]*)>(.*?)<\/c>/gs)].map(
          ([, letters = '', number, about = '', content]) => {
            if (number !== place) throw new Error('a cell lies in another row');
            const at = [...letters].reduce((sum, letter) => 26 * sum + letter.charCodeAt(0) - 64, 0) - 1;
            return [at, cellOf(about, content ?? '')] as const;
          },
        ),
      );
      const width = read[0]?.length ?? 0;
      const cells = read.map((row) => Array.from({ length: width }, (_, at) => new Map(row).get(at) ?? null));
      const [header = [], ...rows] = cells;
      return [
        name,
        {
          names: header.map((cell) => cell?.value ?? ''),
          types: header.map((_, column) => rows.find((row) => row[column])?.[column]?.type ?? 'empty'),
          rows: rows.map((row) => row.map((cell) => cell?.value ?? null)),
          metadata: null,
        },
      ];
    }),
  );
}

/** Processes whose command line names the path. */
export const processesOf = (path: string): string[] =>
  execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(path) && !line.includes('ps -eo'));
