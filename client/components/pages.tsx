import { count } from '../format/number.ts';

interface PagesProps {
  readonly page: number;
  readonly size: number;
  readonly total: number;
  readonly onPage: (page: number) => void;
}

/** Which rows are shown, and the way to the others. */
export function Pages({ page, size, total, onPage }: PagesProps) {
  const first = (page - 1) * size + 1;
  const last = Math.min(page * size, total);
  return (
    <nav className="paging" aria-label="Pages of the list">
      <span>{total === 0 ? 'None' : `${count(first)} to ${count(last)} of ${count(total)}`}</span>
      {total > size && (
        <>
          <button type="button" className="action" disabled={page === 1} onClick={() => onPage(page - 1)}>
            Previous
          </button>
          <button type="button" className="action" disabled={last >= total} onClick={() => onPage(page + 1)}>
            Next
          </button>
        </>
      )}
    </nav>
  );
}
