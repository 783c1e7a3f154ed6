import { z } from 'zod';
import type { Api, Asking, Name } from '#contract/api';
import { ask, send } from './request.ts';

interface Around {
  readonly signal?: AbortSignal;
  readonly accept?: string;
}

/** Asks an address of the API by its name, with all that it needs; the reply is parsed by the schema of its contract. */
export const call = <N extends Name>(
  name: N,
  reply: z.ZodType<Api[N]['reply']>,
  asking: Asking<N> & Around,
): Promise<Api[N]['reply']> => {
  const { path, ...rest } = requestOf(name, asking);
  return ask(reply, path, rest);
};

/** The same where the reply is no JSON. */
export const fetchReply = <N extends Name>(name: N, asking: Asking<N> & Around): Promise<Response> => {
  const { path, ...rest } = requestOf(name, asking);
  return send(path, rest);
};

const METHODS = z.enum(['GET', 'POST', 'PUT', 'DELETE']);

interface Given extends Around {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: object;
  readonly body?: unknown;
}

function requestOf(name: Name, { params = {}, query = {}, ...rest }: Given) {
  const [method = '', pattern = ''] = name.split(' ');
  return {
    ...rest,
    method: METHODS.parse(method),
    path: pattern.replace(/:(\w+)/g, (_, param: string) => encodeURIComponent(params[param] ?? '')),
    query: Query.parse(query),
  };
}

const Query = z.record(z.string(), z.union([z.string(), z.number(), z.undefined()]));
