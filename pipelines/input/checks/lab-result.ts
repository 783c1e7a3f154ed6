import { onRows } from '../../engine/check.ts';
import { loincs } from './identifiers.ts';
import { plausible } from './measured.ts';

const result = `(
    select
      *,
      coalesce(normalized_component_code, source_component_code, normalized_order_code, source_order_code) as code,
      case
        when normalized_component_code is not null then normalized_component_type
        when source_component_code is not null then source_component_type
        when normalized_order_code is not null then normalized_order_type
        else source_order_type
      end as system,
      try_cast(result as double) as value,
      coalesce(normalized_units, source_units) as unit
    from input.lab_result
  )`;

const A1C = ['4548-4', '17856-6', '4549-2'];
const A1C_LIST = `(${A1C.map((code) => `'${code}'`).join(', ')})`;

const rules = onRows(result, 'lab-result', 'clinical informatics', [
  { number: 701, id: 'has-code', title: 'A laboratory result says what was measured', broken: 'code is null' },
  { number: 702, id: 'has-value', title: 'A laboratory result has a value', broken: 'result is null' },
  {
    number: 704,
    id: 'dated',
    title: 'A laboratory result says when the specimen was taken or the result reported',
    broken: 'coalesce(collection_datetime, result_datetime) is null',
  },
  {
    number: 705,
    id: 'collected-before-reported',
    title: 'A specimen is taken before its result is reported',
    among: 'collection_datetime is not null and result_datetime is not null',
    broken: 'collection_datetime > result_datetime',
  },
  {
    number: 706,
    id: 'unit-known',
    title: 'A laboratory result that is a number has a unit',
    severity: 'info',
    threshold: 0.05,
    among: 'value is not null',
    broken: 'unit is null',
  },
  {
    number: 707,
    id: 'a1c-has-number',
    title: 'At most one A1c result in twenty is no number: else control of diabetes is unknown',
    threshold: 0.05,
    among: `code in ${A1C_LIST}`,
    broken: 'value is null',
  },
  {
    number: 708,
    id: 'a1c-in-percent',
    title: 'An A1c is given in percent, not in mmol/mol',
    among: `code in ${A1C_LIST} and unit is not null`,
    broken: "unit not like '%\\%%' escape '\\'",
  },
]);

const quantities = plausible(result, 'lab-result', [
  { number: 709, id: 'a1c', title: 'An A1c lies between 2 and 25 percent', codes: A1C, low: 2, high: 25 },
  {
    number: 710,
    id: 'creatinine',
    title: 'Creatinine lies between 0.1 and 40 mg/dL',
    codes: ['2160-0', '38483-4'],
    low: 0.1,
    high: 40,
    units: ['mg/dL'],
  },
  {
    number: 711,
    id: 'glucose',
    title: 'Glucose lies between 5 and 2,000 mg/dL',
    codes: ['2345-7', '2339-0'],
    low: 5,
    high: 2000,
    units: ['mg/dL'],
  },
  {
    number: 712,
    id: 'potassium',
    title: 'Potassium lies between 1 and 12 mmol/L',
    codes: ['2823-3', '6298-4'],
    low: 1,
    high: 12,
    units: ['mmol/L', 'meq/L', 'mEq/L'],
  },
  {
    number: 713,
    id: 'sodium',
    title: 'Sodium lies between 90 and 200 mmol/L',
    codes: ['2951-2', '2947-0'],
    low: 90,
    high: 200,
    units: ['mmol/L', 'meq/L', 'mEq/L'],
  },
  {
    number: 714,
    id: 'ldl',
    title: 'LDL cholesterol lies between 1 and 1,000 mg/dL',
    codes: ['13457-7', '18262-6', '2089-1'],
    low: 1,
    high: 1000,
    units: ['mg/dL'],
  },
  {
    number: 715,
    id: 'hdl',
    title: 'HDL cholesterol lies between 1 and 250 mg/dL',
    codes: ['2085-9'],
    low: 1,
    high: 250,
    units: ['mg/dL'],
  },
  {
    number: 716,
    id: 'hemoglobin',
    title: 'Hemoglobin lies between 2 and 27 g/dL',
    codes: ['718-7'],
    low: 2,
    high: 27,
    units: ['g/dL'],
  },
  {
    number: 717,
    id: 'gfr',
    title: 'A glomerular filtration rate lies between 0 and 250 mL/min',
    codes: ['33914-3', '48642-3', '48643-1', '62238-1', '88293-6', '98979-8'],
    low: 0,
    high: 250,
  },
]);

export const labResult = [
  ...rules,
  ...loincs(result, 'lab-result', 703, 'LOINC codes of laboratory results'),
  ...quantities,
];
