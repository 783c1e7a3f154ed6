import { type KeyboardEvent, type ReactNode, useState } from 'react';

export interface Column<Row> {
  readonly key: string;
  readonly label: string;
  /** The label is read out and not shown. Holds ways on, which paper leaves out. */
  readonly unlabelled?: true;
  /** Said once, in the header. */
  readonly unit?: string | undefined;
  /** `date` does not break. */
  readonly align?: 'left' | 'right' | 'date';
  readonly show: (row: Row) => ReactNode;
  /** What the column sorts by; without it the column does not sort. */
  readonly by?: (row: Row) => string | number | null;
  /** What stands under the column, from all the rows. */
  readonly total?: (rows: readonly Row[]) => ReactNode;
  /** On a phone, where a row is a card: `full` takes the whole line, `hide` leaves it out, `named` labels the first cell. */
  readonly card?: 'full' | 'hide' | 'named';
}

export interface Order {
  readonly key: string;
  readonly direction: 'asc' | 'desc';
}

interface DataTableProps<Row> {
  /** Read out before the table. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly id: (row: Row) => string;
  /** Given with `onOrder` when someone else sorts; else the table sorts the rows that it has. */
  readonly order?: Order;
  readonly onOrder?: (order: Order) => void;
  readonly selected?: string | undefined;
  /** Heads the rows that follow each other under it, until the table is sorted. */
  readonly section?: (row: Row) => string;
}

/** Sticky header, sort by header, arrow keys from row to row; on a phone every row is a card. */
export function DataTable<Row>({
  caption,
  columns,
  rows,
  id,
  onOrder,
  selected,
  section,
  ...props
}: DataTableProps<Row>) {
  const [own, setOwn] = useState<Order | null>(null);
  const order = props.order ?? own;
  const sorting = own && !onOrder ? columns.find(({ key }) => key === own.key)?.by : undefined;
  const shown = sorting && own ? sorted(rows, sorting, own.direction) : rows;
  const sections = section && !order ? groupedBy(shown, section) : [[undefined, shown] as const];
  const sort = (key: string, first: Order['direction']) => {
    const direction = order?.key !== key ? first : order.direction === 'asc' ? 'desc' : 'asc';
    (onOrder ?? setOwn)({ key, direction });
  };
  return (
    <table className={selected === undefined ? 'data' : 'data selectable'} onKeyDown={stepThroughRows}>
      <caption className="unseen">{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ key, label, unlabelled, unit, align, by }) => (
            <th
              key={key}
              scope="col"
              className={classOf(align, unlabelled && 'screen-only')}
              aria-sort={order?.key === key ? (order.direction === 'asc' ? 'ascending' : 'descending') : undefined}
            >
              {by ? (
                <button type="button" onClick={() => sort(key, align === 'right' ? 'desc' : 'asc')}>
                  {label}
                </button>
              ) : (
                <span className={unlabelled && 'unseen'}>{label}</span>
              )}
              {unit && <small>{unit}</small>}
            </th>
          ))}
        </tr>
      </thead>
      {sections.map(([title, members]) => (
        <tbody key={title ?? 'all'}>
          {title !== undefined && (
            <tr className="section">
              <th colSpan={columns.length} scope="rowgroup">
                {title}
              </th>
            </tr>
          )}
          {members.map((row) => (
            <tr key={id(row)} className={selected === id(row) ? 'selected' : undefined}>
              {columns.map(({ key, label, unlabelled, unit, align, show, card }, at) =>
                at === 0 ? (
                  <th key={key} scope="row" data-label={card === 'named' ? label : undefined}>
                    {show(row)}
                  </th>
                ) : (
                  <td
                    key={key}
                    className={classOf(align, card, unlabelled && 'screen-only')}
                    data-label={unlabelled ? undefined : labelOf({ label, unit })}
                  >
                    {show(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      ))}
      {columns.some(({ total }) => total) && (
        <tfoot>
          <tr>
            {columns.map(({ key, label, unlabelled, unit, align, total, card }, at) => (
              <td
                key={key}
                className={classOf(align, card, unlabelled && 'screen-only')}
                data-label={total && at > 0 ? labelOf({ label, unit }) : undefined}
              >
                {total?.(rows)}
              </td>
            ))}
          </tr>
        </tfoot>
      )}
    </table>
  );
}

const classOf = (...names: readonly (string | false | undefined)[]): string | undefined =>
  names.filter(Boolean).join(' ') || undefined;

/** A card has no header to say the unit in. */
const labelOf = ({ label, unit }: Pick<Column<never>, 'label' | 'unit'>): string =>
  unit ? `${label}, ${unit}` : label;

/** Rows that follow each other and share a title. */
function groupedBy<Row>(rows: readonly Row[], titleOf: (row: Row) => string): [string, Row[]][] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(titleOf(row), [...(groups.get(titleOf(row)) ?? []), row]);
  return [...groups];
}

/** Not known sorts last, whichever way. */
function sorted<Row>(rows: readonly Row[], by: (row: Row) => string | number | null, direction: Order['direction']) {
  const turn = direction === 'asc' ? 1 : -1;
  return rows.toSorted((one, two) => {
    const [a, b] = [by(one), by(two)];
    if (a === b) return 0;
    if (a === null) return 1;
    if (b === null) return -1;
    return (typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b))) * turn;
  });
}

/** From a link or button of one row to the same place in the next. */
function stepThroughRows(event: KeyboardEvent<HTMLTableElement>) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const cell = event.target instanceof Element ? event.target.closest('tbody td, tbody th') : null;
  const row = cell?.parentElement;
  if (!cell || !row) return;
  const rows = [...event.currentTarget.querySelectorAll('tbody tr:not(.section)')];
  const next = rows[rows.indexOf(row) + (event.key === 'ArrowDown' ? 1 : -1)];
  const column = [...row.children].indexOf(cell);
  const target = next?.children[column]?.querySelector<HTMLElement>('a, button');
  if (!target) return;
  event.preventDefault();
  target.focus();
}
