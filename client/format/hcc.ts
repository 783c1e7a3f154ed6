import type { HccScore } from '#contract/hcc';
import { inSentence, listed } from './noun.ts';

const SEGMENTS: Readonly<Record<string, string>> = {
  CNA: 'community, not dual, aged',
  CND: 'community, not dual, disabled',
  CFA: 'community, full dual, aged',
  CFD: 'community, full dual, disabled',
  CPA: 'community, partial dual, aged',
  CPD: 'community, partial dual, disabled',
  INS: 'institutional',
  NE: 'new enrollee',
  SNPNE: 'new enrollee in a chronic condition plan',
  DI: 'dialysis',
  DNE: 'dialysis, new enrollee',
  GC: 'functioning graft, community',
  GFA: 'functioning graft, full dual, aged',
  GFN: 'functioning graft, full dual, under 65',
  GNPA: 'functioning graft, not or partial dual, aged',
  GNPN: 'functioning graft, not or partial dual, under 65',
  GI: 'functioning graft, institutional',
  GNE: 'functioning graft, new enrollee',
  TRANSPLANT: 'kidney transplant',
};

/** The segment of CMS's software in words: CNA is "community, not dual, aged". */
export const segmentLabel = (segment: string): string => SEGMENTS[segment] ?? segment;

/** 1.204 -> "1.204": scores and factors have three places, as CMS's have. */
export const factor = (value: number): string => value.toFixed(3);

/** Pieces of the names of interactions, the longer before those that they hold. */
const FACTORS: readonly (readonly [RegExp, string])[] = [
  [/^(DISABLED|NONAGED)/, 'under 65'],
  [/DIABETES/, 'diabetes'],
  [/CARD_RESP_FAIL/, 'cardiorespiratory failure'],
  [/(^|_)(CHF|HF)(_|$)/, 'heart failure'],
  [/KIDNEY|RENAL|gRenal/, 'kidney disease'],
  [/CHR_LUNG|COPD|gCopdCF/, 'chronic lung disease'],
  [/CANCER|gCancer/, 'cancer'],
  [/IMMUNE/, 'immune disorder'],
  [/SEPSIS/, 'sepsis'],
  [/PNEUM/, 'aspiration or bacterial pneumonia'],
  [/ART(IF)?_OPENINGS/, 'artificial opening'],
  [/ULC/, 'pressure or skin ulcer'],
  [/NEURO/, 'neurological disorder'],
  [/SCHIZOPHRENIA/, 'schizophrenia'],
  [/SEIZURES/, 'seizures'],
  [/gSub/, 'substance use disorder'],
  [/gPsych/, 'psychiatric disorder'],
];

const interaction = (variable: string): string =>
  listed([
    ...FACTORS.flatMap(([piece, words]) => (piece.test(variable) ? [words] : [])),
    ...[...variable.matchAll(/HCC(\d+)/g)].map(([, hcc]) => `HCC ${hcc}`),
  ]);

function demographic(variable: string): string | undefined {
  const band = /^(?:(.*)_NE)?(F|M)(\d+)(?:_(\d+|GT))?$/.exec(variable);
  if (band) {
    const [, status, sex, from, to] = band;
    const age =
      to === undefined ? from : to === 'GT' ? `${from} or older` : from === '0' ? `up to ${to}` : `${from} to ${to}`;
    return [
      `${sex === 'F' ? 'woman' : 'man'}, ${age}`,
      status !== undefined && 'new in Medicare',
      status !== undefined && /^(MCAID|FBD)/.test(status) && 'with Medicaid',
      status !== undefined && /_ORIGDIS/.test(status) && 'first entitled by disability',
    ]
      .filter(Boolean)
      .join(', ');
  }
  return DEMOGRAPHIC.find(([name]) => name.test(variable))?.[1];
}

const DEMOGRAPHIC: readonly (readonly [RegExp, string])[] = [
  [/^(OriginallyDisabled|ORIGDS)/, 'first entitled by disability'],
  [/^Originally_ESRD/, 'first entitled by kidney failure'],
  [/^LTIMCAID/, 'Medicaid, in an institution'],
  [/^LTI_/, 'in an institution'],
  [/^FBDual/, 'full Medicaid'],
  [/^PBDual/, 'partial Medicaid'],
  [/^MCAID/, 'Medicaid'],
  [/^TRANSPLANT/, 'kidney transplant'],
  [/_DUR/, 'time since the transplant'],
];

/** What adds to a score beside categories, from the name of the variable in CMS's software, which is the answer where nothing is known. */
export function partLabel({ kind, variable }: HccScore['parts'][number]): string {
  const number = /^D(\d+)(P?)$/.exec(variable);
  const words =
    kind === 'count' && number
      ? `${number[1]}${number[2] ? ' or more' : ''} ${number[1] === '1' ? 'category' : 'categories'} together`
      : kind === 'interaction'
        ? interaction(variable)
        : demographic(variable);
  return words || variable;
}

/** "Heart failure, except end-stage and acute" inside a sentence, or the bare number. */
export const categoryLabel = (label: string | null, hcc: string): string => (label ? inSentence(label) : `HCC ${hcc}`);
