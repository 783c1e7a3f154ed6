import { onRows } from '../../engine/check.ts';
import { matches, TIN } from './shapes.ts';

export const practice = onRows('input.practice', 'practice', 'provider network', [
  { number: 1601, id: 'named', title: 'A practice has a name', broken: 'name is null' },
  {
    number: 1602,
    id: 'tin-whole',
    title: 'The tax number of a practice has nine digits',
    among: 'tin is not null',
    broken: `not ${matches('tin', TIN)}`,
  },
]);
