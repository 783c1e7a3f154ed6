/**
 * The cases of a metric or measure: the rule in words -> tiny pipe tables that a clinician can check.
 * `given` names input tables; a column that is not listed is null. `expect` names the columns that matter,
 * in any order of rows. person_id and subject_id read as the person's source id where they name a person.
 * Cases of one definition stand in one warehouse, each with people and places of its own; where a rule looks at everybody
 * of a year, its case takes a year of its own.
 */
export type Cases = Readonly<
  Record<
    string,
    {
      given: Readonly<Record<string, string>>;
      expect: string;
      /** Run variables that differ from data_through 2024-12-31 and period 2024. */
      variables?: Readonly<{ data_through?: string; period?: string }>;
    }
  >
>;

export type PipeRow = Readonly<Record<string, string | null>>;

/** Rows of a pipe table: the first line names the columns, an empty cell is null. */
export function parsePipeTable(text: string): PipeRow[] {
  const [header, ...lines] = text
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()));
  if (!header) throw new Error('a pipe table needs a header');
  return lines.map((cells) => {
    if (cells.length !== header.length) {
      throw new Error(`a pipe row needs ${header.length} cells, got ${cells.length}: ${cells.join(' | ')}`);
    }
    return Object.fromEntries(header.map((name, at) => [name, cells[at] || null]));
  });
}

/** A pipe table widened by columns that hold the same value in every row. */
export function everyRow(same: Readonly<Record<string, string>>, table: string): string {
  const [header, ...lines] = table.trim().split('\n');
  const widened = [[header, ...Object.keys(same)], ...lines.map((line) => [line, ...Object.values(same)])];
  return widened.map((cells) => cells.join(' | ')).join('\n');
}
