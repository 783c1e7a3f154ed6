/**
 * What every chart of this folder is: one object named for the SHAPE of its answer, with pure functions over the same
 * rows, so that the drawing, the words around it and the table beside it cannot disagree.
 *
 * Walking a chart by keyboard: every answer a chart gives is one `[data-point]` element, in reading order, with an
 * `aria-label` that says what the eye sees there. Its `data-point` is the row's stable id (a month, a group's value, an
 * event's id), so a page can also open the list behind it. They are transparent hit areas over the marks, at least
 * 24 px where the drawing allows; style `[data-point]:focus-visible { outline: none; stroke: var(--focus); stroke-width: 2 }`.
 * Everything else in the drawing is aria-hidden: the sentence and the table say it.
 */
export type Chart<Rows, Options extends object = object> = {
  /** The figure's title: what the rows say, one sentence without its full stop, from the numbers drawn. */
  finding(rows: Rows, options: Options): string;
  /** The line under the title: what is drawn, its unit and its period. */
  subtitle(rows: Rows, options: Options): string;
  /** An SVG as wide as `width` px, or several one below the other; the height follows from the rows. Compact below COMPACT px. */
  draw(rows: Rows, options: Options & Size): Element;
  /** The line under the drawing: what it leaves out and how it was worked; null when there is nothing to say. */
  note(rows: Rows, options: Options): string | null;
  /** The table twin. */
  tableOf(rows: Rows, options: Options): Table;
};

export type Size = {
  /** px of the container. */
  width: number;
  /** Only where there is no window, as in tests. */
  document?: Document;
};

/** Below this width labels move above their marks and side columns go. */
export const COMPACT = 520;

/** Raw values by column key: numbers for export, text as it is; null is "not known". */
export type Table = { columns: Column[]; rows: Record<string, string | number | null>[] };

export type Column = {
  key: string;
  label: string;
  unit?: string;
  align: 'left' | 'right';
  /** How a number of this column reads on screen; without it, as a count. */
  format?: (value: number) => string;
};

export const words = (key: string, label: string): Column => ({ key, label, align: 'left' });

export const numbers = (key: string, label: string, how: Pick<Column, 'unit' | 'format'> = {}): Column => ({
  key,
  label,
  align: 'right',
  ...how,
});
