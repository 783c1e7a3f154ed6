import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocation, useRouter } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { namesPerson, type SavedView, type SavedViewDraft } from '#contract/view';
import { changeView, deleteView, saveView, viewsQuery } from '../api/views.ts';
import { Dialog } from '../components/dialog.tsx';
import { Waiting } from '../components/states.tsx';
import { sentence } from '../format/noun.ts';
import { CopyLink } from './bar.tsx';

/** Pages under names, one's own and those that others share; and this one to be named. */
export default function Views({ onClose }: { onClose: () => void }) {
  const views = useQuery(viewsQuery());
  const { pathname, searchStr } = useLocation();
  const address = `${pathname}${searchStr}`;
  return (
    <Dialog title="Saved views" kind="note" onClose={onClose}>
      <div className="entry">
        {views.data ? <List views={views.data} onOpen={onClose} /> : <Waiting on={[views]} lines={3} />}
        {namesPerson(address) ? (
          <p className="quiet">A page about one person is not saved as a view: find the person on the People page.</p>
        ) : (
          <Save address={address} />
        )}
      </div>
    </Dialog>
  );
}

/** A change, after which the list is asked for anew. */
function useChange<Input>(change: (input: Input) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['views'] }),
  });
}

function List({ views, onOpen }: { views: readonly SavedView[]; onOpen: () => void }) {
  if (views.length === 0) return <p className="quiet">None yet. A view keeps the page with its filters and choices.</p>;
  return (
    <ul className="events">
      {views.map((view) => (
        <View key={view.id} view={view} onOpen={onOpen} />
      ))}
    </ul>
  );
}

function View({ view, onOpen }: { view: SavedView; onOpen: () => void }) {
  const { history } = useRouter();
  const [naming, setNaming] = useState(false);
  const { id, name, address, shared, owner, mayChange } = view;
  const changing = useChange((draft: SavedViewDraft) => changeView(id, draft));
  const deleting = useChange(() => deleteView(id));
  const failed = changing.error ?? deleting.error;
  const rename = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name'));
    changing.mutate({ name, address, shared }, { onSuccess: () => setNaming(false) });
  };
  return (
    <li>
      {naming ? (
        <form className="view-name" onSubmit={rename}>
          <input name="name" aria-label="Name" required maxLength={60} autoComplete="off" defaultValue={name} />
          <button type="submit" className="link" disabled={changing.isPending}>
            Save name
          </button>
        </form>
      ) : (
        <a
          className="link"
          href={address}
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            history.push(address);
            onOpen();
          }}
        >
          {name}
        </a>
      )}
      <small className="below">{shared ? `Shared by ${owner}` : 'Seen by you alone'}</small>
      {failed && <p role="alert">{sentence(failed.message)}.</p>}
      <span className="events-acts">
        <CopyLink address={address} of={name} />
        {mayChange && (
          <>
            <Act name={name} label="Rename" onAct={() => setNaming(!naming)} />
            <Act
              name={name}
              label={shared ? 'Stop sharing' : 'Share'}
              onAct={() => changing.mutate({ name, address, shared: !shared })}
            />
            <Act name={name} label="Delete" onAct={() => deleting.mutate(undefined)} />
          </>
        )}
      </span>
    </li>
  );
}

const Act = ({ label, name, onAct }: { label: string; name: string; onAct: () => void }) => (
  <button type="button" className="link" onClick={onAct}>
    {label}
    <span className="unseen">{` ${name}`}</span>
  </button>
);

function Save({ address }: { address: string }) {
  const saving = useChange(saveView);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const told = new FormData(form);
    saving.mutate(
      { name: String(told.get('name')), address, shared: told.get('shared') !== null },
      { onSuccess: () => form.reset() },
    );
  };
  return (
    <form className="entry" onSubmit={submit}>
      <label className="field">
        Save this page as
        <input name="name" required maxLength={60} autoComplete="off" />
        <small>Names of patients do not belong here.</small>
      </label>
      <label className="check">
        <input name="shared" type="checkbox" />
        Share it with everybody who signs in
      </label>
      {saving.error && <p role="alert">{sentence(saving.error.message)}.</p>}
      <div className="entry-acts">
        <button type="submit" className="action main" disabled={saving.isPending}>
          Save
        </button>
      </div>
    </form>
  );
}
