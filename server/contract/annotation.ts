import { z } from 'zod';

const Reason = z.string().trim().min(3).max(200);

const Told = z.strictObject({
  title: z.string().trim().min(3).max(60),
  date: z.iso.date(),
  /** Id of the metric whose charts it touches; null: every metric's. */
  metric: z.string().nullable(),
  /** A value of the dimension `practice`, whose charts alone it touches; null: everybody's. */
  practice: z.string().nullable(),
  /** The control chart of its metric starts over with the month of the date. */
  startsPhase: z.boolean(),
  reason: Reason,
});

/** POST /api/annotations, PUT /api/annotations/:id: what changed on a day, as charts over time tell it. */
export const AnnotationDraft = Told.refine(({ startsPhase, metric }) => !startsPhase || metric !== null, {
  path: ['metric'],
  message: 'a new phase is one metric’s; name it',
});
export type AnnotationDraft = z.infer<typeof AnnotationDraft>;

/** POST /api/annotations/:id/withdrawal */
export const AnnotationWithdrawal = z.strictObject({ reason: Reason });

/** An annotation as somebody saved or withdrew it. It changes no number of a snapshot. */
export const Annotation = Told.extend({
  id: z.string(),
  author: z.string(),
  savedAt: z.iso.datetime(),
  withdrawn: z.boolean(),
});
export type Annotation = z.infer<typeof Annotation>;

/** GET /api/annotations: those that stand, by date; and every entry ever made, newest first. */
export const Annotations = z.strictObject({ annotations: z.array(Annotation), log: z.array(Annotation) });
export type Annotations = z.infer<typeof Annotations>;
