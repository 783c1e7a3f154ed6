import type { Day } from './calendar.ts';
import { has, type Onsets } from './conditions.ts';
import type { Person } from './people.ts';
import type { World } from './plan.ts';
import { Random } from './random.ts';

export interface Measured {
  readonly loinc: string;
  readonly value: string;
  readonly unit: string;
}

const draw = (world: World, person: Person, day: Day, test: number): Random =>
  new Random(world.seed, person.number, 40 + test, day);

/** Percent of hemoglobin, with one decimal: the same on a day however often it is asked. */
export function glycatedHemoglobin(world: World, person: Person, day: Day): number {
  const level = 5.5 + 1.75 * Math.exp(-0.52 * person.constitution.control);
  return Math.round(Math.max(4.8, level + 0.35 * draw(world, person, day, 0).normal()) * 10) / 10;
}

/** What the laboratory reports for a billed test, from the condition that the person is in. */
export function resultsOf(world: World, person: Person, onsets: Onsets, day: Day, hcpcs: string): readonly Measured[] {
  const { constitution } = person;
  const random = draw(world, person, day, 1);
  const years = (day - person.birth) / 365.25;
  const hasKidneyDisease = has(onsets, 'chronic-kidney-disease', day);
  const filtration = has(onsets, 'end-stage-renal-disease', day)
    ? 8 + 2 * random.normal()
    : hasKidneyDisease
      ? 47 - 6 * constitution.vessels + 4 * random.normal()
      : 84 - 0.45 * (years - 70) + 7 * random.normal();
  const rate = Math.min(110, Math.max(4, filtration));
  switch (hcpcs) {
    case '83036':
      return [{ loinc: '4548-4', value: glycatedHemoglobin(world, person, day).toFixed(1), unit: '%' }];
    case '80053':
      return [
        { loinc: '98979-8', value: rate.toFixed(0), unit: 'mL/min/{1.73_m2}' },
        { loinc: '2160-0', value: (78 / rate).toFixed(2), unit: 'mg/dL' },
        { loinc: '2823-3', value: (4.3 + 0.35 * random.normal()).toFixed(1), unit: 'mmol/L' },
        { loinc: '2951-2', value: (139.5 + 2.4 * random.normal()).toFixed(0), unit: 'mmol/L' },
      ];
    case '80061': {
      const harmful = Math.max(32, 96 - 9 * constitution.diligence + 24 * random.normal());
      const helpful = Math.max(24, 52 + 11 * random.normal());
      return [
        { loinc: '13457-7', value: harmful.toFixed(0), unit: 'mg/dL' },
        { loinc: '2085-9', value: helpful.toFixed(0), unit: 'mg/dL' },
        { loinc: '2571-8', value: random.skewed(125, 0.4).toFixed(0), unit: 'mg/dL' },
      ];
    }
    case '85025':
      return [
        {
          loinc: '718-7',
          value: Math.max(6.4, 13.4 - (hasKidneyDisease ? 1.2 : 0) + 1.2 * random.normal()).toFixed(1),
          unit: 'g/dL',
        },
        { loinc: '6690-2', value: random.skewed(7, 0.25).toFixed(1), unit: '10*3/uL' },
        { loinc: '777-3', value: random.skewed(235, 0.25).toFixed(0), unit: '10*3/uL' },
      ];
    case '84443':
      return [{ loinc: '3016-3', value: random.skewed(2.1, 0.5).toFixed(2), unit: 'm[IU]/L' }];
    case '82043':
      return [{ loinc: '9318-7', value: random.skewed(hasKidneyDisease ? 90 : 14, 0.9).toFixed(0), unit: 'mg/g' }];
    default:
      return [];
  }
}
