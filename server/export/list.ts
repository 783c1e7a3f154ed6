import type { z } from 'zod';
import type { Context, Policy } from '../http/route.ts';
import type { Column } from '../store/columns.ts';
import type { Page, Sql } from '../store/sql.ts';

/** The rows of one list, and what its manifest says of them. */
export interface Listed {
  /** A statement that is streamed, or columns that are there already. */
  readonly rows: Sql | readonly Column[];
  /** Adds or replaces columns of a batch. */
  readonly finish?: (batch: readonly Column[]) => readonly Column[];
  readonly title: string;
  /** The file's name without its ending. */
  readonly name: string;
  readonly question: Readonly<Record<string, string | number | null | undefined>>;
  readonly definition?: { readonly id: string; readonly title: string; readonly version: string };
  readonly caveats: readonly string[];
}

interface Asked<Q> {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Q;
  /** Null: the whole list. */
  readonly page: Page | null;
}

interface Spec<Q extends z.ZodObject> {
  /** After /api/export/, as Express's pattern. */
  readonly path: string;
  readonly policy: Policy;
  readonly summary: string;
  /** Without paging. */
  readonly query: Q;
  readonly read: (asked: Asked<z.output<Q>>, context: Context) => Promise<Listed> | Listed;
}

/** One list or table that the product shows, as it can be exported: in every format, by one declaration. */
export interface List extends Pick<Spec<z.ZodObject>, 'path' | 'policy' | 'summary' | 'query'> {
  readonly read: (asked: Asked<unknown>, context: Context) => Promise<Listed> | Listed;
}

export const list = <Q extends z.ZodObject>(spec: Spec<Q>): List => ({
  ...spec,
  read: ({ query, ...asked }, context) => spec.read({ ...asked, query: spec.query.parse(query) }, context),
});
