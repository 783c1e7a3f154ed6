import { z } from 'zod';
import { Annotation, AnnotationDraft, Annotations, AnnotationWithdrawal } from '#contract/annotation';
import { Refusal } from '../http/error.ts';
import { type Context, NO_QUERY, type Route, route } from '../http/route.ts';
import { authorOf, enterAnnotation, listAnnotations } from '../store/annotations.ts';
import type { AppDatabase } from '../store/app-database.ts';
import type { Snapshot } from '../store/snapshot.ts';

/**
 * Events that charts over time are marked with. Everybody signed in reads and adds them; who first entered one, or an ACO
 * administrator, changes and withdraws it. Every entry stays in the log with its author and reason.
 */
export function annotationRoutes(database: AppDatabase, clock: () => number): Route[] {
  const path = '/api/annotations/:id';
  const find = (id: string): Annotation => {
    const standing = listAnnotations(database).annotations.find((one) => one.id === id);
    if (!standing) throw new Refusal('not_found', 'there is no such annotation');
    return standing;
  };
  const changeable = ({ id = '' }: Readonly<Record<string, string>>, { signedIn }: Context): Annotation => {
    const standing = find(id);
    if (signedIn.role !== 'aco_admin' && authorOf(database, id) !== signedIn.userId)
      throw new Refusal('forbidden', 'only who entered an annotation, or an ACO administrator, may change it');
    return standing;
  };
  return [
    route({
      method: 'get',
      path: '/api/annotations',
      policy: 'signed in',
      summary: 'What changed and when, as charts over time are marked; and the log of every entry',
      query: NO_QUERY,
      body: z.unknown(),
      reply: Annotations,
      handle: () => listAnnotations(database),
    }),
    route({
      method: 'post',
      path: '/api/annotations',
      policy: 'signed in',
      summary: 'Enter what changed on a day',
      query: NO_QUERY,
      body: AnnotationDraft,
      reply: Annotation,
      handle({ body: draft }, { signedIn: { userId }, snapshot }) {
        refuseUnknown(draft, snapshot);
        return find(enterAnnotation(database, { draft, userId, now: clock() }));
      },
    }),
    route({
      method: 'put',
      path,
      policy: 'signed in',
      summary: 'Change an annotation; what it was stays in the log',
      query: NO_QUERY,
      body: AnnotationDraft,
      reply: Annotation,
      handle({ params, body: draft }, context) {
        const { id } = changeable(params, context);
        refuseUnknown(draft, context.snapshot);
        return find(enterAnnotation(database, { id, draft, userId: context.signedIn.userId, now: clock() }));
      },
    }),
    route({
      method: 'post',
      path: `${path}/withdrawal`,
      policy: 'signed in',
      summary: 'Withdraw an annotation; it stays in the log, with the reason',
      query: NO_QUERY,
      body: AnnotationWithdrawal,
      reply: Annotation,
      handle({ params, body: { reason } }, context) {
        const { signedIn } = context;
        const draft = { ...changeable(params, context), reason };
        const now = clock();
        enterAnnotation(database, { id: draft.id, draft, withdrawn: true, userId: signedIn.userId, now });
        return { ...draft, author: signedIn.name, savedAt: new Date(now).toISOString(), withdrawn: true };
      },
    }),
  ];
}

function refuseUnknown({ metric, practice }: AnnotationDraft, { catalogue }: Snapshot): void {
  if (metric !== null && !catalogue.metrics.has(metric))
    throw new Refusal('bad_request', 'body.metric: there is no such metric');
  const practices = catalogue.dimensions.get('practice')?.values ?? [];
  if (practice !== null && !practices.some(({ value }) => value === practice))
    throw new Refusal('bad_request', 'body.practice: there is no such practice');
}
