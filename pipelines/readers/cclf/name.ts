import { basename, dirname } from 'node:path';
import { FILE_TYPES, type FileType } from './layout.ts';

/** P.A1234.ACO.ZC1Y24.D240115.T1234567, the R of run-out in the place of Y, and what model programs make of it. */
const DELIVERED = /\.ZC([0-9AB])\w*?([YR]\d{2})\.D(\d{2})(\d{2})(\d{2})(?:\.T(\d{2})(\d{2})(\d{2})\d?)?/i;
const KIND = /(?:^|[^a-z0-9])(?:ZC|CCLF)_?([0-9AB])(?:[YRW]\d*)?(?=[^a-z0-9]|$)/i;

/** The kind of CCLF file that a name speaks of; '0' for the summary. */
export function namedType(name: string): FileType | '0' | undefined {
  const base = basename(name);
  const letter = (DELIVERED.exec(base) ?? KIND.exec(base))?.[1]?.toUpperCase();
  return letter === '0' ? '0' : FILE_TYPES.find((type) => type === letter);
}

/** When a file was delivered and for which period, as far as its name says so. */
export function stated(name: string): Record<string, string> {
  const [, , period = '', year, month, day, hour = '00', minute = '00', second = '00'] =
    DELIVERED.exec(basename(name)) ?? [];
  const date = `20${year}-${month}-${day}`;
  const isDay = new Date(date).toJSON()?.startsWith(date);
  if (!isDay) return {};
  const isTime = hour < '24' && minute < '60' && second < '60';
  return {
    file_date: `${date} ${isTime ? `${hour}:${minute}:${second}` : '00:00:00'}`,
    file_period: period.toUpperCase(),
  };
}

/** What the files of one delivery have in common: their name but for kind and time, else their folder. */
export function deliveryOf(name: string): string {
  const base = basename(name);
  return DELIVERED.test(base)
    ? base
        .replace(/\.ZC[0-9AB]/i, '.ZC')
        .replace(/\.T\d+.*$/i, '')
        .toUpperCase()
    : dirname(name);
}
