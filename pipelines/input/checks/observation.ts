import { onRows } from '../../engine/check.ts';
import { loincs } from './identifiers.ts';
import { plausible } from './measured.ts';

const observed = `(
    select
      *,
      coalesce(normalized_code, source_code) as code,
      case when normalized_code is null then source_code_type else normalized_code_type end as system,
      try_cast(result as double) as value,
      coalesce(normalized_units, source_units) as unit
    from input.observation
  )`;

const rules = onRows(observed, 'observation', 'clinical informatics', [
  { number: 801, id: 'has-code', title: 'An observation says what was observed', broken: 'code is null' },
  { number: 802, id: 'has-value', title: 'An observation has a value', threshold: 0.05, broken: 'result is null' },
  { number: 804, id: 'dated', title: 'An observation says when it was made', broken: 'observation_date is null' },
  {
    number: 805,
    id: 'vital-sign-is-number',
    title: 'Vital signs are numbers',
    threshold: 0.05,
    among: "observation_type = 'vital-signs' and result is not null",
    broken: 'value is null',
  },
  {
    number: 806,
    id: 'vital-sign-has-unit',
    title: 'Vital signs have a unit',
    severity: 'info',
    threshold: 0.05,
    among: "observation_type = 'vital-signs' and value is not null",
    broken: 'unit is null',
  },
]);

const quantities = plausible(observed, 'observation', [
  {
    number: 807,
    id: 'systolic',
    title: 'Systolic blood pressure lies between 40 and 300 mmHg',
    codes: ['8480-6'],
    low: 40,
    high: 300,
  },
  {
    number: 808,
    id: 'diastolic',
    title: 'Diastolic blood pressure lies between 15 and 200 mmHg',
    codes: ['8462-4'],
    low: 15,
    high: 200,
  },
  {
    number: 810,
    id: 'heart-rate',
    title: 'A heart beats 20 to 300 times a minute',
    codes: ['8867-4'],
    low: 20,
    high: 300,
  },
  {
    number: 811,
    id: 'breathing-rate',
    title: 'A breath is drawn 3 to 90 times a minute',
    codes: ['9279-1'],
    low: 3,
    high: 90,
  },
  {
    number: 812,
    id: 'temperature',
    title: 'Body temperature lies between 25 and 45 degrees Celsius',
    codes: ['8310-5'],
    low: 25,
    high: 45,
    units: ['Cel', 'C'],
  },
  {
    number: 813,
    id: 'oxygen',
    title: 'Oxygen saturation lies between 30 and 100 percent',
    codes: ['2708-6', '59408-5'],
    low: 30,
    high: 100,
  },
  {
    number: 814,
    id: 'height',
    title: 'Body height lies between 20 and 250 cm',
    codes: ['8302-2'],
    low: 20,
    high: 250,
    units: ['cm'],
  },
  {
    number: 815,
    id: 'weight',
    title: 'Body weight lies between 0.2 and 450 kg',
    codes: ['29463-7', '3141-9'],
    low: 0.2,
    high: 450,
    units: ['kg'],
  },
  {
    number: 816,
    id: 'body-mass-index',
    title: 'Body mass index lies between 7 and 150',
    codes: ['39156-5'],
    low: 7,
    high: 150,
  },
  { number: 817, id: 'phq-9', title: 'A PHQ-9 score lies between 0 and 27', codes: ['44261-6'], low: 0, high: 27 },
  { number: 818, id: 'phq-2', title: 'A PHQ-2 score lies between 0 and 6', codes: ['55758-7'], low: 0, high: 6 },
]);

/** The two pressures of one measurement: of one panel, or of a day on which there was only one of each. */
const pressure = `(
    select
      max(try_cast(result as double)) filter (coalesce(normalized_code, source_code) = '8480-6') as systolic,
      max(try_cast(result as double)) filter (coalesce(normalized_code, source_code) = '8462-4') as diastolic
    from input.observation
    where coalesce(normalized_code, source_code) in ('8480-6', '8462-4')
    group by source_name, person_id, observation_date, panel_id
    having count(*) = 2
  )`;

const pressures = onRows(pressure, 'observation', 'clinical informatics', [
  {
    number: 809,
    id: 'systolic-above-diastolic',
    title: 'Systolic blood pressure is above the diastolic of the same measurement',
    among: 'systolic is not null and diastolic is not null',
    broken: 'systolic <= diastolic',
  },
]);

export const observation = [
  ...rules,
  ...loincs(observed, 'observation', 803, 'LOINC codes of observations'),
  ...quantities,
  ...pressures,
];
