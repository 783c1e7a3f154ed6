import { quoted } from '../../engine/sql.ts';
import { filled, inputTable, source } from '../../input/contract.ts';
import type { SourceTable } from '../format.ts';
import { type JsonText, RECORD } from '../shape.ts';
import { inspect } from './resources.ts';
import {
  codeStructure,
  diagnosisStructure,
  envelope,
  itemStructure,
  type Structure,
  structures,
} from './structures.ts';

/** Where the reference to the patient stands, by type of resource. */
const ABOUT = `coalesce(parsed.subject, parsed.patient, parsed.beneficiary, parsed."for",
  list_filter(parsed.participant, lambda one: one.actor.reference like '%Patient%' or one.actor.type = 'Patient')[1].actor)`;

/** A reference to a resource within the resource stands for what identifies that one. */
const WITHIN = `list_filter(parsed.contained, lambda one: one.id = substr(${ABOUT}.reference, 2))[1].identifier[1]`;
const IDENTIFIED = `case when ${ABOUT}.reference like '#%' then ${WITHIN} else ${ABOUT}.identifier end`;

const fields: JsonText['fields'] = {
  resource_type: 'parsed."resourceType"',
  id: `coalesce(parsed.id, regexp_extract(parsed."fullUrl", '([^/:]+)$', 1), md5(${RECORD}))`,
  alias: `case when parsed."fullUrl" like 'urn:%' then regexp_extract(parsed."fullUrl", '([^:]+)$', 1) end`,
  patient_reference: `case when ${ABOUT}.reference not like '#%' then ${ABOUT}.reference end`,
  patient_identifier: `(${IDENTIFIED}).system || '|' || (${IDENTIFIED}).value`,
  scope: `case when parsed.meta."lastUpdated" is null and parsed.meta."versionId" is null
    then coalesce(${ABOUT}.reference, (${IDENTIFIED}).value) end`,
  last_updated: `strftime(make_timestamp(epoch_us(try_cast(parsed.meta."lastUpdated" as timestamptz))), '%Y-%m-%d %H:%M:%S.%f')`,
  version: `case when regexp_full_match(parsed.meta."versionId", '\\d{1,20}')
    then lpad(parsed.meta."versionId", 20, '0') else parsed.meta."versionId" end`,
  amount: `case when parsed."resourceType" = 'ExplanationOfBenefit' then parsed.payment.amount.value end`,
  content: `hash(${RECORD})::varchar`,
};

/** How a resource becomes a record. */
export const resourceText: JsonText = { inspect, structure: JSON.stringify(envelope), fields };

/** Names of the fields that a record lands with. */
export const landedFields: readonly string[] = Object.keys(fields);

/** Why a type of resource is counted and not used. */
const UNUSED: Readonly<Record<string, string>> = {
  Claim: 'a bill as it was sent; what came of it is in ExplanationOfBenefit',
  ClaimResponse: 'an answer to a bill; what came of it is in ExplanationOfBenefit',
  Device: 'no model reads devices',
  DiagnosticReport: 'its results are delivered as Observation',
  DocumentReference: 'no model reads documents',
  MeasureReport: 'measures are computed here, not taken over',
};

export const resource = {
  ...inputTable({
    name: 'resource',
    grain: 'resource that is used',
    key: ['source_name', 'resource_type', 'id', 'scope'],
    amount: 'amount',
    columns: {
      source_name: source,
      resource_type: filled('type of the resource', { type: 'text' }),
      id: filled('identifier of the resource at its source, else made from its content'),
      alias: 'identifier under which a bundle refers to it',
      patient_reference: 'patient that it is about, as it refers to one',
      patient_identifier: 'identifier of that patient, system and value, where it names one instead',
      person: 'identifier of that patient, once all are read',
      scope: 'what else tells it from others of its id: where nothing versions it, its patient',
      last_updated: { meaning: 'moment of this version, UTC', type: 'text' },
      version: { meaning: 'number of this version', type: 'text' },
      amount: { meaning: 'dollars paid on the claim that it explains', type: 'money' },
      content: 'fingerprint of its text',
    },
    unread: RECORD,
  }),
  latestBy: ['last_updated', 'version'],
  kinds: {
    column: 'resource_type',
    unused: (type) => (type in structures ? undefined : (UNUSED[type] ?? 'no model reads it')),
  },
  isPlaced: true,
} satisfies SourceTable;

/** Name of the table of a type of resource: medication_request of MedicationRequest. */
export const tableOf = (type: string): string => type.replace(/(?<!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();

/**
 * The resources of one type, with the parts that are read of them. The type is asked of the landed text alone: asked of
 * both, DuckDB holds the text in memory to look the resources up in it, and not the other way round.
 */
const viewOf = (type: string, structure: Structure, name = tableOf(type)): SourceTable => ({
  ...resource,
  name,
  grain: type,
  amount: type === 'ExplanationOfBenefit' ? 'amount' : undefined,
  view: `select resource.* exclude (ordinal, parsed), parsed.*
    from (
      select resource.*, from_json(landed.${RECORD}, ${quoted(JSON.stringify(structure))}) as parsed
      from fhir.landed as landed
      join fhir.resource as resource
        on resource.file_id = landed.file_id
        and resource.ordinal = landed.ordinal
        and resource.resource_type = landed.resource_type
      where landed.resource_type = '${type}'
    ) as resource`,
});

export const tables: readonly SourceTable[] = [
  resource,
  ...Object.entries(structures).map(([type, structure]) => viewOf(type, structure)),
  viewOf('ExplanationOfBenefit', itemStructure, 'explanation_of_benefit_item'),
  viewOf('Encounter', diagnosisStructure, 'encounter_condition'),
  viewOf('Condition', codeStructure, 'condition_code'),
];
