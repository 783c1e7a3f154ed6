/**
 * Small cells of tables that may leave the building. CMS: no count of 1 to 10 may be shown or derived; 0 may be shown.
 * https://resdac.org/articles/cms-cell-size-suppression-policy
 */
const LEAST_SHOWN = 11;

export const isSmall = (count: number): boolean => count > 0 && count < LEAST_SHOWN;

/**
 * People as of a day (of a panel, a tier, a cohort ...) are told in steps of 20, after small counts are hidden: tables of
 * nearly the same people, or of a metric and them, then leave 20 possible differences, and none tells who stands in one of
 * them only. Up to 29 is told as 20.
 */
const STEP = 20;

export const roughly = (count: number): number => STEP * Math.round(count / STEP);

/** A count of people as of a day with nothing beside it to derive it from. */
export const toShare = (count: number): number | null => (isSmall(count) ? null : roughly(count));

/** Rows that came in the order of their counts, which tells of hidden ones: those come last, in the order of their words. */
export function hiddenLast<Row extends { readonly persons: number | null }>(rows: readonly Row[]): Row[] {
  const words = new Map(rows.map((row) => [row, row.persons === null ? JSON.stringify(row) : '']));
  return rows.toSorted((a, b) =>
    (words.get(a) ?? '') < (words.get(b) ?? '') ? -1 : Number(words.get(a) !== words.get(b)),
  );
}

/** What one cell of a table would tell. */
export interface TableCell {
  /** Cells add up to totals only within a group: groups of people that overlap are different groups. */
  readonly group: string;
  /** Its place along each dimension in which the cells of its group add up: none, one or two. Null: all of them together. */
  readonly place: readonly (string | null)[];
  /** Counts that are shown or are the difference of two shown ones; the same ones in every cell. */
  readonly counts: readonly number[];
  /** Counts that are not shown but may not be small either, such as the people behind a sum of money. */
  readonly behind: readonly number[];
}

/**
 * Which cells to hide, in their order. Small ones first. Then, since totals are shown, further cells, the smallest that
 * will do: until along no line of cells the hidden ones sum up to 1 to 10, and no small number can be solved for. Cells
 * of 0 protect nothing and are never chosen. Where a line has nothing left to choose its total is small itself, and
 * hidden in its own table by the first rule. A table of two dimensions is given its `margins` and its total as well,
 * which are shown elsewhere, as tables of one dimension, and so can be hidden here no more and no less.
 */
export function cellsToHide(cells: readonly TableCell[], margins: readonly TableCell[] = []): boolean[] {
  const entries = cells.map((cell): Entry => ({ cell, hidden: isPrimary(cell), isMargin: false }));
  const groups = gather([...entries, ...marginEntries(margins)], ({ cell }) => cell.group);
  for (const group of groups.values()) {
    for (let next = furtherOf(group); next; next = furtherOf(group)) next.hidden = true;
  }
  return entries.map(({ hidden }) => hidden);
}

/** Margins are hidden as they are in the tables of their own. */
function marginEntries(margins: readonly TableCell[]): Entry[] {
  const tables = gather(margins, ({ place }) => place.map((at) => at === null).join());
  return [...tables.values()].flatMap((table) => {
    const own = table.map((cell) => ({ ...cell, place: cell.place.filter((at) => at !== null) }));
    const hidden = cellsToHide(own);
    return table.map((cell, at): Entry => ({ cell, hidden: hidden[at] === true, isMargin: true }));
  });
}

interface Entry {
  readonly cell: TableCell;
  readonly isMargin: boolean;
  hidden: boolean;
}

const isPrimary = ({ counts, behind }: TableCell): boolean => counts.some(isSmall) || behind.some(isSmall);

function gather<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/** The smallest shown cell, by one of its counts, that is not 0. */
function smallest(entries: readonly Entry[], kind: number): Entry | undefined {
  return entries
    .filter(({ cell, hidden, isMargin }) => !hidden && !isMargin && countOf(cell, kind) > 0)
    .sort((a, b) => countOf(a.cell, kind) - countOf(b.cell, kind))[0];
}

const countOf = ({ counts }: TableCell, kind: number): number => counts[kind] ?? 0;

/** Whether the count may not be known: it is small, or few people are behind it. */
const isSecret = (cell: TableCell, kind: number): boolean => isSmall(countOf(cell, kind)) || cell.behind.some(isSmall);

/** One more cell that has to be hidden, if any. */
function furtherOf(group: readonly Entry[]): Entry | undefined {
  const inside = group.filter(({ isMargin }) => !isMargin);
  const axes = inside[0]?.cell.place.length ?? 0;
  const kinds = (inside[0]?.cell.counts ?? []).map((_, kind) => kind);
  const lines = Array.from({ length: axes }, (_, axis) => [
    ...gather(inside, ({ cell }) => cell.place.toSpliced(axis, 1).join('\n')).values(),
  ]).flat();
  for (const line of lines) {
    const unknown = line.filter(({ hidden }) => hidden);
    const [only] = unknown;
    for (const kind of kinds) {
      const sum = unknown.reduce((total, { cell }) => total + countOf(cell, kind), 0);
      const alone = axes === 1 && unknown.length === 1 && only !== undefined && isSecret(only.cell, kind);
      const next = isSmall(sum) || alone ? smallest(line, kind) : undefined;
      if (next) return next;
    }
  }
  if (axes !== 2) return undefined;
  for (const kind of kinds) {
    const next = loosen(group, kind);
    if (next) return next;
  }
  return undefined;
}

/**
 * In a table of two dimensions every row and every column adds up to its margin, so hidden numbers can only move
 * together: up in one cell, down in the next of that line, and so on round a cycle, never below 0. The graph has a node
 * per row and per column, margins included, and an arrow from row to column where a number may go up, back where it may
 * go down. A number can be solved for exactly when no cycle passes over it. Chooses the smallest cell that closes a
 * cycle over a secret, or else the smallest there is.
 */
function loosen(group: readonly Entry[], kind: number): Entry | undefined {
  const arrows = group.filter(({ hidden }) => hidden).flatMap((entry) => arrowsOf(entry, kind));
  const ahead = gather(arrows, ({ from }) => from);
  const back = gather(
    arrows.map(({ from, to, entry }) => ({ from: to, to: from, entry })),
    ({ from }) => from,
  );
  for (const secret of group.filter(({ hidden, cell }) => hidden && isSecret(cell, kind))) {
    const moves = arrowsOf(secret, kind).map(({ from, to }) => ({
      closed: reach(ahead, to, secret).has(from),
      closes: (arrow: Arrow) => reach(ahead, to, secret).has(arrow.from) && reach(back, from, secret).has(arrow.to),
    }));
    if (moves.some(({ closed }) => closed)) continue;
    const shown = group.filter(({ hidden, isMargin }) => !hidden && !isMargin);
    const closing = shown.filter((entry) =>
      arrowsOf(entry, kind).some((arrow) => moves.some(({ closes }) => closes(arrow))),
    );
    const next = smallest(closing, kind) ?? closing[0] ?? smallest(shown, kind);
    if (next) return next;
  }
  return undefined;
}

interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly entry: Entry;
}

/** A margin counts against its line, so it goes down where a cell goes up; the total of margins is as a cell again. */
function arrowsOf(entry: Entry, kind: number): Arrow[] {
  const { cell } = entry;
  const [row = null, column = null] = cell.place;
  const up = { from: `row ${row}`, to: `column ${column}`, entry };
  const down = { from: up.to, to: up.from, entry };
  const isPositive = countOf(cell, kind) > 0;
  if ((row === null) !== (column === null)) return isPositive ? [down, up] : [down];
  return isPositive ? [up, down] : [up];
}

/** Every node that can be reached without one entry's own arrows. */
function reach(arrows: ReadonlyMap<string, readonly Arrow[]>, start: string, without: Entry): Set<string> {
  const reached = new Set([start]);
  for (const node of reached) {
    for (const { to, entry } of arrows.get(node) ?? []) if (entry !== without) reached.add(to);
  }
  return reached;
}
