import type { Cell } from '#contract/result';
import type { Group } from '../format/group.ts';

/** What of a setting's change in dollars per member month is use and what is price; null where a part may not be shown. */
export type Effect = {
  id: string;
  label: string;
  /** Dollars now. */
  spent: number | null;
  change: number | null;
  /** (use now - use before) x price before. */
  use: number | null;
  /** (price now - price before) x use now. */
  price: number | null;
  before: Account;
  now: Account;
};

/** Services per member month, and dollars for each; null where not known, or for a price where there is no service. */
type Account = { services: number | null; price: number | null };

/** Dollars and services of one time, by the same settings. */
export type Spending = { dollars: readonly Group[]; services: readonly Group[] };

/**
 * The change of each setting in two parts that add up to it. A setting without services at one of the two times has no
 * price there: its whole change is use.
 */
export function effectsOf(now: Spending, before: Spending): Effect[] {
  const ids = new Map([...before.dollars, ...now.dollars].map(({ id, label }) => [id, label]));
  return [...ids].map(([id, label]) => {
    const [then, later] = [accountOf(before, id), accountOf(now, id)];
    const [from, to] = [dollarsOf(before, id), dollarsOf(now, id)];
    const change = from === null || to === null ? null : to - from;
    const known = change !== null && then.services !== null && later.services !== null;
    if (!known) return { id, label, spent: to, change, use: null, price: null, before: then, now: later };
    const price = then.price === null || later.price === null ? 0 : (later.price - then.price) * (later.services ?? 0);
    return { id, label, spent: to, change, use: change - price, price, before: then, now: later };
  });
}

/**
 * All settings together. Of `use`, `volume` is what the change in the number of services would have made at the average
 * price before, and `mix` the rest: services moved to settings that cost more or less. Null where a setting is hidden.
 */
export type Sum = { spent: number; change: number; use: number; price: number; volume: number; mix: number };

export function sumOf(effects: readonly Effect[]): Sum | null {
  const total = (of: (effect: Effect) => number | null): number | null =>
    effects.reduce<number | null>((sum, effect) => {
      const part = of(effect);
      return sum === null || part === null ? null : sum + part;
    }, 0);
  const [spent, change, use, price] = [
    total((effect) => effect.spent),
    total((effect) => effect.change),
    total((effect) => effect.use),
    total((effect) => effect.price),
  ];
  const [then, later] = [total(({ before }) => before.services), total(({ now }) => now.services)];
  const spentBefore = total(({ before: { services, price } }) => (services === null ? null : services * (price ?? 0)));
  if (spent === null || change === null || use === null || price === null) return null;
  if (then === null || later === null || spentBefore === null) return null;
  const volume = then === 0 ? use : (later / then - 1) * spentBefore;
  return { spent, change, use, price, volume, mix: use - volume };
}

const cellOf = (groups: readonly Group[], id: string): Cell | undefined =>
  groups.find((group) => group.id === id)?.cell;

/** Dollars per member month; 0 for a setting that nobody used then. */
const dollarsOf = ({ dollars }: Spending, id: string): number | null => {
  const cell = cellOf(dollars, id);
  return cell ? perMonth(cell) : 0;
};

const perMonth = ({ numerator, denominator }: Cell): number | null =>
  numerator === null || denominator === null || denominator === 0 ? null : numerator / denominator;

function accountOf({ dollars, services }: Spending, id: string): Account {
  const cell = cellOf(services, id);
  const used = cell ? perMonth(cell) : 0;
  const spent = dollarsOf({ dollars, services }, id);
  return { services: used, price: used && spent !== null ? spent / used : null };
}
