import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import {
  ADVANCED_ILLNESS,
  ANTIDEPRESSANTS,
  DEMENTIA_MEDICINES,
  FALLS_SCREEN,
  FRAILTY,
  HPV_TEST,
  PAP_TEST,
  PRINCIPAL,
  PROCEDURE,
  TOBACCO_SCREEN,
  WELLNESS_VISIT,
} from '../../sample-data/clinical-facts.ts';

const SHARED = new URL('../../../shared/', import.meta.url).pathname;
const read = (path: string): readonly Record<string, string>[] => {
  const bytes = readFileSync(SHARED + path);
  return parse(path.endsWith('.gz') ? gunzipSync(bytes) : bytes, { columns: true });
};
const readmission = (name: string) => read(`reference/readmission/${name}.csv`);
const firsts = (name: string) => new Set(readmission(name).map((row) => Object.values(row)[0]));

describe.skipIf(!existsSync(SHARED))(
  'the facts behind the truth agree with the public tables (skipped without ../shared)',
  () => {
    test('principal diagnoses: cohort, acute, excluded, always planned', () => {
      const ccs = new Map(readmission('ccs_dx10_map').map(({ code, ccs }) => [code, ccs]));
      const cohort = new Map(
        readmission('specialty_cohort')
          .filter((row) => row.procedure_or_diagnosis === 'Diagnosis')
          .map((row) => [row.ccs, row.specialty_cohort]),
      );
      const exclusion = new Map(
        readmission('exclusion_ccs_diagnosis_category').map((row) => [
          row.ccs_diagnosis_category,
          row.exclusion_category,
        ]),
      );
      const acuteCategories = firsts('acute_diagnosis_ccs');
      const acuteCodes = firsts('acute_diagnosis_icd_10_cm');
      const planned = firsts('always_planned_ccs_diagnosis_category');
      const words = {
        cancer: 'Medical Treatment of Cancer',
        psychiatric: 'Psychiatric',
        rehabilitation: 'Rehabilitation',
      };
      for (const [code, fact] of Object.entries(PRINCIPAL)) {
        const category = ccs.get(code);
        expect({
          code,
          isAcute: fact.isAcute,
          exclusion: fact.exclusion && words[fact.exclusion],
          alwaysPlanned: fact.alwaysPlanned ?? false,
        }).toEqual({
          code,
          isAcute: acuteCategories.has(category) || acuteCodes.has(code),
          exclusion: exclusion.get(category),
          alwaysPlanned: planned.has(category),
        });
        if (!fact.exclusion) expect([code, fact.cohort]).toEqual([code, cohort.get(category)]);
      }
    });

    test('procedures: surgical, potentially planned', () => {
      const ccs = new Map(readmission('ccs_pr10_map').map(({ code, ccs }) => [code, ccs]));
      const surgicalCodes = firsts('surgery_gynecology_cohort');
      const surgicalCategories = new Set(
        readmission('specialty_cohort')
          .filter((row) => row.procedure_or_diagnosis === 'Procedure')
          .map((row) => row.ccs),
      );
      const plannedCategories = firsts('potentially_planned_ccs_procedure_category');
      const plannedCodes = firsts('potentially_planned_icd_10_pcs');
      for (const [code, fact] of Object.entries(PROCEDURE)) {
        const category = ccs.get(code);
        expect({ code, ...fact }).toEqual({
          code,
          isSurgical: surgicalCodes.has(code) || surgicalCategories.has(category ?? ''),
          isPotentiallyPlanned: plannedCodes.has(code) || plannedCategories.has(category),
        });
      }
    });

    test('frailty, advanced illness and dementia medicines', () => {
      const rows = read('data/ecqm-2025/value-sets-open.csv.gz').filter(
        (row) => row.spec_year === 'my2026' && row.measure === 'CMS125',
      );
      const codes = (pattern: RegExp) =>
        new Set(rows.filter((row) => pattern.test(row.value_set ?? '')).map((row) => row.code?.replace('.', '')));
      const isDevice = (code: string) => /^E0/.test(code);
      const [illness, frailty, medicines] = [codes(/^Advanced Illness/), codes(/^Frailty/), codes(/^Dementia/)];
      expect([...ADVANCED_ILLNESS].filter((code) => !illness.has(code))).toEqual([]);
      expect([...FRAILTY].filter((code) => !isDevice(code) && !frailty.has(code))).toEqual([]);
      expect([...DEMENTIA_MEDICINES].filter((code) => !medicines.has(code))).toEqual([]);
    });

    test('screens, wellness visits and antidepressants', () => {
      const open = read('data/ecqm-2025/value-sets-open.csv.gz').filter(({ spec_year }) => spec_year === 'my2026');
      const isCpt = (code: string) => /^\d{4}[\dF]$/.test(code);
      const facts = {
        CMS2: [...WELLNESS_VISIT, ...ANTIDEPRESSANTS],
        CMS124: [...PAP_TEST, ...HPV_TEST],
        CMS138: [...WELLNESS_VISIT, ...TOBACCO_SCREEN],
        CMS139: [...WELLNESS_VISIT, ...FALLS_SCREEN],
      };
      for (const [measure, codes] of Object.entries(facts)) {
        const known = new Set(open.flatMap((row) => (row.measure === measure ? [row.code] : [])));
        expect(codes.filter((code) => !isCpt(code) && !known.has(code))).toEqual([]);
      }
    });
  },
);
