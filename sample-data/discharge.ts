import { type Candidate, clamp, type Patient, rateOf } from './admission.ts';
import { COMPLICATION, REASONS, type Reason, reasonOf } from './admission-reasons.ts';
import { type Day, workday } from './calendar.ts';
import { has } from './conditions.ts';
import { facilitiesOf, facilityOf, isAcute, type Manner } from './network.ts';
import type { Stay } from './plan.ts';
import type { Random } from './random.ts';

const yearsOf = ({ person }: Patient, day: Day): number => (day - person.birth) / 365.25;

/** Share that dies in the stay. */
export const deathChance = (patient: Patient, reason: Reason, day: Day): number =>
  clamp(
    reason.death * Math.exp((yearsOf(patient, day) - 75) / 28 + 0.35 * patient.person.constitution.frailty),
    0,
    0.5,
  );

/** Discharge status of somebody who leaves alive and not for hospice (UB-04). */
export function drawDisposition(
  random: Random,
  patient: Patient,
  stay: Stay,
  reason: Reason,
  livesInInstitution: boolean,
): string {
  if (!reason.isElective && random.chance(0.009)) return '07';
  if (stay.kind === 'inpatient psychiatric') return '01';
  const needsVentilation = stay.discharge - stay.admit > 9 && /^(189|87[12]|177)$/.test(stay.drg);
  if (needsVentilation && random.chance(0.16)) return '63';
  if (livesInInstitution) return random.chance(0.3) ? '03' : '04';
  const older = Math.exp((yearsOf(patient, stay.admit) - 75) / 22);
  const nursing = clamp(reason.nursing * older, 0, 0.85);
  const rank = random.unit();
  if (rank < nursing) return stay.facility.kind === 'critical access' && random.chance(0.4) ? '61' : '03';
  if (rank < nursing + (reason.rehabilitation ?? 0)) return '62';
  return random.chance(clamp(0.22 * older, 0, 0.5)) ? '06' : '01';
}

/** The stay in another kind of facility to which a discharge leads; null where it leads home. */
export function drawPostAcute(random: Random, stay: Stay): Stay | null {
  const admit = stay.discharge;
  const post: Stay = {
    ...stay,
    admit,
    disposition: random.chance(0.4) ? '06' : '01',
    source: '4',
    type: '3',
    drg: '',
    diagnoses: stay.diagnoses.map(({ code }) => ({ code, poa: '' })),
    procedures: [],
    surgeon: null,
    throughEmergency: false,
    billedEvery: 30,
  };
  switch (stay.disposition) {
    case '03':
    case '61': {
      const nights = Math.round(clamp(random.skewed(18, 0.65), 4, 95));
      const facility = stay.disposition === '61' ? facilityOf('36Z398') : random.pick(facilitiesOf('skilled nursing'));
      return { ...post, kind: 'skilled nursing', facility, discharge: admit + nights, allowed: nights * 51_000 };
    }
    case '62': {
      const nights = random.whole(8, 17);
      const facility = facilityOf('363098');
      const paid = { allowed: nights * 182_000, billedEvery: null };
      return { ...post, ...paid, kind: 'inpatient rehabilitation', facility, discharge: admit + nights, drg: '945' };
    }
    case '63': {
      const nights = random.whole(16, 38);
      const facility = facilityOf('362098');
      const allowed = 2_400_000 + nights * 120_000;
      return { ...post, kind: 'long term care hospital', facility, discharge: admit + nights, drg: '189', allowed };
    }
    default:
      return null;
  }
}

/** How the person's practice works on a day: in its programme once that has begun. */
const mannerOn = ({ person, world }: Patient, day: Day): Manner => {
  const { programme, manner } = person.practice;
  return programme && day >= world.programmeStart ? programme : manner;
};

const BURDENS = [
  'heart-failure',
  'chronic-kidney-disease',
  'copd',
  'diabetes',
  'lung-cancer',
  'end-stage-renal-disease',
  'alcohol-use',
  'dementia',
] as const;

/** Chance of an unplanned return within 30 days of a discharge, before follow-up has had its say. */
function returnChance(patient: Patient, stay: Stay, reason: Reason): number {
  const { person, onsets } = patient;
  const burden = BURDENS.filter((condition) => has(onsets, condition, stay.admit)).length;
  const logit =
    -2.33 +
    0.22 * person.constitution.frailty +
    0.17 * burden +
    (person.constitution.isDisabled ? 0.2 : 0) +
    0.1 * Math.log(1 + stay.discharge - stay.admit) +
    Math.log(reason.returns * stay.facility.returns * mannerOn(patient, stay.discharge).returns);
  return 1 / (1 + Math.exp(-logit));
}

/** Days to an unplanned return, most of them in the first two weeks, a few on the edges of what counts; null for none. */
function drawReturn(random: Random, patient: Patient, stay: Stay, reason: Reason): number | null {
  if (!random.chance(returnChance(patient, stay, reason))) return null;
  const rank = random.unit();
  const oddity = random.unit();
  if (oddity < 0.015) return 0;
  if (oddity < 0.03) return 30;
  if (oddity < 0.045) return 31;
  return 1 + Math.floor(30 * rank * Math.sqrt(rank));
}

/** Days to the visit by which the practice follows up a discharge home; null where none comes within a month. */
function drawFollowUp(random: Random, patient: Patient, discharge: Day): number | null {
  const { followUp } = mannerOn(patient, discharge);
  const rank = random.unit();
  if (rank < followUp) return random.whole(2, 7);
  if (rank < followUp * 1.33) return random.whole(8, 14);
  return rank < followUp + 0.5 * (1 - followUp) ? random.whole(15, 30) : null;
}

/** Share of the returns still to come that a visit within two weeks prevents. */
const PREVENTED = 0.6;

/** What comes after a discharge from a hospital: a visit, an unplanned return, or a planned second step. */
export function drawAftermath(
  random: Random,
  patient: Patient,
  stay: Stay,
  reason: Reason,
  livesInInstitution: boolean,
): { readonly followUp: Day | null; readonly next: Candidate | null } {
  if (!isAcute(stay.facility)) return { followUp: null, next: null };
  const { discharge } = stay;
  const isHome = (stay.disposition === '01' || stay.disposition === '06') && !livesInInstitution;
  const delay = isHome ? drawFollowUp(random, patient, discharge) : null;
  let offset = drawReturn(random, patient, stay, reason);
  const isInTime = delay !== null && (offset === null || delay < offset);
  if (isInTime && delay <= 14 && random.chance(PREVENTED)) offset = null;
  return {
    followUp: isInTime ? discharge + delay : null,
    next: offset === null ? plannedStep(random, stay, reason) : unplannedReturn(random, patient, stay, reason, offset),
  };
}

function unplannedReturn(random: Random, patient: Patient, stay: Stay, reason: Reason, offset: number): Candidate {
  const again = reason.isElective ? COMPLICATION : reason;
  const others = REASONS.filter(({ isElective }) => !isElective).map(
    (each) => [each, rateOf(patient, each, stay.discharge)] as const,
  );
  const next = offset > 0 && random.chance(0.32) ? again : random.weighted(others);
  const isSame = next === reason && offset === 0;
  return { day: stay.discharge + (isSame ? 1 : offset), reason: next, after: stay };
}

function plannedStep(random: Random, stay: Stay, reason: Reason): Candidate | null {
  if (reason.id === 'heart attack' && random.chance(0.08)) {
    return { day: workday(stay.discharge + random.whole(8, 26)), reason: reasonOf('planned stent'), after: stay };
  }
  if (reason.id === 'chemotherapy' && random.chance(0.5)) {
    return { day: workday(stay.discharge + random.whole(18, 25)), reason, after: stay };
  }
  return null;
}
