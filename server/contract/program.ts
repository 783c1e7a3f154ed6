import { z } from 'zod';
import { Id } from './metric.ts';

const ProgramMeasure = z.strictObject({
  /** The program's number of the measure, such as 236. */
  qualityId: z.string(),
  title: z.string(),
  /** Who works the rate out, and from what. */
  reportedBy: z.enum(['the ACO', 'CMS from claims', 'a survey']),
  /** What the rate is scored against: what CMS publishes for the year, or steps of ten points where it publishes none. */
  benchmark: z.enum(['published by CMS', 'flat']),
  /** Share in the score, beside those of the others. */
  weight: z.number().positive(),
});

/** What a payer asks an ACO to report in each performance year. */
export const Program = z.strictObject({
  id: Id,
  title: z.string(),
  source: z.strictObject({ name: z.string(), url: z.url() }),
  /** Percent of eligible people whom a rate must be reported for, and the fewest of them that are scored. */
  completeness: z.number(),
  minimumCases: z.int(),
  years: z.array(
    z.strictObject({
      year: z.string().regex(/^\d{4}$/),
      status: z.enum(['final', 'proposed']),
      measures: z.array(ProgramMeasure).min(1),
    }),
  ),
});
export type Program = z.infer<typeof Program>;

export const defineProgram = (program: z.input<typeof Program>): Program => Program.parse(program);
