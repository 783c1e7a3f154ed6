import { defineProgram } from '#contract/program';

const history = (starts: number[], mostPoints = 10) => ({ basis: 'history' as const, starts, mostPoints });
const FLAT = { basis: 'flat' as const, starts: [1, 10, 20, 30, 40, 50, 60, 70, 80, 90] };
const FLAT_DOWN = { basis: 'flat' as const, starts: [99, 90, 80, 70, 60, 50, 40, 30, 20, 10] };

const MEASURES = {
  a1c: { qualityId: '001', title: 'Glycemic status above 9%', isOutcome: true },
  breast: { qualityId: '112', title: 'Breast cancer screening' },
  colorectal: { qualityId: '113', title: 'Colorectal cancer screening' },
  depression: { qualityId: '134', title: 'Depression screening and follow-up' },
  bloodPressure: { qualityId: '236', title: 'Controlling high blood pressure', isOutcome: true },
};

type Benchmarks = NonNullable<Parameters<typeof defineProgram>[0]['years'][number]['measures'][number]['benchmarks']>;

const reported = (measure: keyof typeof MEASURES, benchmarks: Benchmarks = {}) => ({
  ...{ ...MEASURES[measure], reportedBy: 'the ACO' as const, weight: 1, benchmarks },
});

const READMISSION = {
  ...{ qualityId: '479', title: 'Hospital-wide readmission within 30 days', isOutcome: true, weight: 1 },
  reportedBy: 'CMS from claims' as const,
};
const CONDITIONS = {
  ...{ qualityId: '484', title: 'Unplanned admissions, multiple chronic conditions', isOutcome: true, weight: 1 },
  reportedBy: 'CMS from claims' as const,
};
const SURVEY = { qualityId: '321', title: 'CAHPS for MIPS survey', reportedBy: 'a survey' as const, weight: 1 };

const FROM_2027 = [
  ...[reported('a1c'), reported('breast'), reported('colorectal'), reported('depression'), reported('bloodPressure')],
  ...[READMISSION, CONDITIONS, SURVEY],
];

const CLAIMS_AND_SURVEY =
  'CMS works out the measures from claims and the survey itself, after the year. The rates of this product stand in for neither.';
const NEW_ACO =
  'An ACO in its first performance year meets the standard when it reports every measure completely and fields the survey (42 CFR 425.512(a)(2)).';
const COLLECTIONS = ['Medicare CQM' as const, 'eCQM' as const, 'MIPS CQM' as const];

/** The APM Performance Pathway Plus set of the Medicare Shared Savings Program; from 2027 as proposed in July 2026. */
export default defineProgram({
  id: 'app-plus',
  title: 'APP Plus',
  source: {
    name: 'CMS, 42 CFR 414.1340, 414.1367, 414.1380, 425.510 and 425.512; rules CMS-1807-F, CMS-1832-F, proposed rule CMS-1848-P',
    url: 'https://www.ecfr.gov/current/title-42/section-414.1367',
  },
  benchmarkSource: {
    name: 'CMS, quality benchmarks of the Quality Payment Program, performance years 2025 and 2026, as of August 2026',
    url: 'https://github.com/CMSgov/qpp-measures-data',
  },
  completeness: 75,
  minimumCases: 20,
  years: [
    {
      year: '2025',
      status: 'final',
      collections: COLLECTIONS,
      standard: 76.7,
      measures: [
        reported('a1c', {
          'Medicare CQM': FLAT_DOWN,
          eCQM: history([99.44, 94.35, 73.2, 51.68, 40.275, 32.915, 27.54, 23.02, 18.485, 13.46]),
          'MIPS CQM': FLAT_DOWN,
        }),
        reported('breast', {
          'Medicare CQM': FLAT,
          eCQM: history([0.18, 9.48, 32.76, 46.11, 55.16, 62.6, 68.22, 73.37, 78.9, 85.59]),
          'MIPS CQM': history([1.2, 29.56, 45.87, 57.89, 67.87, 76.47, 81.94, 87.64, 95.31, 100]),
        }),
        reported('depression', {
          'Medicare CQM': FLAT,
          eCQM: history([0.09, 4.96, 15.06, 24.74, 35.28, 45.945, 58.11, 71.39, 84.23, 94.99]),
          'MIPS CQM': history([0.08, 61.68, 84.5, 97.71, 99.78, 100, 100, 100, 100, 100], 7),
        }),
        reported('bloodPressure', {
          'Medicare CQM': FLAT,
          eCQM: history([5.56, 45.71, 55.17, 61.16, 65.32, 68.735, 71.94, 75.31, 79.31, 84.74]),
          'MIPS CQM': FLAT,
        }),
        ...[READMISSION, SURVEY],
      ],
      notes: [
        CLAIMS_AND_SURVEY,
        'CMS adds up to ten points for serving many people in need (42 CFR 425.512(b)); they need its own list of them, and are left out.',
        'The standard of 76.70 was read in the trade press, not in the memo of CMS.',
        NEW_ACO,
      ],
    },
    {
      year: '2026',
      status: 'final',
      collections: COLLECTIONS,
      standard: 73.85,
      measures: [
        reported('a1c', {
          'Medicare CQM': history([80.94, 49.19, 38.28, 29.76, 25.93, 22.27, 18.93, 14.33, 10.14, 7.03]),
          eCQM: history([99.49, 93.98, 71.68, 49.53, 36.72, 29.525, 24.85, 20.86, 17.18, 12.5]),
          'MIPS CQM': FLAT_DOWN,
        }),
        reported('breast', { 'Medicare CQM': FLAT }),
        reported('colorectal', { 'Medicare CQM': FLAT }),
        reported('depression', {
          'Medicare CQM': history([11.44, 32.51, 45.67, 54.49, 59.27, 65.56, 70.55, 76.11, 82.17, 92.34]),
          eCQM: history([0.07, 2.7, 11.42, 21.65, 31.79, 42.685, 53.935, 67.48, 80.72, 93.44]),
          'MIPS CQM': history([0.07, 40.34, 76.3, 94.01, 98.97, 99.82, 100, 100, 100, 100], 7),
        }),
        reported('bloodPressure', {
          'Medicare CQM': history([13.68, 44.87, 62.33, 68.17, 70.15, 72.54, 74.09, 74.7, 76.42, 82.81]),
          eCQM: history([4.76, 45.28, 55.56, 61.54, 65.61, 68.98, 72, 75, 78.7, 84.04]),
          'MIPS CQM': FLAT,
        }),
        ...[READMISSION, CONDITIONS, SURVEY],
      ],
      notes: [
        CLAIMS_AND_SURVEY,
        'Breast and colorectal cancer screening have no benchmark for eCQMs and MIPS CQMs. An ACO that reports everything completely then gets at least the standard (42 CFR 425.512(a)(7)).',
        'The proposed rule CMS-1848-P would hold every Medicare CQM of 2026 against flat steps of ten points; the final rule has not been seen.',
        NEW_ACO,
      ],
    },
    { year: '2027', status: 'proposed', measures: FROM_2027 },
    { year: '2028', status: 'proposed', measures: FROM_2027 },
  ],
});
