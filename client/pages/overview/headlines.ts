/** What an ACO is held to, from money to follow-up; others that a snapshot brings fill empty places. */
export const HEADLINES: readonly string[] = [
  'total-cost-per-member-per-month',
  'readmission-30-day',
  'emergency-visits-per-1000',
  'acute-admissions-per-1000',
  'inpatient-days-per-1000',
  'follow-up-14-day',
];

/** The six figures of each reader of the page, the first of them the most theirs. */
export const ROLES = [
  { id: undefined, label: 'Contract', headlines: HEADLINES },
  {
    id: 'quality',
    label: 'Quality',
    headlines: [
      'readmission-30-day',
      'follow-up-7-day',
      'follow-up-14-day',
      'preventable-admissions-per-1000',
      'avoidable-emergency-visits-per-1000',
      'low-value-services-per-1000',
    ],
  },
  {
    id: 'programs',
    label: 'Programs',
    headlines: [
      'acute-admissions-per-1000',
      'multiple-chronic-admissions-per-1000',
      'emergency-visits-per-1000',
      'readmission-30-day',
      'primary-care-visits-per-1000',
      'days-at-home-per-1000',
    ],
  },
] as const;
