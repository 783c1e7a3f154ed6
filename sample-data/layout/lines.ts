import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const CHUNK = 1 << 17;

/** A text file written in large pieces; the memory it takes does not grow with its length. */
export class LineFile {
  readonly #file: number;
  readonly #pending = Buffer.allocUnsafe(CHUNK);
  #length = 0;
  /** Records written. */
  rows = 0;

  constructor(path: string) {
    mkdirSync(dirname(path), { recursive: true });
    this.#file = openSync(path, 'w');
  }

  /** One record, without its line end. */
  line(record: string): void {
    this.rows++;
    const most = 3 * record.length + 1;
    if (this.#length + most > CHUNK) this.#flush();
    if (most > CHUNK) {
      writeSync(this.#file, `${record}\n`);
      return;
    }
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
