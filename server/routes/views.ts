import { z } from 'zod';
import { SavedView, SavedViewDraft, SavedViews } from '#contract/view';
import type { SignedIn } from '../access/sign-in.ts';
import { Refusal } from '../http/error.ts';
import { type Context, NO_QUERY, NOTHING, type Route, route } from '../http/route.ts';
import type { AppDatabase } from '../store/app-database.ts';
import { deleteView, listViews, replaceView, saveView } from '../store/saved-views.ts';

/** Pages as somebody left them, under names. A view is an address: it gives nobody more than their role does. */
export function viewRoutes(database: AppDatabase, clock: () => number): Route[] {
  const path = '/api/views/:id';
  const viewsOf = ({ userId, role }: SignedIn): SavedView[] =>
    listViews(database, userId).map(({ owner_id, ...view }) => ({
      ...view,
      mayChange: owner_id === userId || role === 'aco_admin',
    }));
  const find = (id: string, signedIn: SignedIn): SavedView => {
    const view = viewsOf(signedIn).find((one) => one.id === id);
    if (!view) throw new Refusal('not_found', 'there is no such view');
    return view;
  };
  const changeable = ({ id = '' }: Readonly<Record<string, string>>, { signedIn }: Context): SavedView => {
    const view = find(id, signedIn);
    if (!view.mayChange)
      throw new Refusal('forbidden', 'only who saved a view, or an ACO administrator, may change it');
    return view;
  };
  return [
    route({
      method: 'get',
      path: '/api/views',
      policy: 'signed in',
      summary: 'Pages saved under a name: one’s own and those that others share',
      query: NO_QUERY,
      body: z.unknown(),
      reply: SavedViews,
      handle: (_, { signedIn }) => ({ views: viewsOf(signedIn) }),
    }),
    route({
      method: 'post',
      path: '/api/views',
      policy: 'signed in',
      summary: 'Save the state of a page under a name',
      query: NO_QUERY,
      body: SavedViewDraft,
      reply: SavedView,
      handle: ({ body }, { signedIn }) => find(saveView(database, body, signedIn.userId, clock()), signedIn),
    }),
    route({
      method: 'put',
      path,
      policy: 'signed in',
      summary: 'Rename a view, share it or point it elsewhere',
      query: NO_QUERY,
      body: SavedViewDraft,
      reply: SavedView,
      handle({ params, body }, context) {
        const view = changeable(params, context);
        replaceView(database, view.id, body, clock());
        return { ...view, ...body };
      },
    }),
    route({
      method: 'delete',
      path,
      policy: 'signed in',
      summary: 'Delete a view',
      query: NO_QUERY,
      body: z.unknown(),
      reply: NOTHING,
      handle({ params }, context) {
        deleteView(database, changeable(params, context).id);
        return undefined;
      },
    }),
  ];
}
