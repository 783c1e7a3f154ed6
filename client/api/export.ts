import { queryOptions } from '@tanstack/react-query';
import { type FileFormat, Manifest } from '#contract/export';
import { formatAddress } from '../state/search.ts';
import { ask } from './request.ts';

/** A list as the API exports it: its address under /api/export, and the question. */
export interface Exported {
  readonly path: string;
  readonly query: Readonly<Record<string, string | number | undefined>>;
}

/** How a file is to be written. */
export interface Chosen {
  readonly format: FileFormat;
  readonly bom: boolean;
  readonly manifest: boolean;
  readonly deidentified: boolean;
}

const addressOf = ({ path }: Exported) => `/api/export/${path}`;
const told = (flag: boolean) => (flag ? 'true' : undefined);

/** What a file would say of itself: above all, how many rows it has. */
export const manifestQuery = (exported: Exported, deidentified: boolean) =>
  queryOptions({
    queryKey: ['manifest', exported, deidentified],
    queryFn: ({ signal }) =>
      ask(Manifest, addressOf(exported), {
        query: { ...exported.query, format: 'manifest', deidentified: told(deidentified) },
        signal,
      }),
  });

/** A link that downloads: the browser writes to disk as the server sends, however long the list. */
export const fileAddress = (exported: Exported, { format, bom, manifest, deidentified }: Chosen): string =>
  `${addressOf(exported)}${formatAddress({
    ...exported.query,
    format,
    deidentified: told(deidentified),
    ...(format === 'csv' && { bom: told(bom), manifest: told(manifest) }),
  })}`;
