import { LineFile } from './lines.ts';

/** A CSV file with a header. */
export class CsvFile extends LineFile {
  constructor(path: string, columns: readonly string[]) {
    super(path);
    this.line(columns.join(','));
    this.rows = 0;
  }

  /** One record. A value that holds a comma, a quote or a line end is quoted. */
  row(...values: readonly (string | number)[]): void {
    this.line(values.map(quoted).join(','));
  }
}

const quoted = (value: string | number): string =>
  typeof value === 'string' && /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : String(value);
