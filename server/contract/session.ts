import { z } from 'zod';
import { Mode } from './result.ts';

export const Role = z.enum(['aco_admin', 'analyst_aggregate']);
export type Role = z.infer<typeof Role>;

/** POST /api/session: by the one-time link, by name and password, or first set-up (link + new account). */
export const SignIn = z.union([
  z.strictObject({
    token: z.string().min(20),
    account: z.strictObject({ name: z.string().min(1).max(80), password: z.string().min(12).max(200) }).optional(),
  }),
  z.strictObject({ name: z.string().min(1).max(80), password: z.string().max(200) }),
]);
export type SignIn = z.infer<typeof SignIn>;

export const Session = z.strictObject({
  name: z.string(),
  role: Role,
  /** The modes this role may ask for; the first is the default. */
  modes: z.array(Mode).min(1),
  /** True when the link was good but the first admin's account must be named first. */
  needsAccount: z.boolean(),
});
export type Session = z.infer<typeof Session>;
