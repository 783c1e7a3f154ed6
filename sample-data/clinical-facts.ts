/**
 * What the rules of the measures say about the codes that the generator uses, so that the truth can be told from the
 * plan alone. Facts of CMS's hospital-wide readmission measure (Planned Readmission Algorithm 4.0) and of the CMS eCQM
 * value sets for 2025 and 2026; test/acceptance compares them with the public tables.
 */

export type Cohort = 'Medicine' | 'Surgery/Gynecology' | 'Cardiorespiratory' | 'Cardiovascular' | 'Neurology';
export type NotIndexed = 'psychiatric' | 'cancer' | 'rehabilitation';

export interface PrincipalFact {
  readonly cohort: Cohort;
  /** An acute reason: no procedure makes such a stay a planned one. */
  readonly isAcute: boolean;
  readonly exclusion?: NotIndexed;
  /** Chemotherapy and rehabilitation are always planned. */
  readonly alwaysPlanned?: boolean;
}

const acute = (cohort: Cohort): PrincipalFact => ({ cohort, isAcute: true });
const calm = (cohort: Cohort): PrincipalFact => ({ cohort, isAcute: false });
const psychiatric: PrincipalFact = { cohort: 'Medicine', isAcute: false, exclusion: 'psychiatric' };
const cancer: PrincipalFact = { cohort: 'Medicine', isAcute: false, exclusion: 'cancer' };

/** Every principal diagnosis that the generator gives to a stay in an acute hospital. */
export const PRINCIPAL: Readonly<Record<string, PrincipalFact>> = {
  A0472: acute('Medicine'),
  A419: acute('Medicine'),
  C187: cancer,
  C3411: cancer,
  C7951: cancer,
  E1110: acute('Medicine'),
  E11649: calm('Medicine'),
  E860: acute('Medicine'),
  E871: acute('Medicine'),
  F10230: acute('Medicine'),
  F322: psychiatric,
  F332: psychiatric,
  G40909: acute('Neurology'),
  G9341: calm('Neurology'),
  I110: acute('Medicine'),
  I130: acute('Medicine'),
  I132: acute('Medicine'),
  I160: acute('Medicine'),
  I214: acute('Cardiovascular'),
  I2510: calm('Cardiovascular'),
  I2699: calm('Cardiorespiratory'),
  I350: calm('Cardiovascular'),
  I4891: calm('Cardiovascular'),
  I5023: acute('Cardiorespiratory'),
  I5033: acute('Cardiorespiratory'),
  I63511: acute('Neurology'),
  I639: acute('Neurology'),
  I6523: calm('Neurology'),
  J1000: acute('Medicine'),
  J189: acute('Cardiorespiratory'),
  J440: acute('Cardiorespiratory'),
  J441: acute('Cardiorespiratory'),
  J45901: acute('Cardiorespiratory'),
  J690: acute('Cardiorespiratory'),
  J9601: acute('Cardiorespiratory'),
  K529: acute('Medicine'),
  K56609: acute('Medicine'),
  K8000: acute('Medicine'),
  K810: acute('Medicine'),
  K8590: acute('Medicine'),
  K921: acute('Medicine'),
  K922: acute('Medicine'),
  L03115: acute('Medicine'),
  M1611: calm('Medicine'),
  M1711: calm('Medicine'),
  N179: acute('Medicine'),
  N390: acute('Medicine'),
  R079: acute('Cardiovascular'),
  R55: acute('Medicine'),
  S065X0A: acute('Neurology'),
  S72001A: acute('Medicine'),
  S72141A: acute('Medicine'),
  T8149XA: acute('Medicine'),
  Z5111: { cohort: 'Medicine', isAcute: false, exclusion: 'cancer', alwaysPlanned: true },
};

export interface ProcedureFact {
  readonly isSurgical: boolean;
  readonly isPotentiallyPlanned: boolean;
}

/** Every procedure (ICD-10-PCS) that the generator gives to a stay. */
export const PROCEDURE: Readonly<Record<string, ProcedureFact>> = {
  '021009W': { isSurgical: true, isPotentiallyPlanned: true },
  '027034Z': { isSurgical: false, isPotentiallyPlanned: true },
  '02RF38Z': { isSurgical: true, isPotentiallyPlanned: true },
  '03CK0ZZ': { isSurgical: true, isPotentiallyPlanned: true },
  '0DJ08ZZ': { isSurgical: false, isPotentiallyPlanned: false },
  '0DTN0ZZ': { isSurgical: true, isPotentiallyPlanned: true },
  '0FT44ZZ': { isSurgical: true, isPotentiallyPlanned: true },
  '0QS604Z': { isSurgical: true, isPotentiallyPlanned: true },
  '0QS704Z': { isSurgical: true, isPotentiallyPlanned: true },
  '0SR9019': { isSurgical: true, isPotentiallyPlanned: true },
  '0SRC0J9': { isSurgical: true, isPotentiallyPlanned: true },
  '30233N1': { isSurgical: false, isPotentiallyPlanned: false },
  '3E03305': { isSurgical: false, isPotentiallyPlanned: true },
  '4A023N7': { isSurgical: false, isPotentiallyPlanned: false },
  '5A09357': { isSurgical: false, isPotentiallyPlanned: false },
  '5A1D70Z': { isSurgical: false, isPotentiallyPlanned: false },
};

/** Diagnoses of advanced illness among those that the generator uses. */
export const ADVANCED_ILLNESS: ReadonlySet<string> = new Set(
  'C7951 F0390 G309 I110 I130 I132 I5022 I5023 I5032 I5033 I509 J439 N186'.split(' '),
);

/** Diagnoses and services that show frailty among those that the generator uses. */
export const FRAILTY: ReadonlySet<string> = new Set(
  'E0143 E0260 G0299 L89153 M6281 R2689 R531 R5381 R54 Z9181'.split(' '),
);

export const DEMENTIA_MEDICINES: ReadonlySet<string> = new Set(['996561', '997223']);

const HOME_AND_TELEPHONE_VISIT = '99347 99348 99349 99441 99442 99443'.split(' ');
const OFFICE_VISIT = '99202 99203 99204 99205 99212 99213 99214 99215'.split(' ');
const NURSING_HOME_VISIT = ['99308', '99309'];

/** Visits for prevention, one of which suffices where others are asked for twice. */
export const WELLNESS_VISIT: ReadonlySet<string> = new Set('G0402 G0438 G0439'.split(' '));

/** Outpatient visits that put a person into the population of a quality measure. */
export const QUALIFYING_VISIT: ReadonlySet<string> = new Set([
  ...OFFICE_VISIT,
  ...HOME_AND_TELEPHONE_VISIT,
  ...WELLNESS_VISIT,
]);

/** The same of cervical screening (CMS124), screening for depression (CMS2), tobacco (CMS138) and falls (CMS139). */
export const CERVICAL_VISIT: ReadonlySet<string> = new Set([...OFFICE_VISIT, ...HOME_AND_TELEPHONE_VISIT]);
export const DEPRESSION_VISIT: ReadonlySet<string> = new Set([
  ...QUALIFYING_VISIT,
  ...NURSING_HOME_VISIT,
  '90834',
  '97162',
]);
export const TOBACCO_VISIT: ReadonlySet<string> = new Set([...QUALIFYING_VISIT, '90834', '92014', '97162']);
export const FALLS_VISIT: ReadonlySet<string> = new Set([...QUALIFYING_VISIT, ...NURSING_HOME_VISIT, '92014', '97162']);

/** Visits that see a patient after a hospital stay. */
export const FOLLOW_UP_VISIT: ReadonlySet<string> = new Set([...QUALIFYING_VISIT, '99495', '99496']);

/** Age at the end of the year from which CMS125 asks for a mammogram. */
export const youngestScreened = (year: number): number => (year < 2026 ? 52 : 42);

export const MAMMOGRAM: ReadonlySet<string> = new Set('77063 77065 77066 77067 24606-6 103892-6'.split(' '));

/** Cervical cytology, and tests for high-risk papillomavirus. */
export const PAP_TEST: ReadonlySet<string> = new Set(['88175', '10524-7']);
export const HPV_TEST: ReadonlySet<string> = new Set(['87624', '82675-0']);

export const FALLS_SCREEN: ReadonlySet<string> = new Set(['73830-2', '1100F', '1101F']);

/** Whether somebody uses tobacco: the question, and codes that answer it. */
export const TOBACCO_SCREEN: ReadonlySet<string> = new Set(['72166-2', '1034F', '1036F']);

/** What a depression screen found: answers (SNOMED CT) and codes of claims. */
export const DEPRESSION_SCREEN: Readonly<Record<string, 'negative' | 'positive'>> = {
  '428171000124102': 'negative',
  '428181000124104': 'positive',
  G8510: 'negative',
  G8431: 'positive',
  G8511: 'positive',
};
/** A plan after a positive screen, as it is billed. */
export const DEPRESSION_FOLLOW_UP = 'G8431';
export const ANTIDEPRESSANTS: ReadonlySet<string> = new Set(['312941', '856834']);
