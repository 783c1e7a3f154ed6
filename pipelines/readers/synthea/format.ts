import type { Format } from '../format.ts';
import { tables } from './tables.ts';

/** What Synthea writes as CSV (synthetichealth/synthea): an EHR with its claims, coded in SNOMED CT, LOINC, RxNorm, CVX. */
export const synthea: Format = {
  id: 'synthea',
  title: 'Synthea CSV export',
  tables,
  mappings: {
    folder: import.meta.dirname,
    prepared: ['charge'],
    sources: {
      patient: 'patients',
      eligibility: 'payer_transitions',
      location: 'organizations',
      practitioner: 'providers',
      encounter: 'encounters',
      condition: 'conditions',
      procedure: 'procedures',
      observation: 'observations',
      lab_result: 'observations',
      medication: 'medications',
      immunization: 'immunizations',
      allergy: 'allergies',
      care_plan: 'careplans',
      medical_claim: 'claims_transactions',
      pharmacy_claim: 'claims_transactions',
    },
  },
};
