import type { z } from 'zod';
import { ApiError } from '#contract/error';
import { formatAddress } from '../state/search.ts';

type Code = ApiError['error']['code'] | 'unreachable' | 'contract';

/** Why a request gave no answer, in words for people, with the id that the server logged it under. */
export class RequestFailed extends Error {
  readonly code: Code;
  readonly requestId: string | null;

  constructor(code: Code, message: string, requestId: string | null, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RequestFailed';
    this.code = code;
    this.requestId = requestId;
  }
}

interface Asking {
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly signal?: AbortSignal;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly body?: unknown;
  readonly accept?: string;
}

/** The one fetch of the client. Throws RequestFailed; a reply that breaks the contract is a failure too. */
export async function ask<S extends z.ZodType>(schema: S, path: string, asking: Asking = {}): Promise<z.infer<S>> {
  const reply = await send(path, asking);
  const parsed = schema.safeParse(await reply.json());
  if (parsed.success) return parsed.data;
  throw new RequestFailed('contract', 'The answer is not in the agreed form.', reply.headers.get('x-request-id'), {
    cause: parsed.error,
  });
}

/** Hands the reply to the browser as a file to keep. */
export async function download(path: string, fileName: string, asking: Asking = {}): Promise<void> {
  const reply = await send(path, { accept: 'text/csv', ...asking });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await reply.blob());
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(link.href);
}

export async function send(path: string, { query = {}, signal, method = 'GET', body, accept }: Asking) {
  const headers: Record<string, string> = { accept: accept ?? 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  const reply = await fetch(`${path}${formatAddress(query)}`, {
    method,
    headers,
    credentials: 'same-origin',
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    throw new RequestFailed('unreachable', 'The server does not answer.', null, { cause });
  });
  if (reply.ok) return reply;
  const told = ApiError.safeParse(await reply.json().catch(() => null));
  throw told.success
    ? new RequestFailed(told.data.error.code, told.data.error.message, told.data.error.requestId)
    : new RequestFailed('internal', `The server answered ${reply.status}.`, reply.headers.get('x-request-id'));
}
