import type { Format } from '../format.ts';
import { tables } from './tables.ts';

/** Medicare Research Identifiable Files as CMS delivers them to its own systems (CMSgov/beneficiary-fhir-data, CC0). */
export const rif: Format = {
  id: 'rif',
  title: 'Medicare RIF',
  tables,
  mappings: {
    folder: import.meta.dirname,
    prepared: [
      '../ssa_state',
      'beneficiary_span',
      'institutional_line',
      'professional_line',
      'claim_version',
      'event_version',
    ],
    unfolded: {
      beneficiary_span: ['beneficiary'],
      institutional_line: ['inpatient', 'outpatient', 'snf', 'hha', 'hospice'],
      professional_line: ['carrier', 'dme'],
    },
    sources: {
      eligibility: 'beneficiary_span',
      'medical_claim.institutional': 'institutional_line',
      'medical_claim.professional': 'professional_line',
      pharmacy_claim: 'pde',
    },
  },
};
