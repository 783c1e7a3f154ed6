import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Day, iso } from '../calendar.ts';
import { type CclfName, lengthOf, record, type Values } from './cclf-fields.ts';
import { LineFile } from './lines.ts';

/** No ACO has this number. */
const ACO = 'A0000';

/** The files of the feed in their order, with what CCLF0 calls them. */
const TITLES: Readonly<Record<CclfName, string>> = {
  CCLF1: 'Part A Claims Header File',
  CCLF2: 'Part A Claims Revenue Center Detail File',
  CCLF3: 'Part A Procedure Code File',
  CCLF4: 'Part A Diagnosis Code File',
  CCLF5: 'Part B Physicians File',
  CCLF6: 'Part B DME File',
  CCLF7: 'Part D File',
  CCLF8: 'Beneficiary Demographics File',
  CCLF9: 'BENE XREF File',
  CCLFA: 'Part A BE and Demo Codes File',
  CCLFB: 'Part B BE and Demo Codes File',
};

/** Files that arrive together, in a folder with the name that their archive has. */
export class Package {
  readonly #folder: string;
  /** Performance year (Y26) or the year whose run-out it is (R25), and the day of delivery. */
  readonly #suffix: string;
  readonly #files: ReadonlyMap<CclfName, LineFile>;

  constructor(folder: string, period: string, day: Day, names: readonly CclfName[]) {
    this.#suffix = `${period}.D${iso(day).slice(2).replaceAll('-', '')}.T10000`;
    this.#folder = join(folder, `P.${ACO}.ACO.ZC${this.#suffix}00`);
    mkdirSync(this.#folder, { recursive: true });
    this.#files = new Map(names.map((name, at) => [name, new LineFile(this.#path(name.slice(4), at + 1))]));
  }

  #path(file: string, at: number): string {
    return join(this.#folder, `P.${ACO}.ACO.ZC${file}${this.#suffix}${String(at).padStart(2, '0')}`);
  }

  /** Adds a record, told in parts of which the last one counts. */
  write<Name extends CclfName>(name: Name, ...parts: readonly Values<Name>[]): void {
    const file = this.#files.get(name);
    if (!file) throw new Error(`${this.#folder} has no ${name}`);
    file.line(record(name, ...parts));
  }

  /** Records written to each file so far. */
  get rows(): readonly (readonly [CclfName, number])[] {
    return [...this.#files].map(([name, { rows }]) => [name, rows]);
  }

  /** Adds CCLF0: a heading, then each file with its records and their length. */
  close(): void {
    const totals = new LineFile(this.#path('0', this.#files.size + 1));
    totals.line(`File Number  |File Description    |${'Total Records Count'.padEnd(20)}|Record Length`);
    for (const [name, file] of this.#files) {
      const [count, length] = [String(file.rows).padStart(11), String(lengthOf(name)).padStart(5)];
      totals.line(`${name.padEnd(7)}|${TITLES[name].padEnd(43)}|${count}|${length} `);
    }
    for (const file of [...this.#files.values(), totals]) file.close();
  }
}
