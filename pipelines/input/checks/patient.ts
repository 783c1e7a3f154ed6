import { onRows } from '../../engine/check.ts';
import { COUNTY, isState, matches, ZIP } from './shapes.ts';

export const patient = onRows('input.patient', 'patient', 'source system', [
  { number: 401, id: 'birth-date-known', title: 'Every patient has a date of birth', broken: 'birth_date is null' },
  {
    number: 402,
    id: 'birth-plausible',
    title: 'No patient was born before 1900',
    among: 'birth_date is not null',
    broken: "birth_date < date '1900-01-01'",
  },
  {
    number: 403,
    id: 'death-after-birth',
    title: 'No patient dies before birth',
    among: 'birth_date is not null and death_date is not null',
    broken: 'death_date < birth_date',
  },
  {
    number: 404,
    id: 'death-dated',
    title: 'A patient who is marked as dead has a date of death',
    among: 'death_flag',
    broken: 'death_date is null',
  },
  {
    number: 405,
    id: 'sex-known',
    title: 'Every patient is female or male; others read as unknown',
    severity: 'info',
    broken: "sex is null or sex not in ('female', 'male')",
  },
  { number: 406, id: 'name-known', title: 'Every patient has a name', severity: 'info', broken: 'last_name is null' },
  {
    number: 407,
    id: 'zip-whole',
    title: 'The postal code of a patient has five or nine digits',
    among: 'zip_code is not null',
    broken: `not ${matches('zip_code', ZIP)}`,
  },
  {
    number: 408,
    id: 'county-whole',
    title: 'The county of a patient is written in five digits (Census Bureau)',
    among: 'county_fips is not null',
    broken: `not ${matches('county_fips', COUNTY)}`,
  },
  {
    number: 409,
    id: 'state-known',
    title: 'The state of a patient is one of the United States or its territories',
    among: 'state is not null',
    broken: `not ${isState('state')}`,
  },
]);
