import { onRows } from '../../engine/check.ts';
import { npis } from './identifiers.ts';
import { CCN, isState, matches, ZIP } from './shapes.ts';

const rules = onRows('input.location', 'location', 'provider network', [
  { number: 1401, id: 'named', title: 'A facility has a name', broken: 'name is null' },
  {
    number: 1403,
    id: 'ccn-whole',
    title: 'The CMS certification number of a facility has six characters, the last three of them digits',
    among: 'ccn is not null',
    broken: `not ${matches('ccn', CCN)}`,
  },
  {
    number: 1404,
    id: 'zip-whole',
    title: 'The postal code of a facility has five or nine digits',
    among: 'zip_code is not null',
    broken: `not ${matches('zip_code', ZIP)}`,
  },
  {
    number: 1405,
    id: 'state-known',
    title: 'The state of a facility is one of the United States or its territories',
    among: 'state is not null',
    broken: `not ${isState('state')}`,
  },
  {
    number: 1406,
    id: 'numbered',
    title: 'A facility has a national provider identifier or a CMS certification number, by which claims name it',
    severity: 'info',
    broken: 'coalesce(npi, ccn) is null',
  },
]);

const numbers = onRows(
  '(select count(distinct lower(name)) as names from input.location where ccn is not null group by ccn)',
  'location',
  'provider network',
  [
    {
      number: 1407,
      id: 'ccn-has-one-name',
      title: 'A CMS certification number belongs to one facility: stays of two would be told as one hospital’s',
      broken: 'names > 1',
    },
  ],
);

export const location = [
  ...rules,
  ...numbers,
  ...npis('location', 'npi', 1402, 'Identifiers of facilities in the directory'),
];
