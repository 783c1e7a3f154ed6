/**
 * A second reading of four quality measures: plain loops over what is known of one person, written from the published
 * measures and what their folders say of claims, and not from the SQL that it checks. Days are ISO dates, so that text
 * order is their order.
 */

/** A line of a professional claim. */
export interface Bill {
  readonly day: string;
  readonly code: string | null;
  readonly modifier: string | null;
  readonly place: string;
  readonly diagnoses: readonly string[];
}

/** A visit or stay: of a claim, or of a chart, whose end may be unknown. */
export interface Stay {
  readonly id: string;
  readonly of: 'claim' | 'chart';
  readonly kind: 'office visit' | 'telehealth' | 'emergency department' | 'acute inpatient' | 'hospice';
  readonly from: string;
  readonly to: string | null;
  readonly disposition: string | null;
}

/** A problem or diagnosis of a chart. */
export interface Diagnosis {
  readonly code: string;
  readonly onset: string | null;
  readonly recorded: string | null;
  readonly resolved: string | null;
  readonly status: string | null;
  readonly category: string | null;
  readonly side: string | null;
}

/** A result or answer of a chart. */
export interface Finding {
  readonly code: string;
  readonly isLaboratory: boolean;
  readonly from: string | null;
  readonly day: string;
  readonly value: string | null;
  readonly unit: string | null;
  readonly status: string | null;
  readonly stay: string | null;
}

export interface Procedure {
  readonly system: string;
  readonly code: string;
  readonly day: string;
  readonly status: string | null;
}

/** An order of a medicine. */
export interface Medicine {
  readonly code: string;
  readonly day: string;
  readonly days: number | null;
  readonly status: string | null;
}

export interface Person {
  readonly birth: string;
  readonly sex: 'female' | 'male';
  readonly spans: readonly { readonly from: string; readonly to: string; readonly isInstitutional: boolean }[];
  readonly bills: readonly Bill[];
  readonly stays: readonly Stay[];
  readonly diagnoses: readonly Diagnosis[];
  readonly findings: readonly Finding[];
  readonly procedures: readonly Procedure[];
  readonly medicines: readonly Medicine[];
}

/** What a gap list says of one person and year. */
export interface Gap {
  readonly measure: string;
  readonly year: number;
  readonly isInitial: boolean;
  readonly exclusion: string | null;
  readonly isNumerator: boolean;
  readonly status: string;
  readonly evidenceDay: string | null;
}

/** What each code means to these measures, one thing or two. A code that is not here means nothing to them. */
const MEANING: Readonly<Record<string, string>> = {
  ...{ 99213: 'visit', 99349: 'visit', 99396: 'visit', G0439: 'visit', 98967: 'visit' },
  ...{ 99421: 'online visit', 97802: 'nutrition visit' },
  ...{ E119: 'diabetes', 44054006: 'diabetes', I10: 'hypertension', 59621000: 'hypertension' },
  ...{ 83036: 'a1c', '4548-4': 'a1c', '97506-0': 'a1c' },
  ...{ '3044F': 'a1c 9 or below', '3052F': 'a1c 9 or below', '3046F': 'a1c above 9' },
  ...{ '8480-6': 'systolic', '8462-4': 'diastolic' },
  ...{ '3074F': 'systolic low', '3075F': 'systolic low', G8752: 'systolic low', '3077F': 'systolic high' },
  ...{ '3078F': 'diastolic low', '3079F': 'diastolic low', G8754: 'diastolic low', '3080F': 'diastolic high' },
  ...{ 77067: 'mammogram', 77065: 'mammogram', 71651007: 'mammogram', '24606-6': 'mammogram' },
  ...{ Z9013: 'breasts removed', '0HTV0ZZ': 'breasts removed', Z9011: 'right breast removed' },
  ...{ Z9012: 'left breast removed', Z9010: 'breast removed', 19303: 'breast removed' },
  ...{ 45378: 'colonoscopy', G0121: 'colonoscopy', 73761001: 'colonoscopy', 45330: 'sigmoidoscopy' },
  ...{ 74263: 'ct colonography', '79101-2': 'ct colonography', 81528: 'stool dna', '77354-9': 'stool dna' },
  ...{ 82274: 'stool blood', '29771-3': 'stool blood', '3017F': 'screening on file' },
  ...{ C182: 'colorectal cancer', Z85038: 'colorectal cancer', 44150: 'colon removed', '0DTE0ZZ': 'colon removed' },
  ...{ N186: 'kidney failure, advanced illness', N185: 'kidney failure, advanced illness' },
  ...{ Z940: 'kidney failure', O0991: 'pregnancy' },
  ...{ 90935: 'dialysis', 90960: 'dialysis', 50360: 'dialysis', '0TY00Z0': 'dialysis' },
  ...{ G0182: 'hospice', T2042: 'hospice', '45755-6': 'hospice answer', Z515: 'palliative', G9054: 'palliative' },
  ...{ '71007-9': 'palliative', '71802-3': 'housing' },
  ...{ E0143: 'frailty device', T1019: 'frailty', Z993: 'frailty', R5381: 'frailty symptom' },
  ...{ I5022: 'advanced illness', F0390: 'advanced illness', 997223: 'dementia medicine' },
};

const FOREVER = '9999-12-31';

/** Something that was so from one day to another; the end is null where it is not known. */
interface Fact {
  readonly what: string;
  readonly by: 'bill' | 'diagnosis' | 'finding' | 'procedure' | 'medicine' | 'visit';
  readonly of: 'claim' | 'chart';
  readonly from: string;
  readonly to: string | null;
  readonly value: string | null;
  readonly unit: string | null;
  readonly category: string | null;
  readonly side: string | null;
  readonly place: string | null;
  readonly stay: string | null;
}

const NOTHING = { to: null, value: null, unit: null, category: null, side: null, place: null, stay: null };

function plusDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

function endOf({ status, resolved, recorded, onset }: Diagnosis): string | null {
  if (status === 'active' || status === 'recurrence') return resolved ?? FOREVER;
  if (status === 'inactive' || status === 'resolved') return resolved;
  return resolved ?? recorded ?? onset;
}

/** What of a person's records is true, done, and not after the data end. */
function factsOf(person: Person, through: string): Fact[] {
  const facts: Fact[] = [];
  const tell = (code: string | null, fact: Pick<Fact, 'by' | 'of' | 'from' | 'to'> & Partial<Fact>) => {
    for (const what of (MEANING[code ?? ''] ?? '').split(', ')) facts.push({ ...NOTHING, ...fact, what });
  };
  for (const { day, code, modifier, place, diagnoses } of person.bills) {
    const same = { of: 'claim', from: day, to: day } as const;
    if (modifier !== '8P') tell(code, { ...same, by: 'bill', place, side: modifier });
    for (const one of diagnoses) tell(one, { ...same, by: 'diagnosis', category: 'encounter-diagnosis' });
  }
  for (const { kind, of, from, to } of person.stays) {
    const isVisit = of === 'chart' && (kind === 'office visit' || kind === 'telehealth');
    if (isVisit) facts.push({ ...NOTHING, what: 'visit', by: 'visit', of, from, to: to ?? from });
  }
  for (const one of person.diagnoses) {
    const from = one.onset ?? one.recorded;
    if (from === null || one.status === 'refuted') continue;
    const { category, side } = one;
    tell(one.code, { by: 'diagnosis', of: 'chart', from, to: endOf(one), category, side });
  }
  for (const { code, from, day, value, unit, status, stay } of person.findings) {
    if (status !== null && !['final', 'amended', 'corrected'].includes(status)) continue;
    tell(code, { by: 'finding', of: 'chart', from: from ?? day, to: day, value, unit, stay });
  }
  for (const { code, day, status } of person.procedures) {
    if (status === null || status === 'completed') tell(code, { by: 'procedure', of: 'chart', from: day, to: day });
  }
  for (const { code, day, days, status } of person.medicines) {
    if (status !== null && !['active', 'completed'].includes(status)) continue;
    tell(code, { by: 'medicine', of: 'chart', from: day, to: plusDays(day, (days ?? 1) - 1) });
  }
  return facts.filter(({ from }) => from <= through);
}

/** The year, and the year before: a fact overlaps them, lies within them, or has begun by their end. */
class Year {
  readonly number: number;
  readonly start: string;
  readonly end: string;
  readonly startBefore: string;

  constructor(number: number) {
    this.number = number;
    this.start = `${number}-01-01`;
    this.end = `${number}-12-31`;
    this.startBefore = `${number - 1}-01-01`;
  }

  overlaps({ from, to }: Pick<Fact, 'from' | 'to'>, since = this.start): boolean {
    return from <= this.end && to !== null && to >= since;
  }

  holds({ from, to }: Pick<Fact, 'from' | 'to'>): boolean {
    return from >= this.start && to !== null && to <= this.end;
  }

  ageAtEnd(birth: string): number {
    return this.number - Number(birth.slice(0, 4));
  }
}

type Reason = { readonly reason: string; readonly day: string };

const first = <T>(list: readonly T[], before: (a: T, b: T) => boolean): T | undefined =>
  list.reduce<T | undefined>((best, one) => (best === undefined || before(one, best) ? one : best), undefined);
const earliest = (days: readonly string[]): string | undefined => first(days, (a, b) => a < b);
const latest = (days: readonly string[]): string | undefined => first(days, (a, b) => a > b);

/** Why every measure of these leaves a person out; a reason has the day of its first fact. */
function commonReasons(person: Person, facts: readonly Fact[], year: Year, through: string): Reason[] {
  const age = year.ageAtEnd(person.birth);
  const is = (...words: string[]) => facts.filter(({ what }) => words.includes(what));
  const days = (list: readonly Fact[]) => list.map(({ from }) => from);

  const hospice = days(is('hospice').filter((fact) => year.overlaps(fact)));
  for (const fact of is('hospice answer')) {
    if (fact.value === '373066001' && year.overlaps(fact)) hospice.push(fact.from);
  }
  for (const stay of person.stays) {
    const to = stay.to ?? stay.from;
    if (stay.kind === 'hospice' && stay.from <= through && year.overlaps({ from: stay.from, to })) {
      hospice.push(stay.from);
    }
    const isDischarged = stay.to !== null && ['50', '51'].includes(stay.disposition ?? '');
    if (isDischarged && to >= year.start && to <= year.end && to <= through) hospice.push(to);
  }

  const palliative = days(is('palliative').filter((fact) => year.overlaps(fact)));

  const home: string[] = [];
  if (age >= 66) {
    const asked = is('housing').filter(({ from }) => from <= year.end);
    const last = latest(asked.map(({ to }) => to ?? ''));
    const answers = asked.filter(({ to }) => to === last);
    if (answers.length > 0 && answers.every(({ value }) => value === '160734000')) {
      home.push(earliest(days(answers)) ?? '');
    }
    for (const { from, to, isInstitutional } of person.spans) {
      if (isInstitutional && from <= year.end && to >= year.start) {
        home.push(from > year.start ? `${from.slice(0, 7)}-01` : year.start);
      }
    }
  }

  const frailty = days([
    ...is('frailty').filter((fact) => year.overlaps(fact)),
    ...is('frailty device').filter((fact) => year.holds(fact)),
    ...is('frailty symptom').filter((fact) => fact.of === 'claim' && year.overlaps(fact)),
  ]);
  const illness = days([
    ...is('advanced illness').filter((fact) => fact.from >= year.startBefore && fact.from <= year.end),
    ...is('dementia medicine').filter((fact) => year.overlaps(fact, year.startBefore)),
  ]);

  const found: [string, string[]][] = [
    ['hospice care', hospice],
    ['palliative care', palliative],
    ['lives in a nursing home', home],
    ['frailty and advanced illness', age >= 66 && frailty.length > 0 ? illness : []],
    ['frailty at 81 or older', age >= 81 ? frailty : []],
  ];
  return found.flatMap(([reason, when]) => {
    const day = earliest(when);
    return day === undefined ? [] : [{ reason, day }];
  });
}

/** A visit of the year: a billed one of these kinds, or one of a chart. */
const isSeen = (facts: readonly Fact[], year: Year, ...kinds: readonly string[]): boolean =>
  facts.some((fact) => ['bill', 'visit'].includes(fact.by) && kinds.includes(fact.what) && year.holds(fact));

/** The month in which coverage, a claim line or a visit first shows a person, and the last one. */
function monthsOf({ spans, bills, stays }: Person, through: string): readonly [string, string] {
  const seen = [...bills.map(({ day }) => day), ...stays.map(({ from }) => from)].filter((day) => day <= through);
  const days = [...seen, ...spans.flatMap(({ from, to }) => [from, to])].sort();
  return [`${days[0]?.slice(0, 7)}-01`, `${days.at(-1)?.slice(0, 7)}-01`];
}

/** What a measure says of a person and year. */
interface Judgement {
  readonly isTooOld: boolean;
  readonly isInitial: boolean;
  readonly leavesOut: readonly Reason[];
  readonly isNumerator: boolean;
  readonly state: 'tested, value unknown' | 'history incomplete' | null;
  readonly evidenceDay: string | null;
}

interface Asked {
  readonly person: Person;
  readonly facts: readonly Fact[];
  readonly year: Year;
  readonly age: number;
  /** Of measure_exclusion's reasons those that every measure here knows; CMS165 adds frailty from 81 years on. */
  readonly common: readonly Reason[];
  readonly firstMonth: string;
}

/** The diagnoses of a disease: whether the person has it in the year, or had it the year before; undefined if neither. */
function isIll(facts: readonly Fact[], year: Year, what: string, counts: (fact: Fact) => boolean): boolean | undefined {
  const known = facts.filter((fact) => fact.by === 'diagnosis' && fact.what === what);
  const near = known.filter((fact) => year.overlaps(fact, year.startBefore));
  return near.length === 0 ? undefined : near.some(counts);
}

/** Below, not below, or unknown: the lowest of several values decides. */
const lowest = (values: readonly (boolean | null)[]): boolean | null =>
  values.includes(true) ? true : values.includes(false) ? false : null;

const numberIn = (text: string | null): number => (text === null || text === '' ? Number.NaN : Number(text));

/** A1c above 9 %, inverse. */
function cms122({ facts, year, age, common }: Asked): Judgement | undefined {
  const isFrom2026 = year.number >= 2026;
  const diabetes = facts.filter(({ category }) => !isFrom2026 || category !== 'problem-list-item');
  const isDiabetic = isIll(diabetes, year, 'diabetes', (fact) => year.overlaps(fact));
  if (isDiabetic === undefined || age < 18 || age > 76) return undefined;
  const tests = facts.filter(
    ({ what, to }) => what.startsWith('a1c') && to !== null && to >= year.start && to <= year.end,
  );
  const lastDay = latest(tests.map(({ to }) => to ?? '')) ?? null;
  const isLow = lowest(
    tests
      .filter(({ to }) => to === lastDay)
      .map(({ what, by, value, unit }) => {
        if (what === 'a1c 9 or below') return true;
        if (what === 'a1c above 9') return false;
        const percent = numberIn(value);
        const isPercent = unit === null || unit.includes('%') || unit.toLowerCase() === 'percent';
        return by === 'finding' && isPercent && percent >= 2 && percent <= 25 ? percent <= 9 : null;
      }),
  );
  return {
    isTooOld: age > 75,
    isInitial: age <= 75 && isDiabetic && isSeen(facts, year, 'visit', isFrom2026 ? 'nutrition visit' : 'online visit'),
    leavesOut: common.filter(({ reason }) => reason !== 'frailty at 81 or older'),
    isNumerator: isLow !== true,
    state: lastDay !== null && isLow === null ? 'tested, value unknown' : null,
    evidenceDay: lastDay,
  };
}

/** Screening for breast cancer. */
function cms125({ person, facts, year, age, common, firstMonth }: Asked): Judgement | undefined {
  if (person.sex !== 'female' || age < (year.number >= 2026 ? 42 : 52) || age > 75) return undefined;
  const lookback = `${year.number - 2}-10-01`;
  const done = facts.filter(({ what, to }) => what === 'mammogram' && to !== null && to >= lookback && to <= year.end);
  const removed = facts
    .filter(({ what, from }) => /breasts? removed/.test(what) && from <= year.end)
    .map(({ what, side, from }) => ({
      isLeft:
        what === 'breasts removed' || what === 'left breast removed' || ['50', 'LT', '7771000'].includes(side ?? ''),
      isRight:
        what === 'breasts removed' || what === 'right breast removed' || ['50', 'RT', '24028007'].includes(side ?? ''),
      from,
    }))
    .filter(({ isLeft, isRight }) => isLeft || isRight);
  const day = latest(removed.map(({ from }) => from)) ?? '';
  const hasNone = removed.some(({ isLeft }) => isLeft) && removed.some(({ isRight }) => isRight);
  return {
    isTooOld: age > 74,
    isInitial: age <= 74 && isSeen(facts, year, 'visit', 'online visit'),
    leavesOut: [
      ...common.filter(({ reason }) => reason !== 'frailty at 81 or older'),
      ...(hasNone ? [{ reason: 'both breasts removed', day }] : []),
    ],
    isNumerator: done.length > 0,
    state: done.length === 0 && firstMonth > lookback ? 'history incomplete' : null,
    evidenceDay: latest(done.map(({ to }) => to ?? '')) ?? null,
  };
}

/** Years that a screening for colorectal cancer counts, its own included. */
const COLORECTAL: Readonly<Record<string, number>> = {
  ...{ colonoscopy: 10, sigmoidoscopy: 5, 'ct colonography': 5 },
  ...{ 'stool dna': 3, 'stool blood': 1, 'screening on file': 1 },
};

/** Screening for colorectal cancer. */
function cms130({ facts, year, age, common, firstMonth }: Asked): Judgement | undefined {
  if (age < 46 || age > 76) return undefined;
  const done = facts.flatMap(({ what, by, to, value }) => {
    const years = COLORECTAL[what] ?? 0;
    const isStool = what.startsWith('stool');
    const isKnown = by === 'bill' || !isStool || value !== null;
    return isKnown && to !== null && to >= `${year.number - years + 1}-01-01` && to <= year.end
      ? [{ day: to, lastYear: Number(to.slice(0, 4)) + years }]
      : [];
  });
  const longest = first(done, (a, b) => a.lastYear > b.lastYear || (a.lastYear === b.lastYear && a.day > b.day));
  return {
    isTooOld: age > 75,
    isInitial: age <= 75 && isSeen(facts, year, 'visit', 'online visit'),
    leavesOut: [
      ...common.filter(({ reason }) => reason !== 'frailty at 81 or older'),
      ...facts
        .filter(({ what, from }) => ['colorectal cancer', 'colon removed'].includes(what) && from <= year.end)
        .map(({ what, from }) => ({ reason: what, day: from })),
    ],
    isNumerator: longest !== undefined,
    state: longest === undefined && firstMonth > `${year.number - 9}-01-01` ? 'history incomplete' : null,
    evidenceDay: longest?.day ?? null,
  };
}

/** Whether a pressure of a chart was taken in a hospital: at a stay there, or, with no visit told, on a day of one. */
function isInHospital({ stay, to }: Fact, { stays, bills }: Person): boolean {
  const isHospital = ({ kind }: Stay) => kind === 'acute inpatient' || kind === 'emergency department';
  const linked = stays.find(({ id }) => id === stay);
  if (linked) return isHospital(linked);
  const day = to ?? '';
  return (
    stays.some((one) => isHospital(one) && one.from <= day && (one.to ?? one.from) >= day) ||
    bills.some((bill) => bill.place === '23' && bill.day === day)
  );
}

/** Control of high blood pressure. */
function cms165({ person, facts, year, age, common }: Asked): Judgement | undefined {
  const isIllInTime = isIll(
    facts,
    year,
    'hypertension',
    ({ from, to }) => from < `${year.number}-07-01` && to !== null && to >= year.start,
  );
  if (isIllInTime === undefined || age < 18 || age > 86) return undefined;
  const readings = facts.filter((fact) => {
    if (!/^(systolic|diastolic)/.test(fact.what) || fact.to === null || fact.to < year.start || fact.to > year.end)
      return false;
    return fact.by === 'bill' ? !['21', '23'].includes(fact.place ?? '') : !isInHospital(fact, person);
  });
  const lastDay = latest(readings.map(({ to }) => to ?? '')) ?? null;
  const isLow = (part: string, limit: number) =>
    lowest(
      readings
        .filter(({ what, to }) => to === lastDay && what.startsWith(part))
        .map(({ what, by, value, unit }) => {
          if (by === 'bill') return what.endsWith('low');
          const pressure = numberIn(value);
          const isUsable = pressure > 0 && ['mm[hg]', 'mmhg', 'mm hg'].includes((unit ?? 'mm[Hg]').toLowerCase());
          return isUsable ? pressure < limit : null;
        }),
    );
  const parts = [isLow('systolic', 140), isLow('diastolic', 90)];
  const isControlled = parts.includes(false) ? false : parts.includes(null) ? null : true;
  return {
    isTooOld: age > 85,
    isInitial: age <= 85 && isIllInTime && isSeen(facts, year, 'visit', 'online visit'),
    leavesOut: [
      ...common,
      ...facts.flatMap((fact) => {
        const isIt =
          (['kidney failure', 'pregnancy'].includes(fact.what) && year.overlaps(fact)) ||
          (fact.what === 'dialysis' && fact.from <= year.end);
        const reason = fact.what === 'pregnancy' ? 'pregnancy' : 'kidney failure, dialysis or transplant';
        return isIt ? [{ reason, day: fact.from }] : [];
      }),
    ],
    isNumerator: isControlled === true,
    state: lastDay !== null && isControlled === null ? 'tested, value unknown' : null,
    evidenceDay: lastDay,
  };
}

const MEASURES = { CMS122: cms122, CMS125: cms125, CMS130: cms130, CMS165: cms165 } as const;

function statusOf(judged: Judgement, isExcluded: boolean, isInverse: boolean, year: Year, through: string): string {
  if (!judged.isInitial) return judged.isTooOld ? 'aged out' : 'not eligible';
  if (isExcluded) return 'excluded';
  if (judged.isNumerator !== isInverse) return 'closed';
  if (judged.state !== null) return judged.state;
  if (year.end <= through) return 'overdue';
  return plusDays(year.end, -90) <= through ? 'due soon' : 'open';
}

/** What the four measures say of a person in these years, with the data known up to a day. */
export function gapsOf(person: Person, years: readonly number[], through: string): Gap[] {
  const facts = factsOf(person, through);
  const [firstMonth, lastMonth] = monthsOf(person, through);
  return years.flatMap((number) => {
    const year = new Year(number);
    if (firstMonth > year.end || lastMonth < year.start) return [];
    const age = year.ageAtEnd(person.birth);
    const common = commonReasons(person, facts, year, through);
    return Object.entries(MEASURES).flatMap(([measure, judge]) => {
      const judged = judge({ person, facts, year, age, common, firstMonth });
      if (judged === undefined) return [];
      const [leftOut] = judged.isInitial
        ? [...judged.leavesOut].sort((a, b) => (`${a.day} ${a.reason}` < `${b.day} ${b.reason}` ? -1 : 1))
        : [];
      return [
        {
          ...{ measure, year: number, isInitial: judged.isInitial, exclusion: leftOut?.reason ?? null },
          isNumerator: judged.isInitial && leftOut === undefined && judged.isNumerator,
          status: statusOf(judged, leftOut !== undefined, measure === 'CMS122', year, through),
          evidenceDay: judged.isInitial ? (leftOut?.day ?? judged.evidenceDay) : null,
        },
      ];
    });
  });
}
