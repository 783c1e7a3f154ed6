const OPEN = ['open', 'overdue', 'due soon', 'tested, value unknown'];

export const isOpen = (status: string): boolean => OPEN.includes(status);

/** In the denominator of its measure. */
export const isCounted = (status: string): boolean =>
  isOpen(status) || status.startsWith('closed') || status === 'history incomplete';

/** An open ring for open, a half for waiting, a filled disc for closed, a dash for the rest. */
export function GapStatus({ status }: { status: string }) {
  const kind = isOpen(status)
    ? 'open'
    : status === 'closed'
      ? 'closed'
      : status.startsWith('closed')
        ? 'waiting'
        : 'none';
  return (
    <span className={`gap-status ${kind}`}>
      <svg
        width="14"
        height="14"
        viewBox="0 0 14 14"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        aria-hidden="true"
      >
        {kind === 'none' ? (
          <path d="M2 7h10" />
        ) : (
          <circle cx="7" cy="7" r="5.500" fill={kind === 'closed' ? 'currentColor' : 'none'} />
        )}
        {kind === 'waiting' && <path d="M7 1.500a5.500 5.500 0 0 1 0 11z" fill="currentColor" stroke="none" />}
        {kind === 'closed' && <path d="M4.500 7.200 6.300 9 9.700 5.300" stroke="var(--paper)" />}
      </svg>
      {status}
    </span>
  );
}
