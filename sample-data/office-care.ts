import { ageOn, type Day, dayOf, yearOf } from './calendar.ts';
import { type Condition, has } from './conditions.ts';
import { type Diary, performed, usual } from './diary.ts';
import type { FollowUp } from './inpatient.ts';
import { glycatedHemoglobin } from './laboratory.ts';
import { type SpecialtyName, specialistsOf } from './network.ts';
import type { Service } from './plan.ts';
import { mastectomyCodes } from './prevention.ts';
import type { Random } from './random.ts';

const COMPLAINTS = 'J069 M5450 R519 R42 M25561 L309 K219 R0602 H6120 N390 R109 Z0000'.split(' ');
const FRAIL_COMPLAINTS = ['R2689', 'R531', 'R5381', 'Z9181', 'M6281'] as const;

interface SpecialtyCare {
  readonly specialty: SpecialtyName;
  readonly requires?: Condition;
  readonly perYear: number;
  readonly complaint: string | null;
  readonly test?: readonly [hcpcs: string, share: number];
}

const SPECIALTY_CARE: readonly SpecialtyCare[] = [
  {
    specialty: 'cardiology',
    requires: 'ischemic-heart-disease',
    perYear: 0.9,
    complaint: 'I2510',
    test: ['93000', 0.6],
  },
  { specialty: 'cardiology', requires: 'heart-failure', perYear: 1.3, complaint: null, test: ['93306', 0.25] },
  { specialty: 'cardiology', requires: 'atrial-fibrillation', perYear: 0.8, complaint: null, test: ['93000', 0.7] },
  { specialty: 'endocrinology', requires: 'diabetes', perYear: 0.35, complaint: null },
  { specialty: 'ophthalmology', requires: 'diabetes', perYear: 0.6, complaint: null, test: ['92250', 0.4] },
  { specialty: 'nephrology', requires: 'chronic-kidney-disease', perYear: 0.7, complaint: null },
  { specialty: 'pulmonology', requires: 'copd', perYear: 0.8, complaint: null, test: ['94010', 0.4] },
  { specialty: 'oncology', requires: 'breast-cancer', perYear: 1.3, complaint: null },
  { specialty: 'oncology', requires: 'colorectal-cancer', perYear: 2, complaint: null },
  { specialty: 'oncology', requires: 'lung-cancer', perYear: 4.5, complaint: null },
  { specialty: 'urology', requires: 'prostate-cancer', perYear: 1.2, complaint: null },
  { specialty: 'psychiatry', requires: 'depression', perYear: 0.7, complaint: null, test: ['90833', 0.4] },
  { specialty: 'neurology', requires: 'dementia', perYear: 0.6, complaint: null },
  { specialty: 'orthopedics', requires: 'osteoarthritis', perYear: 0.55, complaint: 'M1711', test: ['20610', 0.35] },
  { specialty: 'dermatology', perYear: 0.32, complaint: 'L570', test: ['17000', 0.5] },
  { specialty: 'ophthalmology', perYear: 0.3, complaint: 'H2513', test: ['92134', 0.2] },
  { specialty: 'gastroenterology', perYear: 0.12, complaint: 'K219' },
  { specialty: 'orthopedics', perYear: 0.1, complaint: 'M25511' },
  { specialty: 'neurology', perYear: 0.06, complaint: 'G43909' },
];

const LEVELS: readonly (readonly [string, number])[] = [
  ['99212', 4],
  ['99213', 42],
  ['99214', 48],
  ['99215', 6],
];

/** Visits to the own practice and to specialists, with the tests that go with them. */
export function drawOfficeCare(
  random: Random,
  diary: Diary,
  followUps: readonly FollowUp[],
  institution: Day | null,
): void {
  for (const followUp of followUps) drawFollowUp(random, diary, followUp);
  drawWellnessVisits(random, diary, institution);
  drawPrimaryCare(random, diary, institution);
  for (const care of SPECIALTY_CARE) {
    const slows = care.requires?.endsWith('cancer') ? 0.5 : 1;
    for (const day of diary.days(random, care.perYear * slows)) {
      const isIll = care.requires === undefined || has(diary.onsets, care.requires, day);
      const isHome = institution === null || day < institution || random.chance(0.2);
      const at = isIll && isHome ? diary.book(day) : null;
      if (at === null) continue;
      const isEyes = care.specialty === 'ophthalmology';
      const services = [
        performed(random, at, isEyes ? '92014' : random.chance(0.12) ? '99204' : random.weighted(LEVELS)),
      ];
      if (care.test && random.chance(care.test[1])) services.push(performed(random, at, care.test[0]));
      const practitioner = usual(diary.person, specialistsOf(care.specialty));
      diary.add('office visit', at, services, diary.codes(at, care.complaint, 4), { practitioner });
    }
  }
}

/** The visit after a discharge, billed as transitional care by the practices that keep up with it. */
function drawFollowUp(random: Random, diary: Diary, { discharge, day }: FollowUp): void {
  const at = diary.book(day);
  if (at === null) return;
  const isManaged = at - discharge <= 14 && random.chance(0.35);
  const code = isManaged ? (at - discharge <= 7 ? '99496' : '99495') : random.weighted(LEVELS);
  addPrimaryVisit(random, diary, at, [performed(random, at, code)], diary.codes(at, 'Z09', 6));
}

function drawWellnessVisits(random: Random, diary: Diary, institution: Day | null): void {
  const { person, world } = diary;
  const { prevention } = person.practice.manner;
  const isKeen = random.chance(Math.min(0.95, prevention * 0.85 + 0.1 * person.constitution.diligence));
  let isFirst = random.chance(0.15);
  for (let year = yearOf(world.start); year <= yearOf(world.end); year++) {
    if (!random.chance(isKeen ? 0.88 : 0.12)) continue;
    const day = dayOf(year, 1, 1) + random.whole(5, 355);
    if (institution !== null && day >= institution) continue;
    const at = diary.book(day);
    if (at === null) continue;
    const services = [performed(random, at, isFirst ? 'G0438' : 'G0439')];
    if (random.chance(0.4)) services.push(performed(random, at, '99213', '25'));
    addPrimaryVisit(random, diary, at, services, diary.codes(at, 'Z0000', 7));
    isFirst = false;
  }
}

function drawPrimaryCare(random: Random, diary: Diary, institution: Day | null): void {
  const { person, world, onsets } = diary;
  const burden = [...onsets.values()].filter((onset) => onset < world.end).length;
  const perYear =
    person.practice.manner.intensity * (1.0 + 0.32 * Math.min(burden, 9)) * Math.exp(0.15 * random.normal());
  for (const day of diary.days(random, perYear)) {
    if (institution !== null && day >= institution && !random.chance(0.12)) continue;
    const at = diary.book(day);
    if (at === null) continue;
    const isRemote = random.chance(person.practice.manner.telehealth);
    const complaint = random.chance(0.4) ? random.pick(COMPLAINTS) : null;
    const code = random.weighted(LEVELS);
    if (isRemote) {
      diary.add('telehealth', at, [performed(random, at, code, '95')], diary.codes(at, complaint, 5), {
        practitioner: person.clinician,
      });
    } else addPrimaryVisit(random, diary, at, [performed(random, at, code)], diary.codes(at, complaint, 6));
  }
}

/** A visit in person, with what is due: blood tests, the quality codes of those without a chart, codes of frailty. */
function addPrimaryVisit(
  random: Random,
  diary: Diary,
  day: Day,
  services: readonly Service[],
  codes: readonly string[],
): void {
  const { person, onsets } = diary;
  const lines = [...services];
  const extra: string[] = [];
  if (person.constitution.frailty > 1 && ageOn(person.birth, day) >= 70 && random.chance(0.22)) {
    extra.push(random.pick(FRAIL_COMPLAINTS));
  }
  if (random.chance(0.5)) extra.push(...mastectomyCodes(diary.world, person, onsets, day));
  const tests = drawTests(random, diary, day);
  if (tests.includes('83036') && !person.hasChart && random.chance(0.8)) {
    const level = glycatedHemoglobin(diary.world, person, day);
    lines.push(performed(random, day, level < 7 ? '3044F' : level < 8 ? '3051F' : level <= 9 ? '3052F' : '3046F'));
  }
  const diagnoses = [...codes, ...extra];
  diary.add('office visit', day, lines, diagnoses, { practitioner: person.clinician });
  if (tests.length === 0) return;
  const laboratory = usual(person, specialistsOf('clinical laboratory'));
  diary.add(
    'laboratory',
    day,
    tests.map((code) => performed(random, day, code)),
    diagnoses.slice(0, 3),
    { practitioner: laboratory },
  );
}

/** The blood tests taken at a visit: those for long-term conditions when they are due, a few for everybody. */
function drawTests(random: Random, diary: Diary, day: Day): readonly string[] {
  const { person, onsets } = diary;
  const keeps = Math.min(0.97, Math.max(0.3, person.practice.manner.prevention + 0.12 * person.constitution.diligence));
  const tests: string[] = [];
  const isDiabetic = has(onsets, 'diabetes', day);
  if (isDiabetic && random.chance(keeps * 0.86)) tests.push('83036');
  if (isDiabetic && random.chance(keeps * 0.3)) tests.push('82043', '82570');
  const isMonitored = isDiabetic || has(onsets, 'hypertension', day) || has(onsets, 'chronic-kidney-disease', day);
  if (random.chance(isMonitored ? 0.34 : 0.14)) tests.push('80053');
  if (random.chance(0.2)) tests.push('85025');
  if (random.chance(has(onsets, 'hyperlipidemia', day) ? 0.26 : 0.1)) tests.push('80061');
  if (random.chance(has(onsets, 'hypothyroidism', day) ? 0.3 : 0.05)) tests.push('84443');
  return tests;
}
