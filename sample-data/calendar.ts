/** A day, counted from 1970-01-01. Arithmetic on days needs neither clock nor time zone. */
export type Day = number;

const MILLISECONDS = 86_400_000;
const written: string[] = [];
const FIRST = -29_220; // 1889-12-31: nobody in the population is older

export const dayOf = (year: number, month: number, date: number): Day => Date.UTC(year, month - 1, date) / MILLISECONDS;

export function parseDay(text: string): Day {
  const day = Date.parse(`${text}T00:00:00Z`) / MILLISECONDS;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(day)) throw new Error(`not a day: "${text}"`);
  return day;
}

/** YYYY-MM-DD. */
export function iso(day: Day): string {
  const at = day - FIRST;
  const known = written[at];
  if (known !== undefined) return known;
  const text = new Date(day * MILLISECONDS).toISOString().slice(0, 10);
  written[at] = text;
  return text;
}

export const yearOf = (day: Day): number => Number(iso(day).slice(0, 4));

/** 1 to 12. */
export const monthOf = (day: Day): number => Number(iso(day).slice(5, 7));

export const monthStart = (day: Day): Day => dayOf(yearOf(day), monthOf(day), 1);

export const addMonths = (day: Day, months: number): Day => dayOf(yearOf(day), monthOf(day) + months, 1);

/** The last day of the month that `day` lies in. */
export const monthEnd = (day: Day): Day => addMonths(day, 1) - 1;

/** 0 is Sunday. */
export const weekday = (day: Day): number => (((day + 4) % 7) + 7) % 7;

/** The day itself, or the Monday after a weekend. */
export const workday = (day: Day): Day => {
  const at = weekday(day);
  return at === 6 ? day + 2 : at === 0 ? day + 1 : day;
};

/** Whole years of age; somebody born on 29 February is a year older on 1 March. */
export function ageOn(birth: Day, day: Day): number {
  const [from, to] = [iso(birth), iso(day)];
  return Number(to.slice(0, 4)) - Number(from.slice(0, 4)) - (to.slice(5) < from.slice(5) ? 1 : 0);
}
