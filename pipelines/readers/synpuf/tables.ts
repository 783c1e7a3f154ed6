import { filled, inputTable, numberedAs, required } from '../../input/contract.ts';
import type { SourceTable } from '../format.ts';

const named = (...names: string[]) => ({ deliveredAs: names });
const day = { type: 'compact date' } as const;

const person = { person_id: filled('beneficiary', named('DESYNPUF_ID')) };
const claim = { ...person, claim_id: filled('claim', named('CLM_ID')) };
const dated = {
  from_date: required('first day the claim covers', { ...day, ...named('CLM_FROM_DT') }),
  through_date: required('last day the claim covers', { ...day, ...named('CLM_THRU_DT') }),
};

const beneficiarySummary: SourceTable = {
  ...inputTable({
    name: 'beneficiary_summary',
    grain: 'beneficiary and year',
    key: ['person_id', 'reference_year'],
    columns: {
      ...person,
      reference_year: filled('the year, from the name of the file', { type: 'calendar year' }),
      birth_date: required('date of birth', { ...day, ...named('BENE_BIRTH_DT') }),
      death_date: required('date of death', { ...day, ...named('BENE_DEATH_DT') }),
      sex: required('1 male, 2 female', named('BENE_SEX_IDENT_CD')),
      race: required('1 white, 2 black, 3 other, 5 hispanic', named('BENE_RACE_CD')),
      esrd: { meaning: 'Y: end-stage renal disease', type: 'flag', ...named('BENE_ESRD_IND') },
      state: { meaning: 'state, as the Social Security Administration numbers it', ...named('SP_STATE_CODE') },
      part_a_months: required('months of Part A in the year', { type: 'integer', ...named('BENE_HI_CVRAGE_TOT_MONS') }),
      part_b_months: required('months of Part B in the year', {
        type: 'integer',
        ...named('BENE_SMI_CVRAGE_TOT_MONS'),
      }),
      advantage_months: required('months in a health maintenance organization in the year', {
        type: 'integer',
        ...named('BENE_HMO_CVRAGE_TOT_MONS'),
      }),
      part_d_months: required('months in a Part D plan in the year', {
        type: 'integer',
        ...named('PLAN_CVRG_MOS_NUM'),
      }),
    },
    unread: `bene_county_cd sp_alzhdmta sp_chf sp_chrnkidn sp_cncr sp_copd sp_depressn sp_diabetes sp_ischmcht sp_osteoprs
    sp_ra_oa sp_strketia medreimb_ip benres_ip pppymt_ip medreimb_op benres_op pppymt_op medreimb_car benres_car
    pppymt_car`,
  }),
  naming: 'DE1_0_2008_Beneficiary_Summary_File_Sample_1.csv',
};

const institutional = {
  ...claim,
  segment: filled('record of the claim: 1, or a further one with a payment of its own', named('SEGMENT')),
  ...dated,
  facility_ccn: required('provider institution, partly made up', named('PRVDR_NUM')),
  payment: required('dollars paid by Medicare on this record', { type: 'money', ...named('CLM_PMT_AMT') }),
  attending_npi: required('attending physician', named('AT_PHYSN_NPI')),
  ...numberedAs('ICD9_DGNS_CD_#', 'diagnosis_code', 10, { meaning: 'diagnosis in ICD-9-CM; the first is principal' }),
  ...numberedAs('ICD9_PRCDR_CD_#', 'procedure_code', 6, { meaning: 'procedure in ICD-9-CM' }),
  ...numberedAs('HCPCS_CD_#', 'hcpcs_code', 45, { meaning: 'service billed (HCPCS)' }),
};

const institutionalUnread = `nch_prmry_pyr_clm_pd_amt op_physn_npi ot_physn_npi nch_bene_blood_ddctbl_lblty_am
  admtng_icd9_dgns_cd`;

const inpatient = inputTable({
  name: 'inpatient',
  grain: 'record of a hospital stay claim',
  key: ['claim_id', 'segment'],
  amount: 'payment',
  columns: {
    ...institutional,
    admission_date: required('day of admission', { ...day, ...named('CLM_ADMSN_DT') }),
    discharge_date: required('day of discharge', { ...day, ...named('NCH_BENE_DSCHRG_DT') }),
    drg_code: required('diagnosis related group, or OTH', named('CLM_DRG_CD')),
    deductible: { meaning: 'Part A deductible', type: 'money', ...named('NCH_BENE_IP_DDCTBL_AMT') },
    coinsurance: { meaning: 'Part A coinsurance', type: 'money', ...named('NCH_BENE_PTA_COINSRNC_LBLTY_AM') },
  },
  unread: `${institutionalUnread} clm_pass_thru_per_diem_amt clm_utlztn_day_cnt`,
});

const outpatient = inputTable({
  name: 'outpatient',
  grain: 'record of an outpatient institutional claim',
  key: ['claim_id', 'segment'],
  amount: 'payment',
  columns: {
    ...institutional,
    deductible: required('Part B deductible', { type: 'money', ...named('NCH_BENE_PTB_DDCTBL_AMT') }),
    coinsurance: required('Part B coinsurance', { type: 'money', ...named('NCH_BENE_PTB_COINSRNC_AMT') }),
  },
  unread: institutionalUnread,
});

const LINES = 13;
const perLine = (delivered: string, name: string, meaning: string) =>
  numberedAs(`${delivered}_#`, name, LINES, { meaning });
const dollarsPerLine = (delivered: string, name: string, meaning: string) =>
  numberedAs(`${delivered}_#`, name, LINES, { meaning, type: 'money' });

/** The file has no payment of the claim as a whole, so its account follows no dollars; the lines carry them. */
const carrier = inputTable({
  name: 'carrier',
  grain: `professional claim with up to ${LINES} lines`,
  key: ['claim_id'],
  columns: {
    ...claim,
    ...dated,
    ...numberedAs('ICD9_DGNS_CD_#', 'diagnosis_code', 8, { meaning: 'diagnosis in ICD-9-CM; the first is principal' }),
    ...perLine('PRF_PHYSN_NPI', 'npi', 'performing physician of the line'),
    ...perLine('TAX_NUM', 'tin', 'tax number of the line'),
    ...perLine('HCPCS_CD', 'hcpcs_code', 'service of the line (HCPCS)'),
    ...dollarsPerLine('LINE_NCH_PMT_AMT', 'payment', 'dollars paid by Medicare on the line'),
    ...dollarsPerLine('LINE_BENE_PTB_DDCTBL_AMT', 'deductible', 'Part B deductible of the line'),
    ...dollarsPerLine('LINE_COINSRNC_AMT', 'coinsurance', 'coinsurance of the line'),
    ...dollarsPerLine('LINE_ALOWD_CHRG_AMT', 'allowed', 'dollars allowed on the line'),
    ...perLine('LINE_PRCSG_IND_CD', 'processing_code', 'A, R or S: allowed; anything else: denied'),
    ...perLine('LINE_ICD9_DGNS_CD', 'line_diagnosis_code', 'diagnosis of the line in ICD-9-CM'),
  },
  unread: Array.from({ length: LINES }, (_, at) => `line_bene_prmry_pyr_pd_amt_${at + 1}`).join(' '),
});

const prescriptionDrugEvents = inputTable({
  name: 'prescription_drug_events',
  grain: 'fill',
  key: ['event_id'],
  amount: 'total_cost',
  columns: {
    ...person,
    event_id: filled('fill', named('PDE_ID')),
    service_date: filled('day of the fill', { ...day, ...named('SRVC_DT') }),
    ndc_code: required('drug (NDC)', named('PROD_SRVC_ID')),
    quantity: required('units dispensed', named('QTY_DSPNSD_NUM')),
    days_supply: required('days the fill lasts', named('DAYS_SUPLY_NUM')),
    patient_payment: required('dollars paid by the patient', { type: 'money', ...named('PTNT_PAY_AMT') }),
    total_cost: required('gross cost of the drug', { type: 'money', ...named('TOT_RX_CST_AMT') }),
  },
});

/** The files of DE-SynPUF (codebook of 2013), each under the one header that it has had. */
export const tables: readonly SourceTable[] = [
  beneficiarySummary,
  inpatient,
  outpatient,
  carrier,
  prescriptionDrugEvents,
];
