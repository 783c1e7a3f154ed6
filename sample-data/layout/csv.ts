import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const CHUNK = 1 << 19;

/** A CSV file written in large pieces; the memory it takes does not grow with its length. */
export class CsvFile {
  readonly #file: number;
  readonly #pending = Buffer.allocUnsafe(CHUNK);
  #length = 0;
  /** Records written, without the header. */
  rows = -1;

  constructor(path: string, columns: readonly string[]) {
    mkdirSync(dirname(path), { recursive: true });
    this.#file = openSync(path, 'w');
    this.line(columns.join(','));
  }

  /** One record. A value that holds a comma, a quote or a line end is quoted. */
  row(...values: readonly (string | number)[]): void {
    this.line(values.map(quoted).join(','));
  }

  /** One record that is already joined by commas. */
  line(record: string): void {
    this.rows++;
    if (this.#length + 3 * record.length + 1 > CHUNK) this.#flush();
    this.#length += this.#pending.write(record, this.#length);
    this.#pending[this.#length++] = 10;
  }

  #flush(): void {
    writeSync(this.#file, this.#pending, 0, this.#length);
    this.#length = 0;
  }

  close(): void {
    this.#flush();
    closeSync(this.#file);
  }
}

const quoted = (value: string | number): string =>
  typeof value === 'string' && /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : String(value);
