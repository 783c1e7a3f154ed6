import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ColumnType, InputColumn } from '../input/contract.ts';
import type { Format, SourceTable } from './format.ts';
import { formats } from './load.ts';

/** How people say what a type of column looks like. */
const LOOKS: Readonly<Record<ColumnType, string>> = {
  text: 'text',
  word: 'word',
  system: 'name of a code system',
  code: 'code',
  date: 'YYYY-MM-DD',
  'compact date': 'YYYYMMDD',
  'named date': 'DD-Mon-YYYY',
  'slash date': 'MM/DD/YYYY or YYYY-MM-DD',
  timestamp: 'YYYY-MM-DD HH:MM:SS',
  money: 'dollars, two decimals',
  quantity: 'number, three decimals',
  'fine quantity': 'number, four decimals',
  number: 'number',
  integer: 'whole number',
  'calendar year': 'year',
  flag: 'yes or no',
  year: 'moment or year',
};

const PRESENCE: Readonly<Record<InputColumn['presence'], string>> = {
  filled: 'always filled',
  required: 'required',
  optional: '',
};

interface Line {
  readonly names: readonly string[];
  readonly rest: string;
}

const lineOf = ({ deliveredAs, type, presence, meaning }: InputColumn): Line => ({
  names: [deliveredAs.map((name) => `\`${name}\``).join(' or ')],
  rest: `${LOOKS[type]} | ${PRESENCE[presence]} | ${meaning}`,
});

/** One line for neighbours that differ in their names only, such as the 25 diagnoses of a claim. */
function lines(columns: readonly InputColumn[]): string[] {
  const merged: Line[] = [];
  for (const { names, rest } of columns.map(lineOf)) {
    const last = merged.at(-1);
    if (last?.rest === rest) merged[merged.length - 1] = { rest, names: [...last.names, ...names] };
    else merged.push({ names, rest });
  }
  return merged.map(({ names, rest }) => {
    const shown = names.length > 2 ? `${names[0]} to ${names.at(-1)}` : names.join(', ');
    return `| ${shown} | ${rest} |`;
  });
}

function describeTable(
  { name, grain, unused, naming, columns, unread }: SourceTable,
  before: SourceTable | undefined,
): string {
  const known = unread.length > 0 ? ` Known and passed over: ${unread.length} more columns.` : '';
  const use = unused === undefined ? '' : ` Counted and not used: ${unused}.`;
  const called = naming === undefined ? '' : ` A name like \`${naming}\` says what its records do not.`;
  const said = `### ${name}\n\nOne record per ${grain}.${called}${use}${known}`;
  const table = lines(columns).join('\n');
  if (before && lines(before.columns).join('\n') === table) return `${said} Its columns are those of ${before.name}.`;
  return `${said}\n\n| column | holds | must be | meaning |\n|---|---|---|---|\n${table}`;
}

const describeFormat = ({ id, title, tables }: Format): string =>
  [`## ${title} (\`--format ${id}\`)`, ...tables.map((table, at) => describeTable(table, tables[at - 1]))].join('\n\n');

/** Every file that is read, column by column, in Markdown. */
export const describeInputs = (): string => `# What is read

Made from the declarations by \`npx tsx pipelines/readers/inputs.ts\`; a test compares them. Files are recognised by the
names of their columns, in any order and case; a column that is required and missing refuses the file by name (F04).
Templates of the roster files, a header and one made-up record each, lie in \`roster/templates\`.

${formats.map(describeFormat).join('\n\n')}
`;

export const DOCUMENT = join(import.meta.dirname, 'inputs.md');

if (process.argv[1] === import.meta.filename) writeFileSync(DOCUMENT, describeInputs());
