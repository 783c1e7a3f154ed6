import { addMonths, ageOn, type Day, monthEnd, monthStart, workday } from './calendar.ts';
import { type Condition, has } from './conditions.ts';
import { type Diary, performed, provided, usual } from './diary.ts';
import { facilitiesOf, facilityOf, type SpecialtyName, specialistsOf } from './network.ts';
import type { Stay } from './plan.ts';
import type { Random } from './random.ts';

/** Care outside of visits: procedures, therapy, infusions, dialysis, home health, equipment, visits in a nursing home. */
export function drawTreatments(random: Random, diary: Diary, stays: readonly Stay[], institution: Day | null): void {
  drawProcedures(random, diary);
  drawTherapy(random, diary, stays);
  drawInfusions(random, diary);
  drawDialysis(random, diary);
  drawHomeHealth(random, diary, stays);
  drawEquipment(random, diary);
  if (institution !== null) drawNursingHomeVisits(random, diary, institution);
}

interface Procedure {
  readonly perYear: number;
  readonly requires?: Condition;
  readonly reason: string;
  readonly revenue: string;
  readonly hcpcs: string;
  /** Who bills for the practitioner's part. */
  readonly by?: SpecialtyName;
}

const PROCEDURES: readonly Procedure[] = [
  { perYear: 0.257, reason: 'R059', revenue: '0320', hcpcs: '71046', by: 'radiology' },
  { perYear: 0.149, reason: 'R109', revenue: '0350', hcpcs: '74177', by: 'radiology' },
  { perYear: 0.121, reason: 'M5450', revenue: '0610', hcpcs: '72148', by: 'radiology' },
  { perYear: 0.121, reason: 'R0602', revenue: '0480', hcpcs: '93306', by: 'cardiology' },
  {
    perYear: 0.121,
    requires: 'ischemic-heart-disease',
    reason: 'I2510',
    revenue: '0341',
    hcpcs: '78452',
    by: 'cardiology',
  },
  {
    perYear: 0.047,
    requires: 'ischemic-heart-disease',
    reason: 'I2510',
    revenue: '0481',
    hcpcs: '93458',
    by: 'cardiology',
  },
  {
    perYear: 0.041,
    requires: 'atrial-fibrillation',
    reason: 'I495',
    revenue: '0360',
    hcpcs: '33208',
    by: 'cardiology',
  },
  { perYear: 0.061, reason: 'H2511', revenue: '0360', hcpcs: '66984', by: 'ophthalmology' },
  { perYear: 0.047, reason: 'K219', revenue: '0750', hcpcs: '43239', by: 'gastroenterology' },
  { perYear: 0.041, requires: 'osteoarthritis', reason: 'M1711', revenue: '0360', hcpcs: '27447', by: 'orthopedics' },
  { perYear: 0.054, reason: 'M5416', revenue: '0361', hcpcs: '62323', by: 'orthopedics' },
  { perYear: 0.014, reason: 'K4090', revenue: '0360', hcpcs: '49505', by: 'general surgery' },
];

function drawProcedures(random: Random, diary: Diary): void {
  const { person, onsets } = diary;
  const facility = facilityOf(random.weighted(person.practice.hospitals.map(([ccn, weight]) => [ccn, weight])));
  for (const { perYear, requires, reason, revenue, hcpcs, by } of PROCEDURES) {
    for (const day of diary.days(random, perYear)) {
      const at = requires === undefined || has(onsets, requires, day) ? diary.book(day) : null;
      if (at === null) continue;
      const services = [provided(random, at, revenue, hcpcs, 1, facility.price)];
      if (by) services.push(performed(random, at, hcpcs, /^[79]/.test(hcpcs) ? '26' : ''));
      diary.add('outpatient', at, services, diary.codes(at, reason, 3), {
        facility,
        practitioner: by ? usual(person, specialistsOf(by)) : null,
        disposition: '01',
      });
    }
  }
}

function drawTherapy(random: Random, diary: Diary, stays: readonly Stay[]): void {
  const starts = stays
    .filter(({ drg }) => /^(469|470|48[012]|06[456])$/.test(drg))
    .map(({ discharge }) => discharge + 20);
  for (const day of diary.days(random, 0.06)) starts.push(day);
  for (const start of starts) {
    for (let session = 0; session < 7; session++) {
      const day = workday(start + session * 5);
      if (!diary.isFree(day)) continue;
      const services = [performed(random, day, '97110', 'GP', 2), performed(random, day, '97140', 'GP')];
      if (session === 0) services.push(performed(random, day, '97162', 'GP'));
      diary.add('outpatient', day, services, ['M25561'], {
        practitioner: usual(diary.person, specialistsOf('physical therapy')),
      });
    }
  }
}

const INFUSED: readonly (readonly [Condition, string])[] = [
  ['lung-cancer', 'C3411'],
  ['colorectal-cancer', 'C187'],
];

function drawInfusions(random: Random, diary: Diary): void {
  const { onsets, world } = diary;
  const facility = facilityOf('360851');
  for (const [condition, code] of INFUSED) {
    const onset = onsets.get(condition);
    if (onset === undefined || onset < world.start - 200 || !random.chance(0.6)) continue;
    const cycles = random.whole(4, 14);
    for (let cycle = 0; cycle < cycles; cycle++) {
      const day = workday(onset + 40 + cycle * 21);
      if (!diary.isFree(day)) continue;
      const services = [provided(random, day, '0335', '96413'), provided(random, day, '0636', 'J9271')];
      diary.add('outpatient', day, services, ['Z5111', code], { facility, disposition: '01' });
    }
  }
  drawLongTermInfusions(random, diary);
}

/** Injections into the eye, and the few very costly medicines given by infusion for years. */
function drawLongTermInfusions(random: Random, diary: Diary): void {
  const { person, world } = diary;
  if (random.chance(0.02) && ageOn(person.birth, world.start) >= 68) {
    const practitioner = usual(person, specialistsOf('ophthalmology'));
    for (let day = world.start + random.whole(-700, 400); day < world.end; day += random.whole(42, 70)) {
      const at = diary.book(day);
      if (at === null) continue;
      const services = [performed(random, at, '67028', 'RT'), performed(random, at, 'J0178')];
      diary.add('office visit', at, services, ['H353211'], { practitioner });
    }
  }
  if (!random.chance(0.052)) return;
  const facility = facilityOf(random.weighted(person.practice.hospitals.map(([ccn, weight]) => [ccn, weight])));
  const units = Math.max(1, Math.round(random.skewed(55, 0.95)));
  const every = random.whole(28, 56);
  for (let day = world.start + random.whole(-900, 700); day < world.end; day += every) {
    const at = diary.book(day);
    if (at === null) continue;
    const services = [provided(random, at, '0335', '96413'), provided(random, at, '0636', 'J1745', units)];
    diary.add('outpatient', at, services, ['M069'], { facility, disposition: '01' });
  }
}

function drawDialysis(random: Random, diary: Diary): void {
  const onset = diary.onsets.get('end-stage-renal-disease');
  if (onset === undefined) return;
  const facility = facilityOf('362598');
  for (
    let month = addMonths(Math.max(onset, diary.world.start), 1);
    month < diary.world.end;
    month = addMonths(month, 1)
  ) {
    const last = monthEnd(month);
    if (!diary.isFree(month) || !diary.isFree(last)) continue;
    const services = [provided(random, month, '0821', '90999', 13)];
    diary.add('dialysis', month, services, ['N186', 'Z992'], { end: last, facility, disposition: '30' });
    diary.add('dialysis', last, [performed(random, last, '90960')], ['N186'], {
      practitioner: usual(diary.person, specialistsOf('nephrology')),
    });
  }
}

function drawHomeHealth(random: Random, diary: Diary, stays: readonly Stay[]): void {
  for (const stay of stays) {
    if (stay.disposition !== '06') continue;
    const start = stay.discharge + 2;
    let end = start;
    while (end < start + 29 && diary.isFree(end + 1)) end++;
    if (!diary.isFree(start) || end < start + 6) continue;
    const services = [];
    for (let day = start; day <= end; day += 6) services.push(provided(random, day, '0551', 'G0299'));
    for (let day = start + 2; day <= end; day += 7) services.push(provided(random, day, '0421', 'G0151'));
    services.sort((a, b) => a.day - b.day);
    diary.add(
      'home health',
      start,
      services,
      stay.diagnoses.slice(0, 4).map(({ code }) => code),
      {
        end,
        facility: random.pick(facilitiesOf('home health')),
        disposition: '01',
      },
    );
  }
}

function drawEquipment(random: Random, diary: Diary): void {
  const { person, onsets, world } = diary;
  const supplier = { practitioner: usual(person, specialistsOf('medical supply')) };
  const isFrail = person.constitution.frailty > 1.15 && ageOn(person.birth, world.end) >= 72;
  if (isFrail && random.chance(0.45)) {
    const day = random.whole(world.start, world.end);
    const code = person.constitution.frailty > 2.1 ? 'E0260' : 'E0143';
    if (diary.isFree(day))
      diary.add('equipment', day, [performed(random, day, code)], diary.codes(day, 'R2689', 2), supplier);
  }
  const rented: readonly (readonly [boolean, string, string])[] = [
    [has(onsets, 'copd', world.start) && random.chance(0.14), 'E1390', 'J449'],
    [has(onsets, 'obesity', world.start) && random.chance(0.12), 'E0601', 'G4733'],
  ];
  for (const [isRented, code, reason] of rented) {
    if (!isRented) continue;
    for (let month = monthStart(world.start); month < world.end; month = addMonths(month, 1)) {
      if (diary.isFree(month + 4))
        diary.add('equipment', month + 4, [performed(random, month + 4, code, 'RR')], [reason], supplier);
    }
  }
}

function drawNursingHomeVisits(random: Random, diary: Diary, institution: Day): void {
  const { person, world } = diary;
  for (
    let day = Math.max(institution, world.start) + random.whole(3, 25);
    day < world.end;
    day += random.whole(26, 40)
  ) {
    if (!diary.isPresent(day)) continue;
    diary.add(
      'nursing home visit',
      day,
      [performed(random, day, random.chance(0.6) ? '99308' : '99309')],
      diary.codes(day, null, 5),
      {
        practitioner: person.clinician,
      },
    );
  }
}
