import type { Timeline, TimelineEvent } from '#contract/patient';
import type { Cell } from '#contract/result';
import type { SourceFile } from '#contract/run';
import { addDays, monthNumber, monthOf } from '../../client/format/date.ts';
import type { Group } from '../../client/format/group.ts';
import { noun } from '../../client/format/noun.ts';
import type { MetricWords } from '../../client/format/number.ts';

/** Invented rows that the chart tests and their pictures share. */
export const readmissions: MetricWords = {
  title: 'Unplanned readmissions',
  unit: 'percent',
  scale: 100,
  isPart: false,
  betterIs: 'lower',
};
export const visits: MetricWords = {
  title: 'Emergency visits',
  unit: 'per 1,000 members per year',
  scale: 12_000,
  isPart: false,
  betterIs: 'lower',
};
export const spend: MetricWords = {
  title: 'Total cost of care',
  unit: 'dollars per member per month',
  scale: 1,
  isPart: false,
  betterIs: 'lower',
};
export const screening: MetricWords = {
  title: 'Breast screening',
  unit: 'percent',
  scale: 100,
  isPart: false,
  betterIs: 'higher',
};
export const daysAtHome: MetricWords = {
  title: 'Days at home',
  unit: 'per 1,000 members per year',
  scale: 365_000,
  isPart: true,
  betterIs: 'higher',
};
export const stays = noun('index stay');
export const memberMonths = noun('member month');

const empty: Omit<Cell, 'key'> = {
  numerator: null,
  denominator: null,
  rows: null,
  value: null,
  low: null,
  high: null,
  expected: null,
  ratioLow: null,
  ratioHigh: null,
  suppressed: false,
  immature: false,
};

export const suppressedCell = (key: Cell['key']): Cell => ({ ...empty, key, suppressed: true });

/** A cell as the server fills it, with a plain 95 % interval (the server's Wilson and Byar are not under test here). */
export function cell(key: Cell['key'], numerator: number, denominator: number, { unit, scale }: MetricWords): Cell {
  if (denominator === 0) return { ...empty, key, numerator, denominator, rows: 0 };
  const rate = numerator / denominator;
  const error = 1.96 * Math.sqrt((unit === 'percent' ? rate * (1 - rate) : rate) / denominator);
  const margin = unit === 'dollars per member per month' ? rate * 0.02 : error;
  return {
    ...empty,
    key,
    numerator,
    denominator,
    rows: denominator,
    value: scale * rate,
    low: scale * Math.max(0, rate - margin),
    high: scale * (rate + margin),
  };
}

/** Cells by month from `first`, with the last `immature` of them still filling. */
export function monthly(
  first: string,
  parts: readonly (readonly [numerator: number, denominator: number])[],
  metric: MetricWords,
  immature = 0,
): Cell[] {
  return parts.map(([numerator, denominator], at) => ({
    ...cell({ month: monthOf(monthNumber(first) + at) }, numerator, denominator, metric),
    immature: at >= parts.length - immature,
  }));
}

/** 38 months around 15 %, one of them at 21.6 %, then five below, then two that are still filling. */
const stayCounts = [
  331, 338, 322, 345, 339, 352, 371, 340, 356, 338, 352, 341, 334, 345, 342, 336, 349, 337, 358, 341, 356, 334, 346,
  359, 342, 347, 333, 340, 339, 351, 379, 338, 351, 346, 341, 298, 287, 241,
];
const rates = [
  15.4, 14.2, 16.1, 13.9, 15.2, 14.7, 16.7, 15.0, 13.6, 15.4, 14.5, 15.7, 13.8, 14.8, 16.2, 14.3, 15.0, 14.1, 16.1,
  14.6, 15.8, 14.1, 14.8, 15.4, 13.7, 14.6, 15.3, 14.2, 13.3, 14.2, 21.6, 13.9, 13.7, 12.4, 12.0, 11.7, 12.2, 10.8,
];
export const readmissionMonths = monthly(
  '2023-07',
  stayCounts.map((n, at) => [Math.round(((rates[at] ?? 0) * n) / 100), n]),
  readmissions,
  2,
);

/** Nine thousand members whose use rises by a step and has more spread than Poisson gives. */
export const visitMonths = monthly(
  '2023-07',
  Array.from({ length: 36 }, (_, at) => {
    const exposure = 9000 + 12 * at;
    const yearly = 470 + 45 * Math.sin(at * 2.4) + (at > 26 ? 70 : 0);
    return [Math.round((yearly * exposure) / 12_000), exposure] as const;
  }),
  visits,
  1,
);

export const spendMonths = monthly(
  '2023-07',
  Array.from({ length: 36 }, (_, at) => [(1062 + 24 * Math.sin(at * 1.7) - at * 0.8) * 9400, 9400] as const),
  spend,
  3,
);

const group = (id: string, label: string, numerator: number, denominator: number, metric: MetricWords): Group => ({
  id,
  label,
  cell: cell({ facility: id }, numerator, denominator, metric),
});

/** Nineteen hospitals around 14 %, one well above, one well below. */
export const hospitals: Group[] = [
  group('brendan', 'St. Brendan Hospital', 118, 521, readmissions),
  group('quarry', 'Quarry Hill Community', 16, 318, readmissions),
  ...[
    [2, 15, 'Ashford'],
    [5, 28, 'Bayside'],
    [4, 34, 'Cold Spring'],
    [4, 45, 'Dunmore'],
    [7, 52, 'Eastgate'],
    [11, 66, 'Fairview'],
    [12, 78, 'Glenwood'],
    [10, 92, 'Harbor General'],
    [16, 99, 'Ivy Park'],
    [14, 121, 'Juniper'],
    [24, 139, 'Kestrel Valley'],
    [20, 160, 'Lakeshore'],
    [36, 204, 'Mercy Lake'],
    [29, 241, 'Northgate'],
    [43, 290, 'Oak Ridge'],
    [51, 377, 'Port Allen'],
    [70, 402, 'Queensway Regional Medical Center and Heart Institute of the Upper Valley'],
    [93, 688, 'Vale Regional'],
  ].map(([x, n, name]) => group(String(name).toLowerCase(), String(name), Number(x), Number(n), readmissions)),
];

export const tiers: Group[] = [
  group('low', 'Low', 31, 410, readmissions),
  group('moderate', 'Moderate', 118, 980, readmissions),
  group('high', 'High', 264, 1790, readmissions),
  group('very high', 'Very high', 171, 920, readmissions),
  { id: 'unknown', label: 'Not known', cell: suppressedCell({ risk_tier: null }) },
  group('few', 'Seen once', 3, 12, readmissions),
];

const event = (
  id: string,
  lane: string,
  start_date: string,
  end_date: string | null,
  title: string,
  more: Partial<TimelineEvent> = {},
): TimelineEvent => ({
  id,
  lane,
  start_date,
  end_date,
  title,
  detail: null,
  facility: null,
  code: null,
  value: null,
  unit: null,
  paid_amount: null,
  source: 'claim',
  claim_ids: [],
  readmission: false,
  ...more,
});

const fills = (title: string, first: string, times: number, days = 30) =>
  Array.from({ length: times }, (_, at) => {
    const start = addDays(first, at * days);
    return event(`${title} ${start}`, 'medication', start, addDays(start, days), title, {
      detail: `${days} days`,
      code: title,
    });
  });

const a1c = (date: string, value: number) =>
  event(`a1c ${date}`, 'observation', date, null, 'Hemoglobin A1c', {
    code: '4548-4',
    value,
    unit: '%',
    source: 'ehr',
  });

/** One invented woman with heart failure and diabetes. */
export const person: Timeline = {
  person_id: '0123456789abcdef',
  data_through: '2026-09-30',
  events: [
    event('s1', 'acute inpatient', '2025-11-12', '2025-11-17', 'Hospital stay, 5 days', {
      code: 'I509',
      facility: 'Harbor General',
    }),
    event('s2', 'acute inpatient', '2026-02-08', '2026-02-14', 'Hospital stay, 6 days', {
      code: 'J189',
      facility: 'Mercy Lake',
    }),
    event('s3', 'acute inpatient', '2026-08-02', '2026-08-07', 'Hospital stay, 5 days', {
      code: 'I509',
      facility: 'St. Brendan',
    }),
    event('s4', 'acute inpatient', '2026-08-19', '2026-08-25', 'Hospital stay, 6 days', {
      code: 'I5023',
      facility: 'St. Brendan',
      readmission: true,
    }),
    event('e1', 'emergency department', '2025-06-01', '2025-06-01', 'Emergency visit, sent home', { code: 'W19XXXA' }),
    event('e2', 'emergency department', '2026-05-18', '2026-05-18', 'Emergency visit, sent home', { code: 'R600' }),
    event('o1', 'observation', '2026-05-27', '2026-05-29', 'Observation, 2 days', { code: 'R079' }),
    event('n1', 'skilled nursing', '2026-02-14', '2026-03-06', 'Nursing facility'),
    event('h1', 'home health', '2025-11-19', '2026-01-10', 'Home health'),
    event('h2', 'home health', '2026-03-08', '2026-05-01', 'Home health'),
    event('h3', 'home health', '2026-08-27', '2026-09-30', 'Home health'),
    ...['2025-04-22', '2025-05-20', '2025-07-08', '2025-08-12', '2025-10-01', '2025-11-21', '2025-12-16', '2026-01-20']
      .concat(['2026-03-18', '2026-04-14', '2026-05-21', '2026-06-10', '2026-06-30', '2026-09-10'])
      .map((date) => event(`v ${date}`, 'office visit', date, date, 'Office visit')),
    ...fills('Metformin', '2025-03-01', 11),
    ...fills('Insulin glargine', '2026-08-27', 2),
    ...fills('Furosemide', '2025-02-20', 7),
    ...fills('Furosemide', '2025-11-18', 5),
    ...fills('Furosemide', '2026-06-01', 5),
    ...fills('Lisinopril', '2025-03-10', 18),
    ...fills('Carvedilol', '2025-11-18', 11),
    a1c('2025-05-20', 7.4),
    a1c('2025-08-12', 7.6),
    a1c('2025-11-21', 7.9),
    a1c('2026-02-10', 8.1),
    a1c('2026-05-21', 9.3),
    a1c('2026-08-03', 9.8),
  ],
};

export const file = (file_id: number, path: string, counts: Partial<SourceFile>): SourceFile => {
  const { loaded = 0, quarantined = 0, duplicate = 0, skipped = 0 } = counts;
  return {
    file_id,
    path,
    format: 'tuva',
    kind: 'input',
    sha256: '0'.repeat(64),
    bytes: 1000,
    physical_records: 1 + loaded + quarantined + duplicate + skipped,
    header_records: 1,
    blank_records: 0,
    loaded,
    quarantined,
    duplicate,
    skipped,
    amount_raw: null,
    amount_loaded: null,
    amount_quarantined: null,
    amount_duplicate: null,
    amount_skipped: null,
    note: null,
    ...counts,
  };
};
