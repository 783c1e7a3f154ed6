import condition from './condition.ts';

/** The cohorts that every snapshot offers; practices are offered by the client from the dimension's own values. */
export default [
  { id: 'everyone', title: 'Everyone', description: 'All people in the extracts.', where: '' },
  {
    id: 'age-65',
    title: '65 and over',
    description: 'Aged 65 or more in the month.',
    where: 'age_band:65-74|75-84|85%2B',
  },
  { id: 'age-75', title: '75 and over', description: 'Aged 75 or more in the month.', where: 'age_band:75-84|85%2B' },
  {
    id: 'under-65',
    title: 'Under 65',
    description: 'Mostly people who came to Medicare by disability.',
    where: 'age_band:0-17|18-39|40-64',
  },
  {
    id: 'dual',
    title: 'Medicare and Medicaid',
    description: 'Medicaid helped to pay in the month.',
    where: 'dual_status:dual',
  },
  {
    id: 'high-risk',
    title: 'High and very high risk',
    description: 'The two upper tiers of the provisional score.',
    where: 'risk_tier:high|very%20high',
  },
  ...condition.values.map(({ value, label }) => ({
    id: `condition-${value}`,
    title: label,
    description: `${label} named by a diagnosis on or before the date.`,
    where: `condition:${value}`,
  })),
];
