/** A second, naive reading of the measures that claims alone fill: day by day, a person at a time. */

export const dayOf = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
export const textOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

export interface Span {
  readonly from: number;
  readonly to: number;
}
export interface Stay extends Span {
  readonly kind: 'hospital' | 'skilled nursing';
  readonly diagnosis: string;
  readonly disposition: '01' | '20';
}
export interface Visit {
  readonly day: number;
  readonly code: string;
  readonly diagnoses: readonly string[];
  readonly specialty: string | null;
}
export interface Fill {
  readonly day: number;
  readonly drug: string;
  readonly supply: number;
}
export interface Person {
  readonly birth: string;
  readonly death: number | null;
  readonly coverage: readonly Span[];
  /** Hospice care that is billed. */
  readonly hospice: Span | null;
  readonly fills: readonly Fill[];
  readonly stays: readonly Stay[];
  readonly emergencies: readonly { readonly day: number; readonly diagnoses: readonly string[] }[];
  readonly visits: readonly Visit[];
}

/** Drugs by the name that a clinical source states. */
export const DRUGS: Readonly<Record<string, { name: string; of: Readonly<Record<string, readonly string[]>> }>> = {
  '00000000001': { name: 'atorvastatin 20 MG', of: { statin: ['atorvastatin'] } },
  '00000000002': { name: 'Zocor', of: { statin: ['simvastatin'] } },
  '00000000003': {
    name: 'amlodipine / atorvastatin [Caduet]',
    of: { statin: ['atorvastatin'] },
  },
  '00000000004': { name: 'metformin 500 MG', of: { diabetes: ['metformin'] } },
  '00000000005': { name: 'Janumet', of: { diabetes: ['metformin', 'sitagliptin'] } },
  '00000000006': { name: 'sitagliptin 100 MG', of: { diabetes: ['sitagliptin'] } },
  '00000000007': { name: 'lisinopril 10 MG', of: { ras: ['lisinopril'] } },
  '00000000008': { name: 'amlodipine / valsartan', of: { ras: ['valsartan'] } },
  '00000000009': { name: 'sacubitril / valsartan', of: { sacubitril: ['sacubitril'] } },
  '00000000010': { name: 'insulin glargine', of: { insulin: ['insulin'] } },
  '00000000011': { name: 'acarbose 50 MG', of: { 'other diabetes': ['acarbose'] } },
  '00000000012': { name: 'clomiphene 50 MG', of: { fertility: ['clomiphene'] } },
  '00000000013': { name: 'Soliqua', of: { insulin: ['insulin'], diabetes: ['lixisenatide'] } },
  '00000000014': { name: 'insulin syringe', of: {} },
  '00000000015': { name: 'Wegovy semaglutide', of: {} },
};

export interface Year {
  readonly year: number;
  readonly start: number;
  readonly end: number;
  /** Last day of the data. */
  readonly through: number;
}

const days = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);

/** Birthday of an age; of the 29th of February on the 28th. */
function birthday(birth: string, age: number): number {
  const [year = 0, month = 0, day = 0] = birth.split('-').map(Number);
  const last = new Date(Date.UTC(year + age, month, 0)).getUTCDate();
  return Date.UTC(year + age, month - 1, Math.min(day, last)) / 86_400_000;
}
const isAged = (person: Person, age: number, on: number): boolean => birthday(person.birth, age) <= on;

/** Days of coverage, as far as life and data go. */
const coveredDays = (person: Person, through: number): Set<number> =>
  new Set(
    person.coverage.flatMap(({ from, to }) =>
      days(from, Math.min(to, through, person.death ?? Number.POSITIVE_INFINITY)),
    ),
  );

const fillsOf = (person: Person, classes: readonly string[], { start, end, through }: Year) =>
  person.fills
    .filter(({ day }) => start <= day && day <= Math.min(end, through))
    .flatMap((fill) =>
      Object.entries(DRUGS[fill.drug]?.of ?? {})
        .filter(([name]) => classes.includes(name))
        .map(([, ingredients]) => ({ ...fill, ingredients })),
    );

const has = (person: Person, codes: readonly RegExp[], { start, end, through }: Year): boolean =>
  [
    ...person.visits,
    ...person.emergencies,
    ...person.stays.map(({ from, diagnosis }) => ({ day: from, diagnoses: [diagnosis] })),
  ].some(
    ({ day, diagnoses }) =>
      start <= day && day <= Math.min(end, through) && diagnoses.some((code) => codes.some((one) => one.test(code))),
  );

const KIDNEY_FAILURE = [/^N186$/, /^Z992$/];
const NO_STATIN = [/^G720$/, /^K7460$/, /^R7303$/, /^E282$/, /^O0991$/];

const inHospice = ({ hospice }: Person, { start, end, through }: Year): boolean =>
  hospice !== null && hospice.from <= Math.min(end, through) && hospice.to >= start;

export interface Judged {
  readonly measure: string;
  readonly rate: string;
  readonly year: number;
  readonly isExcluded: boolean;
  readonly isNumerator: boolean;
}

const judged = (measure: string, year: Year, isExcluded: boolean, isNumerator: boolean, rate = '1'): Judged => ({
  ...{ measure, rate, year: year.year, isExcluded, isNumerator: isNumerator && !isExcluded },
});

/** Adherence: each fill takes the next days on which it can be used, one after another. */
function adherence(person: Person, measure: string, name: string, year: Year): Judged[] {
  const fills = fillsOf(person, [name], year);
  const first = Math.min(...fills.map(({ day }) => day));
  if (new Set(fills.map(({ day }) => day)).size < 2 || !isAged(person, 18, year.start)) return [];
  const covered = coveredDays(person, year.through);
  const known = days(first, Math.min(year.end, year.through)).filter((day) => covered.has(day));
  const lastKnown = Math.max(...known);
  const gap = known.length === 0 ? 0 : lastKnown - first + 1 - known.length;
  const end = Math.min(
    year.end,
    year.through,
    known.length === 0 ? Number.POSITIVE_INFINITY : lastKnown,
    person.death ?? Number.POSITIVE_INFINITY,
  );
  const isAway = (day: number): boolean => person.stays.some(({ from, to }) => from <= day && day < to);
  const toTreat = days(first, end).filter((day) => !isAway(day));
  if (end - first < 90 || gap > 1 || toTreat.length === 0) return [];
  const treated = new Set<number>();
  const usedUp = new Map<string, number>();
  const byDrug = new Map<string, (typeof fills)[number]>();
  for (const fill of fills) {
    const key = `${textOf(fill.day)} ${fill.ingredients.join()}`;
    if (fill.supply > (byDrug.get(key)?.supply ?? 0)) byDrug.set(key, fill);
  }
  const ordered = [...byDrug].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [, { day, ingredients, supply }] of ordered) {
    // The place among the days to treat: days in a facility are none.
    const place = Math.max(
      toTreat.filter((one) => one < day).length + Math.max(0, day - end - 1),
      ...ingredients.map((one) => usedUp.get(one) ?? 0),
    );
    for (let at = place; at < place + supply; at++) treated.add(at);
    for (const one of ingredients) usedUp.set(one, place + supply);
  }
  const share = toTreat.filter((_, at) => treated.has(at)).length / toTreat.length;
  const excluding = { diabetes: 'insulin', ras: 'sacubitril', statin: 'nothing' }[name] ?? '';
  const isExcluded =
    inHospice(person, year) || has(person, KIDNEY_FAILURE, year) || fillsOf(person, [excluding], year).length > 0;
  return [judged(measure, year, isExcluded, share >= 0.8)];
}

function statinUse(person: Person, year: Year): Judged[] {
  const fills = fillsOf(person, ['diabetes', 'other diabetes', 'insulin'], year);
  const first = Math.min(...fills.map(({ day }) => day));
  if (!isAged(person, 40, year.start) || isAged(person, 76, year.start)) return [];
  if (new Set(fills.map(({ day }) => day)).size < 2 || year.end - first < 90) return [];
  if (person.coverage.length > 0) {
    const covered = coveredDays(person, year.through);
    const asked = days(year.start, Math.min(year.end, year.through));
    const missing = asked.filter((day) => !covered.has(day));
    const lapses = missing.filter((day) => day === year.start || covered.has(day - 1));
    if (lapses.length > 1 || missing.length > 31) return [];
  }
  const isExcluded =
    inHospice(person, year) ||
    has(person, [...KIDNEY_FAILURE, ...NO_STATIN], year) ||
    fillsOf(person, ['fertility'], year).length > 0;
  return [judged('SUPD', year, isExcluded, fillsOf(person, ['statin'], year).length > 0)];
}

const visitsIn = (person: Person, { start, end, through }: Year, codes: readonly string[]): number[] =>
  person.visits
    .filter(({ day, code }) => start <= day && day <= Math.min(end, through) && codes.includes(code))
    .map(({ day }) => day);

const OFFICE = ['99213', 'G0402', 'G0438', 'G0439', '99396', '99349'];
const FLU = ['90662', 'G0008', 'M1168'];
const PNEUMO = ['90677', '90732', 'G0009'];

function influenza(person: Person, year: Year): Judged[] {
  const seen = visitsIn(person, year, OFFICE);
  const isOf =
    year.year < 2025
      ? seen.length > 0 && monthsOld(person, 6, year.start)
      : seen.some((day) => isAged(person, 19, day));
  if (!isOf) return [];
  const july = dayOf(`${year.year}-07-01`);
  const seasons = [
    { rate: '1', start: dayOf(`${year.year - 1}-07-01`), end: july - 1 },
    ...(july <= year.through ? [{ rate: '2', start: july, end: year.end }] : []),
  ];
  return seasons.map(({ rate, start, end }) =>
    judged('FLU', year, inHospice(person, year), visitsIn(person, { ...year, start, end }, FLU).length > 0, rate),
  );
}

function monthsOld({ birth }: Person, months: number, on: number): boolean {
  const [year = 0, month = 0, day = 0] = birth.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return Date.UTC(year, month - 1 + months, Math.min(day, last)) / 86_400_000 <= on;
}

function pneumococcal(person: Person, year: Year): Judged[] {
  if (!visitsIn(person, year, OFFICE).some((day) => isAged(person, 66, day))) return [];
  const start = birthday(person.birth, year.year < 2026 ? 60 : 19);
  const isVaccinated = visitsIn(person, { ...year, start }, PNEUMO).length > 0;
  return [judged('PNEUMO', year, inHospice(person, year), isVaccinated)];
}

function wellness(person: Person, year: Year): Judged[] {
  const covered = coveredDays(person, year.through);
  if (!days(year.start, year.end).some((day) => covered.has(day))) return [];
  const isDead =
    person.death !== null && person.death <= Math.min(year.end, year.through) && person.death >= year.start;
  const isSeen = visitsIn(person, year, ['G0402', 'G0438', 'G0439']).length > 0;
  return [judged('AWV', year, inHospice(person, year) || isDead, isSeen)];
}

export const judge = (person: Person, year: Year): Judged[] => [
  ...adherence(person, 'PDC-DR', 'diabetes', year),
  ...adherence(person, 'PDC-RASA', 'ras', year),
  ...adherence(person, 'PDC-STA', 'statin', year),
  ...statinUse(person, year),
  ...influenza(person, year),
  ...pneumococcal(person, year),
  ...wellness(person, year),
];

const isMental = (code: string): boolean => /^F(329|200|411)$/.test(code);
const isSelfHarm = (code: string): boolean => code === 'R45851';
const isOverdose = (code: string): boolean => code.startsWith('T401X1');
const isSubstance = (code: string): boolean => /^F1[01]20$/.test(code) || isOverdose(code);
const BEHAVIORAL = ['90834'];
const SERVICES = ['99408', 'H0005'];
const BEHAVIORAL_OR_OFFICE = [...OFFICE, ...BEHAVIORAL];

export interface FollowedUp {
  readonly kind: string;
  readonly day: number;
  readonly isCounted: boolean;
  readonly isExcluded: boolean;
  readonly followUp: number | null;
}

/** Days to the first follow-up of every emergency visit and psychiatric discharge of a year. */
export function followUps(person: Person, year: Year): FollowedUp[] {
  const { start, end, through } = year;
  const covered = coveredDays(person, through);
  const events = [
    ...person.emergencies.flatMap(({ day, diagnoses }) => [
      ...(isMental(diagnoses[0] ?? '') ||
      isSelfHarm(diagnoses[0] ?? '') ||
      (year.year >= 2025 && diagnoses.some(isSelfHarm))
        ? [{ kind: 'emergency mental', day, age: 6, own: null }]
        : []),
      ...(isSubstance(diagnoses[0] ?? '') || diagnoses.some(isOverdose)
        ? [{ kind: 'emergency substance', day, age: 13, own: null }]
        : []),
    ]),
    ...person.stays
      .filter(
        ({ kind, diagnosis, disposition }) =>
          kind === 'hospital' && disposition !== '20' && (isMental(diagnosis) || isSelfHarm(diagnosis)),
      )
      .map((own) => ({ kind: 'psychiatric discharge', day: own.to, age: 6, own })),
  ]
    .filter(({ day, age }) => start <= day && day <= Math.min(end, through) && isAged(person, age, day))
    .sort((a, b) => a.day - b.day);
  const lastCounted = new Map<string, number>();
  return events.map(({ kind, day, own }) => {
    const soon = person.stays.filter((stay) => stay !== own && day <= stay.from && stay.from <= day + 30);
    const isAgain = soon.some(
      (stay) => stay.kind === 'hospital' && (isMental(stay.diagnosis) || isSelfHarm(stay.diagnosis)),
    );
    const isLeftOut = day > end - 30 || (own !== null && isAgain);
    const isDead = person.death !== null && person.death <= Math.min(end, through);
    const isCovered = days(day, Math.min(day + 30, through)).every((one) => covered.has(one));
    const isExcluded = inHospice(person, year) || isDead || soon.length > 0 || !isCovered;
    let isFirst = true;
    if (own === null && !isLeftOut && !isExcluded) {
      isFirst = day - (lastCounted.get(kind) ?? Number.NEGATIVE_INFINITY) > 30;
      if (isFirst) lastCounted.set(kind, day);
    }
    const isFollowUp = ({ code, diagnoses, specialty }: Visit): boolean => {
      const isWithSpecialist = specialty === '26' && BEHAVIORAL_OR_OFFICE.includes(code);
      const isOfVisit = BEHAVIORAL_OR_OFFICE.includes(code);
      if (kind === 'emergency substance') {
        return SERVICES.includes(code) || isWithSpecialist || (isOfVisit && diagnoses.some(isSubstance));
      }
      if (!isOfVisit) return false;
      if (kind === 'emergency mental') {
        const [first = ''] = diagnoses;
        return year.year < 2025
          ? isMental(first) || (isSelfHarm(first) && diagnoses.some(isMental))
          : diagnoses.some(isMental);
      }
      return isWithSpecialist || (year.year < 2025 ? BEHAVIORAL.includes(code) : diagnoses.some(isMental));
    };
    const followed = person.visits
      .filter((visit) => visit.day >= day + (own === null ? 0 : 1) && visit.day <= Math.min(day + 30, through))
      .filter(isFollowUp)
      .map((visit) => visit.day - day);
    return {
      ...{ kind, day, isCounted: !isLeftOut && (isFirst || isExcluded), isExcluded },
      followUp: followed.length === 0 ? null : Math.min(...followed),
    };
  });
}

/** Days at risk and admissions of the months of a year with multiple chronic conditions, by month. */
export function atRisk(
  person: Person,
  year: Year,
): Map<string, { days: number; isCovered: boolean; admissions: number }> {
  const months = new Map<string, { days: number; isCovered: boolean; admissions: number }>();
  if (!isAged(person, 65, year.start)) return months;
  const covered = coveredDays(person, year.through);
  const isAway = (day: number): boolean =>
    (person.hospice !== null && day >= person.hospice.from) ||
    person.stays.some(({ kind, from, to }) => (kind === 'hospital' ? from + 1 : from) <= day && day <= to + 10);
  const isCountedFor = ({ kind, diagnosis }: Stay): boolean =>
    kind === 'hospital' && !['Z5111', 'T814XXA'].includes(diagnosis);
  for (const day of days(year.start, Math.min(year.end, year.through))) {
    const month = textOf(day).slice(0, 7);
    const so = months.get(month) ?? { days: 0, isCovered: false, admissions: 0 };
    const admissions = isAway(day) ? 0 : person.stays.filter((stay) => stay.from === day && isCountedFor(stay)).length;
    months.set(month, {
      days: so.days + (covered.has(day) && !isAway(day) ? 1 : 0),
      isCovered: so.isCovered || covered.has(day),
      admissions: so.admissions + admissions,
    });
  }
  return new Map([...months].filter(([, { isCovered, admissions }]) => isCovered || admissions > 0));
}
