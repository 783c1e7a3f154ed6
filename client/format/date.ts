const MONTHS = 'January February March April May June July August September October November December'.split(' ');

const parts = (iso: string) => {
  const [year = '', month = '', day = ''] = iso.slice(0, 10).split('-');
  return { year, name: MONTHS[Number(month) - 1] ?? month, day: Number(day) };
};

/** "2026-08-03" -> "3 Aug 2026" */
export const day = (iso: string): string => {
  const { year, name, day } = parts(iso);
  return `${day} ${name.slice(0, 3)} ${year}`;
};

/** "2026-01" or any day of it -> "Jan 2026" */
export const month = (iso: string): string => {
  const { year, name } = parts(iso);
  return `${name.slice(0, 3)} ${year}`;
};

/** Every ISO date and month of a text as people read it. */
export const dated = (text: string): string =>
  text.replace(/\b\d{4}-\d\d-\d\d\b/g, day).replace(/\b(19|20)\d\d-(0[1-9]|1[0-2])\b(?!-)/g, month);

/** "2026-01" -> "January 2026", for sentences */
export const monthInFull = (iso: string): string => {
  const { year, name } = parts(iso);
  return `${name} ${year}`;
};

/** "Jan 2026", or "Jul 2023 to Jun 2025" */
export const months = (from: string, to: string): string =>
  from.slice(0, 7) === to.slice(0, 7) ? month(from) : `${month(from)} to ${month(to)}`;

/** Months since year 0: the ordinal that puts months at even distances. */
export const monthNumber = (iso: string): number => Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7)) - 1;

/** The inverse, as YYYY-MM. */
export const monthOf = (ordinal: number): string =>
  `${Math.floor(ordinal / 12)}-${String((ordinal % 12) + 1).padStart(2, '0')}`;

const DAY = 86_400_000;

/** Days from one ISO date to another; the same day is 0. */
export const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY;

/** The ISO date `days` later. */
export const addDays = (iso: string, days: number): string =>
  new Date(Date.parse(iso) + days * DAY).toISOString().slice(0, 10);
