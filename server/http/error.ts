import type { ApiError } from '#contract/error';

type Code = ApiError['error']['code'];

export const STATUS: Readonly<Record<Code, number>> = {
  bad_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  too_large: 413,
  too_many_requests: 429,
  unavailable: 503,
  internal: 500,
};

/** A refusal in words for the person who asked. Everything else that is thrown is a bug, and answered without its text. */
export class Refusal extends Error {
  readonly code: Code;
  readonly status: number;

  constructor(code: Code, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Refusal';
    this.code = code;
    this.status = STATUS[code];
  }
}

/** Errors of Express and its parsers carry a status; only their number is kept, never their text. */
export function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const status = error instanceof Error && 'status' in error ? error.status : 500;
  if (status === 413) return new Refusal('too_large', 'the request is too large', { cause: error });
  if (status === 404) return new Refusal('not_found', 'there is no such address', { cause: error });
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new Refusal('bad_request', 'the request cannot be read', { cause: error });
  return new Refusal('internal', 'something went wrong on our side; the request id finds it in the log', {
    cause: error,
  });
}

export const errorBody = ({ code, message }: Refusal, requestId: string): ApiError => ({
  error: { code, message, requestId },
});

/**
 * What of an error may enter the log: its class and where it happened. Not its message, which can quote a patient's
 * data (DuckDB's do).
 */
export function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const cause = error.cause === undefined ? '' : ` caused by ${placeOf(error.cause)}`;
  return [`${error.name}${cause}`, ...frames].join('\n');
}
