import type { DuckDBConnection } from '@duckdb/node-api';
import allergy from './allergy.ts';
import appointment from './appointment.ts';
import areaIndex from './area-index.ts';
import assignment from './assignment.ts';
import assignmentProvider from './assignment-provider.ts';
import beneficiaryExclusion from './beneficiary-exclusion.ts';
import carePlan from './care-plan.ts';
import communication from './communication.ts';
import condition from './condition.ts';
import { type InputTable, SQL_TYPE } from './contract.ts';
import eligibility from './eligibility.ts';
import encounter from './encounter.ts';
import immunization from './immunization.ts';
import labResult from './lab-result.ts';
import location from './location.ts';
import medicalClaim from './medical-claim.ts';
import medication from './medication.ts';
import observation from './observation.ts';
import patient from './patient.ts';
import personIdentifier from './person-identifier.ts';
import pharmacyClaim from './pharmacy-claim.ts';
import practice from './practice.ts';
import practitioner from './practitioner.ts';
import procedure from './procedure.ts';
import programEnrollment from './program-enrollment.ts';
import providerAttribution from './provider-attribution.ts';
import serviceRequest from './service-request.ts';
import survey from './survey.ts';
import task from './task.ts';

/** The input contract: the Tuva input layer and our extensions, one declaration per table. */
export const inputTables: readonly InputTable[] = [
  eligibility,
  medicalClaim,
  pharmacyClaim,
  patient,
  personIdentifier,
  encounter,
  condition,
  procedure,
  labResult,
  observation,
  medication,
  immunization,
  appointment,
  allergy,
  carePlan,
  serviceRequest,
  task,
  communication,
  location,
  practitioner,
  practice,
  providerAttribution,
  assignment,
  assignmentProvider,
  beneficiaryExclusion,
  programEnrollment,
  survey,
  areaIndex,
];

/** Where the record stands in the files that were read. */
export const PROVENANCE = 'file_id integer, line_number bigint';

/** Creates every input table, empty, in `prefix` (a schema, or an attached database): what a model may read exists. */
export async function createInput(connection: DuckDBConnection, prefix: string): Promise<void> {
  for (const { name, columns } of inputTables) {
    const declared = columns.map((column) => `${column.name} ${SQL_TYPE[column.type]}`);
    await connection.run(`create table ${prefix}.${name} (${declared.join(', ')}, ${PROVENANCE})`);
  }
}

/** What a column means, by its name, where every table that has it says the same. */
export function meanings(): Map<string, string> {
  const said = new Map<string, Set<string>>();
  for (const { name, meaning } of inputTables.flatMap(({ columns }) => columns)) {
    said.set(name, (said.get(name) ?? new Set()).add(meaning));
  }
  return new Map([...said].flatMap(([name, words]) => (words.size === 1 ? [[name, [...words].join()] as const] : [])));
}
