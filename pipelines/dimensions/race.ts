import { defineDimension } from '#contract/dimension';

export default defineDimension({
  id: 'race',
  title: 'Race',
  description: 'As reported to the payer or the clinic, in the groups of OMB; people without a report are not shown.',
  scope: 'person',
  values: [
    { value: 'white', label: 'White' },
    { value: 'black', label: 'Black' },
    { value: 'asian', label: 'Asian' },
    { value: 'hispanic', label: 'Hispanic' },
    { value: 'american indian or alaska native', label: 'American Indian or Alaska Native' },
    { value: 'native hawaiian or pacific islander', label: 'Native Hawaiian or Pacific Islander' },
    { value: 'other', label: 'Other' },
  ],
});
