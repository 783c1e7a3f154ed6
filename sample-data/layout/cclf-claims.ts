import type { Day } from '../calendar.ts';
import type { Cents, Claim, ClaimLine, Fill } from '../plan.ts';
import type { Values } from './cclf-fields.ts';
import type { Package } from './cclf-package.ts';
import type { Version } from './cclf-versions.ts';

/** One version of a claim as it goes into a package. */
export interface Statement {
  readonly version: Version;
  /** Claim identifier, 13 digits. */
  readonly id: string;
  /** Claim control number, and that of the version which this one takes back or puts right. */
  readonly control: string;
  readonly originalControl: string;
  /** The beneficiary identifier in use when it took effect. */
  readonly mbi: string;
  readonly loaded: Day;
}

/** Stands in fields that do not apply to a claim. */
const NONE = '~';
const FIPS_STATE = '39';

/** Claim type by the first two digits of the type of bill; all others are outpatient bills. */
const TYPE_OF_BILL: Readonly<Record<string, string>> = { '11': '60', '18': '30', '21': '20', '32': '10', '81': '50' };
const OUTPATIENT = '40';

/** Payment denial and processing indicator of a line of Part B; A is allowed, C and N are not. */
const DENIALS = [
  ['0', 'C'],
  ['0', 'N'],
  ['1', 'N'],
] as const;
const ALLOWED = ['1', 'A'] as const;

const total = (lines: readonly ClaimLine[], amount: (line: ClaimLine) => Cents): Cents =>
  lines.reduce((sum, line) => sum + amount(line), 0);

/** Interim bills, then cancellations, adjustments and all else (claim query code). */
const queryCode = ({ type, claim }: Version): string =>
  type === '1' ? '0' : type === '2' ? '5' : /[23]$/.test(claim.bill) ? '1' : '3';

/** Header, lines, procedures, diagnoses and cost sharing of a facility's claim: CCLF1 to CCLF4 and CCLFA. */
export function writePartA(files: Package, { version, id, control, originalControl, mbi, loaded }: Statement): void {
  const { claim } = version;
  const { admission, facility, rendering, bill, lines } = claim;
  const ccn = facility?.ccn ?? '';
  const type = TYPE_OF_BILL[bill.slice(0, 2)] ?? OUTPATIENT;
  const principal = claim.diagnoses[0]?.code ?? NONE;
  const attending = rendering?.npi ?? NONE;
  const operating = claim.procedures.length > 0 ? attending : NONE;

  const who = { CUR_CLM_UNIQ_ID: id, BENE_MBI_ID: mbi, CLM_TYPE_CD: type } satisfies Values<'CCLF2'>;
  const what = { PRVDR_OSCAR_NUM: ccn, CLM_FROM_DT: claim.start, CLM_THRU_DT: claim.end } satisfies Values<'CCLF2'>;
  const coded = { DGNS_PRCDR_ICD_IND: '0', CLM_BLG_PRVDR_OSCAR_NUM: ccn } satisfies Values<'CCLF3'>;
  files.write('CCLF1', who, what, coded, {
    CLM_BILL_FAC_TYPE_CD: bill.slice(0, 1),
    CLM_BILL_CLSFCTN_CD: bill.slice(1, 2),
    PRNCPL_DGNS_CD: principal,
    ADMTG_DGNS_CD: admission ? principal : NONE,
    CLM_MDCR_NPMT_RSN_CD: claim.status === 'denied' ? 'N' : '',
    CLM_PMT_AMT: total(lines, ({ paid }) => paid),
    PRVDR_FAC_FIPS_ST_CD: FIPS_STATE,
    BENE_PTNT_STUS_CD: claim.disposition,
    DGNS_DRG_CD: (admission?.drg ?? '').padStart(4, '0'),
    CLM_OP_SRVC_TYPE_CD: type === OUTPATIENT ? '3' : NONE,
    FAC_PRVDR_NPI_NUM: facility?.npi ?? NONE,
    OPRTG_PRVDR_NPI_NUM: operating,
    ATNDG_PRVDR_NPI_NUM: attending,
    OTHR_PRVDR_NPI_NUM: NONE,
    CLM_ADJSMT_TYPE_CD: version.type,
    CLM_EFCTV_DT: version.effective,
    CLM_IDR_LD_DT: loaded,
    CLM_ADMSN_TYPE_CD: admission?.type ?? NONE,
    CLM_ADMSN_SRC_CD: admission?.source ?? NONE,
    CLM_BILL_FREQ_CD: bill.slice(2),
    CLM_QUERY_CD: queryCode(version),
    CLM_MDCR_INSTNL_TOT_CHRG_AMT: total(lines, ({ charge }) => charge),
    CLM_BLG_PRVDR_NPI_NUM: claim.billing.npi,
    CLM_OPRTG_PRVDR_NPI_NUM: operating,
    CLM_ATNDG_PRVDR_NPI_NUM: attending,
    CLM_OTHR_PRVDR_NPI_NUM: NONE,
    CLM_CNTL_NUM: control,
    CLM_ORG_CNTL_NUM: originalControl,
    CLM_CNTRCTR_NUM: '15102',
  });
  for (const line of lines) {
    files.write('CCLF2', who, what, {
      CLM_LINE_NUM: line.number,
      CLM_LINE_FROM_DT: line.start,
      CLM_LINE_THRU_DT: line.end,
      CLM_LINE_PROD_REV_CTR_CD: line.revenue,
      CLM_LINE_INSTNL_REV_CTR_DT: line.start,
      CLM_LINE_HCPCS_CD: line.hcpcs || NONE,
      CLM_LINE_SRVC_UNIT_QTY: line.units,
      CLM_LINE_CVRD_PD_AMT: line.paid,
      HCPCS_1_MDFR_CD: line.modifier,
      CLM_REV_APC_HIPPS_CD: NONE,
      CLM_FAC_PRVDR_OSCAR_NUM: ccn,
    });
  }
  for (const [at, { code, day }] of claim.procedures.entries()) {
    const procedure = {
      CLM_VAL_SQNC_NUM: at + 1,
      CLM_PRCDR_CD: code,
      CLM_PRCDR_PRFRM_DT: day,
    } satisfies Values<'CCLF3'>;
    files.write('CCLF3', who, what, coded, procedure);
  }
  for (const [at, { code, poa }] of claim.diagnoses.entries()) {
    const diagnosis = {
      CLM_PROD_TYPE_CD: 'D',
      CLM_VAL_SQNC_NUM: at + 1,
      CLM_DGNS_CD: code,
      CLM_POA_IND: poa || NONE,
    } satisfies Values<'CCLF4'>;
    files.write('CCLF4', who, what, coded, diagnosis);
  }
  const deductible = total(lines, (line) => line.deductible);
  const share = { CLM_MDCR_COINSRNC_AMT: total(lines, (line) => line.coinsurance) } satisfies Values<'CCLFA'>;
  const stay = admission && { CLM_ACTV_CARE_FROM_DT: admission.admit, CLM_MDCR_IP_BENE_DDCTBL_AMT: deductible };
  files.write('CCLFA', who, share, stay ?? { CLM_MDCR_DDCTBL_AMT: deductible });
}

/** The lines of a practitioner's or a supplier's claim: CCLF5, or CCLF6 for equipment. */
export function writePartB(files: Package, { version, id, control, mbi, loaded }: Statement): void {
  const { claim } = version;
  const denial = DENIALS[Number(id.slice(-2)) % DENIALS.length] ?? ALLOWED;
  const [denied, processed] = claim.status === 'denied' ? denial : ALLOWED;
  const common = {
    CUR_CLM_UNIQ_ID: id,
    BENE_MBI_ID: mbi,
    CLM_FROM_DT: claim.start,
    CLM_THRU_DT: claim.end,
    CLM_POS_CD: claim.place,
    CLM_CARR_PMT_DNL_CD: denied,
    CLM_PRCSG_IND_CD: processed,
    CLM_ADJSMT_TYPE_CD: version.type,
    CLM_EFCTV_DT: version.effective,
    CLM_IDR_LD_DT: loaded,
    CLM_CNTL_NUM: control,
    CLM_DISP_CD: version.type === '1' ? '03' : '01',
  } satisfies Values<'CCLF6'>;
  if (claim.event.kind === 'equipment') {
    const supplier = supplierOf(claim);
    for (const line of claim.lines) files.write('CCLF6', common, supplier, serviceOf(line));
  } else {
    const practitioner = practitionerOf(claim);
    for (const line of claim.lines) {
      const amount = { CLM_LINE_SRVC_UNIT_QTY: line.units, HCPCS_1_MDFR_CD: line.modifier } satisfies Values<'CCLF5'>;
      files.write('CCLF5', common, practitioner, serviceOf(line), amount);
    }
  }
}

const serviceOf = (line: ClaimLine) =>
  ({
    CLM_LINE_NUM: line.number,
    CLM_LINE_FROM_DT: line.start,
    CLM_LINE_THRU_DT: line.end,
    CLM_LINE_HCPCS_CD: line.hcpcs,
    CLM_LINE_CVRD_PD_AMT: line.paid,
    CLM_LINE_ALOWD_CHRG_AMT: line.allowed,
  }) satisfies Values<'CCLF6'>;

const supplierOf = ({ billing, ordering }: Claim) =>
  ({
    CLM_TYPE_CD: '82',
    CLM_FED_TYPE_SRVC_CD: 'R',
    PAYTO_PRVDR_NPI_NUM: billing.npi,
    ORDRG_PRVDR_NPI_NUM: ordering?.npi ?? '',
    CLM_BLG_PRVDR_NPI_NUM: billing.npi,
    CLM_RFRG_PRVDR_NPI_NUM: ordering?.npi ?? '',
  }) satisfies Values<'CCLF6'>;

const practitionerOf = ({ rendering, ordering, place, diagnoses }: Claim) =>
  ({
    CLM_TYPE_CD: '71',
    RNDRG_PRVDR_TYPE_CD: '1',
    RNDRG_PRVDR_FIPS_ST_CD: FIPS_STATE,
    CLM_PRVDR_SPCLTY_CD: rendering?.specialty.code ?? '',
    CLM_FED_TYPE_SRVC_CD: place === '81' ? '5' : '1',
    CLM_LINE_DGNS_CD: diagnoses[0]?.code ?? NONE,
    CLM_RNDRG_PRVDR_TAX_NUM: rendering?.tin ?? '',
    RNDRG_PRVDR_NPI_NUM: rendering?.npi ?? '',
    CLM_DGNS_1_CD: diagnoses[0]?.code ?? NONE,
    CLM_DGNS_2_CD: diagnoses[1]?.code ?? NONE,
    CLM_DGNS_3_CD: diagnoses[2]?.code ?? NONE,
    CLM_DGNS_4_CD: diagnoses[3]?.code ?? NONE,
    CLM_DGNS_5_CD: diagnoses[4]?.code ?? NONE,
    CLM_DGNS_6_CD: diagnoses[5]?.code ?? NONE,
    CLM_DGNS_7_CD: diagnoses[6]?.code ?? NONE,
    CLM_DGNS_8_CD: diagnoses[7]?.code ?? NONE,
    DGNS_PRCDR_ICD_IND: '0',
    CLM_DGNS_9_CD: diagnoses[8]?.code ?? NONE,
    CLM_DGNS_10_CD: diagnoses[9]?.code ?? NONE,
    CLM_DGNS_11_CD: diagnoses[10]?.code ?? NONE,
    CLM_DGNS_12_CD: diagnoses[11]?.code ?? NONE,
    HCPCS_BETOS_CD: NONE,
    CLM_RNDRG_PRVDR_NPI_NUM: rendering?.npi ?? '',
    CLM_RFRG_PRVDR_NPI_NUM: ordering?.npi ?? '',
    CLM_CNTRCTR_NUM: '15202',
  }) satisfies Values<'CCLF5'>;

/** One event of Part D: CCLF7. It has no date on which it takes effect. */
export function writeFill(
  files: Package,
  { id, mbi, loaded }: Pick<Statement, 'id' | 'mbi' | 'loaded'>,
  type: Version['type'],
  prescription: { readonly number: string; readonly fill: number },
  fill: Fill,
): void {
  files.write('CCLF7', {
    CUR_CLM_UNIQ_ID: id,
    BENE_MBI_ID: mbi,
    CLM_LINE_NDC_CD: fill.ndc,
    CLM_TYPE_CD: { '0': '01', '1': '03', '2': '02' }[type],
    CLM_LINE_FROM_DT: fill.day,
    PRVDR_SRVC_ID_QLFYR_CD: '01',
    CLM_SRVC_PRVDR_GNRC_ID_NUM: fill.pharmacy.npi,
    CLM_DSPNSNG_STUS_CD: NONE,
    CLM_DAW_PROD_SLCTN_CD: '0',
    CLM_LINE_SRVC_UNIT_QTY: fill.quantity,
    CLM_LINE_DAYS_SUPLY_QTY: fill.daysSupply,
    PRVDR_PRSBNG_ID_QLFYR_CD: '01',
    CLM_PRSBNG_PRVDR_GNRC_ID_NUM: fill.prescriber.npi,
    CLM_LINE_BENE_PMT_AMT: fill.copayment,
    CLM_ADJSMT_TYPE_CD: type,
    CLM_IDR_LD_DT: loaded,
    CLM_LINE_RX_SRVC_RFRNC_NUM: prescription.number,
    CLM_LINE_RX_FILL_NUM: String(prescription.fill).padStart(9, '0'),
    CLM_PHRMCY_SRVC_TYPE_CD: '01',
  });
}
