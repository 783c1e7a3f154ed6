import { filled, inputTable, required } from '../../input/contract.ts';
import type { SourceTable } from '../format.ts';

const named = (...names: string[]) => ({ deliveredAs: names });

const event = {
  start_at: filled('moment it began', { type: 'timestamp', ...named('START') }),
  stop_at: { meaning: 'moment it ended', type: 'timestamp' as const, ...named('STOP') },
  patient: filled('patient'),
  encounter: { meaning: 'encounter at which it was recorded', ...named('ENCOUNTER') },
};

/** Columns that are read for one thing only: to tell this kind of file from others. */
const telling = (...names: string[]): Record<string, ReturnType<typeof required>> =>
  Object.fromEntries(names.map((name) => [name, required('tells the kind of file', { type: 'text' })]));

const coded = {
  code: filled('code', { type: 'code' }),
  description: required('text of the code'),
};

const patients = inputTable({
  name: 'patients',
  grain: 'patient',
  key: ['id'],
  columns: {
    id: filled('patient'),
    birth_date: filled('date of birth', named('BIRTHDATE')),
    death_date: required('date of death', named('DEATHDATE')),
    first_name: required('given name', named('FIRST')),
    last_name: required('family name', named('LAST')),
    race: 'race',
    ethnicity: 'ethnicity',
    gender: required('M or F'),
    address: 'street address',
    city: 'city',
    state: 'state by name',
    county: 'county by name',
    county_fips: { meaning: 'county, five digits', ...named('FIPS') },
    zip: 'postal code, 00000 when unknown',
  },
  unread: `ssn drivers passport prefix middle suffix maiden marital birthplace lat lon healthcare_expenses
    healthcare_coverage income`,
});

const encounters = inputTable({
  name: 'encounters',
  grain: 'encounter',
  key: ['id'],
  columns: {
    id: filled('encounter'),
    start_at: filled('moment it began', { type: 'timestamp', ...named('START', 'DATE') }),
    stop_at: { meaning: 'moment it ended', type: 'timestamp', ...named('STOP') },
    patient: filled('patient'),
    organization: 'where it took place',
    provider: 'practitioner',
    encounter_class: { meaning: 'ambulatory, inpatient and the like', type: 'word', ...named('ENCOUNTERCLASS') },
    ...coded,
    reason_code: { meaning: 'why, as a SNOMED code', ...named('REASONCODE') },
  },
  unread: 'payer cost base_encounter_cost total_claim_cost payer_coverage reasondescription',
});

const conditions = inputTable({
  name: 'conditions',
  grain: 'condition of a patient',
  key: [],
  columns: { ...event, ...coded, system: { meaning: 'code system', type: 'system' } },
});

const allergies = inputTable({
  name: 'allergies',
  grain: 'allergy of a patient',
  key: [],
  columns: {
    ...event,
    ...coded,
    system: { meaning: 'code system', type: 'system' },
    allergy_type: { meaning: 'allergy or intolerance', ...named('TYPE') },
    category: { meaning: 'medication, food, environment', type: 'word' },
    reaction: { meaning: 'first reaction in words', ...named('DESCRIPTION1') },
    severity: { meaning: 'its severity', type: 'word', ...named('SEVERITY1') },
  },
  unread: 'reaction1 reaction2 description2 severity2',
});

const careplans = inputTable({
  name: 'careplans',
  grain: 'care plan of a patient',
  key: ['id'],
  columns: {
    id: filled('care plan'),
    ...event,
    encounter: required('encounter at which it was made'),
    ...coded,
    reason_code: { meaning: 'condition that it addresses', ...named('REASONCODE') },
  },
  unread: 'reasondescription',
});

const procedures = inputTable({
  name: 'procedures',
  grain: 'procedure done',
  key: [],
  columns: {
    ...event,
    start_at: filled('moment it began', { type: 'timestamp', ...named('START', 'DATE') }),
    ...coded,
    system: { meaning: 'code system', type: 'system' },
    reason_code: required('why, as a SNOMED code', named('REASONCODE')),
  },
  unread: 'cost base_cost reasondescription',
});

const observations = inputTable({
  name: 'observations',
  grain: 'observation',
  key: [],
  columns: {
    observed_at: filled('moment', { type: 'timestamp', ...named('DATE') }),
    patient: filled('patient'),
    encounter: 'encounter',
    category: { meaning: 'laboratory, vital-signs, survey and the like', type: 'word' },
    ...coded,
    value: required('value as text'),
    units: required('unit'),
  },
  unread: 'type',
});

const medications = inputTable({
  name: 'medications',
  grain: 'medication ordered',
  key: [],
  columns: {
    ...event,
    ...coded,
    reason_code: required('why, as a SNOMED code', named('REASONCODE')),
  },
  unread: 'payer cost base_cost payer_coverage dispenses totalcost reasondescription',
});

const immunizations = inputTable({
  name: 'immunizations',
  grain: 'vaccine given',
  key: [],
  columns: {
    given_at: filled('moment', { type: 'timestamp', ...named('DATE') }),
    patient: filled('patient'),
    encounter: 'encounter',
    ...coded,
  },
  unread: 'cost base_cost',
});

const payers = inputTable({
  name: 'payers',
  grain: 'payer',
  key: ['id'],
  columns: {
    id: filled('payer'),
    name: filled('name of the payer; NO_INSURANCE for none'),
    ...telling('phone', 'amount_covered', 'unique_customers', 'qols_avg'),
  },
  unread: `ownership address city state state_headquartered zip amount_uncovered revenue encounter_utilization
    covered_encounters uncovered_encounters covered_medications uncovered_medications covered_procedures
    uncovered_procedures covered_immunizations uncovered_immunizations member_months`,
});

const payerTransitions = inputTable({
  name: 'payer_transitions',
  grain: 'span of coverage of a patient',
  key: [],
  columns: {
    patient: filled('patient'),
    member_id: { meaning: 'identifier at the payer', ...named('MEMBERID') },
    start_at: filled('first moment, or first year', { type: 'year', ...named('START_DATE', 'START_YEAR', 'YEAR') }),
    end_at: { meaning: 'moment at which it ends, or last year', type: 'year', ...named('END_DATE', 'END_YEAR') },
    payer: filled('payer'),
  },
  unread: 'secondary_payer ownership plan_ownership ownername owner_name',
});

const organizations = inputTable({
  name: 'organizations',
  grain: 'organization that gives care',
  key: ['id'],
  columns: {
    id: filled('organization'),
    name: required('name'),
    address: 'street address',
    city: 'city',
    state: 'state',
    zip: 'postal code',
    ...telling('phone', 'utilization'),
  },
  unread: 'lat lon revenue',
});

const providers = inputTable({
  name: 'providers',
  grain: 'practitioner',
  key: ['id'],
  columns: {
    id: filled('practitioner'),
    organization: required('organization'),
    name: required('name'),
    specialty: required('specialty in words', named('SPECIALITY')),
  },
  unread: 'gender address city state zip lat lon utilization encounters procedures',
});

const claims = inputTable({
  name: 'claims',
  grain: 'claim',
  key: ['id'],
  columns: {
    id: filled('claim'),
    patient: filled('patient', named('PATIENTID')),
    payer: required('payer billed first', named('PRIMARYPATIENTINSURANCEID')),
    encounter: required('encounter billed', named('APPOINTMENTID')),
    ...Object.fromEntries(
      Array.from({ length: 8 }, (_, at) => [
        `diagnosis_code_${at + 1}`,
        { meaning: 'diagnosis, as a SNOMED code', ...named(`DIAGNOSIS${at + 1}`) },
      ]),
    ),
  },
  unread: `providerid secondarypatientinsuranceid departmentid patientdepartmentid referringproviderid currentillnessdate
    servicedate supervisingproviderid status1 status2 statusp outstanding1 outstanding2 outstandingp lastbilleddate1
    lastbilleddate2 lastbilleddatep healthcareclaimtypeid1 healthcareclaimtypeid2`,
});

const claimsTransactions = inputTable({
  name: 'claims_transactions',
  grain: 'charge, payment or transfer on a claim',
  key: ['id'],
  amount: 'payments',
  columns: {
    id: filled('transaction'),
    claim: filled('claim', named('CLAIMID')),
    charge: filled('place in the sequence of all transactions', { type: 'integer', ...named('CHARGEID') }),
    patient: filled('patient', named('PATIENTID')),
    type: filled('charge, payment, transferin or transferout', { type: 'word' }),
    amount: { meaning: 'dollars charged or transferred', type: 'money' },
    method: { meaning: 'how a payment was made; an insurer pays by echeck', type: 'word' },
    from_at: filled('moment of service', { type: 'timestamp', ...named('FROMDATE') }),
    to_at: { meaning: 'end of service', type: 'timestamp', ...named('TODATE') },
    organization: { meaning: 'where the service was given', ...named('PLACEOFSERVICE') },
    procedure_code: { meaning: 'what was done or dispensed', ...named('PROCEDURECODE') },
    units: { meaning: 'units', type: 'quantity' },
    payments: { meaning: 'dollars paid', type: 'money' },
    adjustments: { meaning: 'dollars taken off', type: 'money' },
    encounter: { meaning: 'encounter billed', ...named('APPOINTMENTID') },
    member_id: { meaning: 'identifier at the payer', ...named('PATIENTINSURANCEID') },
  },
  unread: `modifier1 modifier2 diagnosisref1 diagnosisref2 diagnosisref3 diagnosisref4 departmentid notes unitamount
    transferoutid transfertype transfers outstanding linenote feescheduleid providerid supervisingproviderid`,
});

const unused = (name: string, reason: string, known: string, wanted: string): SourceTable => ({
  ...inputTable({
    name,
    grain: 'record that is counted only',
    key: [],
    columns: telling(...wanted.split(' ')),
    unread: known,
  }),
  unused: reason,
});

/**
 * The tables of Synthea's CSV export under every header of its public history (synthetichealth/synthea, Apache-2.0,
 * CSVExporter from 2017 on): columns came, went and were renamed, so each is found by any name it has had.
 */
export const tables: readonly SourceTable[] = [
  patients,
  encounters,
  conditions,
  allergies,
  careplans,
  procedures,
  observations,
  medications,
  immunizations,
  payers,
  payerTransitions,
  organizations,
  providers,
  claims,
  claimsTransactions,
  unused('devices', 'no model reads devices', 'start stop encounter code description', 'patient udi'),
  unused('supplies', 'no model reads supplies', 'date encounter code description', 'patient quantity'),
  unused(
    'imaging_studies',
    'no model reads images',
    `id date encounter series_uid bodysite_code bodysite_description modality_description instance_uid sop_description
      procedure_code`,
    'patient modality_code sop_code',
  ),
  unused(
    'patient_expenses',
    'the simulator sums what claims already say',
    'year payer_id insurance_costs covered_costs',
    'patient_id healthcare_expenses',
  ),
];
