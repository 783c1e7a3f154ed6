import { has } from './conditions.ts';
import { type Diary, performed, provided, usual } from './diary.ts';
import { facilityOf, specialistsOf } from './network.ts';
import type { Service } from './plan.ts';
import type { Random } from './random.ts';

interface Emergency {
  readonly code: string;
  readonly weight: number;
  readonly level: '99283' | '99284' | '99285';
  readonly imaging?: readonly [revenue: string, hcpcs: string];
}

const EMERGENCIES: readonly Emergency[] = [
  { code: 'R079', weight: 11, level: '99285', imaging: ['0320', '71046'] },
  { code: 'R109', weight: 9, level: '99284', imaging: ['0350', '74177'] },
  { code: 'S0083XA', weight: 8, level: '99284', imaging: ['0350', '70450'] },
  { code: 'N390', weight: 7, level: '99284' },
  { code: 'M5450', weight: 6, level: '99283' },
  { code: 'J069', weight: 7, level: '99283', imaging: ['0320', '71046'] },
  { code: 'R42', weight: 5, level: '99284', imaging: ['0350', '70450'] },
  { code: 'R0602', weight: 6, level: '99285', imaging: ['0320', '71046'] },
  { code: 'R519', weight: 4, level: '99284', imaging: ['0350', '70450'] },
  { code: 'S61411A', weight: 5, level: '99283' },
  { code: 'S52501A', weight: 4, level: '99284', imaging: ['0320', '71046'] },
  { code: 'L03115', weight: 4, level: '99283' },
  { code: 'R112', weight: 4, level: '99284' },
  { code: 'F419', weight: 3, level: '99283' },
  { code: 'K5900', weight: 3, level: '99283' },
  { code: 'R55', weight: 4, level: '99285' },
  { code: 'F10129', weight: 2, level: '99283' },
  { code: 'K0889', weight: 2, level: '99283' },
  { code: 'I10', weight: 3, level: '99283' },
];

const byWeight = EMERGENCIES.map((each) => [each, each.weight] as const);

/** Visits to an emergency department that end at home, and stays under observation. */
export function drawEmergencyCare(random: Random, diary: Diary): void {
  const { person, onsets, world } = diary;
  const { frailty, mood, isDisabled } = person.constitution;
  let perYear = 0.415 * Math.exp(0.28 * frailty + 0.3 * mood) * (isDisabled ? 1.7 : 1);
  for (const condition of ['copd', 'heart-failure', 'asthma', 'alcohol-use', 'dementia'] as const) {
    if (has(onsets, condition, world.end)) perYear *= 1.25;
  }
  const physician = usual(person, specialistsOf('emergency medicine'));
  const taken = new Set<number>();
  for (const day of diary.days(random, perYear)) {
    const [ccn] = random.weighted(person.practice.hospitals.map((each) => [each, each[1]]));
    const facility = facilityOf(ccn);
    const emergency = random.weighted(byWeight);
    const isObserved = emergency.level === '99285' && random.chance(0.36);
    const isClear = [-1, 0, 1, 2].every((offset) => !taken.has(day + offset) && diary.isFree(day + offset));
    if (!isClear) continue;
    taken.add(day);
    const { price } = facility;
    const services: Service[] = [provided(random, day, '0450', emergency.level, 1, price)];
    if (random.chance(0.7))
      services.push(provided(random, day, '0300', '80053'), provided(random, day, '0300', '85025'));
    if (emergency.imaging && random.chance(0.7)) {
      services.push(provided(random, day, emergency.imaging[0], emergency.imaging[1], 1, price));
    }
    if (emergency.level === '99285') services.push(provided(random, day, '0730', '93005'));
    if (isObserved) services.push(provided(random, day, '0762', 'G0378', random.whole(14, 34)));
    services.push(performed(random, day, emergency.level));
    const diagnoses = diary.codes(day, emergency.code, 5);
    diary.add(isObserved ? 'observation' : 'emergency department', day, services, diagnoses, {
      facility,
      practitioner: physician,
      end: isObserved ? day + 1 : day,
      disposition: '01',
    });
    if (random.chance(isObserved ? 0.5 : 0.24)) {
      const crew = usual(person, specialistsOf('ambulance'));
      diary.add('ambulance', day, [performed(random, day, random.chance(0.6) ? 'A0427' : 'A0429')], [emergency.code], {
        practitioner: crew,
      });
    }
  }
}
