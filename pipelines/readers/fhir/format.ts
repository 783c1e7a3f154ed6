import { substanceUse } from '../caveats.ts';
import type { Claim, Format, Head } from '../format.ts';
import { checks } from './checks.ts';
import { layoutOf, resourcesOf } from './resources.ts';
import { landedFields, resource, resourceText, tables } from './tables.ts';

/** Names the source that all files below a folder come from: source=riverside/2025-01/Patient.ndjson. */
const SOURCE = /(?:^|\/)source=([^/]+)\//;

function claim({ text, isWhole }: Head): Claim | undefined {
  const layout = layoutOf(text, isWhole);
  if (!layout) return undefined;
  const shape =
    layout === 'lines'
      ? ({ kind: 'lines', json: resourceText } as const)
      : ({ kind: 'document', recordsOf: resourcesOf, json: resourceText } as const);
  return { table: resource, shape, columns: landedFields };
}

/**
 * FHIR resources as JSON (hl7.org/fhir): bulk exports a resource a line, single resources, bundles, arrays. Claims and
 * coverage as Blue Button, BCDA and AB2D shape them (cms.gov), clinical resources as US Core and QI-Core.
 */
export const fhir: Format = {
  id: 'fhir',
  title: 'FHIR resources',
  tables,
  claim,
  stated: (name) => ({ data_source: SOURCE.exec(name)?.[1] ?? 'fhir' }),
  caveats: [substanceUse],
  mappings: {
    folder: import.meta.dirname,
    setup: 'setup',
    checks,
    prepared: [
      '../ssa_state',
      'provider',
      'role',
      'drug',
      'patient_identifier',
      'claim',
      'claim_item',
      'claim_line',
      'coverage_segment',
      'encounter_diagnosis',
      'observation_part',
    ],
    unfolded: {
      patient_identifier: ['patient'],
      claim_line: ['explanation_of_benefit'],
      coverage_segment: ['coverage'],
      observation_part: ['observation'],
    },
    sources: {
      patient: 'patient',
      person_identifier: 'patient_identifier',
      eligibility: 'coverage_segment',
      location: 'location',
      'location.organization': 'organization',
      practice: 'organization',
      practitioner: 'practitioner',
      'practitioner.role': 'practitioner_role',
      encounter: 'encounter',
      condition: 'condition',
      procedure: 'procedure',
      observation: 'observation_part',
      lab_result: 'observation_part',
      medication: 'medication_request',
      'medication.dispense': 'medication_dispense',
      'medication.administration': 'medication_administration',
      'medication.statement': 'medication_statement',
      'medication.code': 'medication',
      immunization: 'immunization',
      allergy: 'allergy_intolerance',
      'allergy.adverse_event': 'adverse_event',
      service_request: 'service_request',
      'service_request.device': 'device_request',
      care_plan: 'care_plan',
      task: 'task',
      communication: 'communication',
      appointment: 'appointment',
      medical_claim: 'claim_line',
      pharmacy_claim: 'claim_line',
    },
  },
};
