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

const responsible = onRows(
  `(
    select count(distinct payer_attributed_provider) as providers
    from input.provider_attribution where payer_attributed_provider is not null
    group by source_name, person_id, year_month, payer
  )`,
  'provider-attribution',
  'enrollment',
  [
    {
      number: 1704,
      id: 'one-practitioner',
      title: 'A payer holds one practitioner responsible for a person in a month',
      broken: 'providers > 1',
    },
  ],
);

const practices = onRows(
  `(
    select practice_id in (select practice_id from input.practice) as is_known
    from (
      select payer_attributed_provider_practice as practice_id from input.provider_attribution
      union select custom_attributed_provider_practice from input.provider_attribution
    )
    where practice_id is not null and exists (select 1 from input.practice)
  )`,
  'provider-attribution',
  'provider network',
  [
    {
      number: 1705,
      id: 'practice-listed',
      title: 'The practices held responsible are in the list of practices: others have no name',
      broken: 'not is_known',
    },
  ],
);

export const providerAttribution = [
  ...rules,
  ...responsible,
  ...practices,
  ...npis(
    'provider_attribution',
    'payer_attributed_provider',
    1703,
    'Identifiers of the practitioners held responsible',
  ),
];
