import { type Day, iso } from '../calendar.ts';

/** A field of a fixed-width record. Days and cents are numbers, and so is whatever is counted. */
interface Field {
  readonly width: number;
  /** What stands where nothing is said. */
  readonly empty: string;
  readonly write: (value: string | number) => string;
}
type Fields = Readonly<Record<string, Field>>;

/** Left-aligned, padded with blanks. */
const text = (width: number): Field => ({
  width,
  empty: ' '.repeat(width),
  write: (value) => String(value).padEnd(width),
});

/** Digits with leading zeros. */
const digits = (width: number): Field => ({
  width,
  empty: '0'.repeat(width),
  write: (value) => String(value).padStart(width, '0'),
});

/** A number with a place for its sign and with leading zeros. */
const decimal = (width: number, places: number): Field => {
  const scale = 10 ** places;
  const write = (value: string | number): string => {
    const size = Math.abs(Number(value));
    const whole = String(Math.floor(size / scale)).padStart(width - places - 2, '0');
    return `${Number(value) < 0 ? '-' : ' '}${whole}.${String(size % scale).padStart(places, '0')}`;
  };
  return { width, empty: write(0), write };
};

/** Cents, written as dollars. */
const money = (width: number): Field => decimal(width, 2);

const units = decimal(24, 4);
const quantity: Field = { ...units, write: (value) => units.write(Math.round(Number(value) * 10_000)) };

/** Dates that mean that there is none. */
export const NO_DATE = '1000-01-01';
export const OPEN_DATE = '9999-12-31';

const date: Field = {
  width: 10,
  empty: NO_DATE,
  write: (value) => (typeof value === 'number' ? iso(value satisfies Day) : value),
};

/**
 * The records of the Claim and Claim Line Feed in order of their fields, layout version 38 (CMS, Shared Savings Program,
 * CCLF File Data Elements Resource and Information Packet). Amounts are signed everywhere, also where CMS calls them text.
 */
export const CCLF = {
  CCLF1: {
    CUR_CLM_UNIQ_ID: digits(13),
    PRVDR_OSCAR_NUM: text(6),
    BENE_MBI_ID: text(11),
    BENE_HIC_NUM: text(11),
    CLM_TYPE_CD: digits(2),
    CLM_FROM_DT: date,
    CLM_THRU_DT: date,
    CLM_BILL_FAC_TYPE_CD: text(1),
    CLM_BILL_CLSFCTN_CD: text(1),
    PRNCPL_DGNS_CD: text(7),
    ADMTG_DGNS_CD: text(7),
    CLM_MDCR_NPMT_RSN_CD: text(2),
    CLM_PMT_AMT: money(17),
    CLM_NCH_PRMRY_PYR_CD: text(1),
    PRVDR_FAC_FIPS_ST_CD: text(2),
    BENE_PTNT_STUS_CD: text(2),
    DGNS_DRG_CD: text(4),
    CLM_OP_SRVC_TYPE_CD: text(1),
    FAC_PRVDR_NPI_NUM: text(10),
    OPRTG_PRVDR_NPI_NUM: text(10),
    ATNDG_PRVDR_NPI_NUM: text(10),
    OTHR_PRVDR_NPI_NUM: text(10),
    CLM_ADJSMT_TYPE_CD: text(2),
    CLM_EFCTV_DT: date,
    CLM_IDR_LD_DT: date,
    BENE_EQTBL_BIC_HICN_NUM: text(11),
    CLM_ADMSN_TYPE_CD: text(2),
    CLM_ADMSN_SRC_CD: text(2),
    CLM_BILL_FREQ_CD: text(1),
    CLM_QUERY_CD: text(1),
    DGNS_PRCDR_ICD_IND: text(1),
    CLM_MDCR_INSTNL_TOT_CHRG_AMT: money(15),
    CLM_MDCR_IP_PPS_CPTL_IME_AMT: money(15),
    CLM_OPRTNL_IME_AMT: money(22),
    CLM_MDCR_IP_PPS_DSPRPRTNT_AMT: money(15),
    CLM_HIPPS_UNCOMPD_CARE_AMT: money(15),
    CLM_OPRTNL_DSPRPRTNT_AMT: money(22),
    CLM_BLG_PRVDR_OSCAR_NUM: text(20),
    CLM_BLG_PRVDR_NPI_NUM: text(10),
    CLM_OPRTG_PRVDR_NPI_NUM: text(10),
    CLM_ATNDG_PRVDR_NPI_NUM: text(10),
    CLM_OTHR_PRVDR_NPI_NUM: text(10),
    CLM_CNTL_NUM: text(40),
    CLM_ORG_CNTL_NUM: text(40),
    CLM_CNTRCTR_NUM: text(5),
  },
  CCLF2: {
    CUR_CLM_UNIQ_ID: digits(13),
    CLM_LINE_NUM: digits(10),
    BENE_MBI_ID: text(11),
    BENE_HIC_NUM: text(11),
    CLM_TYPE_CD: digits(2),
    CLM_LINE_FROM_DT: date,
    CLM_LINE_THRU_DT: date,
    CLM_LINE_PROD_REV_CTR_CD: text(4),
    CLM_LINE_INSTNL_REV_CTR_DT: date,
    CLM_LINE_HCPCS_CD: text(5),
    BENE_EQTBL_BIC_HICN_NUM: text(11),
    PRVDR_OSCAR_NUM: text(6),
    CLM_FROM_DT: date,
    CLM_THRU_DT: date,
    CLM_LINE_SRVC_UNIT_QTY: quantity,
    CLM_LINE_CVRD_PD_AMT: money(17),
    HCPCS_1_MDFR_CD: text(2),
    HCPCS_2_MDFR_CD: text(2),
    HCPCS_3_MDFR_CD: text(2),
    HCPCS_4_MDFR_CD: text(2),
    HCPCS_5_MDFR_CD: text(2),
    CLM_REV_APC_HIPPS_CD: text(5),
    CLM_FAC_PRVDR_OSCAR_NUM: text(20),
  },
  CCLF3: {
    CUR_CLM_UNIQ_ID: digits(13),
    BENE_MBI_ID: text(11),
    BENE_HIC_NUM: text(11),
    CLM_TYPE_CD: digits(2),
    CLM_VAL_SQNC_NUM: digits(2),
    CLM_PRCDR_CD: text(7),
    CLM_PRCDR_PRFRM_DT: date,
    BENE_EQTBL_BIC_HICN_NUM: text(11),
    PRVDR_OSCAR_NUM: text(6),
    CLM_FROM_DT: date,
    CLM_THRU_DT: date,
    DGNS_PRCDR_ICD_IND: text(1),
    CLM_BLG_PRVDR_OSCAR_NUM: text(20),
  },
  CCLF4: {
    CUR_CLM_UNIQ_ID: digits(13),
    BENE_MBI_ID: text(11),
    BENE_HIC_NUM: text(11),
    CLM_TYPE_CD: digits(2),
    CLM_PROD_TYPE_CD: text(1),
    CLM_VAL_SQNC_NUM: digits(2),
    CLM_DGNS_CD: text(7),
    BENE_EQTBL_BIC_HICN_NUM: text(11),
    PRVDR_OSCAR_NUM: text(6),
    CLM_FROM_DT: date,
    CLM_THRU_DT: date,
    CLM_POA_IND: text(7),
    DGNS_PRCDR_ICD_IND: text(1),
    CLM_BLG_PRVDR_OSCAR_NUM: text(20),
  },
  CCLF5: {
    CUR_CLM_UNIQ_ID: digits(13),
    CLM_LINE_NUM: digits(10),
    BENE_MBI_ID: text(11),
    BENE_HIC_NUM: text(11),
    CLM_TYPE_CD: digits(2),
    CLM_FROM_DT: date,
    CLM_THRU_DT: date,
    RNDRG_PRVDR_TYPE_CD: text(3),
    RNDRG_PRVDR_FIPS_ST_CD: text(2),
    CLM_PRVDR_SPCLTY_CD: text(2),
    CLM_FED_TYPE_SRVC_CD: text(1),
    CLM_POS_CD: text(2),
    CLM_LINE_FROM_DT: date,
    CLM_LINE_THRU_DT: date,
    CLM_LINE_HCPCS_CD: text(5),
    CLM_LINE_CVRD_PD_AMT: money(15),
    CLM_LINE_PRMRY_PYR_CD: text(1),
    CLM_LINE_DGNS_CD: text(7),
    CLM_RNDRG_PRVDR_TAX_NUM: text(10),
    RNDRG_PRVDR_NPI_NUM: text(10),
    CLM_CARR_PMT_DNL_CD: text(2),
    CLM_PRCSG_IND_CD: text(2),
    CLM_ADJSMT_TYPE_CD: text(2),
    CLM_EFCTV_DT: date,
    CLM_IDR_LD_DT: date,
    CLM_CNTL_NUM: text(40),
    BENE_EQTBL_BIC_HICN_NUM: text(11),
    CLM_LINE_ALOWD_CHRG_AMT: money(17),
    CLM_LINE_SRVC_UNIT_QTY: quantity,
    HCPCS_1_MDFR_CD: text(2),
    HCPCS_2_MDFR_CD: text(2),
    HCPCS_3_MDFR_CD: text(2),
    HCPCS_4_MDFR_CD: text(2),
    HCPCS_5_MDFR_CD: text(2),
    CLM_DISP_CD: text(2),
    CLM_DGNS_1_CD: text(7),
    CLM_DGNS_2_CD: text(7),
    CLM_DGNS_3_CD: text(7),
    CLM_DGNS_4_CD: text(7),
    CLM_DGNS_5_CD: text(7),
    CLM_DGNS_6_CD: text(7),
    CLM_DGNS_7_CD: text(7),
    CLM_DGNS_8_CD: text(7),
    DGNS_PRCDR_ICD_IND: text(1),
    CLM_DGNS_9_CD: text(7),
    CLM_DGNS_10_CD: text(7),
    CLM_DGNS_11_CD: text(7),
    CLM_DGNS_12_CD: text(7),
    HCPCS_BETOS_CD: text(3),
    CLM_RNDRG_PRVDR_NPI_NUM: text(10),
    CLM_RFRG_PRVDR_NPI_NUM: text(10),
    CLM_CNTRCTR_NUM: text(5),
  },
  CCLF6: {
    CUR_CLM_UNIQ_ID: digits(13),
    CLM_LINE_NUM: digits(10),
    BENE_MBI_ID: text(11),
    BENE_HIC_NUM: text(11),
    CLM_TYPE_CD: digits(2),
    CLM_FROM_DT: date,
    CLM_THRU_DT: date,
    CLM_FED_TYPE_SRVC_CD: text(1),
    CLM_POS_CD: text(2),
    CLM_LINE_FROM_DT: date,
    CLM_LINE_THRU_DT: date,
    CLM_LINE_HCPCS_CD: text(5),
    CLM_LINE_CVRD_PD_AMT: money(15),
    CLM_PRMRY_PYR_CD: text(1),
    PAYTO_PRVDR_NPI_NUM: text(10),
    ORDRG_PRVDR_NPI_NUM: text(10),
    CLM_CARR_PMT_DNL_CD: text(2),
    CLM_PRCSG_IND_CD: text(2),
    CLM_ADJSMT_TYPE_CD: text(2),
    CLM_EFCTV_DT: date,
    CLM_IDR_LD_DT: date,
    CLM_CNTL_NUM: text(40),
    BENE_EQTBL_BIC_HICN_NUM: text(11),
    CLM_LINE_ALOWD_CHRG_AMT: money(17),
    CLM_DISP_CD: text(2),
    CLM_BLG_PRVDR_NPI_NUM: text(10),
    CLM_RFRG_PRVDR_NPI_NUM: text(10),
  },
  CCLF7: {
    CUR_CLM_UNIQ_ID: digits(13),
    BENE_MBI_ID: text(11),
    BENE_HIC_NUM: text(11),
    CLM_LINE_NDC_CD: text(11),
    CLM_TYPE_CD: digits(2),
    CLM_LINE_FROM_DT: date,
    PRVDR_SRVC_ID_QLFYR_CD: text(2),
    CLM_SRVC_PRVDR_GNRC_ID_NUM: text(20),
    CLM_DSPNSNG_STUS_CD: text(1),
    CLM_DAW_PROD_SLCTN_CD: text(1),
    CLM_LINE_SRVC_UNIT_QTY: quantity,
    CLM_LINE_DAYS_SUPLY_QTY: digits(9),
    PRVDR_PRSBNG_ID_QLFYR_CD: text(2),
    CLM_PRSBNG_PRVDR_GNRC_ID_NUM: text(20),
    CLM_LINE_BENE_PMT_AMT: money(13),
    CLM_ADJSMT_TYPE_CD: text(2),
    CLM_EFCTV_DT: date,
    CLM_IDR_LD_DT: date,
    CLM_LINE_RX_SRVC_RFRNC_NUM: digits(12),
    CLM_LINE_RX_FILL_NUM: text(9),
    CLM_PHRMCY_SRVC_TYPE_CD: text(2),
  },
  CCLF8: {
    BENE_MBI_ID: text(11),
    BENE_HIC_NUM: text(11),
    BENE_FIPS_STATE_CD: digits(2),
    BENE_FIPS_CNTY_CD: digits(3),
    BENE_ZIP_CD: text(5),
    BENE_DOB: date,
    BENE_SEX_CD: text(1),
    BENE_RACE_CD: text(1),
    BENE_AGE: digits(3),
    BENE_MDCR_STUS_CD: text(2),
    BENE_DUAL_STUS_CD: text(2),
    BENE_DEATH_DT: date,
    BENE_RNG_BGN_DT: date,
    BENE_RNG_END_DT: date,
    BENE_1ST_NAME: text(30),
    BENE_MIDL_NAME: text(15),
    BENE_LAST_NAME: text(40),
    BENE_ORGNL_ENTLMT_RSN_CD: text(1),
    BENE_ENTLMT_BUYIN_IND: text(1),
    BENE_PART_A_ENRLMT_BGN_DT: date,
    BENE_PART_B_ENRLMT_BGN_DT: date,
    BENE_LINE_1_ADR: text(45),
    BENE_LINE_2_ADR: text(45),
    BENE_LINE_3_ADR: text(40),
    BENE_LINE_4_ADR: text(40),
    BENE_LINE_5_ADR: text(40),
    BENE_LINE_6_ADR: text(40),
    GEO_ZIP_PLC_NAME: text(100),
    GEO_USPS_STATE_CD: text(2),
    GEO_ZIP5_CD: text(5),
    GEO_ZIP4_CD: text(4),
  },
  CCLF9: {
    HICN_MBI_XREF_IND: text(1),
    CRNT_NUM: text(11),
    PRVS_NUM: text(11),
    PRVS_ID_EFCTV_DT: date,
    PRVS_ID_OBSLT_DT: date,
    BENE_RRB_NUM: text(12),
  },
  CCLFA: {
    CUR_CLM_UNIQ_ID: digits(13),
    BENE_MBI_ID: text(11),
    BENE_HIC_NUM: text(11),
    CLM_TYPE_CD: digits(2),
    CLM_ACTV_CARE_FROM_DT: date,
    CLM_NGACO_PBPMT_SW: text(1),
    CLM_NGACO_PDSCHRG_HCBS_SW: text(1),
    CLM_NGACO_SNF_WVR_SW: text(1),
    CLM_NGACO_TLHLTH_SW: text(1),
    CLM_NGACO_CPTATN_SW: text(1),
    CLM_DEMO_1ST_NUM: text(2),
    CLM_DEMO_2ND_NUM: text(2),
    CLM_DEMO_3RD_NUM: text(2),
    CLM_DEMO_4TH_NUM: text(2),
    CLM_DEMO_5TH_NUM: text(2),
    CLM_PBP_INCLSN_AMT: money(19),
    CLM_PBP_RDCTN_AMT: money(19),
    CLM_NGACO_CMG_WVR_SW: text(1),
    CLM_INSTNL_PER_DIEM_AMT: money(19),
    CLM_MDCR_IP_BENE_DDCTBL_AMT: money(15),
    CLM_MDCR_COINSRNC_AMT: money(19),
    CLM_BLOOD_LBLTY_AMT: money(15),
    CLM_INSTNL_PRFNL_AMT: money(15),
    CLM_NCVRD_CHRG_AMT: money(19),
    CLM_MDCR_DDCTBL_AMT: money(19),
    CLM_RLT_COND_CD: text(2),
    CLM_OPRTNL_OUTLR_AMT: money(19),
    CLM_MDCR_NEW_TECH_AMT: money(19),
    CLM_ISLET_ISOLN_AMT: money(19),
    CLM_SQSTRTN_RDCTN_AMT: money(19),
    CLM_1_REV_CNTR_ANSI_RSN_CD: text(3),
    CLM_1_REV_CNTR_ANSI_GRP_CD: text(2),
    CLM_MIPS_PMT_AMT: money(19),
  },
  CCLFB: {
    CUR_CLM_UNIQ_ID: digits(13),
    CLM_LINE_NUM: digits(10),
    BENE_MBI_ID: text(11),
    BENE_HIC_NUM: text(11),
    CLM_TYPE_CD: digits(2),
    CLM_LINE_NGACO_PBPMT_SW: text(1),
    CLM_LINE_NGACO_PDSCHRG_HCBS_SW: text(1),
    CLM_LINE_NGACO_SNF_WVR_SW: text(1),
    CLM_LINE_NGACO_TLHLTH_SW: text(1),
    CLM_LINE_NGACO_CPTATN_SW: text(1),
    CLM_DEMO_1ST_NUM: text(2),
    CLM_DEMO_2ND_NUM: text(2),
    CLM_DEMO_3RD_NUM: text(2),
    CLM_DEMO_4TH_NUM: text(2),
    CLM_DEMO_5TH_NUM: text(2),
    CLM_PBP_INCLSN_AMT: money(15),
    CLM_PBP_RDCTN_AMT: money(15),
    CLM_NGACO_CMG_WVR_SW: text(1),
    CLM_MDCR_DDCTBL_AMT: money(19),
    CLM_SQSTRTN_RDCTN_AMT: money(15),
    CLM_LINE_CARR_HPSA_SCRCTY_CD: text(1),
  },
} as const satisfies Readonly<Record<string, Fields>>;
export type CclfName = keyof typeof CCLF;

/** Values by field; a field that is left out is written empty. */
export type Values<Name extends CclfName> = Readonly<Partial<Record<keyof (typeof CCLF)[Name], string | number>>>;

const FIELDS = new Map<string, readonly (readonly [string, Field])[]>(
  Object.entries(CCLF).map(([name, fields]) => [name, Object.entries<Field>(fields)]),
);
const fieldsOf = (name: CclfName) => FIELDS.get(name) ?? [];

export const lengthOf = (name: CclfName): number => fieldsOf(name).reduce((sum, [, { width }]) => sum + width, 0);

/** One record of a file, told in parts of which the last one counts; an error where a value is longer than its field. */
export function record<Name extends CclfName>(name: Name, ...parts: readonly Values<Name>[]): string {
  const told: readonly Readonly<Record<string, string | number | undefined>>[] = parts;
  let line = '';
  for (const [field, { width, empty, write }] of fieldsOf(name)) {
    let value: string | number | undefined;
    for (const part of told) value = part[field] ?? value;
    const cell = value === undefined ? empty : write(value);
    if (cell.length !== width) throw new Error(`${name} ${field}: ${value} is not ${width} wide`);
    line += cell;
  }
  return line;
}
