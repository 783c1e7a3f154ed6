import { ageOn, type Day, dayOf } from './calendar.ts';
import type { Constitution } from './conditions.ts';
import { familyName, givenName } from './names.ts';
import { PRACTICES, type Practice, type Practitioner } from './network.ts';
import { PLACES, type Place } from './places.ts';
import type { World } from './plan.ts';
import { Random } from './random.ts';

export interface Person {
  readonly number: number;
  readonly id: string;
  readonly memberId: string;
  /** The identifier used up to a day on which a new one was given. */
  readonly former: { readonly memberId: string; readonly until: Day } | null;
  readonly patientId: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly sex: 'female' | 'male';
  readonly birth: Day;
  readonly race: string;
  readonly ethnicity: string;
  readonly language: string;
  readonly address: string;
  readonly place: Place;
  readonly dual: string;
  /** Original reason for entitlement: 0 age, 1 disability, 2 kidney failure, 3 both. */
  readonly entitlement: '0' | '1' | '2' | '3';
  readonly constitution: Constitution;
  readonly practice: Practice;
  readonly clinician: Practitioner;
  readonly hasChart: boolean;
}

const AGES_OF_AGED: readonly (readonly [readonly [from: number, to: number], number])[] = [
  [[62.2, 65], 9],
  [[65, 70], 24],
  [[70, 75], 24],
  [[75, 80], 18.5],
  [[80, 85], 12.5],
  [[85, 90], 8],
  [[90, 99], 4],
];

const RACES: readonly (readonly [race: string, weight: number, ethnicity: number])[] = [
  ['white', 78, 0.02],
  ['black or african american', 13, 0.01],
  ['asian', 2.5, 0],
  ['american indian or alaska native', 0.4, 0.1],
  ['native hawaiian or other pacific islander', 0.1, 0],
  ['other race', 3.5, 0.55],
  ['unknown', 2.5, 0.1],
];

const DUAL: readonly (readonly [string, number])[] = [
  ['02', 45],
  ['08', 22],
  ['01', 10],
  ['03', 8],
  ['04', 7],
  ['06', 8],
];

const STREETS = 'Alder Birch Chestnut Dogwood Elder Foxglove Gentian Hazel Iris Juniper'.split(' ');

/** Like a Medicare beneficiary identifier, with S in the second place, where no real one has a letter S. */
export function beneficiaryId(number: number): string {
  const letters = 'ACDEFGHJKMNPQRTUVWXY';
  let rest = (number * 7_368_787 + 1_234_567) % 80_000_000;
  const draw = (size: number): number => {
    const value = rest % size;
    rest = Math.floor(rest / size);
    return value;
  };
  const letter = () => letters[draw(20)] ?? 'A';
  const digit = () => String(draw(10));
  return `1S${digit()}${digit()}${letter()}${digit()}${digit()}${letter()}${letter()}${draw(10)}0`;
}

const constitution = (random: Random, practice: Practice, isDisabled: boolean): Constitution => {
  const frailty = random.normal();
  const vessels = 0.35 * frailty + 0.9 * random.normal();
  const lungs = 0.3 * frailty + 0.9 * random.normal();
  const mood = 0.3 * frailty + 0.9 * random.normal();
  return {
    frailty,
    vessels,
    lungs,
    mood,
    control: practice.manner.control + random.normal(),
    diligence: random.normal(),
    isDisabled,
  };
};

/** The person with this number: the same whatever the size of the population. */
export function drawPerson(world: World, number: number): Person {
  const random = new Random(world.seed, number, 1);
  const isDisabled = random.chance(0.115);
  const [from, to] = isDisabled
    ? random.weighted([
        [[28, 45] as const, 2],
        [[45, 62] as const, 8],
      ])
    : random.weighted(AGES_OF_AGED);
  const age = random.between(from, to);
  const birth = Math.floor(world.start - age * 365.25);
  const sex = random.chance(age > 80 ? 0.61 : 0.53) ? 'female' : 'male';
  const race = random.weighted(RACES.map((each) => [each, each[1]]));
  const isHispanic = random.chance(race[2]);
  const isPoor = random.chance(isDisabled ? 0.45 : race[0] === 'white' ? 0.1 : 0.24);
  const place = random.weighted(PLACES);
  const near = PRACTICES.map((each) => {
    const rural = each.place.countyFips !== '39049';
    const same = each.place.countyFips === place.countyFips;
    return [each, each.size * (same ? (rural ? 12 : 2) : rural ? 0.15 : 1)] as const;
  });
  const practice = random.weighted(near);
  const lateDisability = !isDisabled && random.chance(0.09);
  return {
    number,
    id: `P${String(number).padStart(7, '0')}`,
    memberId: beneficiaryId(number),
    former: random.chance(0.01)
      ? { memberId: beneficiaryId(number + 40_000_000), until: world.start + random.whole(200, 900) }
      : null,
    patientId: `MRN${String(number * 17 + 400_000).padStart(8, '0')}`,
    firstName: givenName(sex, random.whole(0, 39)),
    lastName: familyName(random.whole(0, 51)),
    sex,
    birth,
    race: race[0],
    ethnicity: isHispanic ? 'hispanic or latino' : 'not hispanic or latino',
    language:
      isHispanic && random.chance(0.4) ? 'spanish' : race[0] === 'asian' && random.chance(0.3) ? 'chinese' : 'english',
    address: `${random.whole(11, 989)} ${random.pick(STREETS)} Street`,
    place,
    dual: isPoor ? random.weighted(DUAL) : '00',
    entitlement: isDisabled || lateDisability ? (random.chance(0.03) ? '3' : '1') : random.chance(0.003) ? '2' : '0',
    constitution: constitution(random, practice, isDisabled),
    practice,
    clinician: random.pick(practice.clinicians),
    hasChart: practice.hasFeed && random.chance(0.93),
  };
}

/** The member identifier in use on a day. */
export const memberIdOn = ({ memberId, former }: Person, day: Day): string =>
  former && day <= former.until ? former.memberId : memberId;

export const age = (person: Person, day: Day): number => ageOn(person.birth, day);

/** The first day of the month of the 65th birthday; a month earlier for those born on the first, as Medicare begins. */
export function turns65(birth: Day): Day {
  const born = new Date(birth * 86_400_000);
  const month = born.getUTCMonth() + 1 - (born.getUTCDate() === 1 ? 1 : 0);
  return dayOf(born.getUTCFullYear() + 65, month, 1);
}
