import type { Measure } from '#contract/metric';

type YearChange = NonNullable<Measure['changes']>[number];

/** Differences of the published CQL of 2025 and 2026 that several measures share. */
export const SHARED: Record<'refuted' | 'laboratory' | 'assessment' | 'problemList' | 'sex', YearChange> = {
  refuted: {
    from: '2026',
    part: 'Diagnoses',
    before: 'A diagnosis counts whatever is said of its certainty.',
    after: 'A diagnosis that was refuted or entered in error does not count.',
    applied: 'The rule of 2026, in every year.',
  },
  laboratory: {
    from: '2026',
    part: 'Numerator',
    before: 'A test result counts whatever it is filed as.',
    after: 'A test result counts when it is filed as a laboratory result.',
    applied: 'The rule of 2025, in every year.',
  },
  assessment: {
    from: '2026',
    part: 'Numerator',
    before: 'An answer or a score counts whatever it is filed as.',
    after: 'An answer or a score counts when it is filed as a survey or an assessment.',
    applied: 'The rule of 2025, in every year.',
  },
  problemList: {
    from: '2026',
    part: 'Who counts',
    before: 'Diabetes on a problem list counts.',
    after: 'Diabetes must be the diagnosis of a visit or a stay.',
    applied: null,
  },
  sex: {
    from: '2026',
    part: 'Who counts',
    before: 'A woman is known by the gender of her record.',
    after: 'A woman is known by the sex of her record.',
    applied: 'The sex that the member file or the record states, in every year.',
  },
};
