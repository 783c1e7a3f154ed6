import { partDPayments, substanceUse } from '../caveats.ts';
import type { Format } from '../format.ts';
import { checks } from './checks.ts';
import { contradictions } from './delivery.ts';
import { FILE_TYPES } from './layout.ts';
import { stated } from './name.ts';
import { claim } from './recognise.ts';
import { summary, TABLES } from './tables.ts';

/** The Claim and Claim Line Feed that CMS sends to ACOs: CCLF0 to CCLF9, CCLFA and CCLFB, every month and as run-out. */
export const cclf: Format = {
  id: 'cclf',
  title: 'CMS Claim and Claim Line Feed',
  tables: [summary, ...FILE_TYPES.map((type) => TABLES[type])],
  claim,
  stated,
  refuse: contradictions,
  caveats: [substanceUse, partDPayments],
  mappings: {
    folder: import.meta.dirname,
    prepared: ['current_mbi', 'version', 'netted', 'institutional', 'superseded_fill'],
    checks,
    sources: {
      patient: 'beneficiary',
      eligibility: 'beneficiary',
      'medical_claim.header': 'part_a_header',
      'medical_claim.revenue': 'part_a_line',
      'medical_claim.diagnosis': 'part_a_diagnosis',
      'medical_claim.procedure': 'part_a_procedure',
      'medical_claim.physician': 'part_b',
      'medical_claim.equipment': 'dme',
      pharmacy_claim: 'part_d',
    },
  },
};
