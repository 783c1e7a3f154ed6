import type { Timeline } from '#contract/patient';
import type { Lab } from '../../charts/lab-line.ts';

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

/** The tests that this person has at least two results of. */
export const labsOf = ({ events }: Timeline): Lab[] =>
  LABS.filter(
    ({ codes }) =>
      events.filter(({ code, value }) => value !== null && code !== null && codes.includes(code)).length > 1,
  );
