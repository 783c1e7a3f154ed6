import { useNavigate } from '@tanstack/react-router';
import { count } from '../format/number.ts';

interface PagesProps {
  readonly page: number;
  readonly size: number;
  readonly total: number;
  readonly onPage: (page: number) => void;
  /** Tells the pages of two lists on one page apart. */
  readonly of?: string;
}

interface Turning {
  /** What the address calls the page of this list. */
  readonly name?: 'page' | 'listed';
  /** The list is the whole page, which then begins at its top. */
  readonly resetScroll?: boolean;
}

/** Turns to a page of a list in the address, where the first is said by saying nothing. */
export function useTurn({ name = 'page', resetScroll = false }: Turning = {}) {
  const navigate = useNavigate();
  return (page: number) =>
    navigate({ to: '.', search: (search) => ({ ...search, [name]: page > 1 ? page : undefined }), resetScroll });
}

/** Which rows are shown, and the way to the others. */
export function Pages({ page, size, total, onPage, of = 'the list' }: PagesProps) {
  const first = (page - 1) * size + 1;
  const last = Math.min(page * size, total);
  return (
    <nav className="paging" aria-label={`Pages of ${of}`}>
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
