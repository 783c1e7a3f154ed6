import type { ReactNode } from 'react';
import { RequestFailed } from '../api/request.ts';
import { sentence } from '../format/noun.ts';
import { SUPPRESSION } from '../format/number.ts';

interface Pending {
  readonly error: Error | null;
  readonly isFetching: boolean;
  readonly refetch: () => unknown;
}

/** Stands in until every answer is there; says so if one cannot come. `lines` keeps the height of what will follow. */
export function Waiting({ on, lines = 6 }: { on: readonly Pending[]; lines?: number }) {
  const failed = on.find(({ error, isFetching }) => error && !isFetching);
  if (failed?.error)
    return <Failed error={failed.error} reset={() => on.map((query) => query.error && query.refetch())} />;
  return <Skeleton lines={lines} />;
}

/** Grey lines that appear after 300 ms, so that a quick answer never flickers. */
export const Skeleton = ({ lines }: { lines: number }) => (
  <div className="skeleton" role="status">
    <span className="unseen">Loading</span>
    {Array.from({ length: lines }, (_, line) => `line ${line}`).map((line) => (
      <i key={line} />
    ))}
  </div>
);

/** What happened, what to do, and the id to quote. */
export function Failed({ error, reset }: { error: unknown; reset: () => void }) {
  const id = error instanceof RequestFailed ? error.requestId : null;
  const code = error instanceof RequestFailed ? error.code : null;
  const final = code === 'forbidden' || code === 'not_found';
  return (
    <Message
      title={
        code === 'forbidden'
          ? 'This is not open to you'
          : code === 'not_found'
            ? 'Not found'
            : 'This could not be loaded'
      }
      urgent
    >
      <p>
        {error instanceof RequestFailed
          ? `${sentence(error.message).replace(/\.$/, '')}.`
          : 'The page itself failed. Loading it again may help.'}
      </p>
      {!final && (
        <p>
          <button type="button" className="action" onClick={reset}>
            Try again
          </button>
        </p>
      )}
      {id && code !== 'not_found' && (
        <p className="quiet">
          If it happens again, quote <code>{id}</code>.
        </p>
      )}
    </Message>
  );
}

/** Why there is nothing here, and what would change that. */
export const Message = ({ title, urgent, children }: { title: string; urgent?: boolean; children: ReactNode }) => (
  <div className="message" role={urgent ? 'alert' : undefined}>
    <p className="message-title">{title}</p>
    {children}
  </div>
);

/** The numbers exist, and are too small to be shown in this mode. */
export const Suppressed = () => (
  <Message title="Hidden">
    <p>{sentence(SUPPRESSION)}. Take a filter away to see the numbers of more people.</p>
  </Message>
);
