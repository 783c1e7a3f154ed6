import { type ReactNode, useCallback } from 'react';
import type { Caveat } from '#contract/metric';
import type { Chart, Table } from '../charts/chart.ts';
import { count } from '../format/number.ts';
import { Caveats } from './caveats.tsx';
import { csvOf, keepFile } from './csv.ts';
import { DataTable } from './data-table.tsx';
import { Drawing } from './drawing.tsx';

export interface FigureProps {
  /** The answer sentence links to it. */
  readonly letter: string;
  /** The finding in words. */
  readonly title: ReactNode;
  /** What is drawn, its unit and its period. */
  readonly sub?: ReactNode;
  /** What the figure leaves out. */
  readonly note?: ReactNode;
  /** What the sources of its numbers do not tell. */
  readonly caveats?: readonly Caveat[] | undefined;
  /** The link to the list, and other ways on. */
  readonly onward?: ReactNode;
  /** Tables that stand under the figure, folded. */
  readonly below?: ReactNode;
  /** Width on the twelve-column grid. */
  readonly span?: 4 | 5 | 6 | 7 | 8 | 12 | undefined;
  readonly children: ReactNode;
}

/** An ink rule, a letter, a finding, the drawing, what it leaves out, and its list. Never a box. */
export const Figure = ({ letter, title, sub, note, caveats = [], onward, below, span = 12, children }: FigureProps) => (
  <figure className={`figure span-${span}`} id={letter}>
    <figcaption>
      <span className="letter">{letter}</span>
      <h2>{title}</h2>
      {sub && <p className="sub">{sub}</p>}
    </figcaption>
    {children}
    {(note || onward || caveats.length > 0) && (
      <footer>
        {(note || caveats.length > 0) && (
          <div className="note">
            {note && <p>{note}</p>}
            <Caveats of={caveats} />
          </div>
        )}
        {onward && <div className="onward">{onward}</div>}
      </footer>
    )}
    {below}
  </figure>
);

interface ChartFigureProps<Rows, Options extends object> extends Omit<FigureProps, 'title' | 'sub' | 'children'> {
  readonly chart: Chart<Rows, Options>;
  readonly rows: Rows;
  readonly options: Options;
  /** The file's name without its ending. */
  readonly fileName: string;
  /** In place of the CSV of what is drawn: the export of the list that it is drawn from. */
  readonly file?: ReactNode;
  readonly table: TableTwin;
  readonly onSelect?: (point: string) => void;
}

/** Whether the table twin is open, and how to open or close it. */
interface TableTwin {
  readonly open: boolean;
  readonly toggle: () => void;
}

/** A figure whose words, drawing, table and file are made from the same rows. Keep `rows` and `options` stable. */
export function ChartFigure<Rows, Options extends object>({
  chart,
  rows,
  options,
  fileName,
  file,
  table,
  onSelect,
  note,
  caveats,
  onward,
  ...figure
}: ChartFigureProps<Rows, Options>) {
  const finding = chart.finding(rows, options);
  const left = chart.note(rows, options);
  return (
    <Figure
      {...figure}
      caveats={caveats}
      title={finding}
      sub={chart.subtitle(rows, options)}
      note={
        (left || note) && (
          <>
            {left} {note}
          </>
        )
      }
      onward={
        <>
          {onward}
          <button type="button" className="link" aria-pressed={table.open} onClick={table.toggle}>
            {table.open ? 'Chart' : 'Table'}
          </button>
          {file ?? (
            <button
              type="button"
              className="link"
              onClick={() => keepFile(`${fileName}.csv`, csvOf(chart.tableOf(rows, options), caveats))}
            >
              CSV
            </button>
          )}
        </>
      }
    >
      {table.open ? (
        <TwinTable caption={finding} table={chart.tableOf(rows, options)} />
      ) : (
        <ChartDrawing chart={chart} rows={rows} options={options} onSelect={onSelect} />
      )}
    </Figure>
  );
}

interface ChartDrawingProps<Rows, Options extends object> {
  readonly chart: Chart<Rows, Options>;
  readonly rows: Rows;
  readonly options: Options;
  readonly onSelect?: ((point: string) => void) | undefined;
}

/** The drawing alone, for places that say its words themselves. Keep `rows` and `options` stable. */
export function ChartDrawing<Rows, Options extends object>({
  chart,
  rows,
  options,
  onSelect,
}: ChartDrawingProps<Rows, Options>) {
  const draw = useCallback((width: number) => chart.draw(rows, { ...options, width }), [chart, rows, options]);
  return <Drawing draw={draw} label={chart.finding(rows, options)} onSelect={onSelect} />;
}

type TwinRow = Table['rows'][number];

const TwinTable = ({ caption, table: { columns, rows } }: { caption: string; table: Table }) => (
  <div className="twin">
    <DataTable<TwinRow>
      caption={caption}
      columns={columns.map(({ key, label, unit, align, format = count }) => ({
        key,
        label,
        unit,
        align,
        show: (row) => {
          const value = row[key] ?? null;
          return typeof value === 'number' ? format(value) : (value ?? <span className="quiet">–</span>);
        },
        by: (row) => row[key] ?? null,
      }))}
      rows={rows}
      id={(row) => String(rows.indexOf(row))}
    />
  </div>
);
