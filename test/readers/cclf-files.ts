import { type FileType, LAYOUTS } from '../../pipelines/readers/cclf/layout.ts';

export type Values = Readonly<Record<string, string | number>>;

const RIGHT_ALIGNED = /_AMT$|_QTY$/;

/** One fixed-width record of the published layout: amounts and quantities stand at the right, all else at the left. */
export function record(type: FileType, values: Values, width = LAYOUTS[type].lengths.at(-1) ?? 0): string {
  const { fields } = LAYOUTS[type];
  for (const name of Object.keys(values)) {
    if (!fields.some((field) => field.name === name)) throw new Error(`CCLF${type} has no field ${name}`);
  }
  return fields
    .filter(({ start }) => start <= width)
    .map(({ name, length }) => {
      const text = String(values[name] ?? '');
      if (text.length > length) throw new Error(`${name} cannot hold "${text}"`);
      return RIGHT_ALIGNED.test(name) ? text.padStart(length) : text.padEnd(length);
    })
    .join('');
}

export const file = (type: FileType, records: readonly Values[], width?: number): string =>
  records.map((values) => `${record(type, values, width)}\n`).join('');

/** Name of a file as CMS delivers it, of one ACO: `Y24` or `R23`, and the day as YYMMDD. */
export const named = (type: FileType | '0', day = '240115', period = 'Y24'): string =>
  `P.A0001.ACO.ZC${type}${period}.D${day}.T1200000`;

const KIND = 'CCLF';

/** The CCLF0 of a delivery, in the published width: kind, records and length of each file. */
export const summaryOf = (
  counted: readonly (readonly [FileType | string, number | string, number | string])[],
): string =>
  [
    'File Number  |File Description    |Total Records Count |Record Length',
    ...counted.map(
      ([type, records, length]) =>
        `${`${KIND}${type}`.padEnd(7)}|${'a file'.padEnd(43)}|${String(records).padStart(11)}|${String(length).padStart(5)} `,
    ),
  ]
    .map((line) => `${line}\n`)
    .join('');

const MBI = '1AA0AA0AA01';

/** An outpatient claim of $100, paid. */
export const header = (values: Values = {}): Values => ({
  ...{ CUR_CLM_UNIQ_ID: '0000000000001', PRVDR_OSCAR_NUM: '010001', BENE_MBI_ID: MBI, CLM_TYPE_CD: '40' },
  ...{ CLM_FROM_DT: '2023-05-01', CLM_THRU_DT: '2023-05-01', CLM_BILL_FAC_TYPE_CD: '1', CLM_BILL_CLSFCTN_CD: '3' },
  ...{
    PRNCPL_DGNS_CD: 'R0789',
    ADMTG_DGNS_CD: '~',
    CLM_PMT_AMT: '100.00',
    BENE_PTNT_STUS_CD: '01',
    DGNS_DRG_CD: '0000',
  },
  ...{ FAC_PRVDR_NPI_NUM: '1999999992', ATNDG_PRVDR_NPI_NUM: '1888888889', CLM_ADJSMT_TYPE_CD: '0' },
  ...{ CLM_EFCTV_DT: '2023-05-10', CLM_IDR_LD_DT: '2023-05-12', CLM_ADMSN_TYPE_CD: '~', CLM_ADMSN_SRC_CD: '~' },
  ...{ CLM_BILL_FREQ_CD: '1', DGNS_PRCDR_ICD_IND: '0', CLM_MDCR_INSTNL_TOT_CHRG_AMT: '250.00' },
  ...{ CLM_BLG_PRVDR_OSCAR_NUM: '010001', CLM_CNTL_NUM: 'CTRL1', CLM_CNTRCTR_NUM: '15102' },
  ...values,
});

export const revenue = (values: Values = {}): Values => ({
  ...{ CUR_CLM_UNIQ_ID: '0000000000001', CLM_LINE_NUM: '0000000001', BENE_MBI_ID: MBI, CLM_TYPE_CD: '40' },
  ...{ CLM_LINE_FROM_DT: '2023-05-01', CLM_LINE_THRU_DT: '2023-05-01', CLM_LINE_PROD_REV_CTR_CD: '0450' },
  ...{ CLM_LINE_INSTNL_REV_CTR_DT: '1000-01-01', CLM_LINE_HCPCS_CD: '99283', PRVDR_OSCAR_NUM: '010001' },
  ...{ CLM_FROM_DT: '2023-05-01', CLM_THRU_DT: '2023-05-01', CLM_LINE_SRVC_UNIT_QTY: '1.0000' },
  ...{ CLM_LINE_CVRD_PD_AMT: '100.00', CLM_FAC_PRVDR_OSCAR_NUM: '010001' },
  ...values,
});

export const diagnosis = (values: Values = {}): Values => ({
  ...{ CUR_CLM_UNIQ_ID: '0000000000001', BENE_MBI_ID: MBI, CLM_TYPE_CD: '40', CLM_PROD_TYPE_CD: 'D' },
  ...{ CLM_VAL_SQNC_NUM: '01', CLM_DGNS_CD: 'R0789', PRVDR_OSCAR_NUM: '010001', CLM_FROM_DT: '2023-05-01' },
  ...{ CLM_THRU_DT: '2023-05-01', CLM_POA_IND: 'Y', DGNS_PRCDR_ICD_IND: '0', CLM_BLG_PRVDR_OSCAR_NUM: '010001' },
  ...values,
});

export const procedure = (values: Values = {}): Values => ({
  ...{ CUR_CLM_UNIQ_ID: '0000000000001', BENE_MBI_ID: MBI, CLM_TYPE_CD: '60', CLM_VAL_SQNC_NUM: '01' },
  ...{ CLM_PRCDR_CD: '0DTJ4ZZ', CLM_PRCDR_PRFRM_DT: '2023-05-02', PRVDR_OSCAR_NUM: '010001' },
  ...{ CLM_FROM_DT: '2023-05-01', CLM_THRU_DT: '2023-05-04', DGNS_PRCDR_ICD_IND: '0' },
  ...{ CLM_BLG_PRVDR_OSCAR_NUM: '010001' },
  ...values,
});

export const physician = (values: Values = {}): Values => ({
  ...{ CUR_CLM_UNIQ_ID: '0000000000005', CLM_LINE_NUM: '0000000001', BENE_MBI_ID: MBI, CLM_TYPE_CD: '71' },
  ...{ CLM_FROM_DT: '2023-06-01', CLM_THRU_DT: '2023-06-01', CLM_PRVDR_SPCLTY_CD: '11', CLM_POS_CD: '11' },
  ...{ CLM_LINE_FROM_DT: '2023-06-01', CLM_LINE_THRU_DT: '2023-06-01', CLM_LINE_HCPCS_CD: '99213' },
  ...{ CLM_LINE_CVRD_PD_AMT: '74.31', CLM_LINE_DGNS_CD: 'I10', CLM_RNDRG_PRVDR_TAX_NUM: '001000001' },
  ...{ RNDRG_PRVDR_NPI_NUM: '1777777778', CLM_CARR_PMT_DNL_CD: '1', CLM_PRCSG_IND_CD: 'A', CLM_ADJSMT_TYPE_CD: '0' },
  ...{ CLM_EFCTV_DT: '2023-06-10', CLM_IDR_LD_DT: '2023-06-11', CLM_CNTL_NUM: 'B1', CLM_LINE_ALOWD_CHRG_AMT: '94.82' },
  ...{ CLM_LINE_SRVC_UNIT_QTY: '1.0000', CLM_DGNS_1_CD: 'I10', CLM_DGNS_2_CD: 'E119', CLM_DGNS_3_CD: '~' },
  ...{ DGNS_PRCDR_ICD_IND: '0', CLM_CNTRCTR_NUM: '15202' },
  ...values,
});

export const equipment = (values: Values = {}): Values => ({
  ...{ CUR_CLM_UNIQ_ID: '0000000000006', CLM_LINE_NUM: '0000000001', BENE_MBI_ID: MBI, CLM_TYPE_CD: '82' },
  ...{ CLM_FROM_DT: '2023-06-01', CLM_THRU_DT: '2023-06-30', CLM_POS_CD: '12', CLM_LINE_FROM_DT: '2023-06-01' },
  ...{ CLM_LINE_THRU_DT: '2023-06-30', CLM_LINE_HCPCS_CD: 'E0601', CLM_LINE_CVRD_PD_AMT: '71.30' },
  ...{ PAYTO_PRVDR_NPI_NUM: '1666666667', ORDRG_PRVDR_NPI_NUM: '1777777778', CLM_CARR_PMT_DNL_CD: '1' },
  ...{ CLM_PRCSG_IND_CD: 'A', CLM_ADJSMT_TYPE_CD: '0', CLM_EFCTV_DT: '2023-07-10', CLM_IDR_LD_DT: '2023-07-11' },
  ...{ CLM_CNTL_NUM: 'E1', CLM_LINE_ALOWD_CHRG_AMT: '90.97', CLM_RFRG_PRVDR_NPI_NUM: '1777777778' },
  ...values,
});

export const fill = (values: Values = {}): Values => ({
  ...{ CUR_CLM_UNIQ_ID: '0000000000007', BENE_MBI_ID: MBI, CLM_LINE_NDC_CD: '00003089421', CLM_TYPE_CD: '01' },
  ...{ CLM_LINE_FROM_DT: '2023-03-03', PRVDR_SRVC_ID_QLFYR_CD: '01', CLM_SRVC_PRVDR_GNRC_ID_NUM: '1555555556' },
  ...{ CLM_DSPNSNG_STUS_CD: '~', CLM_LINE_SRVC_UNIT_QTY: '30.0000', CLM_LINE_DAYS_SUPLY_QTY: '30' },
  ...{ PRVDR_PRSBNG_ID_QLFYR_CD: '01', CLM_LINE_BENE_PMT_AMT: '47.00', CLM_ADJSMT_TYPE_CD: '0' },
  ...{ CLM_EFCTV_DT: '1000-01-01', CLM_IDR_LD_DT: '2023-03-06', CLM_LINE_RX_SRVC_RFRNC_NUM: '000000000303' },
  ...{ CLM_LINE_RX_FILL_NUM: '000000000', CLM_PHRMCY_SRVC_TYPE_CD: '01' },
  ...{ CLM_PRSBNG_PRVDR_GNRC_ID_NUM_LONG: '1444444445' },
  ...values,
});

export const beneficiary = (values: Values = {}): Values => ({
  ...{ BENE_MBI_ID: MBI, BENE_FIPS_STATE_CD: '36', BENE_FIPS_CNTY_CD: '061', BENE_ZIP_CD: '10001' },
  ...{ BENE_DOB: '1950-02-03', BENE_SEX_CD: '2', BENE_RACE_CD: '1', BENE_AGE: '073', BENE_MDCR_STUS_CD: '10' },
  ...{ BENE_DUAL_STUS_CD: 'NA', BENE_1ST_NAME: 'ADA', BENE_LAST_NAME: 'DOE', BENE_ORGNL_ENTLMT_RSN_CD: '0' },
  ...{ BENE_ENTLMT_BUYIN_IND: '3', BENE_PART_A_ENRLMT_BGN_DT: '2015-02-01', BENE_PART_B_ENRLMT_BGN_DT: '2015-02-01' },
  ...{ BENE_LINE_1_ADR: '1 MAIN ST', GEO_ZIP_PLC_NAME: 'NEW YORK', GEO_USPS_STATE_CD: 'NY', GEO_ZIP5_CD: '10001' },
  ...{ GEO_ZIP4_CD: '1234' },
  ...values,
});

export const change = (previous: string, current: string, values: Values = {}): Values => ({
  ...{ HICN_MBI_XREF_IND: 'M', CRNT_NUM: current, PRVS_NUM: previous, PRVS_ID_EFCTV_DT: '2019-01-01' },
  ...{ PRVS_ID_OBSLT_DT: '2022-12-31' },
  ...values,
});
