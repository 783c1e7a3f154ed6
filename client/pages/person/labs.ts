import type { Timeline, TimelineEvent } from '#contract/patient';
import type { Lab } from '../../charts/lab-line.ts';
import type { TimeWindow } from '../../charts/time-window.ts';

/** Tests with a line of their own, most telling first: LOINC codes; thresholds of CMS122, of CMS165, and of KDIGO stage 3. */
const LABS: readonly Lab[] = [
  {
    label: 'A1c',
    codes: ['4548-4', '4549-2', '17856-6', '59261-8'],
    unit: '%',
    threshold: { value: 9, worse: 'above', label: 'over 9, poor control' },
  },
  {
    label: 'eGFR',
    codes: ['33914-3', '48642-3', '48643-1', '50044-7', '62238-1', '98979-8'],
    unit: 'mL/min',
    threshold: { value: 60, worse: 'below', label: 'under 60, stage 3' },
  },
  {
    label: 'Systolic pressure',
    codes: ['8480-6'],
    unit: 'mmHg',
    threshold: { value: 140, worse: 'above', label: '140 or more' },
  },
  { label: 'LDL cholesterol', codes: ['2089-1', '13457-7', '18262-6'], unit: 'mg/dL' },
  { label: 'Weight', codes: ['29463-7', '3141-9'], unit: 'kg' },
];

/** The tests that this person has at least two results of, one of them in the window. */
export const labsOf = ({ events }: Timeline, { from, to }: TimeWindow): Lab[] =>
  LABS.filter(({ codes }) => {
    const results = events.filter(({ code, value }) => value !== null && code !== null && codes.includes(code));
    return results.length > 1 && results.some(({ start_date }) => start_date >= from && start_date <= to);
  });

/** Our own short names for the LOINC codes that come most often. */
const NAMES: Readonly<Record<string, string>> = {
  '2085-9': 'HDL cholesterol',
  '2093-3': 'Total cholesterol',
  '2160-0': 'Creatinine',
  '2339-0': 'Glucose',
  '2345-7': 'Glucose',
  '2571-8': 'Triglycerides',
  '2708-6': 'Oxygen saturation',
  '2823-3': 'Potassium',
  '2951-2': 'Sodium',
  '3016-3': 'Thyroid-stimulating hormone',
  '3094-0': 'Urea nitrogen',
  '6298-4': 'Potassium',
  '6690-2': 'White blood cells',
  '718-7': 'Hemoglobin',
  '777-3': 'Platelets',
  '8302-2': 'Height',
  '8310-5': 'Temperature',
  '8462-4': 'Diastolic pressure',
  '8867-4': 'Heart rate',
  '9279-1': 'Breaths',
  '9318-7': 'Urine albumin to creatinine',
  '14959-1': 'Urine albumin to creatinine',
  '39156-5': 'Body mass index',
  '44261-6': 'Depression score (PHQ-9)',
  '55758-7': 'Depression score (PHQ-2)',
  ...Object.fromEntries(LABS.flatMap(({ codes, label }) => codes.map((code) => [code, label]))),
};

/** One of those tests: what a clinician asks for first. */
export const isUsual = ({ code }: Pick<TimelineEvent, 'code'>): boolean => code !== null && code in NAMES;

/** What an event is called: a short name where its code has one, else its title. */
export const nameOf = ({ lane, code, title }: Pick<TimelineEvent, 'lane' | 'code' | 'title'>): string =>
  (lane === 'observation' && code !== null && NAMES[code]) || title;

/** A UCUM unit as people write it: `mm[Hg]` -> "mmHg", `mL/min/{1.73_m2}` -> "mL/min/1.73 m²"; a bare annotation is none. */
export const unitOf = (unit: string | null): string =>
  (unit ?? '')
    .replace(/^\{.*\}$/, '')
    .replace(/[[\]{}]/g, '')
    .replaceAll('_', ' ')
    .replace(/\bm2\b/, 'm²');
