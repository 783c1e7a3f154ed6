import { type Day, yearOf } from './calendar.ts';
import type { Random } from './random.ts';

export type Condition =
  | 'obesity'
  | 'hypertension'
  | 'hyperlipidemia'
  | 'diabetes'
  | 'chronic-kidney-disease'
  | 'end-stage-renal-disease'
  | 'ischemic-heart-disease'
  | 'atrial-fibrillation'
  | 'heart-failure'
  | 'stroke'
  | 'copd'
  | 'asthma'
  | 'depression'
  | 'anxiety'
  | 'alcohol-use'
  | 'dementia'
  | 'breast-cancer'
  | 'colorectal-cancer'
  | 'lung-cancer'
  | 'prostate-cancer'
  | 'osteoarthritis'
  | 'hypothyroidism';

/** The day on which each condition of a person began; a condition that never comes is absent. */
export type Onsets = ReadonlyMap<Condition, Day>;

/** What a person is like, apart from age and sex: standard scores, where 0 is usual and more means more of it. */
export interface Constitution {
  readonly frailty: number;
  readonly vessels: number;
  readonly lungs: number;
  readonly mood: number;
  /** How well conditions are kept in check; more is better. */
  readonly control: number;
  /** How much the person takes up what is offered and takes what is prescribed. */
  readonly diligence: number;
  readonly isDisabled: boolean;
}

interface Epidemiology {
  readonly condition: Condition;
  /** Share of 70-year-olds of usual constitution who have it. */
  readonly at70: number;
  /** Odds multiply by this for every ten years of age. */
  readonly perDecade: number;
  readonly trait?: keyof Pick<Constitution, 'frailty' | 'vessels' | 'lungs' | 'mood'>;
  /** Odds multiply by these where the person has the other condition. */
  readonly with?: Partial<Record<Condition, number>>;
  readonly women?: number;
  readonly disabled?: number;
}

/** In an order in which every condition follows those that bring it about. */
const EPIDEMIOLOGY: readonly Epidemiology[] = [
  { condition: 'obesity', at70: 0.24, perDecade: 0.75, trait: 'vessels' },
  { condition: 'hypertension', at70: 0.5, perDecade: 1.45, trait: 'vessels', with: { obesity: 1.8 } },
  { condition: 'hyperlipidemia', at70: 0.46, perDecade: 1.1, trait: 'vessels', with: { hypertension: 1.7 } },
  {
    condition: 'diabetes',
    at70: 0.17,
    perDecade: 1.05,
    trait: 'vessels',
    with: { obesity: 2.6, hypertension: 1.7 },
    disabled: 1.5,
  },
  {
    condition: 'chronic-kidney-disease',
    at70: 0.09,
    perDecade: 1.8,
    trait: 'vessels',
    with: { diabetes: 2.4, hypertension: 1.9 },
    disabled: 1.5,
  },
  {
    condition: 'end-stage-renal-disease',
    at70: 0.0015,
    perDecade: 0.9,
    with: { 'chronic-kidney-disease': 12, diabetes: 2 },
    disabled: 4,
  },
  {
    condition: 'ischemic-heart-disease',
    at70: 0.12,
    perDecade: 1.5,
    trait: 'vessels',
    with: { diabetes: 1.8, hyperlipidemia: 1.7, hypertension: 1.6 },
    women: 0.6,
  },
  { condition: 'atrial-fibrillation', at70: 0.06, perDecade: 2, trait: 'vessels', with: { hypertension: 1.6 } },
  {
    condition: 'heart-failure',
    at70: 0.035,
    perDecade: 1.8,
    trait: 'frailty',
    with: { 'ischemic-heart-disease': 3, 'atrial-fibrillation': 2.4, hypertension: 1.6, diabetes: 1.5 },
    disabled: 1.6,
  },
  {
    condition: 'stroke',
    at70: 0.035,
    perDecade: 1.6,
    trait: 'vessels',
    with: { 'atrial-fibrillation': 2, hypertension: 1.6 },
  },
  { condition: 'copd', at70: 0.09, perDecade: 1.2, trait: 'lungs', disabled: 2 },
  { condition: 'asthma', at70: 0.055, perDecade: 0.85, trait: 'lungs', women: 1.7, disabled: 1.8 },
  { condition: 'depression', at70: 0.12, perDecade: 1, trait: 'mood', women: 1.6, disabled: 3 },
  {
    condition: 'anxiety',
    at70: 0.1,
    perDecade: 0.9,
    trait: 'mood',
    with: { depression: 3 },
    women: 1.4,
    disabled: 2.5,
  },
  {
    condition: 'alcohol-use',
    at70: 0.02,
    perDecade: 0.55,
    trait: 'mood',
    with: { depression: 2 },
    women: 0.4,
    disabled: 3,
  },
  { condition: 'dementia', at70: 0.025, perDecade: 3.1, trait: 'frailty', with: { stroke: 2 } },
  { condition: 'breast-cancer', at70: 0.05, perDecade: 1.2 },
  { condition: 'colorectal-cancer', at70: 0.014, perDecade: 1.4 },
  { condition: 'lung-cancer', at70: 0.007, perDecade: 1.2, trait: 'lungs', with: { copd: 3 } },
  { condition: 'prostate-cancer', at70: 0.07, perDecade: 1.5 },
  { condition: 'osteoarthritis', at70: 0.3, perDecade: 1.5, with: { obesity: 1.8 }, women: 1.3 },
  { condition: 'hypothyroidism', at70: 0.13, perDecade: 1.2, women: 2.4 },
];

const YEARS_OF_ONSET = 12;

/** Draws each condition once: whether it is there when the period begins, comes within it, or never. */
export function drawConditions(
  random: Random,
  birth: Day,
  sex: 'female' | 'male',
  constitution: Constitution,
  start: Day,
  end: Day,
): Onsets {
  const onsets = new Map<Condition, Day>();
  for (const each of EPIDEMIOLOGY) {
    const rank = random.unit();
    const past = random.unit();
    const impossible =
      (each.condition === 'prostate-cancer' && sex === 'female') ||
      (each.condition === 'breast-cancer' && sex === 'male');
    if (impossible) continue;
    let factor = each.trait ? Math.exp(0.75 * constitution[each.trait]) * 0.8 : 1;
    if (sex === 'female') factor *= each.women ?? 1;
    if (constitution.isDisabled) factor *= each.disabled ?? 1;
    for (const [other] of onsets) factor *= each.with?.[other] ?? 1;
    const share = (day: Day): number => {
      const decades = ((day - birth) / 365.25 - 70) / 10;
      const odds = (each.at70 / (1 - each.at70)) * factor * Math.exp(decades * Math.log(each.perDecade));
      return odds / (1 + odds);
    };
    const before = share(start);
    const after = Math.max(share(end), before * 1.06);
    if (rank < before) onsets.set(each.condition, Math.floor(start - 30 - past * past * 365 * YEARS_OF_ONSET));
    else if (rank < after)
      onsets.set(each.condition, Math.floor(start + ((rank - before) / (after - before)) * (end - start)));
  }
  return onsets;
}

/** The conditions that a person has on a day. */
export const has = (onsets: Onsets, condition: Condition, day: Day): boolean =>
  (onsets.get(condition) ?? Number.POSITIVE_INFINITY) <= day;

/** ICD-10-CM codes that bill the conditions present on a day, the weightiest first. */
export function chronicCodes(onsets: Onsets, day: Day, traits: Constitution): readonly string[] {
  const codes: string[] = [];
  const on = (condition: Condition) => has(onsets, condition, day);
  const since = (condition: Condition) => day - (onsets.get(condition) ?? day);
  const kidney = on('chronic-kidney-disease');
  const failing = on('heart-failure');
  const dialysis = on('end-stage-renal-disease');
  if (dialysis) codes.push('N186', 'Z992');
  if (failing) {
    if (on('hypertension')) codes.push(dialysis ? 'I132' : kidney ? 'I130' : 'I110');
    codes.push(traits.vessels > 0 ? 'I5022' : 'I5032');
  }
  const cancers: readonly (readonly [Condition, string, string])[] = [
    ['breast-cancer', traits.lungs > 0 ? 'C50911' : 'C50912', 'Z853'],
    ['colorectal-cancer', 'C187', 'Z85038'],
    ['lung-cancer', 'C3411', 'C3411'],
    ['prostate-cancer', 'C61', 'Z8546'],
  ];
  for (const [cancer, active, past] of cancers) if (on(cancer)) codes.push(since(cancer) < 730 ? active : past);
  if (on('diabetes')) {
    codes.push(kidney ? 'E1122' : traits.control < -0.8 ? 'E1165' : 'E119');
    if (traits.mood > 1.2) codes.push('E1142');
  }
  if (on('copd')) codes.push(traits.lungs > 2 ? 'J439' : 'J449');
  if (on('ischemic-heart-disease')) codes.push('I2510');
  if (on('atrial-fibrillation')) codes.push(traits.vessels > 0.5 ? 'I4820' : 'I480');
  if (on('dementia')) codes.push(traits.mood > 0 ? 'F0390' : 'G309');
  if (on('stroke')) codes.push(traits.frailty > 1 ? 'I69354' : 'Z8673');
  if (kidney && !dialysis) {
    if (on('hypertension') && !failing) codes.push('I129');
    codes.push(traits.vessels > 1.5 ? 'N184' : yearOf(day) % 2 === 0 ? 'N1831' : 'N1830');
  }
  if (on('hypertension') && !failing && !kidney && !dialysis) codes.push('I10');
  if (on('depression')) codes.push(traits.mood > 1 ? 'F331' : 'F32A');
  if (on('alcohol-use')) codes.push('F1020');
  if (on('hyperlipidemia')) codes.push('E785');
  if (on('asthma')) codes.push('J45909');
  if (on('hypothyroidism')) codes.push('E039');
  if (on('osteoarthritis')) codes.push(traits.lungs > 0 ? 'M1711' : 'M170');
  if (on('anxiety')) codes.push('F419');
  if (on('obesity')) codes.push('E669');
  return codes;
}
