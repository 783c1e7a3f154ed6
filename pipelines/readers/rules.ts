/** The numbered rules of reading. F, C (CCLF), J01 and J02 refuse a file, R, J and H (FHIR) a record for its bytes, T a record for a value, K for its key. */
export const RULES = {
  F01: 'a compressed file is whole: its checksum and its size agree',
  F02: 'text is UTF-8',
  F03: 'the first record names the columns',
  F04: 'every required column is there',
  F05: 'no column is named twice',
  F06: 'every quote is closed on its line',
  F07: 'the parser finds as many records as the counter',
  F08: 'a Parquet file is whole',
  F09: 'at most 1 % of the records are refused, from 1,000 records on',
  F10: 'at most 0.5 % of the dollars are refused, from 1,000 records on',
  F11: 'the header fits one kind of table only',
  F12: 'a zip file is whole: its directory, its members, their sizes and their checksums agree',
  F13: 'a member of a zip file is stored or deflated, and not encrypted',
  F14: 'a member of a zip file is a plain file, with a name of its own that stays inside the zip file',
  F15: 'a zip file holds files, and no archives',
  F16: 'a compressed file expands as far as an extract can',
  F17: 'a zip file holds at least one file, and at most 10,000',
  C01: 'CCLF0 names each kind of file once, with the number of its records and their length',
  C02: 'a record of a CCLF file is as long as a published layout',
  C03: 'every file that CCLF0 counts is delivered with it',
  C04: 'every CCLF file of a delivery is counted in its CCLF0',
  C05: 'a CCLF file holds as many records as CCLF0 counts',
  C06: 'the records of a CCLF file are as long as CCLF0 says',
  J01: 'a JSON document is valid JSON',
  J02: 'a JSON document is at most 256 MB long',
  J03: 'a line is valid JSON',
  J04: 'a record is a JSON object',
  J05: 'a JSON object names no member twice',
  J06: 'a JSON record nests at most 100 levels deep',
  H01: 'a FHIR resource names its resourceType',
  H02: 'a resourceType is one that FHIR defines',
  H03: 'the source delivers resources, not an OperationOutcome that reports its error',
  H04: 'an entry of a bundle holds a resource',
  H05: 'a record is one resource, not a bundle within a bundle or a line',
  R01: 'a record has as many fields as the header',
  R02: 'quotes enclose whole fields',
  R03: 'a record is valid UTF-8',
  R04: 'a record holds no control characters',
  R05: 'a record is at most 1 MB long',
  R06: 'a record of a fixed-width file is as long as its layout',
  R07: 'a record of a fixed-width file is plain ASCII',
  K01: 'a field that the key or the person needs is filled',
  T01: 'a date is a day of the calendar written YYYY-MM-DD, with four digits for the year',
  T02: 'a date lies between 1880 and 2100',
  T03: 'a moment is written YYYY-MM-DD HH:MM:SS',
  T04: 'an amount is a plain number below a trillion with at most two decimals',
  T05: 'a quantity is a plain number with at most three decimals',
  T06: 'a count is a whole number',
  T07: 'a flag is 1 or 0, true or false, yes or no',
  T08: 'a date is a day of the calendar written YYYYMMDD',
  T09: 'a date is a day of the calendar written DD-Mon-YYYY, such as 19-Mar-2017',
  T10: 'a date is a day of the calendar written MM/DD/YYYY, MM-DD-YYYY or YYYY-MM-DD',
  T11: 'a number is plain: digits, with a point for its decimals',
  T12: 'a quantity is a plain number with at most four decimals',
} as const;

export type RuleId = keyof typeof RULES;

/** One file cannot be read as it is. Collected, so that a run names every such file at once. */
export class FileRefused extends Error {
  readonly rule: RuleId;
  /** Physical line, where one is to blame. */
  readonly line: number | null;

  constructor(rule: RuleId, line: number | null, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'FileRefused';
    this.rule = rule;
    this.line = line;
  }
}
