import { decimalText } from '../http/encode.ts';
import { type Column, isValid, valueAt } from '../store/columns.ts';
import { type Entry, zip } from './zip.ts';

/** Rows of a sheet, its header among them. https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3 */
const MOST_ROWS = 1_048_576;
const MOST_CHARACTERS = 32_767;
/** Days from 1899-12-30, the day 0 of a spreadsheet, to 1970-01-01. */
const DAY_ZERO = 25_569;

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const CONTENT = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Places in the list of cell formats of STYLES. */
const FORMAT = { plain: 0, text: 1, date: 2, header: 3 } as const;

const STYLES = `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;

/**
 * A workbook as a stream: sheets of data, each with the header and as many rows as a sheet takes, and a last sheet that
 * tells about them. Numbers and decimals are numbers, dates are dates, all text is text: no cell is a formula, and an id
 * keeps its zeros. `rows` is how many the batches have in all, `most` how many a sheet takes.
 */
export async function* xlsx(
  columns: readonly Column[],
  batches: AsyncIterable<readonly Column[]>,
  rows: number,
  about: readonly (readonly [string, string])[],
  most = MOST_ROWS,
): AsyncGenerator<Uint8Array> {
  const count = Math.max(1, Math.ceil(rows / (most - 1)));
  const sheets = Array.from({ length: count }, (_, at) => (at === 0 ? 'Data' : `Data ${at + 1}`));
  const lines = linesOf(batches);
  const files: Entry[] = [
    { name: '[Content_Types].xml', content: [contentTypes(count + 1)] },
    { name: '_rels/.rels', content: [relations([`${OFFICE}/officeDocument`, 'xl/workbook.xml'])] },
    { name: 'xl/workbook.xml', content: [workbook([...sheets, 'About'])] },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: [
        relations(
          ...[...sheets, 'About'].map((_, at) => [`${OFFICE}/worksheet`, `worksheets/sheet${at + 1}.xml`] as const),
          [`${OFFICE}/styles`, 'styles.xml'],
        ),
      ],
    },
    { name: 'xl/styles.xml', content: [STYLES] },
    ...sheets.map(
      (_, at): Entry => ({ name: `xl/worksheets/sheet${at + 1}.xml`, content: dataSheet(columns, lines, most) }),
    ),
    { name: `xl/worksheets/sheet${count + 1}.xml`, content: [aboutSheet(about)] },
  ];
  try {
    yield* zip(files);
  } finally {
    await lines.return(undefined);
  }
}

const relations = (...targets: readonly (readonly [type: string, target: string])[]): string =>
  `${XML}<Relationships xmlns="${PACKAGE}/relationships">${targets
    .map(([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;

const contentTypes = (sheets: number): string =>
  `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${CONTENT}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${CONTENT}.styles+xml"/>${Array.from(
    { length: sheets },
    (_, at) => `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="${CONTENT}.worksheet+xml"/>`,
  ).join('')}</Types>`;

const workbook = (sheets: readonly string[]): string =>
  `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheets
    .map((name, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`)
    .join('')}</sheets></workbook>`;

/** Rows of XML, each once it is told its number on its sheet. */
async function* linesOf(batches: AsyncIterable<readonly Column[]>): AsyncGenerator<(place: number) => string> {
  for await (const columns of batches) {
    const cells = columns.map((column, at) => ({ letters: lettersOf(at), cell: cellsOf(column) }));
    for (let row = 0; row < (columns[0]?.length ?? 0); row++) {
      yield (place) =>
        rowOf(
          place,
          cells.map(({ letters, cell }) => [letters, cell(row)] as const),
        );
    }
  }
}

/** A cell begins with what comes after its place; an empty one is left out. */
const rowOf = (place: number, cells: readonly (readonly [letters: string, cell: string])[]): string =>
  `<row r="${place}">${cells.map(([letters, cell]) => cell && `<c r="${letters}${place}"${cell}`).join('')}</row>`;

/** A, B ... Z, AA, AB ... */
const lettersOf = (at: number): string =>
  `${at < 26 ? '' : lettersOf(Math.floor(at / 26) - 1)}${String.fromCharCode(65 + (at % 26))}`;

/** Takes its rows from `lines` and leaves the rest to the next sheet. */
async function* dataSheet(
  columns: readonly Column[],
  lines: AsyncGenerator<(place: number) => string>,
  most: number,
): AsyncGenerator<string> {
  const widths = columns.map(
    ({ name, type }, at) =>
      `<col min="${at + 1}" max="${at + 1}" width="${type === 'text' ? 24 : Math.max(12, name.length + 2)}" customWidth="1"/>`,
  );
  yield `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>${columns.length > 0 ? `<cols>${widths.join('')}</cols>` : ''}<sheetData>${rowOf(
    1,
    columns.map(({ name }, at) => [lettersOf(at), text(name, FORMAT.header)]),
  )}`;
  let piece = '';
  for (let place = 2; place <= most; place++) {
    const { done, value } = await lines.next();
    if (done) break;
    piece += value(place);
    if (piece.length > 65_536) {
      yield piece;
      piece = '';
    }
  }
  yield `${piece}</sheetData></worksheet>`;
}

const aboutSheet = (facts: readonly (readonly [string, string])[]): string =>
  `${XML}<worksheet xmlns="${MAIN}"><cols><col min="1" max="1" width="28" customWidth="1"/><col min="2" max="2" width="110" customWidth="1"/></cols><sheetData>${facts
    .map(([name, value], at) =>
      rowOf(at + 1, [
        ['A', text(name, FORMAT.header)],
        ['B', text(value, FORMAT.text)],
      ]),
    )
    .join('')}</sheetData></worksheet>`;

function cellsOf(column: Column): (row: number) => string {
  const filled = (cell: (row: number) => string) => (row: number) => (isValid(column, row) ? cell(row) : '');
  switch (column.type) {
    case 'number':
      return filled((row) => number(column.values[row]!));
    case 'integer':
      return filled((row) => `><v>${column.values[row]}</v></c>`);
    case 'decimal':
      return filled((row) => `><v>${decimalText(column.values[row]!, column.scale)}</v></c>`);
    case 'date':
      return filled((row) => ` s="${FORMAT.date}"><v>${column.values[row]! + DAY_ZERO}</v></c>`);
    case 'boolean':
      return filled((row) => ` t="b"><v>${column.values[row]}</v></c>`);
    case 'category': {
      const cells = column.categories.map((words) => text(words, FORMAT.text));
      return filled((row) => cells[column.values[row]!]!);
    }
    case 'text':
      return filled((row) => text(String(valueAt(column, row)), FORMAT.text));
  }
}

const number = (value: number): string =>
  Number.isFinite(value) ? `><v>${value}</v></c>` : text(String(value), FORMAT.text);

function text(value: string, format: number): string {
  if (value.length > MOST_CHARACTERS) throw new Error('a cell of a spreadsheet holds 32,767 characters at most');
  return ` t="inlineStr" s="${format}"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What XML has no place for is written as _xHHHH_, and what looks like that already with its underscore so (ECMA-376, 22.9.2.19). */
const escaped = (value: string): string =>
  value
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(
      /(?![\t\n])[\p{Cc}\ufffe\uffff]/gu,
      (one) => `_x${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    )
    .replace(/[&<>"]/g, (one) => ENTITIES[one] ?? one);
