import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Annotation } from '#contract/annotation';
import type { ServedMetric } from '#contract/metric';
import { enterAnnotation, withdrawAnnotation } from '../api/annotations.ts';
import { Dialog } from '../components/dialog.tsx';
import { day } from '../format/date.ts';
import { sentence } from '../format/noun.ts';
import { useEvents } from '../state/events.ts';
import { useCatalogue, useSession } from '../state/use-scope.ts';

/** Opens the events that a metric's charts are marked with. */
export function WhatChanged({ metric }: { metric: ServedMetric }) {
  const [open, setOpen] = useState(false);
  const count = useEvents(metric).data?.annotations.length ?? 0;
  return (
    <>
      <button type="button" className="link" onClick={() => setOpen(true)}>
        {count > 0 ? `What changed (${count})` : 'Mark what changed'}
      </button>
      {open && <Events metric={metric} onClose={() => setOpen(false)} />}
    </>
  );
}

interface EventsProps {
  readonly metric: ServedMetric;
  readonly onClose: () => void;
}

/** What the dialog is about to do: show the list, enter or change an event, or withdraw one. */
type Doing = { readonly act: 'enter' | 'withdraw'; readonly event: Annotation | null } | null;

function Events({ metric, onClose }: EventsProps) {
  const { data = { annotations: [], log: [] } } = useEvents(metric);
  const queries = useQueryClient();
  const [doing, setDoing] = useState<Doing>(data.annotations.length === 0 ? { act: 'enter', event: null } : null);
  const settled = async () => {
    await queries.invalidateQueries({ queryKey: ['annotations'] });
    setDoing(null);
  };
  const { role, name } = useSession();
  const mayChange = ({ id }: Annotation) =>
    role === 'aco_admin' || data.log.findLast((entry) => entry.id === id)?.author === name;
  const former = data.log.filter((entry) => entry.withdrawn || !data.annotations.some((one) => isSame(one, entry)));
  return (
    <Dialog title="What changed, and when" kind="note" onClose={onClose}>
      {doing?.act === 'enter' ? (
        <Form metric={metric} event={doing.event} onDone={settled} onCancel={() => setDoing(null)} />
      ) : doing?.event ? (
        <Withdraw event={doing.event} onDone={settled} onCancel={() => setDoing(null)} />
      ) : (
        <div className="entry">
          <ul className="events">
            {data.annotations.map((event) => (
              <li key={event.id}>
                <Told event={event} />
                {mayChange(event) && (
                  <span className="events-acts">
                    <button type="button" className="link" onClick={() => setDoing({ act: 'enter', event })}>
                      Change<span className="unseen">{` ${event.title}`}</span>
                    </button>
                    <button type="button" className="link" onClick={() => setDoing({ act: 'withdraw', event })}>
                      Withdraw<span className="unseen">{` ${event.title}`}</span>
                    </button>
                  </span>
                )}
              </li>
            ))}
          </ul>
          {data.annotations.length === 0 && <p>Nothing is marked on the charts of {metric.title}.</p>}
          <button type="button" className="action main" onClick={() => setDoing({ act: 'enter', event: null })}>
            Add an event
          </button>
          {former.length > 0 && (
            <details>
              <summary>Changed or withdrawn ({former.length})</summary>
              <ul className="events">
                {former.map((entry) => (
                  <li key={`${entry.id} ${entry.savedAt}`}>
                    {entry.withdrawn && <b>Withdrawn. </b>}
                    <Told event={entry} />
                  </li>
                ))}
              </ul>
            </details>
          )}
        </div>
      )}
    </Dialog>
  );
}

const isSame = (a: Annotation, b: Annotation): boolean => a.id === b.id && a.savedAt === b.savedAt;

function Told({ event }: { event: Annotation }) {
  const { metrics } = useCatalogue();
  const practice = usePractices().find(({ value }) => value === event.practice);
  return (
    <>
      <b>{event.title}</b>, {day(event.date)}
      {event.startsPhase && '; starts a new phase'}
      <small className="below">
        {event.metric === null ? 'Every metric' : metrics.find(({ id }) => id === event.metric)?.title}
        {practice && `, ${practice.label}`}. {event.author}, {day(event.savedAt)}: {event.reason}
      </small>
    </>
  );
}

const usePractices = () => useCatalogue().dimensions.find(({ id }) => id === 'practice')?.values ?? [];

interface ActProps {
  readonly onDone: () => Promise<void>;
  readonly onCancel: () => void;
}

function Form({ metric, event, onDone, onCancel }: ActProps & { metric: ServedMetric; event: Annotation | null }) {
  const { dataThrough } = useCatalogue();
  const atPractices = metric.dimensions.includes('practice');
  const practices = usePractices();
  const [all, setAll] = useState(event !== null && event.metric === null);
  const saving = useMutation({
    mutationFn: (form: FormData) =>
      enterAnnotation(
        {
          title: String(form.get('title')),
          date: String(form.get('date')),
          metric: all ? null : metric.id,
          practice: String(form.get('practice') ?? '') || null,
          startsPhase: !all && form.get('phase') !== null,
          reason: String(form.get('reason')),
        },
        event?.id,
      ),
    onSuccess: onDone,
  });
  const submit = (submitted: FormEvent<HTMLFormElement>) => {
    submitted.preventDefault();
    saving.mutate(new FormData(submitted.currentTarget));
  };
  return (
    <form className="entry" onSubmit={submit}>
      <label className="field">
        What changed
        <input
          name="title"
          required
          minLength={3}
          maxLength={60}
          autoComplete="off"
          defaultValue={event?.title}
          aria-describedby="no-names"
        />
        <small id="no-names">A few words, drawn on the chart. Names of patients do not belong here.</small>
      </label>
      <div className="entry-line">
        <label className="field">
          Day
          <input name="date" type="date" required defaultValue={event?.date ?? dataThrough} />
        </label>
        <label className="field">
          Drawn on
          <select value={all ? 'all' : 'one'} onChange={({ target }) => setAll(target.value === 'all')}>
            <option value="one">{metric.title}</option>
            <option value="all">Every metric</option>
          </select>
        </label>
        {atPractices && (
          <label className="field">
            Practice
            <select name="practice" defaultValue={event?.practice ?? ''}>
              <option value="">Whole ACO</option>
              {practices.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      {!all && (
        <label className="check">
          <input name="phase" type="checkbox" defaultChecked={event?.startsPhase ?? false} />
          Start a new phase: limits and centre are worked anew from this month on
        </label>
      )}
      <label className="field">
        Why, and where it is written down
        <input name="reason" required minLength={3} maxLength={200} autoComplete="off" />
      </label>
      {saving.error && <p role="alert">{sentence(saving.error.message)}.</p>}
      <p className="quiet">
        Everybody who signs in sees it with your name.{' '}
        {atPractices && 'An event of one practice is drawn where the page shows that practice alone. '}
        It changes no number; every entry stays on record.
      </p>
      <div className="entry-acts">
        <button type="submit" className="action main" disabled={saving.isPending}>
          Save
        </button>
        <button type="button" className="link" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </form>
  );
}

function Withdraw({ event, onDone, onCancel }: ActProps & { event: Annotation }) {
  const withdrawing = useMutation({
    mutationFn: (reason: string) => withdrawAnnotation(event.id, reason),
    onSuccess: onDone,
  });
  const submit = (submitted: FormEvent<HTMLFormElement>) => {
    submitted.preventDefault();
    withdrawing.mutate(String(new FormData(submitted.currentTarget).get('reason')));
  };
  return (
    <form className="entry" onSubmit={submit}>
      <p>
        Withdraw <b>{event.title}</b>, {day(event.date)}?
        {event.startsPhase && ' The phase that it started goes with it.'}
      </p>
      <label className="field">
        Why
        <input name="reason" required minLength={3} maxLength={200} autoComplete="off" />
      </label>
      {withdrawing.error && <p role="alert">{sentence(withdrawing.error.message)}.</p>}
      <div className="entry-acts">
        <button type="submit" className="action main" disabled={withdrawing.isPending}>
          Withdraw
        </button>
        <button type="button" className="link" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </form>
  );
}
