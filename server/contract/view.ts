import { z } from 'zod';

/** Surrogate ids of persons, encounters and stays are 16 hexadecimal digits. */
const SURROGATE = /(?<![0-9a-z])[0-9a-f]{16}(?![0-9a-z])/i;

/** Whether an address of this product leads to one person: a person's page, a claim, or a surrogate id anywhere. */
export function namesPerson(address: string): boolean {
  const plain = decoded(address);
  return /^\/+(patients|claims)\/+[^?]/i.test(plain) || SURROGATE.test(plain);
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/** POST /api/views, PUT /api/views/:id: the state of a page, which its address holds whole, under a name. */
export const SavedViewDraft = z.strictObject({
  name: z.string().trim().min(1).max(60),
  /** Path and query, without origin or fragment. */
  address: z
    .string()
    .max(4000)
    .regex(/^\/(?![/\\])[^#\s]*$/, 'a path of this product')
    .refine((address) => !namesPerson(address), 'a page about one person is not saved'),
  /** With every user of this ACO; otherwise seen by its owner alone. */
  shared: z.boolean(),
});
export type SavedViewDraft = z.infer<typeof SavedViewDraft>;

export const SavedView = SavedViewDraft.extend({
  id: z.string(),
  owner: z.string(),
  /** Whether who asks may rename, share and delete it. */
  mayChange: z.boolean(),
});
export type SavedView = z.infer<typeof SavedView>;

/** GET /api/views: one's own and those that others share, by name. */
export const SavedViews = z.strictObject({ views: z.array(SavedView) });
