import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { rows } from '../../pipelines/engine/sql.ts';
import { createInput, inputTables } from '../../pipelines/input/tables.ts';

const series = (names: string, count: number): string =>
  names
    .split(' ')
    .flatMap((name) => Array.from({ length: count }, (_, at) => `${name}_${at + 1}`))
    .join(' ');

/** Column names of the Tuva input layer, as published by the Tuva Project. */
const TUVA: Readonly<Record<string, string>> = {
  eligibility: `person_id member_id subscriber_id gender race birth_date death_date death_flag enrollment_start_date
    enrollment_end_date payer payer_type plan original_reason_entitlement_code dual_status_code medicare_status_code
    enrollment_status hospice_flag institutional_snp_flag long_term_institutional_flag group_id group_name name_suffix
    first_name middle_name last_name social_security_number subscriber_relation address city state zip_code phone email
    ethnicity data_source file_name file_date ingest_datetime`,
  medical_claim: `claim_id claim_line_number claim_type person_id member_id payer plan claim_start_date claim_end_date
    claim_line_start_date claim_line_end_date admission_date discharge_date admit_source_code admit_type_code
    discharge_disposition_code place_of_service_code bill_type_code drg_code_type drg_code revenue_center_code
    service_unit_quantity hcpcs_code ${series('hcpcs_modifier', 5)} rendering_npi rendering_tin billing_npi billing_tin
    facility_npi paid_date paid_amount allowed_amount charge_amount coinsurance_amount copayment_amount
    deductible_amount total_cost_amount diagnosis_code_type ${series('diagnosis_code diagnosis_poa', 25)}
    procedure_code_type ${series('procedure_code procedure_date', 25)} in_network_flag data_source file_name file_date
    ingest_datetime`,
  pharmacy_claim: `claim_id claim_line_number person_id member_id payer plan prescribing_provider_npi
    dispensing_provider_npi dispensing_date ndc_code quantity days_supply refills paid_date paid_amount allowed_amount
    charge_amount coinsurance_amount copayment_amount deductible_amount in_network_flag data_source file_name file_date
    ingest_datetime`,
  patient: `person_id patient_id name_suffix first_name middle_name last_name sex race birth_date death_date death_flag
    social_security_number address city state zip_code county latitude longitude phone email ethnicity data_source
    file_name ingest_datetime`,
  encounter: `encounter_id person_id patient_id encounter_type encounter_start_date encounter_end_date length_of_stay
    admit_source_code admit_source_description admit_type_code admit_type_description discharge_disposition_code
    discharge_disposition_description attending_provider_id attending_provider_name facility_npi facility_name
    primary_diagnosis_code_type primary_diagnosis_code primary_diagnosis_description drg_code_type drg_code
    drg_description paid_amount allowed_amount charge_amount data_source file_name ingest_datetime`,
  condition: `condition_id payer person_id patient_id encounter_id claim_id recorded_date onset_date resolved_date status
    condition_type source_code_type source_code source_description normalized_code_type normalized_code
    normalized_description condition_rank present_on_admit_code present_on_admit_description data_source file_name
    ingest_datetime`,
  procedure: `procedure_id person_id patient_id encounter_id claim_id procedure_date source_code_type source_code
    source_description normalized_code_type normalized_code normalized_description ${series('modifier', 5)}
    practitioner_id data_source file_name ingest_datetime`,
  lab_result: `lab_result_id person_id patient_id encounter_id accession_number source_order_type source_order_code
    source_order_description source_component_type source_component_code source_component_description
    normalized_order_type normalized_order_code normalized_order_description normalized_component_type
    normalized_component_code normalized_component_description status result result_datetime collection_datetime
    source_units normalized_units source_reference_range_low source_reference_range_high normalized_reference_range_low
    normalized_reference_range_high source_abnormal_flag normalized_abnormal_flag specimen ordering_practitioner_id
    data_source file_name ingest_datetime`,
  observation: `observation_id person_id payer patient_id encounter_id panel_id observation_date observation_type
    source_code_type source_code source_description normalized_code_type normalized_code normalized_description result
    source_units normalized_units source_reference_range_low source_reference_range_high normalized_reference_range_low
    normalized_reference_range_high data_source file_name ingest_datetime`,
  medication: `medication_id person_id payer patient_id encounter_id dispensing_date prescribing_date source_code_type
    source_code source_description ndc_code ndc_description rxnorm_code rxnorm_description atc_code atc_description route
    strength quantity quantity_unit days_supply practitioner_id data_source file_name ingest_datetime`,
  immunization: `immunization_id person_id patient_id encounter_id source_code_type source_code source_description
    normalized_code_type normalized_code normalized_description status status_reason occurrence_date source_dose
    normalized_dose lot_number body_site route location_id practitioner_id data_source file_name ingest_datetime`,
  appointment: `appointment_id person_id patient_id encounter_id start_datetime end_datetime duration location_id
    practitioner_id type_code type_description status_code status_description reason cancellation_reason data_source`,
  location: `location_id npi name facility_type parent_organization address city state zip_code latitude longitude
    data_source`,
  practitioner: 'practitioner_id npi first_name last_name practice_affiliation specialty sub_specialty data_source',
  provider_attribution: `person_id patient_id member_id year_month payer plan data_source payer_attributed_provider
    payer_attributed_provider_practice payer_attributed_provider_organization payer_attributed_provider_lob
    custom_attributed_provider custom_attributed_provider_practice custom_attributed_provider_organization
    custom_attributed_provider_lob`,
};

describe('the input contract', () => {
  it('knows every column of the Tuva input layer: it reads it, or says that it does not', () => {
    for (const [name, columns] of Object.entries(TUVA)) {
      const table = inputTables.find((candidate) => candidate.name === name);
      const known = new Set([
        ...(table?.columns.flatMap(({ deliveredAs }) => deliveredAs) ?? []),
        ...(table?.unread ?? []),
      ]);
      expect(
        columns.split(/\s+/).filter((column) => !known.has(column)),
        name,
      ).toEqual([]);
    }
  });

  it('holds a declaration for every file of its folder', () => {
    const files = readdirSync(join(import.meta.dirname, '../../pipelines/input')).map((name) =>
      name.replace('.ts', ''),
    );
    const others = ['contract', 'tables', 'checks'];
    expect(inputTables.map(({ name }) => name.replaceAll('_', '-')).sort()).toEqual(
      files.filter((name) => !others.includes(name)).sort(),
    );
  });

  it('names every column once, and never a column that it reads among those that it does not', () => {
    for (const { name, columns, unread } of inputTables) {
      const delivered = [...columns.flatMap(({ deliveredAs }) => deliveredAs), ...unread];
      expect(
        delivered.filter((column, at) => delivered.indexOf(column) !== at),
        name,
      ).toEqual([]);
    }
  });

  it('requires every column of a primary key to be delivered', () => {
    for (const { name, key, columns } of inputTables) {
      const optional = columns.filter(({ name: column, presence }) => key.includes(column) && presence === 'optional');
      expect(optional, name).toEqual([]);
      expect(key, name).toContain('source_name');
    }
  });

  it('reads identifiers as text, and dates, dollars and flags by their names', () => {
    for (const { columns } of inputTables) {
      for (const { name, type } of columns) {
        if (/_(id|npi|tin)$/.test(name)) expect(type, name).toBe('text');
        if (/_date$/.test(name)) expect(type, name).toBe('date');
        if (/_amount$/.test(name)) expect(type, name).toBe('money');
      }
    }
  });
});

describe('creating the input', () => {
  it('makes every table with its columns and the place of each record, in a schema or an attached database', async () => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    await connection.run('create schema here');
    await connection.run("attach ':memory:' as there");
    await createInput(connection, 'here');
    await createInput(connection, 'there');
    for (const { name, columns } of inputTables) {
      const wanted = [...columns.map((column) => column.name), 'file_id', 'line_number'];
      for (const prefix of ['here', 'there']) {
        const found = await rows(connection, `describe ${prefix}.${name}`);
        expect(found.map(({ column_name }) => column_name)).toEqual(wanted);
      }
    }
  });
});
