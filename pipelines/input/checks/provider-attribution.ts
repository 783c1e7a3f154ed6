import { onRows } from '../../engine/check.ts';
import { npis } from './identifiers.ts';
import { matches } from './shapes.ts';

const rules = onRows('input.provider_attribution', 'provider-attribution', 'enrollment', [
  {
    number: 1701,
    id: 'month-whole',
    title: 'The month of an attribution is written YYYYMM',
    broken: `not ${matches('year_month', '(?:19|20)\\d{2}(?:0[1-9]|1[0-2])')}`,
  },
  {
    number: 1702,
    id: 'somebody-named',
    title: 'An attribution names a practitioner or a practice',
    broken: `coalesce(payer_attributed_provider, payer_attributed_provider_practice,
      custom_attributed_provider, custom_attributed_provider_practice) is null`,
  },
]);

export const providerAttribution = [
  ...rules,
  ...npis(
    'provider_attribution',
    'payer_attributed_provider',
    1703,
    'Identifiers of the practitioners held responsible',
  ),
];
