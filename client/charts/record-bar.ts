import * as Plot from '@observablehq/plot';
import type { SourceFile } from '#contract/run';
import { listed, plural, sentence } from '../format/noun.ts';
import { count } from '../format/number.ts';
import { type Chart, numbers, type Size, type Table, words } from './chart.ts';
import { blank, colour, frame, type Token } from './frame.ts';
import { rowList } from './row-list.ts';

/** Where each file's records went, as shares of its records: loaded, duplicate, skipped, quarantined. */
export const recordBar: Chart<SourceFile[]> = { finding, subtitle, draw, note, tableOf };

const FATES = ['loaded', 'duplicate', 'skipped', 'quarantined'] as const;
const FILL: Readonly<Record<(typeof FATES)[number], Token>> = {
  loaded: 'accent',
  duplicate: 'mark',
  skipped: 'mark-soft',
  quarantined: 'worse',
};

const FILE = { one: 'file', many: 'files' };
const RECORD = { one: 'record', many: 'records' };

const records = (file: SourceFile) => file.physical_records - file.header_records - file.blank_records;
const accounted = (file: SourceFile) => FATES.reduce((total, fate) => total + file[fate], 0);
const name = ({ path }: SourceFile) => path.split('/').at(-1) ?? path;

/** More are not drawn: the table has them all. */
const MOST_DRAWN = 30;

/** The files to draw: where they are many, those with records that were not loaded first, then the largest. */
const pictured = (files: SourceFile[]): SourceFile[] =>
  files.length <= MOST_DRAWN
    ? files
    : files
        .toSorted(
          (a, b) =>
            Math.abs(records(b) - accounted(b)) - Math.abs(records(a) - accounted(a)) ||
            b.quarantined - a.quarantined ||
            b.duplicate + b.skipped - (a.duplicate + a.skipped) ||
            records(b) - records(a),
        )
        .slice(0, MOST_DRAWN);

function finding(files: SourceFile[]): string {
  if (files.length === 0) return 'No file has been read';
  const open = files.filter((file) => records(file) !== accounted(file));
  const total = files.reduce((sum, file) => sum + records(file), 0);
  const held = files.reduce((sum, file) => sum + file.quarantined, 0);
  if (open.length > 0) {
    const which = open.length > 3 ? plural(open.length, FILE) : listed(open.map(name));
    return `Records are unaccounted for in ${which}`;
  }
  const quarantined = held === 0 ? 'none was quarantined' : `${count(held)} ${held === 1 ? 'was' : 'were'} quarantined`;
  return sentence(`all ${plural(total, RECORD)} of ${plural(files.length, FILE)} are accounted for; ${quarantined}`);
}

function subtitle(): string {
  return 'Share of each file’s records. Teal: loaded; greys: duplicate, then skipped; orange: quarantined.';
}

function note(files: SourceFile[]): string {
  const rest = files.length - pictured(files).length;
  const drawn =
    rest > 0
      ? ` Drawn: the ${MOST_DRAWN} files with most records set aside, then the largest; the table has ${count(rest)} more.`
      : '';
  return `Header and blank lines are counted and left out of the shares.${drawn}`;
}

function draw(all: SourceFile[], size: Size): Element {
  const label = 'Records by file and what became of them';
  const description = finding(all);
  if (all.length === 0) return blank(size, label, description);
  const files = pictured(all);
  const list = rowList(files, {
    width: size.width,
    id: ({ file_id }) => String(file_id),
    label: name,
    right: 184,
    top: 24,
  });
  const parts = files.flatMap((file) => {
    let start = 0;
    return FATES.map((fate) => {
      const from = start;
      start += file[fate] / Math.max(1, records(file));
      return { id: String(file.file_id), fate, from, to: start };
    });
  });
  return frame(
    { ...size, height: list.height, label, description },
    {
      ...list.scales,
      x: { domain: [0, 1], axis: null },
      marks: [
        list.lines(files, 'rule'),
        FATES.map((fate) =>
          Plot.barX(
            parts.filter((part) => part.fate === fate && part.to > part.from),
            // a single refused record must still be seen
            {
              y: 'id',
              x1: 'from',
              x2: 'to',
              fill: colour(FILL[fate]),
              ...list.bar,
              insetLeft: fate === 'quarantined' ? -2 : 0,
            },
          ),
        ),
        list.labels(),
        list.column(126, { head: 'loaded', text: ({ loaded }) => count(loaded) }),
        list.column(74, {
          head: 'set aside',
          text: ({ duplicate, skipped }) => count(duplicate + skipped),
          fill: colour('ink-2'),
        }),
        list.column(0, {
          head: 'quarantined',
          text: ({ quarantined }) => count(quarantined),
          fill: ({ quarantined }) => colour(quarantined > 0 ? 'worse' : 'ink-3'),
        }),
        list.points(
          (file) =>
            `${name(file)}: ${FATES.map((fate) => `${count(file[fate])} ${fate}`).join(', ')} of ${plural(records(file), RECORD)}`,
        ),
      ],
    },
  );
}

function tableOf(files: SourceFile[]): Table {
  return {
    columns: [
      words('file', 'File'),
      numbers('physical_records', 'Records and lines'),
      numbers('header_records', 'Header'),
      numbers('blank_records', 'Blank'),
      ...FATES.map((fate) => numbers(fate, sentence(fate))),
    ],
    rows: files.map((file) => ({
      file: file.path,
      physical_records: file.physical_records,
      header_records: file.header_records,
      blank_records: file.blank_records,
      ...Object.fromEntries(FATES.map((fate) => [fate, file[fate]])),
    })),
  };
}
