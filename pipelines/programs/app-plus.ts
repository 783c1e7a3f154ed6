import { defineProgram } from '#contract/program';

const reported = (qualityId: string, title: string, benchmark: 'published by CMS' | 'flat' = 'published by CMS') => ({
  ...{ qualityId, title, benchmark, reportedBy: 'the ACO' as const, weight: 1 },
});
const fromClaims = (qualityId: string, title: string) => ({
  ...{ qualityId, title, benchmark: 'published by CMS' as const, reportedBy: 'CMS from claims' as const, weight: 1 },
});

const A1C = reported('001', 'Glycemic status above 9 percent');
const DEPRESSION = reported('134', 'Depression screening and follow-up');
const BLOOD_PRESSURE = reported('236', 'Controlling high blood pressure');
const READMISSION = fromClaims('479', 'Hospital-wide readmission within 30 days');
const CONDITIONS = fromClaims('484', 'Unplanned admissions, multiple chronic conditions');
const SURVEY = {
  ...{ qualityId: '321', title: 'CAHPS for MIPS survey', benchmark: 'published by CMS' as const },
  ...{ reportedBy: 'a survey' as const, weight: 1 },
};
const BREAST = 'Breast cancer screening';
const COLORECTAL = 'Colorectal cancer screening';

const FROM_2026 = [
  A1C,
  reported('112', BREAST, 'flat'),
  reported('113', COLORECTAL, 'flat'),
  ...[DEPRESSION, BLOOD_PRESSURE, READMISSION, CONDITIONS, SURVEY],
];

/** The APM Performance Pathway Plus set of the Medicare Shared Savings Program; from 2027 as proposed in July 2026. */
export default defineProgram({
  id: 'app-plus',
  title: 'APP Plus',
  source: {
    name: 'CMS, 42 CFR 414.1367 and 425.510; rules CMS-1807-F, CMS-1832-F, proposed rule CMS-1848-P',
    url: 'https://www.ecfr.gov/current/title-42/section-414.1367',
  },
  completeness: 75,
  minimumCases: 20,
  years: [
    {
      year: '2025',
      status: 'final',
      measures: [A1C, reported('112', BREAST), DEPRESSION, BLOOD_PRESSURE, READMISSION, SURVEY],
    },
    { year: '2026', status: 'final', measures: FROM_2026 },
    { year: '2027', status: 'proposed', measures: FROM_2026 },
    { year: '2028', status: 'proposed', measures: FROM_2026 },
  ],
});
