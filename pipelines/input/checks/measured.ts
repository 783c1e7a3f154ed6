import { type Check, onRows } from '../../engine/check.ts';

/** A quantity that is measured in people, and the values beyond which a number is a slip of the pen or of the unit. */
interface Plausible {
  readonly number: number;
  readonly id: string;
  readonly title: string;
  /** LOINC codes, numbers only (Regenstrief Institute). */
  readonly codes: readonly string[];
  readonly low: number;
  readonly high: number;
  /** Units in which the bounds are given; another unit is not judged. Without any, every unit is. */
  readonly units?: readonly string[];
}

const listed = (texts: readonly string[]): string => `(${texts.map((text) => `'${text}'`).join(', ')})`;

/** One check for each quantity. `code`, `value` and `unit` are columns of the relation; a value that is no number is not judged. */
export const plausible = (from: string, prefix: string, quantities: readonly Plausible[]): Check[] =>
  onRows(
    from,
    prefix,
    'clinical informatics',
    quantities.map(({ number, id, title, codes, low, high, units }) => ({
      ...{ number, id: `${id}-plausible`, title },
      among: `code in ${listed(codes)} and value is not null${
        units ? ` and coalesce(unit in ${listed(['', ...units])}, true)` : ''
      }`,
      broken: `value not between ${low} and ${high}`,
    })),
  );
