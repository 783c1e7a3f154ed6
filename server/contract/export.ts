import { z } from 'zod';

export const FileFormat = z.enum(['csv', 'xlsx', 'parquet', 'arrow']);
export type FileFormat = z.infer<typeof FileFormat>;

const flag = z.enum(['true', 'false']).default('false');

/** What every address under /api/export takes beside the question of its list. */
export const FileQuery = z.strictObject({
  /** `manifest`: no file, but what a file would say of itself. Absent: what the request accepts, else CSV. */
  format: z.enum([...FileFormat.options, 'manifest']).optional(),
  /** With CSV: begins with the mark that lets old spreadsheets tell UTF-8. */
  bom: flag,
  /** With CSV: a zip of data.csv and manifest.json. The other formats carry the manifest inside. */
  manifest: flag,
  /** Of a list of persons: without identifiers, by the Safe Harbor rule of 45 CFR 164.514(b)(2). */
  deidentified: flag,
});
export type FileQuery = z.infer<typeof FileQuery>;

/** What a file says of itself: in Arrow's and Parquet's metadata, on the sheet About of XLSX, in manifest.json of a zip. */
export const Manifest = z.strictObject({
  title: z.string(),
  /** The address that makes it again. */
  list: z.string(),
  /** The question in canonical form: filters, months, groups, part, order. */
  question: z.record(z.string(), z.string()),
  /** Of the metric or measure, where the list is of one. */
  definition: z.strictObject({ id: z.string(), title: z.string(), version: z.string() }).nullable(),
  /** SHA-256 of every statement that was asked, with its bound values named, in their order. */
  sqlSha256: z.string(),
  snapshot: z.string(),
  runId: z.string(),
  dataThrough: z.iso.date(),
  synthetic: z.boolean(),
  rows: z.int(),
  disclosure: z.enum(['identified', 'shareable', 'de-identified']),
  /** What the disclosure means for the file, in words. */
  disclosed: z.string(),
  columns: z.array(z.strictObject({ name: z.string(), type: z.string(), words: z.string() })),
  /** What the sources do not tell, a sentence each. */
  caveats: z.array(z.string()),
  exportedAt: z.iso.datetime(),
});
export type Manifest = z.infer<typeof Manifest>;
