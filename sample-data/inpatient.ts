import { COMPLICATION, REASONS, type Reason, reasonOf } from './admission-reasons.ts';
import { type Day, dayOf, monthEnd, monthOf, monthStart, workday, yearOf } from './calendar.ts';
import { chronicCodes, has, type Onsets } from './conditions.ts';
import { type Enrollment, isFeeForService } from './coverage.ts';
import { type Facility, facilitiesOf, facilityOf, isAcute, specialistsOf } from './network.ts';
import { age, type Person } from './people.ts';
import type { Diagnosis, Stay, World } from './plan.ts';
import type { Random } from './random.ts';

/** A visit to the own practice after a discharge home. */
export interface FollowUp {
  readonly discharge: Day;
  readonly day: Day;
}

export interface Journey {
  readonly stays: readonly Stay[];
  readonly followUps: readonly FollowUp[];
  readonly death: Day | null;
  /** From this day on the person is in hospice care. */
  readonly hospice: Day | null;
}

interface Candidate {
  readonly day: Day;
  readonly reason: Reason;
  /** The stay that it follows up on: an unplanned return, or a second planned step. */
  readonly after: Stay | null;
}

const RESPIRATORY = [1.65, 1.45, 1.15, 0.9, 0.8, 0.7, 0.65, 0.7, 0.8, 0.95, 1.1, 1.45];
const INFLUENZA = [3.4, 2.8, 1.5, 0.5, 0.2, 0.05, 0.05, 0.05, 0.1, 0.3, 0.9, 2.4];
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
const BASE_PAYMENT = 1_060_000; // cents for a relative weight of 1 in the first year; payments rise by 3 % a year

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** Admissions for 1,000 person-years by this reason, for this person on this day. */
function rateOf(reason: Reason, person: Person, onsets: Onsets, day: Day): number {
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

function dayInSeason(random: Random, world: World, reason: Reason, from: Day, to: Day): Day {
  const months: (readonly [Day, number])[] = [];
  for (let month = monthStart(from); month <= to; month = monthEnd(month) + 1) {
    const table = reason.season === 'influenza' ? INFLUENZA : reason.season === 'respiratory' ? RESPIRATORY : [];
    const wave = month === world.wave && reason.season ? 2.3 : 1;
    months.push([month, (table[monthOf(month) - 1] ?? 1) * wave]);
  }
  const month = random.weighted(months);
  const day = random.whole(Math.max(month, from), Math.min(monthEnd(month), to));
  return reason.isElective ? workday(day) : day;
}

function drawCandidates(random: Random, world: World, person: Person, onsets: Onsets): Candidate[] {
  const candidates: Candidate[] = [];
  for (let year = yearOf(world.start); year <= yearOf(world.end); year++) {
    const from = Math.max(world.start, dayOf(year, 1, 1));
    const to = Math.min(world.end, dayOf(year, 12, 31));
    const middle = Math.floor((from + to) / 2);
    const rates = REASONS.map((reason) => [reason, rateOf(reason, person, onsets, middle)] as const);
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
      [hospital, 30],
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

function diagnosesOf(
  random: Random,
  person: Person,
  onsets: Onsets,
  day: Day,
  principal: string,
  severity: number,
  extra: readonly string[],
): readonly Diagnosis[] {
  const diagnoses: Diagnosis[] = [{ code: principal, poa: principal.startsWith('Z') ? '' : 'Y' }];
  const add = (code: string, poa: 'Y' | 'N'): void => {
    if (diagnoses.some((each) => each.code === code)) return;
    diagnoses.push({ code, poa: code.startsWith('Z') ? '' : poa });
  };
  for (let left = 2 - severity; left > 0; left--) {
    add(random.weighted(COMPLICATIONS_OF_CARE.map(([code, weight]) => [code, weight])), random.chance(0.7) ? 'Y' : 'N');
  }
  for (const code of extra) add(code, 'Y');
  for (const code of chronicCodes(onsets, day, person.constitution).slice(0, 9)) add(code, 'Y');
  if (person.constitution.frailty > 1.2 && age(person, day) >= 75 && random.chance(0.3)) {
    add(random.pick(['R54', 'Z9181', 'M6281']), 'Y');
  }
  return diagnoses;
}

/** Odds of an unplanned return within 30 days of a discharge, before follow-up has had its say. */
function returnChance(person: Person, onsets: Onsets, stay: Stay, reason: Reason): number {
  const burdens = [
    'heart-failure',
    'chronic-kidney-disease',
    'copd',
    'diabetes',
    'lung-cancer',
    'end-stage-renal-disease',
    'alcohol-use',
    'dementia',
  ] as const;
  const burden = burdens.filter((condition) => has(onsets, condition, stay.admit)).length;
  const logit =
    -2.33 +
    0.22 * person.constitution.frailty +
    0.17 * burden +
    (person.constitution.isDisabled ? 0.2 : 0) +
    0.1 * Math.log(1 + stay.discharge - stay.admit) +
    Math.log(reason.returns * stay.facility.returns);
  return 1 / (1 + Math.exp(-logit));
}

/** All stays of a person in order, with what they lead to: transfers, post-acute care, visits, returns and death. */
export function drawJourney(
  random: Random,
  world: World,
  person: Person,
  onsets: Onsets,
  enrollments: readonly Enrollment[],
  fate: { readonly death: Day | null; readonly hospice: Day | null; readonly institution: Day | null },
): Journey {
  const stays: Stay[] = [];
  const followUps: FollowUp[] = [];
  let { death, hospice } = fate;
  const queue = drawCandidates(random, world, person, onsets);
  const isCovered = (day: Day) => isFeeForService(enrollments, day);

  const endPostAcute = (admit: Day): void => {
    const last = stays.at(-1);
    if (!last || isAcute(last.facility) || last.discharge < admit) return;
    stays.pop();
    if (last.admit < admit) stays.push({ ...last, discharge: admit, disposition: '02' });
  };

  /** Adds a stay after a hospital stay; it ends early with coverage, death or the last day of the data. */
  const addPostAcute = (
    stay: Omit<Stay, 'billedEvery' | 'procedures' | 'surgeon' | 'throughEmergency' | 'type'>,
  ): void => {
    let { discharge, disposition } = stay;
    const limit = Math.min(world.end, hospice ?? world.end);
    if (discharge > limit) [discharge, disposition] = [limit, '30'];
    while (discharge > stay.admit && !isCovered(discharge)) [discharge, disposition] = [discharge - 1, '30'];
    if (death !== null && death <= discharge) [discharge, disposition] = [death, '20'];
    if (discharge <= stay.admit || !isCovered(stay.admit)) return;
    stays.push({
      ...stay,
      discharge,
      disposition,
      billedEvery: stay.kind === 'inpatient rehabilitation' ? null : 30,
      procedures: [],
      surgeon: null,
      throughEmergency: false,
      type: '3',
    });
  };

  const admit = (candidate: Candidate): void => {
    const { reason, day } = candidate;
    const severity = drawSeverity(random, person, reason, day);
    const years = (day - person.birth) / 365.25;
    const nights = Math.max(
      random.chance(0.012) ? 0 : 1,
      Math.round(random.skewed(reason.nights * (1.25 - 0.18 * severity), 0.48)),
    );
    const hospital = hospitalFor(random, person, candidate);
    const principal = random.weighted(reason.principal(onsets, day));
    const isEmergency = !reason.isElective && random.chance(0.9);
    const dying = clamp(reason.death * Math.exp((years - 75) / 28 + 0.35 * person.constitution.frailty), 0, 0.5);
    const toHospice = random.chance(dying * 0.55);
    const diagnoses = diagnosesOf(random, person, onsets, day, principal, severity, toHospice ? ['Z515'] : []);
    const isTransferred =
      reason.transfer !== undefined &&
      isAcute(hospital) &&
      !hospital.isReferral &&
      random.chance(reason.transfer * (hospital.kind === 'critical access' ? 4 : 1));
    const rise = 1 + (0.03 * (day - world.start)) / 365;
    const priced = Math.round(BASE_PAYMENT * rise * reason.weights[severity] * random.skewed(1, 0.16));

    const stay: Stay = {
      kind:
        hospital.kind === 'psychiatric' || hospital.kind === 'psychiatric unit'
          ? 'inpatient psychiatric'
          : 'acute inpatient',
      facility: hospital,
      admit: day,
      discharge: day + nights,
      disposition: '01',
      source: '1',
      type: reason.isElective ? '3' : isEmergency ? '1' : '2',
      throughEmergency: isEmergency,
      drg: reason.drgs[severity],
      principal,
      diagnoses,
      procedures: (reason.procedures ?? []).map((code) => ({ code, day: Math.min(day + 1, day + nights) })),
      surgeon: reason.surgeon
        ? { practitioner: random.pick(specialistsOf(reason.surgeon[0])), hcpcs: reason.surgeon[1] }
        : null,
      allowed: Math.round(priced * hospital.price * (nights > 14 ? 1 + (nights - 14) * 0.05 : 1)),
      billedEvery: nights >= 24 ? 30 : nights >= 6 && random.chance(0.012) ? Math.ceil(nights / 2) : null,
    };

    if (stay.discharge >= world.end || !isCovered(day) || !isCovered(stay.discharge)) return;
    endPostAcute(day);
    if (isTransferred) {
      const wait = random.chance(0.5) ? 0 : 1;
      const onward = day + wait + (random.chance(0.8) ? 0 : 1);
      stays.push({
        ...stay,
        discharge: day + wait,
        disposition: '02',
        procedures: [],
        allowed: Math.round(stay.allowed * 0.35),
        billedEvery: null,
        surgeon: null,
      });
      const referral = random.pick(facilitiesOf('acute').filter(({ isReferral }) => isReferral));
      finish(
        {
          ...stay,
          facility: referral,
          admit: onward,
          discharge: onward + Math.max(1, nights),
          source: '4',
          throughEmergency: false,
        },
        reason,
        toHospice,
        dying,
      );
    } else finish(stay, reason, toHospice, dying);
  };

  /** Where the patient goes, who sees them, and whether they come back. */
  const finish = (stay: Stay, reason: Reason, toHospice: boolean, dying: number): void => {
    const years = (stay.admit - person.birth) / 365.25;
    const older = Math.exp((years - 75) / 22);
    const lives = fate.institution !== null && fate.institution <= stay.admit;
    const died = (death !== null && death <= stay.discharge) || random.chance(dying);
    if (died) {
      death = Math.max(stay.admit, Math.min(death ?? stay.discharge, stay.discharge));
      stays.push({
        ...stay,
        discharge: death,
        disposition: '20',
        procedures: stay.procedures.filter(({ day }) => day <= (death ?? day)),
      });
      return;
    }
    if (toHospice) {
      stays.push({ ...stay, disposition: lives ? '51' : '50' });
      hospice = stay.discharge;
      death = Math.min(death ?? Number.POSITIVE_INFINITY, stay.discharge + 2 + Math.round(random.skewed(12, 0.9)));
      return;
    }
    const rank = random.unit();
    const nursing = clamp(reason.nursing * older, 0, 0.85);
    const rehabilitation = reason.rehabilitation ?? 0;
    const isLong = stay.discharge - stay.admit > 9 && /^(189|87[12]|177|207)$/.test(stay.drg);
    const disposition =
      !reason.isElective && random.chance(0.009)
        ? '07'
        : stay.kind === 'inpatient psychiatric'
          ? '01'
          : isLong && random.chance(0.16)
            ? '63'
            : lives
              ? rank < 0.3
                ? '03'
                : '04'
              : rank < nursing
                ? stay.facility.kind === 'critical access' && random.chance(0.4)
                  ? '61'
                  : '03'
                : rank < nursing + rehabilitation
                  ? '62'
                  : random.chance(clamp(0.22 * older, 0, 0.5))
                    ? '06'
                    : '01';
    const discharged = { ...stay, disposition };
    stays.push(discharged);

    const post = {
      source: '4',
      principal: stay.principal,
      diagnoses: stay.diagnoses.map(({ code }) => ({ code, poa: '' as const })),
      drg: '',
      disposition: random.chance(0.4) ? '06' : '01',
      admit: stay.discharge,
    };
    if (disposition === '03' || disposition === '61') {
      const nights = Math.round(clamp(random.skewed(18, 0.65), 4, 95));
      const facility = disposition === '61' ? facilityOf('36Z398') : random.pick(facilitiesOf('skilled nursing'));
      addPostAcute({
        ...post,
        kind: 'skilled nursing',
        facility,
        discharge: stay.discharge + nights,
        allowed: nights * 51_000,
      });
    } else if (disposition === '62') {
      const nights = random.whole(8, 17);
      addPostAcute({
        ...post,
        kind: 'inpatient rehabilitation',
        facility: facilityOf('363098'),
        discharge: stay.discharge + nights,
        drg: '945',
        allowed: nights * 182_000,
      });
    } else if (disposition === '63') {
      const nights = random.whole(16, 38);
      addPostAcute({
        ...post,
        kind: 'long term care hospital',
        facility: facilityOf('362098'),
        discharge: stay.discharge + nights,
        drg: '189',
        allowed: 2_400_000 + nights * 120_000,
      });
    }
    planReturn(discharged, reason, lives);
  };

  const planReturn = (stay: Stay, reason: Reason, lives: boolean): void => {
    if (!isAcute(stay.facility)) return;
    let offset: number | null = null;
    if (random.chance(returnChance(person, onsets, stay, reason))) {
      offset = 1 + Math.floor(30 * random.unit() ** 1.45);
      const oddity = random.unit();
      if (oddity < 0.015) offset = 0;
      else if (oddity < 0.03) offset = 30;
      else if (oddity < 0.045) offset = 31;
    }
    const isHome = (stay.disposition === '01' || stay.disposition === '06') && !lives;
    const { programme, manner } = person.practice;
    const { followUp } = programme && stay.discharge >= world.programmeStart ? programme : manner;
    if (isHome) {
      const rank = random.unit();
      const delay =
        rank < followUp
          ? random.whole(2, 7)
          : rank < followUp * 1.33
            ? random.whole(8, 14)
            : rank < followUp + 0.5 * (1 - followUp)
              ? random.whole(15, 30)
              : null;
      if (delay !== null) {
        const isInTime = offset === null || delay < offset;
        if (offset !== null && isInTime && delay <= 14 && random.chance(0.6)) offset = null;
        if (isInTime) followUps.push({ discharge: stay.discharge, day: stay.discharge + delay });
      }
    }
    if (offset !== null) {
      const rates = REASONS.filter(({ isElective }) => !isElective).map(
        (each) => [each, rateOf(each, person, onsets, stay.discharge)] as const,
      );
      const again = reason.isElective ? COMPLICATION : reason;
      const next = offset > 0 && random.chance(0.32) ? again : random.weighted(rates);
      const isSame = next === reason && offset === 0;
      queue.push({ day: stay.discharge + (isSame ? 1 : offset), reason: next, after: stay });
    } else if (reason.id === 'heart attack' && random.chance(0.08)) {
      queue.push({
        day: workday(stay.discharge + random.whole(8, 26)),
        reason: reasonOf('planned stent'),
        after: stay,
      });
    } else if (reason.id === 'chemotherapy' && random.chance(0.5)) {
      queue.push({ day: workday(stay.discharge + random.whole(18, 25)), reason, after: stay });
    }
  };

  while (queue.length > 0) {
    const next = queue.reduce((first, each) => (each.day < first.day ? each : first));
    queue.splice(queue.indexOf(next), 1);
    if (next.day >= Math.min(world.end, death ?? world.end, hospice ?? world.end)) break;
    const last = stays.filter(({ facility }) => isAcute(facility) || facility.kind.startsWith('psychiatric')).at(-1);
    const isFree = !last || next.day >= last.discharge + 2 || (next.after === last && next.day >= last.discharge);
    const isPrevented =
      last !== undefined &&
      next.after === null &&
      next.day <= last.discharge + 30 &&
      random.chance(1 - last.facility.returns);
    if (isFree && !isPrevented) admit(next);
  }
  return { stays, followUps, death, hospice };
}
