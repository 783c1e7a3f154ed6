/** What codes and identifiers look like, as SQL that is true where the text in a column has that shape. */

export const matches = (column: string, pattern: string): string => `regexp_full_match(${column}, '${pattern}')`;

/** The first of the columns, and every other filled one, matches. */
export const allMatch = (columns: readonly string[], pattern: string): string =>
  matches(`concat_ws(' ', ${columns.join(', ')})`, `(${pattern})( (${pattern}))*`);

const digit = (number: string, place: number): string => `(${number} // ${10 ** place} % 10)`;

/** Sum of Luhn's check: digits in the second, fourth ... place from the right count twice, and as the sum of their digits. */
function luhn(number: string, digits: number): string {
  const terms = Array.from({ length: digits }, (_, place) =>
    place % 2 === 0
      ? digit(number, place)
      : `(2 * ${digit(number, place)} - 9 * (${digit(number, place)} > 4)::integer)`,
  );
  return terms.join(' + ');
}

/** Ten digits; the last checks the others behind the prefix 80840, which adds 24 (CMS, 45 CFR 162.406). */
export const isNpi = (column: string): string =>
  `coalesce(${matches(column, '[12]\\d{9}')} and (24 + ${luhn(`try_cast(${column} as bigint)`, 10)}) % 10 = 0, false)`;

/** One to seven digits, a hyphen and a check digit by Luhn's rule (Regenstrief Institute). */
export const isLoinc = (column: string): string =>
  `coalesce(${matches(column, '\\d{1,7}-\\d')}
    and (${luhn(`try_cast(replace(${column}, '-', '') as bigint)`, 8)}) % 10 = 0, false)`;

/** Medicare beneficiary identifier (CMS): no S, L, O, I, B or Z, but made-up ones have an S in the second place. */
const MBI_LETTER = 'AC-HJKMNP-RT-Y';
export const MBI = `[1-9][S${MBI_LETTER}][${MBI_LETTER}0-9]\\d[${MBI_LETTER}][${MBI_LETTER}0-9]\\d[${MBI_LETTER}]{2}\\d{2}`;

/** ICD-10-CM and ICD-10-PCS (CMS, NCHS), ICD-9-CM, HCPCS with CPT numbers (CMS), all without dots. */
export const ICD_10_CM = '[A-Z]\\d[0-9AB][0-9A-Z]{0,4}';
export const ICD_9_CM = '\\d{3,5}|V\\d{2,4}|E\\d{3,4}';
export const ICD_10_PCS = '[0-9A-HJ-NP-Z]{7}';
export const ICD_9_PCS = '\\d{2,4}';
export const HCPCS = '\\d{4}[0-9AFMTU]|[A-V]\\d{4}';
export const MODIFIER = '[0-9A-Z]{2}';
export const SNOMED = '\\d{6,18}';
export const NDC = '\\d{11}';
export const CVX = '\\d{2,3}';
/** MS-DRG 001 to 989, 998 and 999 (CMS). */
export const MS_DRG = '00[1-9]|0[1-9]\\d|[1-8]\\d\\d|9[0-8]\\d|99[89]';
/** State, kind of facility, sequence number (CMS certification number). */
export const CCN = '[0-9A-Z]{3}\\d{3}';
export const TIN = '\\d{9}';
export const SPECIALTY = '[0-9A-Z]{2}';
export const ZIP = '(?:[1-9]\\d{4}|0[1-9]\\d{3}|00[1-9]\\d{2})(?:-?\\d{4})?';
export const COUNTY = '(?:0[1-9]|[1-6]\\d|7[0-8])\\d{3}';

/** Days on which the United States changed from ICD-9 to ICD-10 (CMS). */
export const ICD_10_BEGAN = "date '2015-10-01'";

/** Codes of the National Uniform Billing Committee, numbers only. */
export const ADMIT_SOURCE = '[1-9A-G]';
export const ADMIT_TYPE = '[1-59]';
export const DISPOSITION = '0[1-9]|2[01]|30|4[0-3]|5[01]|6[1-69]|7[0-2]|8[1-9]|9[0-5]';
/** Place of service (CMS). */
export const PLACE = '0[1-9]|1\\d|2[0-7]|3[1-4]|4[129]|5[0-8]|6[01256]|7[12]|81|99';
/** States and territories (USPS). */
const STATE =
  'A[AEKLPRSZ]|C[AOT]|D[CE]|F[LM]|G[AU]|HI|I[ADLN]|K[SY]|LA|M[ADEHINOPST]|N[CDEHJMVY]|O[HKR]|P[ARW]|RI|S[CD]|T[NX]|U[MT]|V[AIT]|W[AIVY]';

/** Two letters are one of the list; longer words name a state. */
export const isState = (column: string): string =>
  `case when length(${column}) <= 2 then ${matches(`upper(${column})`, STATE)} else ${matches(column, "[A-Za-z .'']+")} end`;

export const columnsOf = (name: string, count: number, first = 1): string[] =>
  Array.from({ length: count - first + 1 }, (_, at) => `${name}_${first + at}`);
