import { defineDimension } from '#contract/dimension';

export default defineDimension({
  id: 'rurality',
  title: 'Town or country',
  description:
    'Where the person lives, as last stated, by the rural-urban codes of the USDA (RUCA of the ZIP code, else RUCC of the county).',
  scope: 'person',
  ifTold: true,
  values: [
    { value: 'metropolitan', label: 'Metropolitan' },
    { value: 'rural', label: 'Rural' },
  ],
});
