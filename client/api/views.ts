import { queryOptions } from '@tanstack/react-query';
import { SavedView, type SavedViewDraft, SavedViews } from '#contract/view';
import { call, fetchReply } from './call.ts';

export const viewsQuery = () =>
  queryOptions({
    queryKey: ['views'],
    queryFn: async ({ signal }) => (await call('GET /api/views', SavedViews, { signal })).views,
  });

export const saveView = (draft: SavedViewDraft) => call('POST /api/views', SavedView, { body: draft });

export const changeView = (id: string, draft: SavedViewDraft) =>
  call('PUT /api/views/:id', SavedView, { params: { id }, body: draft });

export const deleteView = (id: string) => fetchReply('DELETE /api/views/:id', { params: { id } });
