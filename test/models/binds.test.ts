import type { DuckDBConnection } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { rows } from '../../pipelines/engine/sql.ts';
import { definitionsInOrder, make, warehouse } from '../support/warehouse.ts';

/** Columns that people and scripts rely on; more are welcome. */
const PROMISED: Readonly<Record<string, string>> = {
  'core.person': `person_id birth_date death_date sex race ethnicity language zip_code county_fips state dual_status_code
    original_reason_entitlement_code first_name last_name`,
  'core.person_source': 'person_id source_name source_person_id',
  'core.person_alias': 'old_person_id person_id',
  'core.member_month': `person_id month payer plan enrolled_days is_medical is_pharmacy is_part_a is_part_b
    is_medicare_advantage dual_status_code medicare_status_code is_hospice is_long_term_institutional attributed_npi
    attributed_tin`,
  'core.medical_claim': `source_name claim_id claim_line_number person_id claim_type payer plan start_date end_date
    line_start_date paid_date bill_type_code revenue_center_code place_of_service_code drg_code hcpcs_code modifier_1
    modifier_2 modifier_3 modifier_4 units discharge_disposition_code paid_amount allowed_amount charge_amount facility_id
    facility_ccn rendering_npi rendering_specialty_code ordering_npi billing_npi billing_tin service_category
    encounter_id file_id line_number`,
  'core.pharmacy_claim': `source_name claim_id person_id fill_date ndc_code days_supply quantity paid_amount
    allowed_amount prescribing_npi file_id line_number`,
  'core.encounter': `encounter_id person_id encounter_type start_date end_date length_of_stay facility_id
    admit_source_code admit_type_code discharge_disposition_code primary_diagnosis_code drg_code is_ed paid_amount
    allowed_amount claim_count source`,
  'core.condition': `person_id encounter_id claim_id code_system code rank present_on_admission recorded_date onset_date
    resolved_date status source file_id line_number`,
  'core.procedure': 'person_id encounter_id code_system code performed_date status source file_id line_number',
  'core.observation': `person_id encounter_id code_system code observed_at value_number value_text value_code unit status
    source file_id line_number`,
  'core.medication': `person_id encounter_id code_system code start_date end_date days_supply is_order is_negated status
    source file_id line_number`,
  'core.immunization': 'person_id encounter_id code_system code given_date status source file_id line_number',
  'core.practitioner': 'practitioner_id npi name specialty practice_id',
  'core.facility': 'facility_id name ccn npi',
  'core.practice': 'practice_id name tin',
  'core.appointment': 'person_id',
  'core.allergy': 'person_id code_system code',
  'core.service_request': 'person_id code_system code',
  'core.care_plan': 'person_id code_system code',
  'core.program_enrollment': 'person_id program start_date end_date',
  'core.survey': 'person_id survey question answer',
  'core.area_index': 'area_code index_name value',
  'core.coded_concept': 'value_set code_system code',
  'mart.inpatient_stay': 'stay_id person_id facility_id admit_date discharge_date',
  'mart.readmission': `stay_id person_id facility_id admit_date discharge_date is_index exclusion is_planned
    specialty_cohort readmission_stay_id days_to_readmission is_readmission_30 is_unplanned_readmission_30 expected`,
  'mart.risk_score': 'person_id model payment_year segment raw_score normalized_score',
  'mart.risk_hcc': 'person_id model payment_year hcc',
  'mart.risk_tier': 'person_id month until_month tier score basis chance chance_before is_rising drivers',
  'mart.outreach_candidate':
    'person_id tier score basis chance chance_before is_rising drivers reasons handles barriers',
  'mart.admission_risk_calibration': 'model dimension value subjects events expected c_statistic',
  'mart.chronic_condition': 'person_id condition since_date until_date',
  'mart.condition_rule':
    'condition source single_settings repeated_settings claims_needed look_back_months is_lifelong',
  'mart.attribution': 'person_id',
  'mart.person_month': `person_id month age_band sex race dual_status coverage risk_tier practice practitioner payer
    contract state county deprivation rurality`,
  'mart.person_area': 'person_id state county deprivation rurality',
  'mart.person_summary': `person_id age sex practice risk_tier risk_score drivers conditions admissions_12m
    emergency_visits_12m paid_12m last_visit_date coverage dual_status enrolled_from enrolled_to`,
  'mart.practice_label': 'value label',
  'mart.facility_label': 'value label',
};

describe('models on an empty warehouse', () => {
  let connection: DuckDBConnection;
  let columns: Map<string, string[]>;
  beforeAll(async () => {
    connection = await warehouse();
    const { definitions } = await definitionsInOrder();
    await make(connection, ...definitions.models.map(({ name }) => name));
    const found = await rows(
      connection,
      `select table_schema || '.' || table_name as name, list(column_name) as columns
       from information_schema.columns group by all`,
    );
    columns = new Map(
      found.map(({ name, columns: all }) => [String(name), (Array.isArray(all) ? all : []).map(String)]),
    );
  });

  it('all bind, run and are empty but for what the period makes and what states rules', async () => {
    const { definitions } = await definitionsInOrder();
    const filled = ['mart.measure_period', 'mart.condition_rule'];
    for (const { name } of definitions.models.filter((model) => !filled.includes(model.name))) {
      expect([name, await rows(connection, `select count(*)::integer as rows from ${name}`)]).toEqual([
        name,
        [{ rows: 0 }],
      ]);
    }
  });

  it.each(Object.entries(PROMISED))('%s has the columns that are promised', (table, promised) => {
    const missing = promised.split(/\s+/).filter((name) => !columns.get(table)?.includes(name));
    expect(missing).toEqual([]);
  });

  it('money is DECIMAL(18,2), days are dates and flags are booleans', async () => {
    const wrong = await rows(
      connection,
      `select table_name, column_name, data_type from information_schema.columns
       where table_schema in ('core', 'mart') and case
         when column_name like '%\\_amount' escape '\\' then data_type <> 'DECIMAL(18,2)'
         when column_name like '%\\_date' escape '\\' then data_type <> 'DATE'
         when column_name like 'is\\_%' escape '\\' then data_type <> 'BOOLEAN'
       end`,
    );
    expect(wrong).toEqual([]);
  });
});
