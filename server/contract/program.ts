import { z } from 'zod';
import { Id } from './metric.ts';

/** How an ACO may report a measure. Each way is held against those who report in the same way. */
export const Collection = z.enum(['Medicare CQM', 'eCQM', 'MIPS CQM']);
export type Collection = z.infer<typeof Collection>;

/** What a program scores a rate against. */
export const Benchmark = z.object({
  /** The spread of the rates that were reported two years before, or steps of ten points. */
  basis: z.enum(['history', 'flat']),
  /** The rate, in percent, at which each decile begins, from the first to the tenth; they fall where lower is better. */
  starts: z.array(z.number()).length(10),
  /** Fewer than ten from the second year on in which nearly everybody does well. */
  mostPoints: z.number().max(10).default(10),
});
export type Benchmark = z.infer<typeof Benchmark>;

const ProgramMeasure = z.object({
  /** The program's number of the measure, such as 236. */
  qualityId: z.string(),
  title: z.string(),
  /** Who works the rate out, and from what. */
  reportedBy: z.enum(['the ACO', 'CMS from claims', 'a survey']),
  /** One of those that the alternative standard looks at. */
  isOutcome: z.boolean().default(false),
  /** Share in the score, beside those of the others. */
  weight: z.number().positive(),
  /** None for a way of reporting: CMS has published none. */
  benchmarks: z.partialRecord(Collection, Benchmark).default({}),
});
export type ProgramMeasure = z.infer<typeof ProgramMeasure>;

const ProgramYear = z.object({
  year: z.string().regex(/^\d{4}$/),
  status: z.enum(['final', 'proposed']),
  measures: z.array(ProgramMeasure).min(1),
  /** How the measures that the ACO reports may be collected. */
  collections: z.array(Collection).default([]),
  /** The quality score, of 100, from which on savings are shared in full; null where CMS has not published it. */
  standard: z.number().nullable().default(null),
  /** Rules of the year that a reader must know beside the score. */
  notes: z.array(z.string()).default([]),
});
export type ProgramYear = z.infer<typeof ProgramYear>;

/** What a payer asks an ACO to report in each performance year, and how it scores what is reported. */
export const Program = z.object({
  id: Id,
  title: z.string(),
  source: z.object({ name: z.string(), url: z.url() }),
  /** Where the benchmarks come from. */
  benchmarkSource: z.object({ name: z.string(), url: z.url() }).nullable().default(null),
  /** Percent of eligible people whom a rate must be reported for, and the fewest of them that are scored. */
  completeness: z.number(),
  minimumCases: z.int(),
  years: z.array(ProgramYear),
});
export type Program = z.infer<typeof Program>;

export const defineProgram = (program: z.input<typeof Program>): Program => Program.parse(program);
