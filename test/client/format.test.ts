import { describe, expect, test } from 'vitest';
import type { Cell } from '#contract/result';
import {
  addDays,
  dated,
  day,
  daysBetween,
  month,
  monthInFull,
  monthNumber,
  monthOf,
  months,
} from '../../client/format/date.ts';
import { groupsOf, isOfNames } from '../../client/format/group.ts';
import { diagnosisLabel, encounterLabel } from '../../client/format/label.ts';
import { inSentence, inWords, listed, noun, plural, sentence, spelled } from '../../client/format/noun.ts';
import {
  amount,
  change,
  count,
  digitsOf,
  duration,
  figure,
  interval,
  signed,
  unitLabel,
  unitWords,
} from '../../client/format/number.ts';
import { cell, readmissions } from './charts.rows.ts';

const PERCENT = 'percent';
const RATE = 'per 1,000 members per year';
const DOLLARS = 'dollars per member per month';

describe('numbers', () => {
  test('a count is grouped by thousands, and a rounded zero has no sign', () => {
    expect([0, 1204, -1204.4, -0.2].map(count)).toEqual(['0', '1,204', '−1,204', '0']);
  });
  test('percent has one decimal; rates and dollars lose theirs from 100 up', () => {
    expect(amount(14.23, PERCENT)).toBe('14.2%');
    expect([523.6, 99.94, 3.04].map((value) => amount(value, RATE))).toEqual(['524', '99.9', '3.0']);
    expect([1043.4, 99.94, 9.4, -9.4].map((value) => amount(value, DOLLARS))).toEqual([
      '$1,043',
      '$99.94',
      '$9.40',
      '−$9.40',
    ]);
    expect(figure(14.23, PERCENT)).toBe('14.2');
  });
  test('numbers of one list share their decimals, and none of them reads as zero', () => {
    expect(digitsOf([412, 36, 12], DOLLARS)).toBe(0);
    expect(digitsOf([412, 0.4], DOLLARS)).toBe(2);
    expect(digitsOf([0, 412], RATE)).toBe(0);
    expect(digitsOf([], RATE)).toBe(1);
  });
  test('an interval uses an en dash, and its dollar sign once', () => {
    expect(interval(13.2, 15.34, PERCENT)).toBe('13.2–15.3');
    expect(interval(1036.2, 1050, DOLLARS)).toBe('$1,036–1,050');
    expect(interval(98, 104, RATE)).toBe('98–104');
    expect(interval(null, 3, PERCENT)).toBeNull();
  });
  test('a difference carries its sign, and pp where it is of percents', () => {
    expect([0.42, -0.42, 0.01].map((value) => signed(value, PERCENT))).toEqual(['+0.4 pp', '−0.4 pp', '0.0 pp']);
    expect([5.8, -3.6].map((value) => signed(value, DOLLARS))).toEqual(['+$5.80', '−$3.60']);
  });
  test('a change is in points for percents and relative for the rest', () => {
    expect(change(14.2, 14.9, PERCENT)).toBe('−0.7 pp');
    expect(change(524, 471, RATE)).toBe('+11%');
    expect(change(471, 524, RATE)).toBe('−10%');
    expect(change(471, 471, RATE)).toBe('0%');
    expect(change(471, 0, RATE)).toBeNull();
    expect(change(null, 3, RATE)).toBeNull();
  });
  test('units are said once, after the number or in the header', () => {
    expect(([PERCENT, RATE, DOLLARS] as const).map(unitWords)).toEqual(['', 'per 1,000', 'per member per month']);
    expect(([PERCENT, RATE, DOLLARS] as const).map(unitLabel)).toEqual([
      '%',
      'per 1,000 members per year',
      '$ per member per month',
    ]);
  });
  test('a duration reads in seconds, then in minutes', () => {
    expect([0.42, 9.96, 59.4, 59.6, 125].map(duration)).toEqual([
      '0.4\u00a0s',
      '10\u00a0s',
      '59\u00a0s',
      '1\u00a0min 0\u00a0s',
      '2\u00a0min 5\u00a0s',
    ]);
  });
});

describe('words', () => {
  test('a noun follows its number', () => {
    const person = noun('person', 'people');
    expect([0, 1, 1204].map((n) => plural(n, person))).toEqual(['0 people', '1 person', '1,204 people']);
    expect([0, 1, 9, 17].map((n) => spelled(n, noun('stay')))).toEqual([
      'no stays',
      'one stay',
      'nine stays',
      '17 stays',
    ]);
    expect(inWords(2)).toBe('two');
  });
  test('a list ends in "and"', () => {
    expect([[], ['A'], ['A', 'B'], ['A', 'B', 'C']].map(listed)).toEqual(['', 'A', 'A and B', 'A, B and C']);
    expect(sentence('all months')).toBe('All months');
  });
  test('a label inside a sentence keeps the capitals of names and short forms only', () => {
    expect(
      ['Heart failure', 'HIV screening', 'Medicaid', 'Parkinson’s disease', '30-day stays'].map(inSentence),
    ).toEqual(['heart failure', 'HIV screening', 'Medicaid', 'Parkinson’s disease', '30-day stays']);
    expect(isOfNames({ id: 'practice', labelsFrom: 'core.practice' })).toBe(true);
    expect(isOfNames({ id: 'race' })).toBe(true);
    expect(isOfNames({ id: 'risk_tier' })).toBe(false);
  });
  test('codes without a dimension have our own short names, and unknown ones stand as they are', () => {
    expect(encounterLabel('skilled nursing')).toBe('Nursing facility');
    expect(encounterLabel('something new')).toBe('something new');
  });
  test('a diagnosis code gets its dot, other systems keep their digits', () => {
    expect(['I509', 'E11', 'W19XXXA', '36971009'].map(diagnosisLabel)).toEqual([
      'I50.9',
      'E11',
      'W19.XXXA',
      '36971009',
    ]);
  });
});

describe('dates', () => {
  test('days and months read short, and in full inside a sentence', () => {
    expect(day('2026-08-03')).toBe('3 Aug 2026');
    expect(dated('done 2026-08-03; paid again from 2026-11, not 2026-13')).toBe(
      'done 3 Aug 2026; paid again from Nov 2026, not 2026-13',
    );
    expect(month('2026-01')).toBe('Jan 2026');
    expect(month('2026-01-31')).toBe('Jan 2026');
    expect(monthInFull('2026-01')).toBe('January 2026');
    expect(months('2023-07', '2025-06-30')).toBe('Jul 2023 to Jun 2025');
    expect(months('2023-07-01', '2023-07-31')).toBe('Jul 2023');
  });
  test('months are counted across years, and back', () => {
    expect(monthNumber('2026-01') - monthNumber('2025-12')).toBe(1);
    expect(monthOf(monthNumber('2025-12') + 1)).toBe('2026-01');
  });
  test('days are counted across a leap day and a change of clocks', () => {
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
    expect(daysBetween('2026-03-07', '2026-03-09')).toBe(2);
    expect(addDays('2024-12-31', 60)).toBe('2025-03-01');
  });
});

describe('groups', () => {
  const values = [
    { value: 'low', label: 'Low' },
    { value: 'high', label: 'High' },
  ];
  const at = (risk_tier: string | null): Cell => cell({ risk_tier }, 1, 20, readmissions);
  test('cells come in the order of their dimension, then the unlisted, then the unknown', () => {
    const groups = groupsOf([at(null), at('odd'), at('high'), at('low')], { id: 'risk_tier', values });
    expect(groups.map(({ id, label }) => [id, label])).toEqual([
      ['low', 'Low'],
      ['high', 'High'],
      ['odd', 'odd'],
      ['', 'Not known'],
    ]);
  });
});
