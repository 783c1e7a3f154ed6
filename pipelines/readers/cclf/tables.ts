import { filled, inputTable } from '../../input/contract.ts';
import type { SourceTable } from '../format.ts';
import { type FileType, LAYOUTS, unreadFrom } from './layout.ts';

/** Fields that no column reads, wherever they begin. */
const unread = (type: FileType): string => LAYOUTS[type].fields.map(({ start }) => unreadFrom(start)).join(' ');

const named = (...names: string[]) => ({ deliveredAs: names });
const date = (meaning: string, name: string) => ({ meaning, type: 'date' as const, ...named(name) });
const code = (meaning: string, ...names: string[]) => ({ meaning, type: 'code' as const, ...named(...names) });
const money = (meaning: string, name: string) => ({ meaning, type: 'money' as const, ...named(name) });
const npi = (meaning: string, ...names: string[]) => ({ meaning, ...named(...names) });

const stated = {
  file_date: { meaning: 'moment of the delivery, by the name of the file', type: 'timestamp' as const },
};
const claimId = filled('number of this version of the claim', named('CUR_CLM_UNIQ_ID'));
const mbi = filled('Medicare number of the person', { type: 'code', ...named('BENE_MBI_ID') });
const icd = { icd_indicator: code('9 for ICD-9, 0 for ICD-10', 'DGNS_PRCDR_ICD_IND') };
const adjustment = {
  adjustment_type: filled('0 original, 1 cancellation, 2 adjustment', {
    type: 'integer',
    ...named('CLM_ADJSMT_TYPE_CD'),
  }),
  effective_date: date('day it took effect', 'CLM_EFCTV_DT'),
  load_date: date('day CMS stored it', 'CLM_IDR_LD_DT'),
};
const modifiers = Object.fromEntries(
  [1, 2, 3, 4, 5].map((place) => [`modifier_${place}`, code('modifier', `HCPCS_${place}_MDFR_CD`)]),
);
const claimLine = filled('line of the claim', { type: 'integer', ...named('CLM_LINE_NUM') });
const units = { meaning: 'units of service', type: 'fine quantity' as const, ...named('CLM_LINE_SRVC_UNIT_QTY') };
const claimDates = {
  from_date: filled('first day of the claim', named('CLM_FROM_DT')),
  thru_date: filled('last day of the claim', named('CLM_THRU_DT')),
};
const line = {
  line_from_date: date('first day of the line', 'CLM_LINE_FROM_DT'),
  line_thru_date: date('last day of the line', 'CLM_LINE_THRU_DT'),
  hcpcs_code: code('service', 'CLM_LINE_HCPCS_CD'),
};
const paidOnLine = filled('dollars that Medicare paid on the line', {
  type: 'money',
  ...named('CLM_LINE_CVRD_PD_AMT'),
});
const supplierLine = {
  claim_id: claimId,
  claim_line: claimLine,
  mbi,
  ...claimDates,
  ...line,
  place_of_service_code: code('place of service', 'CLM_POS_CD'),
  paid_amount: paidOnLine,
  allowed_amount: money('dollars allowed', 'CLM_LINE_ALOWD_CHRG_AMT'),
  payment_denial_code: code('0 when the whole claim was denied', 'CLM_CARR_PMT_DNL_CD'),
  processing_code: code('what became of the line', 'CLM_PRCSG_IND_CD'),
  ...adjustment,
  control_number: { meaning: 'control number of the contractor', ...named('CLM_CNTL_NUM') },
  referring_npi: npi('who referred or ordered', 'CLM_RFRG_PRVDR_NPI_NUM', 'ORDRG_PRVDR_NPI_NUM'),
  ...stated,
};

const partAHeader = inputTable({
  name: 'part_a_header',
  grain: 'version of an institutional claim (CCLF1)',
  key: ['claim_id', 'adjustment_type'],
  amount: 'paid_amount',
  columns: {
    claim_id: claimId,
    mbi,
    claim_type_code: code(
      '10 home health, 20 and 30 skilled nursing, 40 outpatient, 50 hospice, 60 on inpatient',
      'CLM_TYPE_CD',
    ),
    ...claimDates,
    ccn: code('certification number of the provider', 'PRVDR_OSCAR_NUM'),
    billing_ccn: code('certification number that billed', 'CLM_BLG_PRVDR_OSCAR_NUM'),
    facility_type_code: code('first digit of the bill type', 'CLM_BILL_FAC_TYPE_CD'),
    classification_code: code('second digit of the bill type', 'CLM_BILL_CLSFCTN_CD'),
    frequency_code: code('third digit of the bill type', 'CLM_BILL_FREQ_CD'),
    principal_diagnosis_code: code('principal diagnosis', 'PRNCPL_DGNS_CD'),
    admitting_diagnosis_code: code('diagnosis at admission', 'ADMTG_DGNS_CD'),
    nonpayment_reason_code: code('why Medicare denied it', 'CLM_MDCR_NPMT_RSN_CD'),
    paid_amount: filled('dollars that Medicare paid', { type: 'money', ...named('CLM_PMT_AMT') }),
    charge_amount: money('dollars billed', 'CLM_MDCR_INSTNL_TOT_CHRG_AMT'),
    patient_status_code: code('where the patient went', 'BENE_PTNT_STUS_CD'),
    drg_code: code('diagnosis related group, four digits', 'DGNS_DRG_CD'),
    admission_type_code: code('urgency', 'CLM_ADMSN_TYPE_CD'),
    admission_source_code: code('where the patient came from', 'CLM_ADMSN_SRC_CD'),
    ...icd,
    facility_npi: npi('facility', 'FAC_PRVDR_NPI_NUM', 'CLM_BLG_PRVDR_NPI_NUM'),
    billing_npi: npi('who billed', 'CLM_BLG_PRVDR_NPI_NUM', 'FAC_PRVDR_NPI_NUM'),
    attending_npi: npi('who attended', 'CLM_ATNDG_PRVDR_NPI_NUM', 'ATNDG_PRVDR_NPI_NUM'),
    ...adjustment,
    control_number: { meaning: 'control number of the contractor', ...named('CLM_CNTL_NUM') },
    original_control_number: { meaning: 'control number of the claim that it changes', ...named('CLM_ORG_CNTL_NUM') },
    ...stated,
  },
  unread: unread('1'),
});

const partALine = inputTable({
  name: 'part_a_line',
  grain: 'revenue line of an institutional claim (CCLF2)',
  key: ['claim_id', 'claim_line'],
  amount: 'paid_amount',
  columns: {
    claim_id: claimId,
    claim_line: claimLine,
    ...line,
    revenue_center_code: code('revenue center', 'CLM_LINE_PROD_REV_CTR_CD'),
    revenue_date: date('day of the service', 'CLM_LINE_INSTNL_REV_CTR_DT'),
    units,
    paid_amount: paidOnLine,
    ...modifiers,
    ...stated,
  },
  unread: unread('2'),
});

const partAProcedure = inputTable({
  name: 'part_a_procedure',
  grain: 'procedure of an institutional claim (CCLF3)',
  key: ['claim_id', 'sequence', 'procedure_code'],
  columns: {
    claim_id: claimId,
    sequence: filled('place on the claim', { type: 'integer', ...named('CLM_VAL_SQNC_NUM') }),
    procedure_code: code('procedure', 'CLM_PRCDR_CD'),
    performed_date: date('day of the procedure', 'CLM_PRCDR_PRFRM_DT'),
    ...icd,
    ...stated,
  },
  unread: unread('3'),
});

const partADiagnosis = inputTable({
  name: 'part_a_diagnosis',
  grain: 'diagnosis of an institutional claim (CCLF4)',
  key: ['claim_id', 'product_type', 'sequence', 'diagnosis_code'],
  columns: {
    claim_id: claimId,
    product_type: code('D diagnosis, E external cause, 1 first external cause', 'CLM_PROD_TYPE_CD'),
    sequence: filled('place on the claim', { type: 'integer', ...named('CLM_VAL_SQNC_NUM') }),
    diagnosis_code: code('diagnosis', 'CLM_DGNS_CD'),
    present_on_admission: code('present on admission', 'CLM_POA_IND'),
    ...icd,
    ...stated,
  },
  unread: unread('4'),
});

const partB = inputTable({
  name: 'part_b',
  grain: 'line of a version of a physician claim (CCLF5)',
  key: ['claim_id', 'claim_line', 'adjustment_type'],
  amount: 'paid_amount',
  columns: {
    ...supplierLine,
    specialty_code: code('specialty of the practitioner', 'CLM_PRVDR_SPCLTY_CD'),
    line_diagnosis_code: code('diagnosis of the line', 'CLM_LINE_DGNS_CD'),
    tin: { meaning: 'tax number that the practitioner billed under', ...named('CLM_RNDRG_PRVDR_TAX_NUM') },
    rendering_npi: npi('who gave the care', 'CLM_RNDRG_PRVDR_NPI_NUM', 'RNDRG_PRVDR_NPI_NUM'),
    units,
    ...modifiers,
    ...Object.fromEntries(
      Array.from({ length: 12 }, (_, at) => [
        `diagnosis_code_${at + 1}`,
        code('diagnosis of the claim', `CLM_DGNS_${at + 1}_CD`),
      ]),
    ),
    ...icd,
  },
  unread: unread('5'),
});

const dme = inputTable({
  name: 'dme',
  grain: 'line of a version of an equipment claim (CCLF6)',
  key: ['claim_id', 'claim_line', 'adjustment_type'],
  amount: 'paid_amount',
  columns: {
    ...supplierLine,
    billing_npi: npi('who is paid', 'CLM_BLG_PRVDR_NPI_NUM', 'PAYTO_PRVDR_NPI_NUM'),
  },
  unread: unread('6'),
});

const partD = inputTable({
  name: 'part_d',
  grain: 'version of a prescription drug event (CCLF7)',
  key: ['claim_id', 'adjustment_type'],
  amount: 'beneficiary_amount',
  columns: {
    claim_id: claimId,
    mbi,
    fill_date: filled('day of the fill', named('CLM_LINE_FROM_DT')),
    ndc_code: code('drug', 'CLM_LINE_NDC_CD'),
    pharmacy_qualifier_code: code('kind of pharmacy identifier: 01 NPI', 'PRVDR_SRVC_ID_QLFYR_CD'),
    pharmacy_id: { meaning: 'pharmacy', ...named('CLM_SRVC_PRVDR_GNRC_ID_NUM') },
    dispensing_status_code: code('P partial fill, C its completion', 'CLM_DSPNSNG_STUS_CD'),
    quantity: { meaning: 'units dispensed', type: 'fine quantity', ...named('CLM_LINE_SRVC_UNIT_QTY') },
    days_supply: { meaning: 'days the fill lasts', ...named('CLM_LINE_DAYS_SUPLY_QTY') },
    prescriber_qualifier_code: code('kind of prescriber identifier: 01 NPI', 'PRVDR_PRSBNG_ID_QLFYR_CD'),
    prescriber_id: {
      meaning: 'prescriber',
      ...named('CLM_PRSBNG_PRVDR_GNRC_ID_NUM_LONG', 'CLM_PRSBNG_PRVDR_GNRC_ID_NUM'),
    },
    beneficiary_amount: filled('dollars that the beneficiary paid; the plan cost is not in CCLF', {
      type: 'money',
      ...named('CLM_LINE_BENE_PMT_AMT'),
    }),
    ...adjustment,
    prescription_number: { meaning: 'prescription at the pharmacy', ...named('CLM_LINE_RX_SRVC_RFRNC_NUM') },
    fill_number: { meaning: '0 for the first fill', ...named('CLM_LINE_RX_FILL_NUM') },
    ...stated,
  },
  unread: unread('7'),
});

const beneficiary = inputTable({
  name: 'beneficiary',
  grain: 'beneficiary and delivery (CCLF8)',
  key: ['mbi', 'file_date', 'file_period'],
  columns: {
    mbi,
    state_fips: { meaning: 'state, two digits', ...named('BENE_FIPS_STATE_CD') },
    county_fips: { meaning: 'county within the state, three digits', ...named('BENE_FIPS_CNTY_CD') },
    zip: { meaning: 'postal code', ...named('GEO_ZIP5_CD', 'BENE_ZIP_CD') },
    birth_date: date('date of birth', 'BENE_DOB'),
    sex_code: code('1 male, 2 female', 'BENE_SEX_CD'),
    race_code: code('race', 'BENE_RACE_CD'),
    medicare_status_code: code('10, 11, 20, 21 or 31: age, disability, ESRD', 'BENE_MDCR_STUS_CD'),
    dual_status_code: code('Medicaid help, NA for none', 'BENE_DUAL_STUS_CD'),
    death_date: date('date of death', 'BENE_DEATH_DT'),
    hospice_from_date: date('hospice began', 'BENE_RNG_BGN_DT'),
    hospice_thru_date: date('hospice ended', 'BENE_RNG_END_DT'),
    first_name: { meaning: 'given name', ...named('BENE_1ST_NAME') },
    last_name: { meaning: 'family name', ...named('BENE_LAST_NAME') },
    entitlement_reason_code: code('why Medicare began', 'BENE_ORGNL_ENTLMT_RSN_CD'),
    buy_in_code: code('parts of Medicare, and whether the state pays for them', 'BENE_ENTLMT_BUYIN_IND'),
    part_a_date: date('Part A began', 'BENE_PART_A_ENRLMT_BGN_DT'),
    part_b_date: date('Part B began', 'BENE_PART_B_ENRLMT_BGN_DT'),
    address: { meaning: 'first line of the address', ...named('BENE_LINE_1_ADR') },
    city: { meaning: 'city', ...named('GEO_ZIP_PLC_NAME') },
    state: code('state, two letters', 'GEO_USPS_STATE_CD'),
    file_period: { meaning: 'Y and the year of a monthly delivery, R and the year of a run-out' },
    ...stated,
  },
  unread: unread('8'),
});

const crosswalk = inputTable({
  name: 'crosswalk',
  grain: 'change of a Medicare number (CCLF9)',
  key: ['indicator', 'current_number', 'previous_number', 'effective_date', 'obsolete_date'],
  columns: {
    indicator: code('M for MBI, H for the number before it', 'HICN_MBI_XREF_IND'),
    current_number: filled('number afterwards', { type: 'code', ...named('CRNT_NUM') }),
    previous_number: filled('number before', { type: 'code', ...named('PRVS_NUM') }),
    effective_date: date('the previous number began', 'PRVS_ID_EFCTV_DT'),
    obsolete_date: date('the previous number ended', 'PRVS_ID_OBSLT_DT'),
    ...stated,
  },
  unread: unread('9'),
});

const partAExtra = inputTable({
  name: 'part_a_extra',
  grain: 'version of an institutional claim with its benefit enhancements (CCLFA)',
  key: ['claim_id'],
  columns: { claim_id: claimId, admission_date: date('day of admission', 'CLM_ACTV_CARE_FROM_DT'), ...stated },
  unread: unread('A'),
});

const partBExtra: SourceTable = {
  ...inputTable({
    name: 'part_b_extra',
    grain: 'line of a physician claim with its benefit enhancements (CCLFB)',
    key: ['claim_id', 'claim_line'],
    columns: { claim_id: claimId, claim_line: claimLine, ...stated },
    unread: unread('B'),
  }),
  unused: 'no model reads benefit enhancements or demonstrations of Part B lines',
};

/** CCLF0: what a delivery holds. */
export const summary: SourceTable = inputTable({
  name: 'summary',
  grain: 'file that a delivery counts (CCLF0)',
  key: ['file_type', 'records', 'record_length', 'file_date'],
  columns: {
    file_type: filled('CCLF1 to CCLFB', { type: 'code', ...named('File Number', 'File Type') }),
    description: { meaning: 'what the file holds', ...named('File Description') },
    records: filled('records of the file', { type: 'integer', ...named('Total Records Count') }),
    record_length: filled('characters of a record', { type: 'integer', ...named('Record Length') }),
    ...stated,
  },
});

export const TABLES: Readonly<Record<FileType, SourceTable>> = {
  1: partAHeader,
  2: partALine,
  3: partAProcedure,
  4: partADiagnosis,
  5: partB,
  6: dme,
  7: partD,
  8: beneficiary,
  9: crosswalk,
  A: partAExtra,
  B: partBExtra,
};
