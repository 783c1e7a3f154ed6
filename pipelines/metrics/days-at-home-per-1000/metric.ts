import { defineMetric } from '#contract/metric';

export default defineMetric({
  id: 'days-at-home-per-1000',
  title: 'Days at home',
  description:
    'Days alive and out of hospitals and nursing facilities for every 1,000 members over a year of 365 days.',
  whyItMatters:
    'Being at home is what most people want of their care; one figure takes in every stay, wherever it is and however it comes about.',
  numerator:
    'Covered days of the month not spent in an acute, psychiatric, rehabilitation or long-term hospital, a skilled nursing facility, under observation or in an emergency department',
  denominator: 'Days of the month on which the person was alive and had medical coverage, to the day',
  exclusions: ['Months with days in a facility but without medical coverage: listed, not counted'],
  reasons: ['not enrolled that month'],
  topic: 'hospital',
  unit: 'per 1,000 members per year',
  scale: 365_000,
  isPart: true,
  betterIs: 'higher',
  grain: 'member-month',
  maturesAfterDays: 90,
  source: {
    name: 'Own definition after Groff, Colla and Lee (New England Journal of Medicine 2016;375:1610) and CMS Days at Home (CBE 4555)',
    version: '1',
    url: 'https://p4qm.org/measures/4555',
    deviations: [
      'The rate is observed, of all members: CMS counts people with complex chronic conditions and adjusts for their risk, for death and for moving to a nursing home.',
      'Days after death leave the denominator; they are not counted as lost.',
      'A stay is counted in nights, so the day of discharge is at home; a visit or stay within one day counts as one day away. Stays whose end nobody has recorded count their first day only.',
      'Hospice and home health care count as at home, hospice in a facility too; so does a nursing home without skilled care, which leaves no claim.',
    ],
  },
  version: '1.1.0',
  reviewedOn: '2026-11-22',
});
