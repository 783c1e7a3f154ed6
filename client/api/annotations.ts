import { queryOptions } from '@tanstack/react-query';
import { Annotation, type AnnotationDraft, Annotations } from '#contract/annotation';
import { call } from './call.ts';

export const annotationsQuery = () =>
  queryOptions({
    queryKey: ['annotations'],
    queryFn: ({ signal }) => call('GET /api/annotations', Annotations, { signal }),
  });

/** Changes the one of that id; without one, enters a new one. */
export const enterAnnotation = (draft: AnnotationDraft, id?: string) =>
  id === undefined
    ? call('POST /api/annotations', Annotation, { body: draft })
    : call('PUT /api/annotations/:id', Annotation, { params: { id }, body: draft });

export const withdrawAnnotation = (id: string, reason: string) =>
  call('POST /api/annotations/:id/withdrawal', Annotation, { params: { id }, body: { reason } });
