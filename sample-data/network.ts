import { familyName, givenName } from './names.ts';
import { type Place, placeOf } from './places.ts';

/** CMS specialty code and its name. */
export interface Specialty {
  readonly code: string;
  readonly name: string;
}

/** How a practice works. Shares lie between 0 and 1. */
export interface Manner {
  /** Visits a year, relative to the usual. */
  readonly intensity: number;
  /** Share of patients who are brought in for the screening and testing that is due. */
  readonly prevention: number;
  /** Share of patients discharged home who are seen within a week; within two weeks a third more are. */
  readonly followUp: number;
  readonly telehealth: number;
  /** How well its patients' long-term conditions are controlled; 0 is usual. */
  readonly control: number;
  /** Odds of an unplanned return of its patients, relative to the usual. */
  readonly returns: number;
}

export interface Practice {
  readonly id: string;
  readonly name: string;
  readonly tin: string;
  readonly npi: string;
  readonly place: Place;
  readonly size: number;
  readonly manner: Manner;
  /** Its manner from the start of the follow-up programme on, where it takes part. */
  readonly programme: Manner | null;
  /** Its records come with the EHR feed. */
  readonly hasFeed: boolean;
  readonly hospitals: readonly (readonly [ccn: string, weight: number])[];
  readonly clinicians: readonly Practitioner[];
}

export interface Practitioner {
  readonly npi: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly specialty: Specialty;
  readonly practiceId: string | null;
  readonly tin: string;
  readonly hasFeed: boolean;
}

export type FacilityKind =
  | 'acute'
  | 'critical access'
  | 'psychiatric'
  | 'psychiatric unit'
  | 'rehabilitation'
  | 'long term care'
  | 'skilled nursing'
  | 'swing bed'
  | 'home health'
  | 'hospice'
  | 'dialysis';

export interface Facility {
  readonly ccn: string;
  readonly npi: string;
  readonly tin: string;
  readonly name: string;
  readonly kind: FacilityKind;
  readonly place: Place;
  /** Its records come with the EHR feed. */
  readonly hasFeed: boolean;
  /** Odds of an unplanned return after a stay here, relative to the usual hospital. */
  readonly returns: number;
  /** Prices relative to the usual. */
  readonly price: number;
  /** Takes patients whom other hospitals transfer. */
  readonly isReferral: boolean;
}

/** Ten digits with the check digit of an NPI; first digits 29 have not been given to anybody. */
export function npi(number: number): string {
  const body = `29${String(number).padStart(7, '0')}`;
  let sum = 24; // the prefix 80840 of the check
  for (let at = 0; at < 9; at++) {
    const digit = Number(body[at]) * (at % 2 === 0 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return `${body}${(10 - (sum % 10)) % 10}`;
}

/** Nine digits; no employer number begins with 00. */
const tin = (number: number): string => `00${String(number).padStart(7, '0')}`;

const facility = (
  number: number,
  ccn: string,
  name: string,
  kind: FacilityKind,
  zip: string,
  more: Partial<Pick<Facility, 'hasFeed' | 'returns' | 'price' | 'isReferral'>> = {},
): Facility => ({
  ccn,
  npi: npi(number),
  tin: tin(number),
  name,
  kind,
  place: placeOf(zip),
  hasFeed: false,
  returns: 1,
  price: 1,
  isReferral: false,
  ...more,
});

const feed = { hasFeed: true };

/** Certification numbers lie in the ranges that CMS gives to each kind, at numbers that are not in use. */
export const FACILITIES: readonly Facility[] = [
  facility(101, '360851', 'Northgate Medical Center', 'acute', '43201', { ...feed, price: 1.2, isReferral: true }),
  facility(102, '360852', 'Riverbend Hospital', 'acute', '43214', feed),
  facility(103, '360853', 'Saint Brannoc Hospital', 'acute', '43207', { ...feed, returns: 2.1, price: 1.05 }),
  facility(104, '360854', 'Ash Hollow Hospital', 'acute', '43081', { ...feed, returns: 0.4 }),
  facility(105, '360855', 'Prairie View General Hospital', 'acute', '43228', { price: 1.1 }),
  facility(106, '360856', 'Millrace Community Hospital', 'acute', '43055', feed),
  facility(107, '360857', 'Fairmeadow Regional Hospital', 'acute', '43130', { price: 0.95 }),
  facility(108, '361398', 'Pickerel Creek Hospital', 'critical access', '43040', feed),
  facility(109, '364098', 'Quiet Harbor Hospital', 'psychiatric', '43229'),
  facility(110, '36S852', 'Riverbend Hospital Psychiatric Unit', 'psychiatric unit', '43214', feed),
  facility(111, '363098', 'Second Spring Rehabilitation Hospital', 'rehabilitation', '43235'),
  facility(112, '362098', 'Long Meadow Specialty Hospital', 'long term care', '43224'),
  facility(121, '366401', 'Hollyoak Nursing and Rehabilitation', 'skilled nursing', '43206'),
  facility(122, '366402', 'Maple Crest Care Center', 'skilled nursing', '43081'),
  facility(123, '366403', 'Willow Bank Manor', 'skilled nursing', '43123'),
  facility(124, '366404', 'Stonewell Transitional Care', 'skilled nursing', '43055'),
  facility(125, '36Z398', 'Pickerel Creek Hospital Swing Beds', 'swing bed', '43040'),
  facility(131, '368101', 'Lantern Home Health', 'home health', '43204'),
  facility(132, '368102', 'Hearthside Home Care', 'home health', '43130'),
  facility(141, '361598', 'Evening Star Hospice', 'hospice', '43221'),
  facility(151, '362598', 'Clearwater Dialysis', 'dialysis', '43227'),
];

export function facilityOf(ccn: string): Facility {
  const found = FACILITIES.find((each) => each.ccn === ccn);
  if (!found) throw new Error(`no facility ${ccn}`);
  return found;
}

export const facilitiesOf = (...kinds: readonly FacilityKind[]): readonly Facility[] =>
  FACILITIES.filter(({ kind }) => kinds.includes(kind));

/** Short-term hospitals: what the readmission measure is about. */
export const isAcute = ({ kind }: Facility): boolean => kind === 'acute' || kind === 'critical access';

const SPECIALTIES = {
  'family medicine': '08',
  'internal medicine': '11',
  'nurse practitioner': '50',
  'physician assistant': '97',
  cardiology: '06',
  endocrinology: '46',
  nephrology: '39',
  pulmonology: '29',
  oncology: '83',
  psychiatry: '26',
  neurology: '13',
  orthopedics: '20',
  dermatology: '07',
  ophthalmology: '18',
  gastroenterology: '10',
  urology: '34',
  'general surgery': '02',
  'emergency medicine': '93',
  hospitalist: 'C6',
  radiology: '30',
  'physical therapy': '65',
  'clinical laboratory': '69',
  'medical supply': '54',
  ambulance: '59',
  'ambulatory surgery center': '49',
  pharmacy: 'A5',
} as const;
export type SpecialtyName = keyof typeof SPECIALTIES;

export const specialty = (name: SpecialtyName): Specialty => ({ code: SPECIALTIES[name], name });

const practitioner = (
  number: number,
  name: SpecialtyName,
  practice: Pick<Practice, 'id' | 'tin' | 'hasFeed'> | null,
) => ({
  npi: npi(number),
  firstName: givenName(number % 2 === 0 ? 'female' : 'male', number * 7),
  lastName: familyName(number * 3 + Math.floor(number / 50)),
  specialty: specialty(name),
  practiceId: practice?.id ?? null,
  tin: practice?.tin ?? tin(9000 + Math.floor(number / 10)),
  hasFeed: practice?.hasFeed ?? false,
});

const STAFF: readonly SpecialtyName[] = [
  'family medicine',
  'internal medicine',
  'family medicine',
  'internal medicine',
  'nurse practitioner',
  'family medicine',
  'physician assistant',
  'nurse practitioner',
];

type PracticeRow = readonly [
  name: string,
  zip: string,
  size: number,
  hasFeed: boolean,
  manner: readonly [intensity: number, prevention: number, followUp: number, telehealth: number, control: number],
  hospitals: Readonly<Record<string, number>>,
];

const central = { '360851': 4, '360852': 3, '360853': 3, '360854': 1, '360855': 2 };
const PRACTICES_AS_ROWS: readonly PracticeRow[] = [
  ['Larkmoor Internal Medicine', '43201', 14, true, [1.05, 0.78, 0.46, 0.1, 0.1], central],
  ['Stonebridge Family Practice', '43207', 11, true, [0.95, 0.68, 0.33, 0.08, -0.1], { ...central, '360853': 7 }],
  ['Tamarack Primary Care', '43228', 10, true, [1, 0.72, 0.38, 0.12, 0], { ...central, '360855': 5 }],
  ['Bluebell Medical Group', '43081', 12, true, [1.1, 0.86, 0.52, 0.1, 0.3], { ...central, '360854': 8 }],
  ['Harrow Lane Physicians', '43229', 13, true, [1, 0.7, 0.3, 0.1, 0], { ...central, '360852': 5 }],
  ['Quarry Hill Health', '43123', 8, true, [0.9, 0.62, 0.28, 0.06, -0.2], { ...central, '360853': 5 }],
  ['Sandpiper Senior Care', '43221', 7, true, [1.3, 0.84, 0.56, 0.14, 0.2], { ...central, '360852': 5 }],
  ['Newfield Family Medicine', '43055', 9, true, [0.95, 0.7, 0.37, 0.09, 0], { '360856': 8, '360851': 2, '360854': 1 }],
  [
    'Juniper Street Clinic',
    '43130',
    7,
    false,
    [0.9, 0.66, 0.34, 0.07, -0.1],
    { '360857': 8, '360851': 2, '360853': 1 },
  ],
  [
    'Three Creeks Rural Health',
    '43040',
    8,
    true,
    [0.85, 0.6, 0.36, 0.18, -0.2],
    { '361398': 6, '360852': 2, '360854': 1 },
  ],
  ['Windham Park Associates', '43015', 5, false, [1, 0.74, 0.41, 0.1, 0.1], { '360854': 5, '360852': 3, '360851': 2 }],
  ['Copper Beech Doctors', '43113', 3, true, [0.8, 0.56, 0.25, 0.05, -0.3], { '360853': 4, '360857': 3, '360851': 2 }],
];

/** The practice whose programme begins two thirds into the period: calls and visits in the first week after discharge. */
const PROGRAMME_PRACTICE = 'Harrow Lane Physicians';

export const PRACTICES: readonly Practice[] = PRACTICES_AS_ROWS.map(
  ([name, zip, size, hasFeed, [intensity, prevention, followUp, telehealth, control], hospitals], at) => {
    const manner = { intensity, prevention, followUp, telehealth, control, returns: 1 };
    const practice = { id: `PR${String(at + 1).padStart(2, '0')}`, tin: tin(201 + at), hasFeed };
    return {
      ...practice,
      name,
      npi: npi(201 + at),
      place: placeOf(zip),
      size,
      manner,
      programme: name === PROGRAMME_PRACTICE ? { ...manner, followUp: 0.8, returns: 0.5 } : null,
      hospitals: Object.entries(hospitals),
      clinicians: STAFF.map((role, seat) => practitioner(1000 + at * 10 + seat, role, practice)),
    };
  },
);

const SPECIALISTS: readonly (readonly [SpecialtyName, number])[] = [
  ['cardiology', 6],
  ['endocrinology', 3],
  ['nephrology', 3],
  ['pulmonology', 3],
  ['oncology', 4],
  ['psychiatry', 3],
  ['neurology', 3],
  ['orthopedics', 4],
  ['dermatology', 4],
  ['ophthalmology', 5],
  ['gastroenterology', 4],
  ['urology', 3],
  ['general surgery', 4],
  ['emergency medicine', 9],
  ['hospitalist', 9],
  ['radiology', 5],
  ['physical therapy', 4],
  ['clinical laboratory', 1],
  ['medical supply', 2],
  ['ambulance', 2],
  ['ambulatory surgery center', 2],
  ['pharmacy', 6],
];

const bySpecialty = new Map<SpecialtyName, readonly Practitioner[]>(
  SPECIALISTS.map(([name, seats], group) => [
    name,
    Array.from({ length: seats }, (_, seat) => practitioner(3000 + group * 10 + seat, name, null)),
  ]),
);

export function specialistsOf(name: SpecialtyName): readonly Practitioner[] {
  const found = bySpecialty.get(name);
  if (!found) throw new Error(`nobody works in ${name}`);
  return found;
}

export const PRACTITIONERS: readonly Practitioner[] = [
  ...PRACTICES.flatMap(({ clinicians }) => clinicians),
  ...[...bySpecialty.values()].flat(),
];
