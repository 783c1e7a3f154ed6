import { describe, expect, test } from 'vitest';
import type { HccGapCounts, HccScore } from '#contract/hcc';
import { partLabel, segmentLabel } from '../../client/format/hcc.ts';
import { findingOf, termsOf } from '../../client/pages/person/risk-adjustment.tsx';
import { findingOf as foundIn } from '../../client/pages/risk/recapture.tsx';

const score: HccScore = {
  ...{ model: 'V28', payment_year: 2026, data_year: 2025, segment: 'CFD', age: 60, caveat: null },
  ...{ raw_score: 1.2, normalized_score: 1.125, demographic_score: 0.7 },
  parts: [
    { kind: 'count', variable: 'D10P', coefficient: 0.5 },
    { kind: 'demographic', variable: 'F60_64', coefficient: 0.7 },
    { kind: 'demographic', variable: 'ActAdj_DUR4_9', coefficient: 1.1 },
  ],
  categories: [
    {
      ...{ hcc: '38', label: 'Diabetes', code: 'E119', claims: 2, claim_date: '2025-03-01', claim_id: 'c1' },
      ...{ source_name: 'payer', coefficient: null },
    },
  ],
  dropped: [],
};

describe('the words of a score', () => {
  test.each([
    ['demographic', 'F70_74', 'woman, 70 to 74'],
    ['demographic', 'M95_GT', 'man, 95 or older'],
    ['demographic', 'F0_34', 'woman, up to 34'],
    ['demographic', 'NMCAID_ORIGDIS_NEM67', 'man, 67, new in Medicare, first entitled by disability'],
    ['demographic', 'MCAID_NORIGDIS_NEF65', 'woman, 65, new in Medicare, with Medicaid'],
    ['demographic', 'ND_PBD_NORIGDIS_NEF85_GT', 'woman, 85 or older, new in Medicare'],
    ['demographic', 'OriginallyDisabled_Female', 'first entitled by disability'],
    ['demographic', 'FGC_PBD_LT65_flag', 'FGC_PBD_LT65_flag'],
    ['count', 'D1', '1 category together'],
    ['count', 'D10P', '10 or more categories together'],
    ['interaction', 'HF_KIDNEY_V28', 'heart failure and kidney disease'],
    ['interaction', 'DIABETES_HF_V28', 'diabetes and heart failure'],
    ['interaction', 'CHR_LUNG_CARD_RESP_FAIL_V28', 'cardiorespiratory failure and chronic lung disease'],
    ['interaction', 'HF_HCC238_V28', 'heart failure and HCC 238'],
    ['interaction', 'NONAGED_gSubUseDs_gPsych', 'under 65, substance use disorder and psychiatric disorder'],
    ['interaction', 'UNHEARD', 'UNHEARD'],
  ] as const)('%s %s is "%s"', (kind, variable, words) => {
    expect(partLabel({ kind, variable, coefficient: 0 })).toBe(words);
  });

  test('tell the segment, and leave an unknown one as it is', () => {
    expect([segmentLabel('CNA'), segmentLabel('X')]).toEqual(['community, not dual, aged', 'X']);
  });

  test('keep raw and normalized score apart, and say what is open', () => {
    const gap = {
      ...({ model: 'V28', payment_year: 2027, data_year: 2026, kind: 'suspect', hcc: '38', label: null } as const),
      ...{ evidence: 'insulin', evidence_date: null, coefficient: null, coefficient_year: 2026 },
    };
    expect(findingOf({ score, gaps: [gap] })).toBe(
      'The raw score is 1.200, normalized 1.125; one category of payment year 2027 is open',
    );
    expect(findingOf({ score: { ...score, normalized_score: null }, gaps: [] })).toBe('The raw score is 1.200');
    expect(findingOf({ score: null, gaps: [gap, gap] })).toBe('Two categories of payment year 2027 are open');
  });

  test('list every term of the sum in its order, and say where a category adds nothing', () => {
    expect(termsOf(score).map(({ section, value }) => [section, value])).toEqual([
      ['Demographic', '0.700'],
      ['Demographic', '÷ 1.100'],
      ['Categories', 'adds nothing'],
      ['Number of categories', '0.500'],
    ]);
  });
});

test('the finding of the list counts people of each kind, or says that some are hidden', () => {
  const found = (recapture: number | null, suspect: number | null) =>
    foundIn({ payment_year: 2027, data_year: 2026, recapture, suspect, categories: [] } satisfies HccGapCounts);
  expect(found(391, 95)).toBe(
    '391 people have a category of last year on no claim yet; the record of 95 hints at a category',
  );
  expect(found(1, 0)).toBe('1 person has a category of last year on no claim yet');
  expect(found(0, null)).toBe('The record of some hints at a category');
  expect(found(0, 0)).toBe('No category is open');
});
