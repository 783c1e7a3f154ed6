import { z } from 'zod';

/** The one shape of every error reply. `message` is for people; a 500 never carries an exception's text. */
export const ApiError = z.strictObject({
  error: z.strictObject({
    code: z.enum([
      'bad_request',
      'unauthenticated',
      'forbidden',
      'not_found',
      'too_large',
      'too_many_requests',
      'unavailable',
      'internal',
    ]),
    message: z.string(),
    requestId: z.string(),
  }),
});
export type ApiError = z.infer<typeof ApiError>;
