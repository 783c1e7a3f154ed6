import { queryOptions } from '@tanstack/react-query';
import { tableFromIPC } from 'apache-arrow';
import { binsOf, CrossfilterAbout, SharedCrossfilter } from '#contract/crossfilter';
import { BITS, type People } from '../statistics/crossfilter.ts';
import { call, fetchReply } from './call.ts';
import { RequestFailed } from './request.ts';

/** The people of a filter as columns. They are kept in memory only while a page shows them. */
export const crossfilterQuery = (where: string) =>
  queryOptions({
    queryKey: ['crossfilter', where],
    queryFn: async ({ signal }) => {
      const reply = await fetchReply('GET /api/crossfilter/people', {
        query: { where },
        signal,
        accept: 'application/vnd.apache.arrow.stream',
      });
      return peopleOf(new Uint8Array(await reply.arrayBuffer()), reply.headers.get('x-request-id'));
    },
    staleTime: 300_000,
    gcTime: 0,
    structuralSharing: false,
  });

export interface Explored extends People {
  readonly dataThrough: string;
  readonly caveats: readonly string[];
}

/** Throws RequestFailed where the columns are not those that the charts ask for. */
export function peopleOf(bytes: Uint8Array, requestId: string | null): Explored {
  const table = tableFromIPC(bytes);
  const about = CrossfilterAbout.parse(JSON.parse(table.schema.metadata.get('throughline') ?? 'null'));
  const columnOf = <T extends Uint8Array | Int32Array | Float64Array>(name: string, kind: new (n: number) => T): T => {
    const column = table.getChild(name);
    const whole = new kind(table.numRows);
    let at = 0;
    for (const { values, length } of column?.data ?? []) {
      const part: unknown = values;
      if (!(part instanceof kind)) break;
      whole.set(part.subarray(0, length), at);
      at += length;
    }
    if (column && at === table.numRows) return whole;
    throw new RequestFailed('contract', 'The answer is not in the agreed form.', requestId);
  };
  return {
    ...about,
    length: table.numRows,
    cents: columnOf('paid_cents', Float64Array),
    places: new Map(
      about.charts.filter(({ kind }) => kind !== 'set').map(({ id }) => [id, columnOf(id, Uint8Array)] as const),
    ),
    bits: new Map(
      about.charts
        .filter(({ kind }) => kind === 'set')
        .map((chart) => [
          chart.id,
          Array.from({ length: Math.ceil(binsOf(chart).length / BITS) }, (_, at) =>
            columnOf(`${chart.id}_${at}`, Int32Array),
          ),
        ]),
    ),
  };
}

/** Everybody, where only aggregates may be seen. */
export const sharedCrossfilterQuery = () =>
  queryOptions({
    queryKey: ['crossfilter shared'],
    queryFn: ({ signal }) => call('GET /api/crossfilter', SharedCrossfilter, { query: { mode: 'shareable' }, signal }),
  });
