import type { Dimension } from '#contract/dimension';
import type { Cell } from '#contract/result';

/** A cell of `by=<one dimension>` with the name that people read. */
export type Group = { id: string; label: string; cell: Cell };

/** Its values are called by names, which keep their capitals inside a sentence: practices, counties, races. */
export const isOfNames = ({ id, labelsFrom }: Pick<Dimension, 'id' | 'labelsFrom'>): boolean =>
  labelsFrom !== undefined || id === 'race';

/**
 * Cells named by their dimension and in its order; values it does not list follow under their own name, and a null key
 * comes last as "Not known". Components of a metric are one too: `{ id: 'component', values }` from their titles.
 */
export function groupsOf(cells: readonly Cell[], { id, values }: Pick<Dimension, 'id' | 'values'>): Group[] {
  const place = new Map(values.map(({ value }, at) => [value, at]));
  const rank = ({ key }: Cell) => (key[id] == null ? Infinity : (place.get(key[id]) ?? values.length));
  return cells
    .toSorted((a, b) => rank(a) - rank(b))
    .map((cell) => {
      const value = cell.key[id] ?? null;
      const known = values.find((candidate) => candidate.value === value);
      return { id: value ?? '', label: known?.label ?? value ?? 'Not known', cell };
    });
}
