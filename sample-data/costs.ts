import type { Cents } from './plan.ts';
import type { Random } from './random.ts';

/** Dollars allowed for a service by a practitioner, a laboratory or a supplier; bare numbers, no descriptions. */
const PROFESSIONAL: Readonly<Record<string, number>> = {
  '11042': 118,
  '17000': 67,
  '20610': 66,
  '27130': 1290,
  '27245': 1240,
  '27447': 1280,
  '33208': 480,
  '43239': 165,
  '49505': 510,
  '62323': 110,
  '66984': 560,
  '72148': 74,
  '74177': 91,
  '78452': 66,
  '93458': 310,
  '33361': 1380,
  '33533': 1930,
  '35301': 1130,
  '36415': 9,
  '44140': 1340,
  '45378': 340,
  '45380': 430,
  '47562': 640,
  '67028': 118,
  '71046': 32,
  '77067': 41,
  '80053': 11,
  '80061': 14,
  '82043': 6,
  '82274': 16,
  '82570': 6,
  '83036': 10,
  '84443': 17,
  '85025': 8,
  '87389': 24,
  '87624': 35,
  '88175': 27,
  '90662': 78,
  '90677': 262,
  '90833': 72,
  '90834': 103,
  '90960': 296,
  '92014': 129,
  '92134': 36,
  '92250': 38,
  '92928': 590,
  '92941': 690,
  '93000': 15,
  '93306': 203,
  '94010': 27,
  '97110': 30,
  '97140': 28,
  '97162': 103,
  '99203': 113,
  '99204': 169,
  '99212': 58,
  '99213': 93,
  '99214': 131,
  '99215': 184,
  '99223': 191,
  '99232': 82,
  '99239': 119,
  '99283': 74,
  '99284': 124,
  '99285': 180,
  '99308': 76,
  '99309': 106,
  '99406': 15,
  '99495': 206,
  '99496': 279,
  A0427: 560,
  A0429: 470,
  E0143: 82,
  E0260: 126,
  E0601: 72,
  E1390: 104,
  G0008: 30,
  G0009: 30,
  G0438: 172,
  G0439: 135,
  J0178: 1830,
};

/** Dollars allowed for a service by a hospital's outpatient department, a dialysis facility or a home health agency. */
const FACILITY: Readonly<Record<string, number>> = {
  '27447': 12_800,
  '33208': 10_400,
  '43239': 930,
  '49505': 3_400,
  '62323': 690,
  '66984': 2_250,
  '78452': 1_370,
  '93458': 3_150,
  '45378': 860,
  '45380': 1120,
  '70450': 172,
  '71046': 96,
  '72148': 255,
  '74177': 395,
  '77063': 56,
  '77067': 136,
  '80053': 11,
  '85025': 8,
  '90999': 281,
  '93005': 58,
  '93306': 525,
  '96413': 335,
  '99283': 305,
  '99284': 490,
  '99285': 720,
  '97110': 31,
  G0151: 265,
  G0299: 255,
  G0378: 92,
  J1745: 72,
  J9271: 11_200,
};

/** Codes that tell of quality and carry no price (CPT category II, and G codes of CMS). */
export const isForQuality = (hcpcs: string): boolean => /^(\d{4}F|G8\d{3})$/.test(hcpcs);

/** Cents allowed for one unit, with the small differences between payments for one service. */
export function allowed(random: Random, hcpcs: string, isProfessional: boolean, price = 1): Cents {
  const dollars = (isProfessional ? PROFESSIONAL : FACILITY)[hcpcs];
  if (dollars === undefined) throw new Error(`no price for ${hcpcs}`);
  return Math.round(dollars * price * random.between(92, 108));
}

/** What the provider asks for: always more than what is allowed. */
export const charge = (random: Random, amount: Cents, isHospital: boolean): Cents =>
  Math.ceil(amount * (isHospital ? random.between(2.6, 4.4) : random.between(1.4, 2.6)));

/** The member owes a fifth of most services under Part B, and nothing for laboratory tests, prevention and home health. */
const WITHOUT_COINSURANCE =
  /^(8\d{4}|36415|G0008|G0009|G0438|G0439|G0151|G0299|90662|90677|77063|77067|45378|99406|\d{4}F|G8\d{3})$/;

export const coinsurance = (amount: Cents, hcpcs: string): Cents =>
  WITHOUT_COINSURANCE.test(hcpcs) ? 0 : Math.floor(amount / 5);

/** Cents owed for the first hospital stay of a benefit period (Part A deductible), by year. */
export const hospitalDeductible = (year: number): Cents =>
  ({ 2023: 160_000, 2024: 163_200, 2025: 167_600, 2026: 173_600 })[year] ?? 165_000;
