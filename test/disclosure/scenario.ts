import { type Bounds, between, boundsOf, type Fact, type Secret } from './auditor.ts';

/** Rows of a population by one value of each dimension and a month, some of them in the numerator. */
export interface Atom {
  readonly values: readonly string[];
  readonly month: string;
  readonly rows: number;
  readonly numerator: number;
}

export interface Months {
  readonly from: string;
  readonly to: string;
}

/** A question: of whom (one value of one dimension, or everybody) in which months. */
export interface Cell extends Months {
  readonly dimension: number | null;
  readonly value: string;
}

export const KINDS = ['numerator', 'the rest'] as const;
export type Kind = (typeof KINDS)[number];

export const countOf = ({ rows, numerator }: Atom, kind: Kind): number =>
  kind === 'numerator' ? numerator : rows - numerator;

const isIn = ({ dimension, value, from, to }: Cell, { values, month }: Atom): boolean =>
  (dimension === null || values[dimension] === value) && month >= from && month <= to;

export const nameOf = ({ dimension, value, from, to }: Cell): string => `${dimension ?? ''} ${value} ${from} ${to}`;

export const countIn = (atoms: readonly Atom[], cell: Cell, kind: Kind): number =>
  atoms.reduce((sum, atom) => (isIn(cell, atom) ? sum + countOf(atom, kind) : sum), 0);

export interface Verdict {
  /** Shown though a count of it is 1 to 10. */
  readonly visible: readonly string[];
  readonly bounds: readonly Bounds[];
}

const isSmall = (count: number): boolean => count >= 1 && count <= 10;

/**
 * What somebody can work out who asks every question there is and knows that rows are what they are, of one value of each
 * dimension: every cell is a sum of atoms that are not negative, and those that are shown are known; of those hidden that
 * a table lists, that they have a row.
 */
export function audit<C extends Cell>(
  atoms: readonly Atom[],
  cells: readonly C[],
  isShown: (cell: C) => boolean,
  isListed: (cell: C) => boolean,
  enough: number,
): Verdict {
  const rowsOf = (cell: C) => KINDS.reduce((sum, kind) => sum + countIn(atoms, cell, kind), 0);
  // Rows are both kinds together; a group that a table lists has one at least, whatever is hidden of it.
  const kinds = [
    ...KINDS.map((kind) => ({ kind, count: (cell: C) => countIn(atoms, cell, kind), least: () => 0 })),
    { kind: 'rows', count: rowsOf, least: (cell: C) => Number(isListed(cell)) },
  ];
  const sums = cells.map((cell) => ({
    cell,
    isShown: isShown(cell),
    terms: atoms.flatMap((atom, at) => (isIn(cell, atom) ? [[`atom ${at}`, 1] as const] : [])),
  }));
  const visible: string[] = [];
  const bounds: Bounds[] = [];
  for (const { kind, count, least } of kinds) {
    const facts: Fact[] = [];
    const secrets: Secret[] = [];
    for (const { cell, isShown, terms } of sums) {
      const name = `${nameOf(cell)} ${kind}`;
      const is = count(cell);
      if (isShown) facts.push({ terms: new Map(terms), least: is, most: is });
      if (isShown && isSmall(is)) visible.push(name);
      if (isShown || (!isSmall(is) && least(cell) === 0)) continue;
      facts.push({ terms: new Map([...terms, [name, -1]]), least: 0, most: 0 });
      if (least(cell) > 0) facts.push(between(name, least(cell), Infinity));
      if (isSmall(is)) secrets.push({ name, count: is });
    }
    if (secrets.length > 0) bounds.push(...boundsOf(facts, secrets, enough));
  }
  return { visible, bounds };
}
