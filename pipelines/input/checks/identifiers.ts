import { type Check, onRows } from '../../engine/check.ts';
import { isLoinc, isNpi } from './shapes.ts';

/** The NPIs of one column, each counted once however many records carry it. */
export const npis = (table: string, column: string, number: number, whose: string): Check[] =>
  onRows(
    `(select distinct ${column} as npi from input.${table} where ${column} is not null)`,
    `${table}-${column}`.replaceAll('_', '-'),
    'provider network',
    [
      {
        number,
        id: 'whole',
        title: `${whose} are whole: ten digits, the last of which checks the others`,
        broken: `not ${isNpi('npi')}`,
      },
    ],
  );

/** The LOINC codes of a relation with the columns `code` and `system`, each counted once. */
export const loincs = (from: string, prefix: string, number: number, whose: string): Check[] =>
  onRows(
    `(select distinct code from ${from} where system = 'loinc' and code is not null)`,
    prefix,
    'clinical informatics',
    [{ number, id: 'loinc-whole', title: `${whose} keep to their check digit`, broken: `not ${isLoinc('code')}` }],
  );
