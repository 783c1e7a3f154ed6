import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { GapClosure } from '#contract/gap';
import type { Closure, ServedMetric } from '#contract/metric';
import { enterClosure, withdrawClosure } from '../../api/gaps.ts';
import { Dialog } from '../../components/dialog.tsx';
import { day } from '../../format/date.ts';
import { sentence } from '../../format/noun.ts';
import { useCatalogue, useSession } from '../../state/use-scope.ts';

interface CloseGapProps {
  readonly metric: ServedMetric;
  readonly person: { readonly person_id: string; readonly name: string | null };
  /** Something was entered for it already. */
  readonly isEntered: boolean;
}

/** A button that opens the form; nothing where what is found in a chart closes no gap of the measure. */
export function CloseGap({ metric, person, isEntered }: CloseGapProps) {
  const [open, setOpen] = useState(false);
  if (metric.closures.length === 0) return null;
  return (
    <>
      <button type="button" className="link" onClick={() => setOpen(true)}>
        {isEntered ? 'Enter more' : 'Close by hand'}
        <span className="unseen">{`: ${metric.title} of ${person.name ?? person.person_id}`}</span>
      </button>
      {open && <Form metric={metric} person={person} onClose={() => setOpen(false)} />}
    </>
  );
}

const today = () => new Date().toISOString().slice(0, 10);

function Form({ metric, person, onClose }: Omit<CloseGapProps, 'isEntered'> & { onClose: () => void }) {
  const { name } = useSession();
  const { dataThrough } = useCatalogue();
  const queries = useQueryClient();
  const [chosen, setChosen] = useState(metric.closures[0]?.id);
  const closure = metric.closures.find(({ id }) => id === chosen);
  const entering = useMutation({
    mutationFn: (form: FormData) =>
      enterClosure(person.person_id, {
        metric: metric.id,
        closure: closure?.id ?? '',
        service_date: String(form.get('day')),
        results: closure?.entries.map((_, at) => String(form.get(`result-${at}`) ?? '')) ?? [],
        note: String(form.get('note')),
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['gaps'] });
      onClose();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    entering.mutate(new FormData(event.currentTarget));
  };
  return (
    <Dialog title="Close a gap by hand" kind="note" onClose={onClose}>
      <form className="entry" onSubmit={submit}>
        <p>
          <b>{person.name ?? person.person_id}</b>: {metric.title}
        </p>
        {metric.closures.length === 1 ? (
          <p className="field">
            What was done <b className="entry-done">{closure?.title}</b>
          </p>
        ) : (
          <label className="field">
            What was done
            <select value={chosen} onChange={(event) => setChosen(event.target.value)}>
              {metric.closures.map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </select>
          </label>
        )}
        {closure && (
          <div className="entry-line">
            <label className="field">
              Day it was done
              <input name="day" type="date" required max={today()} />
            </label>
            {closure.entries.map((entry, at) => (
              <Result key={`${closure.id} ${entry.code}`} entry={entry} name={`result-${at}`} />
            ))}
          </div>
        )}
        {closure && <p className="quiet">Counts {closure.counts}.</p>}
        <label className="field">
          Where you found it
          <input
            name="note"
            required
            minLength={3}
            maxLength={200}
            autoComplete="off"
            aria-describedby="entry-document"
          />
          <small id="entry-document">The document, its date, and where it is kept</small>
        </label>
        {entering.error && <p role="alert">{sentence(entering.error.message)}.</p>}
        <p className="quiet">
          Entered as {name}. It counts from the next run, marked as awaiting a claim; what was done after{' '}
          {day(dataThrough)}, once the data reach that day. You can take it back; the entry stays on record.
        </p>
        <div className="entry-acts">
          <button type="submit" className="action main" disabled={entering.isPending}>
            Enter
          </button>
          <button type="button" className="link" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function Result({ entry: { result }, name }: { entry: Closure['entries'][number]; name: string }) {
  if (result === null) return null;
  if ('answers' in result)
    return (
      <label className="field">
        {result.title}
        <select name={name} required defaultValue="">
          <option value="" disabled>
            Choose
          </option>
          {result.answers.map(({ value, title }) => (
            <option key={value} value={value}>
              {title}
            </option>
          ))}
        </select>
      </label>
    );
  return (
    <label className="field">
      {result.title}, {result.unit}
      <input name={name} type="number" required step="any" min={result.low} max={result.high} inputMode="decimal" />
    </label>
  );
}

/** Entries that still stand, newest first: those taken back stay until the run that reads it. */
export const standing = (closures: readonly GapClosure[], { id }: Pick<ServedMetric, 'id'>) =>
  closures.filter(
    ({ metric, withdrawn, is_counted, is_withdrawal_counted }) =>
      metric === id && (withdrawn === null || (is_counted && !is_withdrawal_counted)),
  );

interface EnteredProps {
  readonly personId: string;
  readonly closures: readonly GapClosure[];
  /** The gap is open in this snapshot. */
  readonly isOpen: boolean;
}

/** What was entered for a gap, and from when it counts. */
export function Entered({ personId, closures, isOpen }: EnteredProps) {
  const { dataThrough } = useCatalogue();
  return closures.map((closure) => (
    <p key={closure.id} className="entered">
      <b>{wordsOf(closure, isOpen, dataThrough)}</b> {closure.done}, {day(closure.service_date)}
      {closure.results && `, ${closure.results}`}; {closure.note}. Entered by {closure.entered_by} on{' '}
      {day(closure.entered_at)}. {closure.withdrawn === null && <TakeBack personId={personId} closure={closure} />}
    </p>
  ));
}

function wordsOf({ withdrawn, is_counted, service_date }: GapClosure, isOpen: boolean, dataThrough: string): string {
  if (withdrawn !== null) return 'Taken back: will not count from the next run.';
  if (service_date > dataThrough) return `Will count once the data reach ${day(service_date)}.`;
  if (!is_counted) return 'Will count from the next run.';
  return isOpen ? 'Read by the last run, and the gap is still open.' : 'Counted in this snapshot.';
}

function TakeBack({ personId, closure }: { personId: string; closure: GapClosure }) {
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const withdrawing = useMutation({
    mutationFn: (reason: string) => withdrawClosure(personId, closure.id, { reason }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['gaps'] });
      setOpen(false);
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    withdrawing.mutate(String(new FormData(event.currentTarget).get('reason')));
  };
  return (
    <>
      <button type="button" className="link" onClick={() => setOpen(true)}>
        Take back
      </button>
      {open && (
        <Dialog title="Take an entry back" kind="note" onClose={() => setOpen(false)}>
          <form className="entry" onSubmit={submit}>
            <p>
              {closure.done}, {day(closure.service_date)}, entered by {closure.entered_by}
            </p>
            <label className="field">
              Why
              <input name="reason" required minLength={3} maxLength={200} autoComplete="off" />
            </label>
            {withdrawing.error && <p role="alert">{sentence(withdrawing.error.message)}.</p>}
            <p className="quiet">The entry and your reason stay on record.</p>
            <div className="entry-acts">
              <button type="submit" className="action main" disabled={withdrawing.isPending}>
                Take back
              </button>
              <button type="button" className="link" onClick={() => setOpen(false)}>
                Cancel
              </button>
            </div>
          </form>
        </Dialog>
      )}
    </>
  );
}
