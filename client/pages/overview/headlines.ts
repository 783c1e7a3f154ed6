/** What an ACO is held to, from money to follow-up; others that a snapshot brings fill empty places. */
export const HEADLINES: readonly string[] = [
  'total-cost-per-member-per-month',
  'readmission-30-day',
  'emergency-visits-per-1000',
  'acute-admissions-per-1000',
  'inpatient-days-per-1000',
  'follow-up-14-day',
];
