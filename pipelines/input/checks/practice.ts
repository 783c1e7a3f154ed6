import { onRows } from '../../engine/check.ts';
import { matches, TIN } from './shapes.ts';

const rows = onRows('input.practice', 'practice', 'provider network', [
  { number: 1601, id: 'named', title: 'A practice has a name', broken: 'name is null' },
  {
    number: 1602,
    id: 'tin-whole',
    title: 'The tax number of a practice has nine digits',
    among: 'tin is not null',
    broken: `not ${matches('tin', TIN)}`,
  },
]);

const billing = onRows(
  '(select count(distinct practice_id) as practices from input.practice where tin is not null group by tin)',
  'practice',
  'provider network',
  [
    {
      number: 1603,
      id: 'has-own-tin',
      title: 'No two practices bill under one tax number: an assignment list could not tell them apart',
      broken: 'practices > 1',
    },
  ],
);

const staff = onRows(
  `(
    select practice_id in (select practice_id from input.practitioner where practice_id is not null) as is_staffed
    from (select distinct practice_id from input.practice)
    where exists (select 1 from input.practitioner where practice_id is not null)
  )`,
  'practice',
  'provider network',
  [
    {
      number: 1604,
      id: 'has-practitioner',
      title: 'A practice has a practitioner: without one, nobody is attributed to it by visits',
      severity: 'info',
      broken: 'not is_staffed',
    },
  ],
);

export const practice = [...rows, ...billing, ...staff];
