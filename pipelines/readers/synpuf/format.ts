import type { Format } from '../format.ts';
import { tables } from './tables.ts';

/** The year that a beneficiary file covers stands only in its name. */
const YEAR = /_(\d{4})_beneficiary/i;

function stated(name: string): Record<string, string> {
  const [, year] = YEAR.exec(name) ?? [];
  return year === undefined ? {} : { reference_year: year };
}

/** CMS Data Entrepreneurs' Synthetic Public Use File 2008-2010 (cms.gov, public domain), coded in ICD-9. */
export const synpuf: Format = {
  id: 'synpuf',
  title: 'CMS DE-SynPUF 2008-2010',
  tables,
  stated,
  mappings: {
    folder: import.meta.dirname,
    prepared: ['../ssa_state', 'beneficiary_span', 'institutional_line', 'carrier_line'],
    unfolded: {
      beneficiary_span: ['beneficiary_summary'],
      institutional_line: ['inpatient', 'outpatient'],
      carrier_line: ['carrier'],
    },
    sources: {
      eligibility: 'beneficiary_span',
      'medical_claim.institutional': 'institutional_line',
      'medical_claim.carrier': 'carrier_line',
      pharmacy_claim: 'prescription_drug_events',
    },
  },
};
