import type { Day } from './calendar.ts';
import { type Condition, has, type Onsets } from './conditions.ts';
import { type Enrollment, isFeeForService } from './coverage.ts';
import { specialistsOf } from './network.ts';
import type { Person } from './people.ts';
import type { Fill, Stay, World } from './plan.ts';
import type { Random } from './random.ts';

interface Medicine {
  readonly condition: Condition;
  /** Share of people with the condition who take it. */
  readonly share: number;
  /** Ingredient. */
  readonly name: string;
  readonly ndc: string;
  readonly rxnorm: string;
  /** Units a day; 0 for a device that lasts a month. */
  readonly daily: number;
  /** Dollars for 30 days. */
  readonly price: number;
}

/** Long-term medicines. NDC numbers have the form of real ones and stand for the ingredient; nothing reads more into them. */
const MEDICINES: readonly Medicine[] = [
  {
    condition: 'hypertension',
    share: 0.42,
    name: 'lisinopril',
    ndc: '68180051401',
    rxnorm: '314076',
    daily: 1,
    price: 4,
  },
  {
    condition: 'hypertension',
    share: 0.26,
    name: 'losartan',
    ndc: '65862020290',
    rxnorm: '979492',
    daily: 1,
    price: 7,
  },
  {
    condition: 'hypertension',
    share: 0.36,
    name: 'amlodipine',
    ndc: '69097012715',
    rxnorm: '197361',
    daily: 1,
    price: 4,
  },
  {
    condition: 'hypertension',
    share: 0.22,
    name: 'hydrochlorothiazide',
    ndc: '16729018217',
    rxnorm: '310798',
    daily: 1,
    price: 4,
  },
  {
    condition: 'hyperlipidemia',
    share: 0.68,
    name: 'atorvastatin',
    ndc: '00378395177',
    rxnorm: '617310',
    daily: 1,
    price: 8,
  },
  {
    condition: 'hyperlipidemia',
    share: 0.15,
    name: 'simvastatin',
    ndc: '65862005290',
    rxnorm: '312961',
    daily: 1,
    price: 6,
  },
  { condition: 'diabetes', share: 0.66, name: 'metformin', ndc: '68382002801', rxnorm: '861007', daily: 2, price: 6 },
  {
    condition: 'diabetes',
    share: 0.2,
    name: 'insulin glargine',
    ndc: '00088221905',
    rxnorm: '847230',
    daily: 1,
    price: 190,
  },
  {
    condition: 'diabetes',
    share: 0.16,
    name: 'empagliflozin',
    ndc: '00597015230',
    rxnorm: '1545658',
    daily: 1,
    price: 560,
  },
  {
    condition: 'diabetes',
    share: 0.12,
    name: 'semaglutide',
    ndc: '00169413212',
    rxnorm: '1991306',
    daily: 0,
    price: 880,
  },
  {
    condition: 'heart-failure',
    share: 0.74,
    name: 'furosemide',
    ndc: '00054429931',
    rxnorm: '313988',
    daily: 1,
    price: 5,
  },
  {
    condition: 'heart-failure',
    share: 0.62,
    name: 'metoprolol',
    ndc: '00378003701',
    rxnorm: '866436',
    daily: 1,
    price: 12,
  },
  {
    condition: 'heart-failure',
    share: 0.18,
    name: 'sacubitril and valsartan',
    ndc: '00078065920',
    rxnorm: '1656340',
    daily: 2,
    price: 590,
  },
  {
    condition: 'ischemic-heart-disease',
    share: 0.4,
    name: 'clopidogrel',
    ndc: '55111019690',
    rxnorm: '309362',
    daily: 1,
    price: 9,
  },
  {
    condition: 'atrial-fibrillation',
    share: 0.62,
    name: 'apixaban',
    ndc: '00003089421',
    rxnorm: '1364445',
    daily: 2,
    price: 520,
  },
  {
    condition: 'atrial-fibrillation',
    share: 0.14,
    name: 'warfarin',
    ndc: '51672403201',
    rxnorm: '855332',
    daily: 1,
    price: 8,
  },
  { condition: 'copd', share: 0.4, name: 'tiotropium', ndc: '00597007541', rxnorm: '1552004', daily: 1, price: 430 },
  { condition: 'copd', share: 0.55, name: 'albuterol', ndc: '59310057922', rxnorm: '2123111', daily: 0, price: 42 },
  {
    condition: 'asthma',
    share: 0.45,
    name: 'fluticasone and salmeterol',
    ndc: '00173069600',
    rxnorm: '896184',
    daily: 2,
    price: 180,
  },
  {
    condition: 'depression',
    share: 0.62,
    name: 'sertraline',
    ndc: '59762490003',
    rxnorm: '312941',
    daily: 1,
    price: 7,
  },
  { condition: 'dementia', share: 0.38, name: 'donepezil', ndc: '43547027603', rxnorm: '997223', daily: 1, price: 11 },
  { condition: 'dementia', share: 0.18, name: 'memantine', ndc: '29300017105', rxnorm: '996561', daily: 2, price: 18 },
  {
    condition: 'hypothyroidism',
    share: 0.86,
    name: 'levothyroxine',
    ndc: '00378180377',
    rxnorm: '966221',
    daily: 1,
    price: 12,
  },
  {
    condition: 'osteoarthritis',
    share: 0.2,
    name: 'gabapentin',
    ndc: '16714066202',
    rxnorm: '310431',
    daily: 3,
    price: 10,
  },
  {
    condition: 'prostate-cancer',
    share: 0.2,
    name: 'bicalutamide',
    ndc: '00378606777',
    rxnorm: '199224',
    daily: 1,
    price: 30,
  },
];

/** Medicines that few should take for long from 65 years of age on. */
export const HIGH_RISK_MEDICINES: readonly Medicine[] = [
  { condition: 'anxiety', share: 0.16, name: 'zolpidem', ndc: '00093007401', rxnorm: '854873', daily: 1, price: 5 },
  { condition: 'depression', share: 0.08, name: 'lorazepam', ndc: '00591024101', rxnorm: '197901', daily: 1, price: 6 },
  {
    condition: 'osteoarthritis',
    share: 0.05,
    name: 'amitriptyline',
    ndc: '00378261001',
    rxnorm: '856834',
    daily: 1,
    price: 9,
  },
];

/** Fills of long-term medicines, some sooner and some later than due, as the person is diligent or not. `after` fills have a number already. */
export function drawFills(
  random: Random,
  world: World,
  person: Person,
  onsets: Onsets,
  enrollments: readonly Enrollment[],
  stays: readonly Stay[],
  until: Day,
  { medicines = MEDICINES, after = 0 }: { readonly medicines?: readonly Medicine[]; readonly after?: number } = {},
): readonly Fill[] {
  const fills: Fill[] = [];
  const pharmacies = specialistsOf('pharmacy');
  const supply = random.chance(0.66) ? 90 : 30;
  let number = after;
  for (const medicine of medicines) {
    const takes = random.chance(medicine.share);
    const onset = onsets.get(medicine.condition);
    if (!takes || onset === undefined) continue;
    const gapChance = Math.min(0.6, Math.max(0.03, 0.16 - 0.09 * person.constitution.diligence));
    let day = Math.max(onset + random.whole(0, 20), world.start + random.whole(0, supply - 1));
    let refills = 3;
    while (day <= until) {
      const isAway = stays.some(({ admit, discharge }) => admit <= day && day < discharge);
      if (!isAway && has(onsets, medicine.condition, day) && isFeeForService(enrollments, day)) {
        const days = medicine.price > 150 ? 30 : supply;
        const allowed = Math.round(medicine.price * (days / 30) * random.between(90, 112));
        const copayment = Math.min(allowed, medicine.price > 100 ? 4_700 : random.pick([0, 300, 500, 1_000]));
        number++;
        fills.push({
          day,
          paid: day + random.whole(3, 24),
          claimId: `RX${person.id}-${String(number).padStart(4, '0')}`,
          ndc: medicine.ndc,
          rxnorm: medicine.rxnorm,
          drug: medicine.name,
          quantity: medicine.daily === 0 ? days / 30 : medicine.daily * days,
          daysSupply: days,
          refills,
          prescriber: person.clinician,
          pharmacy: pharmacies[person.number % pharmacies.length] ?? person.clinician,
          allowed,
          copayment,
          charge: Math.ceil(allowed * random.between(1.1, 1.9)),
        });
        refills = refills === 0 ? 3 : refills - 1;
        day += days;
      } else day += 9;
      day += random.chance(gapChance) ? random.whole(14, 60) : random.whole(-3, 4);
    }
  }
  return fills;
}
