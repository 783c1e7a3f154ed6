import type { RuleEffect, StandingInRate } from '#contract/rule-effect';

export interface ByRules {
  readonly numerator: number;
  readonly denominator: number;
  /** Percent; null where nobody counts. */
  readonly rate: number | null;
}

/** The rate of the same people in the same year by the rules of either measurement year. */
export function rateBy(cells: RuleEffect['cells'], rules: 'earlier' | 'later'): ByRules {
  const subjectsAt = (standing: StandingInRate) =>
    cells.reduce((sum, cell) => (cell[rules] === standing ? sum + cell.subjects : sum), 0);
  const numerator = subjectsAt('in the numerator');
  const denominator = numerator + subjectsAt('not in the numerator');
  return { numerator, denominator, rate: denominator === 0 ? null : (100 * numerator) / denominator };
}

/** Those who stand elsewhere by the other rules, most people first. */
export const movedIn = (cells: RuleEffect['cells']): RuleEffect['cells'] =>
  cells.filter(({ earlier, later }) => earlier !== later).toSorted((a, b) => b.subjects - a.subjects);
