import { REASONS, type Reason } from './admission-reasons.ts';
import { type Day, dayOf, monthEnd, monthOf, monthStart, workday, yearOf } from './calendar.ts';
import { chronicCodes, has, type Onsets } from './conditions.ts';
import { type Facility, facilityOf, specialistsOf } from './network.ts';
import { age, type Person } from './people.ts';
import type { Diagnosis, Stay, World } from './plan.ts';
import type { Random } from './random.ts';

/** Somebody who may be admitted. */
export interface Patient {
  readonly world: World;
  readonly person: Person;
  readonly onsets: Onsets;
}

/** An admission to come. */
export interface Candidate {
  readonly day: Day;
  readonly reason: Reason;
  /** The stay that it follows up on: an unplanned return, or a second planned step. */
  readonly after: Stay | null;
}

const RESPIRATORY = [1.65, 1.45, 1.15, 0.9, 0.8, 0.7, 0.65, 0.7, 0.8, 0.95, 1.1, 1.45];
const INFLUENZA = [3.4, 2.8, 1.5, 0.5, 0.2, 0.05, 0.05, 0.05, 0.1, 0.3, 0.9, 2.4];
const WAVE = 2.3;
const COMPLICATIONS_OF_CARE: readonly (readonly [code: string, weight: number])[] = [
  ['N179', 4],
  ['J9601', 3],
  ['E871', 3],
  ['D62', 3],
  ['E876', 3],
  ['G9341', 2],
  ['I9581', 1],
  ['E43', 1],
];

/** Cents for a relative weight of 1 in the first year, and how payments rise by the year. */
const BASE_PAYMENT = 1_060_000;
const RISE = 0.03;

export const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** Admissions for 1,000 person-years by this reason, for this person on this day. */
export function rateOf({ person, onsets }: Patient, reason: Reason, day: Day): number {
  if (reason.requires && !has(onsets, reason.requires, day)) return 0;
  const decades = ((day - person.birth) / 365.25 - 75) / 10;
  let rate = reason.rate * Math.exp(Math.max(decades, -2) * Math.log(reason.perDecade));
  rate *= Math.exp(0.32 * person.constitution.frailty - 0.05);
  if (person.constitution.isDisabled && !reason.isElective) rate *= 1.7;
  for (const [condition] of onsets) {
    const factor = reason.with?.[condition];
    if (factor !== undefined && has(onsets, condition, day)) rate *= factor;
  }
  const onset = reason.requires === undefined ? 0 : day - (onsets.get(reason.requires) ?? day);
  return reason.requires?.endsWith('cancer') && onset > 730 ? rate * 0.05 : rate;
}

/** Share of psychiatric admissions that a general hospital takes (see hospitalFor). */
const GENERAL_SHARE = 0.3;

/**
 * The chance of at least one unplanned admission to a general hospital in the 12 months from a day, by the rates of that
 * day alone: the truth that a model of risk is held to. It knows what no claim tells, such as frailty; it does not know
 * what the 12 months bring.
 */
export function admissionChance(patient: Patient, day: Day): number {
  const rates = REASONS.filter(({ isElective }) => !isElective).map(
    (reason) => rateOf(patient, reason, day) * (reason.isPsychiatric ? GENERAL_SHARE : 1),
  );
  return 1 - Math.exp(-rates.reduce((sum, rate) => sum + rate, 0) / 1000);
}

function dayInSeason(random: Random, world: World, reason: Reason, from: Day, to: Day): Day {
  const months: (readonly [Day, number])[] = [];
  for (let month = monthStart(from); month <= to; month = monthEnd(month) + 1) {
    const table = reason.season === 'influenza' ? INFLUENZA : reason.season === 'respiratory' ? RESPIRATORY : [];
    const wave = month === world.wave && reason.season ? WAVE : 1;
    months.push([month, (table[monthOf(month) - 1] ?? 1) * wave]);
  }
  const month = random.weighted(months);
  const day = random.whole(Math.max(month, from), Math.min(monthEnd(month), to));
  return reason.isElective ? workday(day) : day;
}

/** The admissions that a person's conditions bring about, before what the stays themselves lead to. */
export function drawCandidates(random: Random, patient: Patient): Candidate[] {
  const { world } = patient;
  const candidates: Candidate[] = [];
  for (let year = yearOf(world.start); year <= yearOf(world.end); year++) {
    const from = Math.max(world.start, dayOf(year, 1, 1));
    const to = Math.min(world.end, dayOf(year, 12, 31));
    const middle = Math.floor((from + to) / 2);
    const rates = REASONS.map((reason) => [reason, rateOf(patient, reason, middle)] as const);
    const total = rates.reduce((sum, [, rate]) => sum + rate, 0);
    for (let left = random.count((total / 1000) * ((to - from + 1) / 365)); left > 0; left--) {
      const reason = random.weighted(rates);
      candidates.push({ day: dayInSeason(random, world, reason, from, to), reason, after: null });
    }
  }
  return candidates;
}

function hospitalFor(random: Random, person: Person, { reason, after, day }: Candidate): Facility {
  if (after && (day - after.discharge < 2 || random.chance(0.88))) return after.facility;
  const [ccn] = random.weighted(person.practice.hospitals.map((each) => [each, each[1]]));
  const hospital = facilityOf(ccn);
  if (reason.isPsychiatric) {
    return random.weighted([
      [facilityOf('364098'), 45],
      [facilityOf('36S852'), 25],
      [hospital, 100 * GENERAL_SHARE],
    ]);
  }
  return reason.isElective && hospital.kind === 'critical access' ? facilityOf('360851') : hospital;
}

/** Severity of the stay: 0 with major complications, 1 with complications, 2 with neither. */
function drawSeverity(random: Random, person: Person, reason: Reason, day: Day): 0 | 1 | 2 {
  const major = clamp(0.27 + 0.09 * person.constitution.frailty + (age(person, day) - 75) * 0.006, 0.05, 0.7);
  const rank = random.unit() / (reason.isElective ? 0.45 : 1);
  return rank < major ? 0 : rank < major + 0.36 ? 1 : 2;
}

function drawDiagnoses(
  random: Random,
  { person, onsets }: Patient,
  day: Day,
  principal: string,
  severity: number,
): readonly Diagnosis[] {
  const diagnoses: Diagnosis[] = [{ code: principal, poa: principal.startsWith('Z') ? '' : 'Y' }];
  const add = (code: string, poa: 'Y' | 'N'): void => {
    if (diagnoses.some((each) => each.code === code)) return;
    diagnoses.push({ code, poa: code.startsWith('Z') ? '' : poa });
  };
  for (let left = 2 - severity; left > 0; left--) {
    add(random.weighted(COMPLICATIONS_OF_CARE), random.chance(0.7) ? 'Y' : 'N');
  }
  for (const code of chronicCodes(onsets, day, person.constitution).slice(0, 9)) add(code, 'Y');
  if (person.constitution.frailty > 1.2 && age(person, day) >= 75 && random.chance(0.3)) {
    add(random.pick(['R54', 'Z9181', 'M6281']), 'Y');
  }
  return diagnoses;
}

/** The stay that a candidate becomes, up to its discharge; where the patient goes then is still to be said. */
export function drawStay(random: Random, patient: Patient, candidate: Candidate): Stay {
  const { person, onsets, world } = patient;
  const { reason, day } = candidate;
  const severity = drawSeverity(random, person, reason, day);
  const median = reason.nights * (1.25 - 0.18 * severity);
  const nights = Math.max(random.chance(0.012) ? 0 : 1, Math.round(random.skewed(median, 0.48)));
  const facility = hospitalFor(random, person, candidate);
  const principal = random.weighted(reason.principal(onsets, day));
  const isEmergency = !reason.isElective && random.chance(0.9);
  const isPsychiatric = facility.kind === 'psychiatric' || facility.kind === 'psychiatric unit';
  const long = nights > 14 ? 1 + (nights - 14) * 0.05 : 1;
  const payment = BASE_PAYMENT * (1 + (RISE * (day - world.start)) / 365) * reason.weights[severity];
  return {
    kind: isPsychiatric ? 'inpatient psychiatric' : 'acute inpatient',
    facility,
    admit: day,
    discharge: day + nights,
    disposition: '01',
    source: '1',
    type: reason.isElective ? '3' : isEmergency ? '1' : '2',
    throughEmergency: isEmergency,
    drg: reason.drgs[severity],
    principal,
    diagnoses: drawDiagnoses(random, patient, day, principal, severity),
    procedures: (reason.procedures ?? []).map((code) => ({ code, day: Math.min(day + 1, day + nights) })),
    surgeon: reason.surgeon
      ? { practitioner: random.pick(specialistsOf(reason.surgeon[0])), hcpcs: reason.surgeon[1] }
      : null,
    allowed: Math.round(payment * random.skewed(1, 0.16) * facility.price * long),
    billedEvery: nights >= 24 ? 30 : nights >= 6 && random.chance(0.012) ? Math.ceil(nights / 2) : null,
  };
}
