import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const REFERENCE = new URL('../../../shared/reference/care_coordination/', import.meta.url).pathname;

const lines = (path: string): string[] => readFileSync(path, 'utf8').trim().split(/\r?\n/);
const built = (name: string): string[][] =>
  lines(new URL(`../../pipelines/value-sets/${name}.csv`, import.meta.url).pathname)
    .slice(2)
    .map((line) => line.split(',').slice(1));

describe.skipIf(!existsSync(REFERENCE))(
  'what counts toward assignment (skipped without the shared reference tables)',
  () => {
    test('has every code of the draft list but G0463, which counts in electing teaching hospitals only', () => {
      const codes = new Set(built('primary-care-service').map(([code]) => code));
      const draft = lines(`${REFERENCE}mssp_primary_care_services_draft.csv`).slice(1);
      expect(draft.filter((code) => !codes.has(code))).toEqual(['G0463']);
    });

    test('has the specialties of each step and no other', () => {
      const steps = { PHYSICIAN: '1 physician', PRACTITIONER: '1 non-physician', SPECIALIST: '2 specialist' };
      const listed = lines(`${REFERENCE}mssp_specialties.csv`).slice(1);
      const ours = built('primary-care-clinician').map(
        ([code, role = '']) => `${Object.entries(steps).find(([name]) => name === role)?.[1]},${code}`,
      );
      expect(ours.toSorted()).toEqual(listed.toSorted());
    });
  },
);
