import { filled, inputTable, numberedAs, required } from '../../input/contract.ts';
import type { SourceTable } from '../format.ts';

const named = (...names: string[]) => ({ deliveredAs: names });
const day = { type: 'named date' } as const;
const money = { type: 'money' } as const;

const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEPT OCT NOV DEC'.split(' ');

/** A column for each month of the year, delivered with the month's letters, or its number, in the place of `#`. */
const monthly = (delivered: string, name: string, meaning: string, letters = MONTHS) =>
  Object.fromEntries(
    MONTHS.map((_, at) => [
      `${name}_${at + 1}`,
      { meaning, type: 'text' as const, deliveredAs: [delivered.replace('#', letters[at] ?? '')] },
    ]),
  );
const NUMBERS = MONTHS.map((_, at) => String(at + 1));
const eachMonth = (...delivered: string[]): string =>
  delivered.flatMap((name) => MONTHS.map((month) => name.replace('#', month))).join(' ');
const each = (first: number, last: number, ...delivered: string[]): string =>
  delivered
    .flatMap((name) => Array.from({ length: last - first + 1 }, (_, at) => name.replace('#', String(first + at))))
    .join(' ');

const action = {
  action: filled('INSERT, UPDATE or DELETE: what the record does to what was said before', {
    type: 'word',
    ...named('DML_IND'),
  }),
  person_id: filled('beneficiary', named('BENE_ID')),
};

const beneficiary = inputTable({
  name: 'beneficiary',
  grain: 'beneficiary and year, as one delivery says it',
  key: [],
  columns: {
    ...action,
    reference_year: filled('calendar year', { type: 'calendar year', ...named('RFRNC_YR') }),
    member_id: required('Medicare beneficiary identifier', named('MBI_NUM')),
    first_name: { meaning: 'given name', ...named('BENE_GVN_NAME') },
    last_name: { meaning: 'family name', ...named('BENE_SRNM_NAME') },
    birth_date: required('date of birth', { ...day, ...named('BENE_BIRTH_DT') }),
    death_date: required('date of death', { ...day, ...named('DEATH_DT') }),
    sex: required('1 male, 2 female', named('BENE_SEX_IDENT_CD')),
    race: required('race by CMS code', named('BENE_RACE_CD')),
    state: { meaning: 'state, as the Social Security Administration numbers it', ...named('STATE_CODE') },
    zip: { meaning: 'postal code of the home; its leading zeros may be lost', ...named('BENE_ZIP_CD') },
    original_reason: {
      meaning: 'why Medicare began: 0 age, 1 disability, 2 ESRD, 3 both',
      ...named('BENE_ENTLMT_RSN_ORIG'),
    },
    esrd: { meaning: 'end-stage renal disease', type: 'flag', ...named('BENE_ESRD_IND') },
    advantage_months: { meaning: 'months in Medicare Advantage', type: 'integer', ...named('HMO_MO_CNT') },
    ...monthly('MDCR_ENTLMT_BUYIN_#_IND', 'entitlement', '1 or A: Part A, 2 or B: Part B, 3 or C: both', NUMBERS),
    ...monthly('HMO_#_IND', 'advantage', '1, 2, A, B or C: in Medicare Advantage', NUMBERS),
    ...monthly('PTC_CNTRCT_#_ID', 'part_c_contract', 'Medicare Advantage contract'),
    ...monthly('PTD_CNTRCT_#_ID', 'part_d_contract', 'Part D contract'),
    ...monthly('MDCR_STUS_#_CD', 'status', 'Medicare status: 10, 11, 20, 21 or 31'),
    ...monthly('META_DUAL_ELGBL_STUS_#_CD', 'dual', 'Medicaid help: dual status, or NA for none'),
    ...monthly('FIPS_STATE_CNTY_#_CD', 'county', 'county of the home, five digits'),
  },
  unread: `bene_county_cd bene_entlmt_rsn_curr bene_mdcr_status_cd bene_pta_trmntn_cd bene_ptb_trmntn_cd bene_crnt_hic_num
    bene_mdl_name a_mo_cnt b_mo_cnt buyin_mo_cnt rds_mo_cnt enrl_src sample_group efivepct crnt_bic age covstart dual_mo_cnt
    v_dod_sw rti_race_cd plan_cvrg_mo_cnt drvd_line_1_adr drvd_line_2_adr drvd_line_3_adr drvd_line_4_adr drvd_line_5_adr
    drvd_line_6_adr city_name state_cd state_cnty_zip_cd efctv_bgn_dt efctv_end_dt bene_link_key pta_cvrg_strt_dt
    pta_cvrg_end_dt ptb_cvrg_strt_dt ptb_cvrg_end_dt ptd_cvrg_strt_dt ptd_cvrg_end_dt
    ${eachMonth('PTC_PBP_#_ID', 'PTC_PLAN_TYPE_#_CD', 'PTD_PBP_#_ID', 'PTD_SGMT_#_ID', 'RDS_#_IND', 'CST_SHR_GRP_#_CD')}`,
});

const claim = {
  ...action,
  claim_id: filled('claim', named('CLM_ID')),
  final_action: { meaning: 'F: the final action; N: superseded', type: 'word' as const, ...named('FINAL_ACTION') },
  from_date: filled('first day the claim covers', { ...day, ...named('CLM_FROM_DT') }),
  through_date: filled('last day the claim covers', { ...day, ...named('CLM_THRU_DT') }),
  processed_date: required('week in which the claim was processed', { ...day, ...named('NCH_WKLY_PROC_DT') }),
  claim_payment: required('dollars paid by Medicare on the whole claim, on each of its lines again', {
    ...money,
    ...named('CLM_PMT_AMT'),
  }),
  diagnosis_version: { meaning: '0: ICD-10, 9: ICD-9', ...named('ICD_DGNS_VRSN_CD1', 'PRNCPAL_DGNS_VRSN_CD') },
  hcpcs_code: required('service of the line (HCPCS)', { type: 'code', ...named('HCPCS_CD') }),
};

const diagnoses = (count: number) =>
  numberedAs('ICD_DGNS_CD#', 'diagnosis_code', count, { meaning: 'diagnosis; the first is principal' });

const claimUnread = (count: number) =>
  `clm_grp_id nch_near_line_rec_ident_cd nch_clm_type_cd prncpal_dgns_cd ${each(2, count, 'icd_dgns_vrsn_cd#')}`;

const institutional = {
  ...claim,
  line: filled('number of the line', named('CLM_LINE_NUM')),
  ccn: required('facility', { type: 'code', ...named('PRVDR_NUM') }),
  facility_npi: { meaning: 'facility', ...named('ORG_NPI_NUM') },
  bill_facility: required('first digit of the type of bill', named('CLM_FAC_TYPE_CD')),
  bill_class: required('second digit of the type of bill', named('CLM_SRVC_CLSFCTN_TYPE_CD')),
  bill_frequency: required('third digit of the type of bill', named('CLM_FREQ_CD')),
  not_paid_reason: { meaning: 'why Medicare did not pay', ...named('CLM_MDCR_NON_PMT_RSN_CD') },
  attending_npi: { meaning: 'attending physician', ...named('AT_PHYSN_NPI') },
  disposition: { meaning: 'where the patient went', type: 'code' as const, ...named('PTNT_DSCHRG_STUS_CD') },
  revenue_center: required('revenue center', { type: 'code', ...named('REV_CNTR') }),
  revenue_date: { meaning: 'day of the line', ...day, ...named('REV_CNTR_DT') },
  units: { meaning: 'units of the line', type: 'quantity' as const, ...named('REV_CNTR_UNIT_CNT') },
  line_charge: { meaning: 'dollars billed on the line', ...money, ...named('REV_CNTR_TOT_CHRG_AMT') },
  line_payment: { meaning: 'dollars paid on the line', ...money, ...named('REV_CNTR_PMT_AMT_AMT') },
  modifier_1: { meaning: 'modifier', type: 'code' as const, ...named('HCPCS_1ST_MDFR_CD') },
  modifier_2: { meaning: 'modifier', type: 'code' as const, ...named('HCPCS_2ND_MDFR_CD') },
  admission_date: { meaning: 'day of admission', ...day, ...named('CLM_ADMSN_DT') },
  discharge_date: { meaning: 'day of discharge', ...day, ...named('NCH_BENE_DSCHRG_DT') },
  admit_type: { meaning: 'urgency of the admission', type: 'code' as const, ...named('CLM_IP_ADMSN_TYPE_CD') },
  admit_source: { meaning: 'where the patient came from', type: 'code' as const, ...named('CLM_SRC_IP_ADMSN_CD') },
  drg_code: { meaning: 'diagnosis related group', ...named('CLM_DRG_CD') },
  deductible: { meaning: 'deductible', ...money, ...named('NCH_BENE_IP_DDCTBL_AMT', 'NCH_BENE_PTB_DDCTBL_AMT') },
  coinsurance: {
    meaning: 'coinsurance',
    ...money,
    ...named('NCH_BENE_PTA_COINSRNC_LBLTY_AM', 'NCH_BENE_PTB_COINSRNC_AMT'),
  },
  ...diagnoses(25),
  ...numberedAs('CLM_POA_IND_SW#', 'diagnosis_poa', 25, { meaning: 'present on admission' }),
  ...numberedAs('ICD_PRCDR_CD#', 'procedure_code', 25, { meaning: 'procedure' }),
  ...numberedAs('PRCDR_DT#', 'procedure_date', 25, { meaning: 'day of the procedure', ...day }),
};

const institutionalUnread = `${claimUnread(25)} fi_clm_proc_dt claim_query_code fi_num nch_prmry_pyr_clm_pd_amt
  nch_prmry_pyr_cd fi_clm_actn_cd prvdr_state_cd at_physn_upin op_physn_upin op_physn_npi ot_physn_upin ot_physn_npi
  clm_mco_pd_sw clm_pps_ind_cd clm_tot_chrg_amt nch_ptnt_status_ind_cd nch_bene_blood_ddctbl_lblty_am nch_profnl_cmpnt_chrg_amt
  fst_dgns_e_cd fst_dgns_e_vrsn_cd ${each(1, 12, 'icd_dgns_e_cd#', 'icd_dgns_e_vrsn_cd#')} ${each(1, 25, 'icd_prcdr_vrsn_cd#')}
  fi_doc_clm_cntl_num fi_orig_clm_cntl_num rev_cntr_rate_amt rev_cntr_ncvrd_chrg_amt rev_cntr_ddctbl_coinsrnc_cd
  rev_cntr_ndc_qty rev_cntr_ndc_qty_qlfr_cd rndrng_physn_upin rndrng_physn_npi`;

const stayUnread = `${institutionalUnread} admtg_dgns_cd admtg_dgns_vrsn_cd nch_ip_ncvrd_chrg_amt nch_ip_tot_ddctn_amt
  clm_pps_cptl_fsp_amt clm_pps_cptl_outlier_amt clm_pps_cptl_dsprprtnt_shr_amt clm_pps_cptl_ime_amt clm_pps_cptl_excptn_amt
  clm_pps_old_cptl_hld_hrmls_amt clm_utlztn_day_cnt bene_tot_coinsrnc_days_cnt clm_non_utlztn_days_cnt
  nch_blood_pnts_frnshd_qty nch_vrfd_ncvrd_stay_from_dt nch_vrfd_ncvrd_stay_thru_dt nch_actv_or_cvrd_lvl_care_thru
  nch_bene_mdcr_bnfts_exhtd_dt_i`;

/** An institutional file: what it must have beside the rest, and what of it nothing reads. */
const institutionalFile = (name: string, grain: string, telling: readonly string[], unread: string): SourceTable => {
  const columns = Object.fromEntries(
    Object.entries(institutional).map(([column, words]) => [
      column,
      telling.some((delivered) => words.deliveredAs?.includes(delivered))
        ? { ...words, presence: 'required' as const }
        : words,
    ]),
  );
  return inputTable({ name, grain: `line of ${grain}, as one delivery says it`, key: [], columns, unread });
};

const professional = {
  ...claim,
  line: filled('number of the line', named('LINE_NUM')),
  denial: required('0: the claim was denied', named('CARR_CLM_PMT_DNL_CD')),
  decision: required('A, R or S: the line was allowed', named('LINE_PRCSG_IND_CD')),
  payment: required('dollars paid by Medicare on the line', { ...money, ...named('LINE_NCH_PMT_AMT') }),
  allowed: required('dollars allowed on the line', { ...money, ...named('LINE_ALOWD_CHRG_AMT') }),
  charge: required('dollars billed on the line', { ...money, ...named('LINE_SBMTD_CHRG_AMT') }),
  deductible: { meaning: 'Part B deductible of the line', ...money, ...named('LINE_BENE_PTB_DDCTBL_AMT') },
  coinsurance: { meaning: 'coinsurance of the line', ...money, ...named('LINE_COINSRNC_AMT') },
  tin: { meaning: 'tax number', ...named('TAX_NUM') },
  specialty: { meaning: 'CMS specialty', type: 'code' as const, ...named('PRVDR_SPCLTY') },
  place: { meaning: 'place of service', type: 'code' as const, ...named('LINE_PLACE_OF_SRVC_CD') },
  line_from_date: { meaning: 'first day of the line', ...day, ...named('LINE_1ST_EXPNS_DT') },
  line_through_date: { meaning: 'last day of the line', ...day, ...named('LINE_LAST_EXPNS_DT') },
  units: { meaning: 'units of the line', type: 'quantity' as const, ...named('LINE_SRVC_CNT') },
  modifier_1: { meaning: 'modifier', type: 'code' as const, ...named('HCPCS_1ST_MDFR_CD') },
  modifier_2: { meaning: 'modifier', type: 'code' as const, ...named('HCPCS_2ND_MDFR_CD') },
  ordering_npi: { meaning: 'who ordered or referred', ...named('RFR_PHYSN_NPI') },
  ...diagnoses(12),
};

const professionalUnread = `${claimUnread(12)} carr_clm_entry_cd clm_disp_cd carr_num carr_clm_prmry_pyr_pd_amt
  rfr_physn_upin carr_clm_prvdr_asgnmt_ind_sw nch_clm_prvdr_pmt_amt nch_clm_bene_pmt_amt nch_carr_clm_sbmtd_chrg_amt
  nch_carr_clm_alowd_amt carr_clm_cash_ddctbl_apld_amt carr_clm_hcpcs_yr_cd clm_clncl_tril_num carr_clm_cntl_num
  prtcptng_ind_cd line_cms_type_srvc_cd betos_cd line_bene_pmt_amt line_prvdr_pmt_amt line_bene_prmry_pyr_cd
  line_bene_prmry_pyr_pd_amt line_pmt_80_100_cd line_service_deductible line_icd_dgns_cd line_icd_dgns_vrsn_cd
  line_hct_hgb_rslt_num line_hct_hgb_type_cd line_ndc_cd prvdr_state_cd`;

const carrier = inputTable({
  name: 'carrier',
  grain: 'line of a professional claim, as one delivery says it',
  key: [],
  amount: 'payment',
  columns: {
    ...professional,
    rendering_npi: required('who gave the care', named('PRF_PHYSN_NPI')),
    billing_npi: { meaning: 'who billed', ...named('CARR_CLM_BLG_NPI_NUM', 'ORG_NPI_NUM') },
  },
  unread: `${professionalUnread} carr_clm_rfrng_pin_num carr_prfrng_pin_num prf_physn_upin carr_line_prvdr_type_cd prvdr_zip
    carr_line_rdcd_pmt_phys_astn_c carr_line_prcng_lclty_cd carr_line_mtus_cnt carr_line_mtus_cd hpsa_scrcty_ind_cd
    carr_line_rx_num carr_line_clia_lab_num carr_line_ansthsa_unit_cnt`,
});

const dme = inputTable({
  name: 'dme',
  grain: 'line of a claim for equipment, as one delivery says it',
  key: [],
  amount: 'payment',
  columns: {
    ...professional,
    modifier_3: { meaning: 'modifier', type: 'code', ...named('HCPCS_3RD_MDFR_CD') },
    modifier_4: { meaning: 'modifier', type: 'code', ...named('HCPCS_4TH_MDFR_CD') },
    billing_npi: required('supplier', named('PRVDR_NPI')),
  },
  unread: `${professionalUnread} line_prmry_alowd_chrg_amt line_dme_prchs_price_amt prvdr_num dmerc_line_prcng_state_cd
    dmerc_line_supplr_type_cd dmerc_line_scrn_svgs_amt dmerc_line_mtus_cnt dmerc_line_mtus_cd`,
});

const pde = inputTable({
  name: 'pde',
  grain: 'fill, as one delivery says it',
  key: [],
  amount: 'plan_payment',
  columns: {
    ...action,
    event_id: filled('fill', named('PDE_ID')),
    final_action: { meaning: 'F: the final action; N: superseded', type: 'word', ...named('FINAL_ACTION') },
    adjustment: { meaning: 'A adjusted, D deleted, R resubmitted', type: 'code', ...named('ADJSTMT_DLTN_CD') },
    service_date: filled('day of the fill', { ...day, ...named('SRVC_DT') }),
    paid_date: { meaning: 'day the plan paid', ...day, ...named('PD_DT') },
    pharmacy_qualifier: { meaning: '01: the pharmacy is known by NPI', ...named('SRVC_PRVDR_ID_QLFYR_CD') },
    pharmacy: { meaning: 'pharmacy', ...named('SRVC_PRVDR_ID') },
    prescriber_qualifier: { meaning: '01: the prescriber is known by NPI', ...named('PRSCRBR_ID_QLFYR_CD') },
    prescriber: { meaning: 'prescriber', ...named('PRSCRBR_ID') },
    ndc_code: required('drug (NDC)', named('PROD_SRVC_ID')),
    quantity: required('units dispensed', named('QTY_DSPNSD_NUM')),
    days_supply: required('days the fill lasts', named('DAYS_SUPLY_NUM')),
    plan_payment: required('dollars paid by the plan for drugs that Part D covers', {
      ...money,
      ...named('CVRD_D_PLAN_PD_AMT'),
    }),
    patient_payment: required('dollars paid by the patient', { ...money, ...named('PTNT_PAY_AMT') }),
    total_cost: required('gross cost of the drug', { ...money, ...named('TOT_RX_CST_AMT') }),
  },
  unread: `clm_grp_id rx_srvc_rfrnc_num plan_cntrct_rec_id plan_pbp_rec_num cmpnd_cd daw_prod_slctn_cd fill_num
    dspnsng_stus_cd drug_cvrg_stus_cd nstd_frmt_cd prcng_excptn_cd ctstrphc_cvrg_cd gdc_blw_oopt_amt gdc_abv_oopt_amt
    othr_troop_amt lics_amt plro_amt ncvrd_plan_pd_amt rx_orgn_cd rptd_gap_dscnt_num brnd_gnrc_cd phrmcy_srvc_type_cd
    ptnt_rsdnc_cd submsn_clr_cd`,
});

const beneficiaryHistory: SourceTable = {
  ...inputTable({
    name: 'beneficiary_history',
    grain: 'what was said of a beneficiary before',
    key: [],
    columns: {
      ...action,
      begins: required('first day it held', { type: 'text', ...named('EFCTV_BGN_DT') }),
      ends: required('last day it held', { type: 'text', ...named('EFCTV_END_DT') }),
      hicn: required('former number', named('BENE_CRNT_HIC_NUM')),
    },
    unread: `state_code bene_county_cd bene_zip_cd bene_birth_dt bene_sex_ident_cd bene_race_cd bene_entlmt_rsn_orig
      bene_entlmt_rsn_curr bene_esrd_ind bene_mdcr_status_cd bene_pta_trmntn_cd bene_ptb_trmntn_cd bene_srnm_name
      bene_gvn_name bene_mdl_name mbi_num`,
  }),
  unused: 'former names and numbers: the beneficiary file says the present ones',
};

/** The files of the Medicare RIF, one record per claim line (CMS Chronic Conditions Warehouse, record layouts). */
export const tables: readonly SourceTable[] = [
  beneficiary,
  beneficiaryHistory,
  institutionalFile(
    'inpatient',
    'a hospital stay claim',
    ['CLM_DRG_CD', 'CLM_ADMSN_DT', 'CLM_IP_ADMSN_TYPE_CD', 'CLM_POA_IND_SW1'],
    `${stayUnread} clm_pass_thru_per_diem_amt clm_tot_pps_cptl_amt clm_pps_cptl_drg_wt_num bene_lrd_used_cnt
      clm_drg_outlier_stay_cd nch_drg_outlier_aprvd_pmt_amt ime_op_clm_val_amt dsh_op_clm_val_amt
      clm_uncompd_care_pmt_amt ${each(1, 12, 'clm_e_poa_ind_sw#')}`,
  ),
  institutionalFile(
    'outpatient',
    'an outpatient claim',
    ['NCH_BENE_PTB_DDCTBL_AMT', 'REV_CNTR_PMT_AMT_AMT'],
    `${institutionalUnread} ${each(1, 3, 'rsn_visit_cd#', 'rsn_visit_vrsn_cd#')} clm_op_prvdr_pmt_amt clm_op_bene_pmt_amt
      rev_cntr_1st_ansi_cd rev_cntr_2nd_ansi_cd rev_cntr_3rd_ansi_cd rev_cntr_4th_ansi_cd rev_cntr_apc_hipps_cd
      rev_cntr_pmt_mthd_ind_cd rev_cntr_dscnt_ind_cd rev_cntr_packg_ind_cd rev_cntr_otaf_pmt_cd rev_cntr_ide_ndc_upc_num
      rev_cntr_blood_ddctbl_amt rev_cntr_cash_ddctbl_amt rev_cntr_coinsrnc_wge_adjstd_c rev_cntr_rdcd_coinsrnc_amt
      rev_cntr_1st_msp_pd_amt rev_cntr_2nd_msp_pd_amt rev_cntr_prvdr_pmt_amt rev_cntr_bene_pmt_amt
      rev_cntr_ptnt_rspnsblty_pmt rev_cntr_stus_ind_cd`,
  ),
  institutionalFile(
    'snf',
    'a skilled nursing claim',
    ['CLM_DRG_CD', 'CLM_ADMSN_DT', 'CLM_SRC_IP_ADMSN_CD'],
    `${stayUnread} nch_qlfyd_stay_from_dt nch_qlfyd_stay_thru_dt`,
  ),
  institutionalFile(
    'hha',
    'a home health claim',
    ['CLM_ADMSN_DT', 'REV_CNTR_PMT_AMT_AMT'],
    `${institutionalUnread} clm_hha_lupa_ind_cd clm_hha_rfrl_cd clm_hha_tot_visit_cnt rev_cntr_1st_ansi_cd
      rev_cntr_apc_hipps_cd rev_cntr_pmt_mthd_ind_cd rev_cntr_stus_ind_cd`,
  ),
  institutionalFile(
    'hospice',
    'a hospice claim',
    ['NCH_BENE_DSCHRG_DT', 'REV_CNTR_PMT_AMT_AMT'],
    `${institutionalUnread} clm_utlztn_day_cnt clm_hospc_start_dt_id bene_hospc_prd_cnt rev_cntr_prvdr_pmt_amt
      rev_cntr_bene_pmt_amt`,
  ),
  carrier,
  dme,
  pde,
];
