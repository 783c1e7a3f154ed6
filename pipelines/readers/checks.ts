import type { SourceFile } from '#contract/run';
import { type Finding, judged, type Rule } from '../engine/check.ts';

/** What ought to hold of reading itself. */
export const readerRules = {
  quarantine: {
    number: 1,
    id: 'reader-quarantine',
    title: 'Every record can be read by the rules of its columns',
    severity: 'warning',
    threshold: 0,
    owner: 'source system',
  },
  redelivery: {
    number: 2,
    id: 'reader-redelivery-agrees',
    title: 'A record delivered twice says the same both times',
    severity: 'warning',
    threshold: 0,
    owner: 'source system',
  },
  columns: {
    number: 3,
    id: 'reader-known-columns',
    title: 'Every delivered column is known',
    severity: 'info',
    threshold: 0,
    owner: 'data engineering',
  },
  standIns: {
    number: 4,
    id: 'reader-stand-in-dates',
    title: 'Dates are real, not stand-ins such as 1900-01-01 or 9999-12-31 (those read as unknown or open)',
    severity: 'info',
    threshold: 0,
    owner: 'source system',
  },
  dollars: {
    number: 5,
    id: 'reader-dollars-agree',
    title: 'The dollars of a file that were loaded, quarantined, superseded or left out are those in its bytes',
    severity: 'warning',
    threshold: 0,
    owner: 'data engineering',
  },
  filled: {
    number: 6,
    id: 'reader-file-holds-records',
    title: 'Every recognised file holds records',
    severity: 'warning',
    threshold: 0,
    owner: 'source system',
  },
} satisfies Record<string, Rule>;

/** What was counted while reading. */
export interface Reading {
  readonly files: readonly SourceFile[];
  /** Delivered columns of recognised files, and those of them that nobody knows. */
  readonly columns: number;
  readonly strangers: number;
  /** Dates that stand for none. */
  readonly standIns: number;
  /** Records that were delivered twice with different values. */
  readonly conflicting: number;
}

/** Dollars of a file, whatever became of them. */
export const dollarsOf = (file: SourceFile): number =>
  (file.amount_loaded ?? 0) +
  (file.amount_quarantined ?? 0) +
  (file.amount_duplicate ?? 0) +
  (file.amount_skipped ?? 0);

const cents = (dollars: number): number => Math.round(dollars * 100);

export function readerFindings({ files, columns, strangers, standIns, conflicting }: Reading): Finding[] {
  const sum = (of: (file: SourceFile) => number) => files.reduce((total, file) => total + of(file), 0);
  const loaded = sum((file) => file.loaded);
  const quarantined = sum((file) => file.quarantined);
  const withMoney = files.filter(({ amount_raw }) => amount_raw !== null);
  const uneven = withMoney.filter((file) => cents(file.amount_raw ?? 0) !== cents(dollarsOf(file)));
  const recognised = files.filter(({ kind }) => kind !== 'unrecognised');
  const empty = recognised.filter((file) => file.physical_records === file.header_records + file.blank_records);
  return [
    judged(readerRules.quarantine, quarantined, loaded + quarantined),
    judged(readerRules.redelivery, conflicting, loaded),
    judged(readerRules.columns, strangers, columns),
    judged(readerRules.standIns, standIns, loaded),
    judged(readerRules.dollars, uneven.length, withMoney.length),
    judged(readerRules.filled, empty.length, recognised.length),
  ];
}
