import { z } from 'zod';
import { Mode } from '#contract/result';
import type { SignedIn } from '../access/sign-in.ts';
import type { Snapshot } from '../store/snapshot.ts';
import type { Format } from './encode.ts';
import { Refusal } from './error.ts';

/**
 * Who may ask. `open`: anybody. `signed in`: every session, answered as its mode may see. `identified`: sessions whose
 * mode shows persons; each look goes to the audit log.
 */
export type Policy = 'open' | 'signed in' | 'identified';

/** What the request brought, parsed. */
export interface Asked<Q, B> {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Q;
  readonly body: B;
}

/** Around the request. */
export interface Context {
  readonly mode: Mode;
  readonly format: Format;
  /** Throws on an open route. */
  readonly signedIn: SignedIn;
  /** The value of the session cookie, if one came. */
  readonly cookie: string | undefined;
  /** One and the same from first use to the end of the request. Throws a refusal when nothing is published. */
  readonly snapshot: Snapshot;
  /** Sets a header of the reply. */
  readonly say: (name: string, value: string) => void;
  /** For the audit log: how many persons or rows the reply shows. */
  readonly shows: (count: number) => void;
}

/** A reply that is encoded already, or sent piece by piece. */
export class Encoded {
  readonly type: string;
  readonly body: Buffer | Iterable<string>;

  constructor(type: string, body: Buffer | Iterable<string>) {
    this.type = type;
    this.body = body;
  }
}

export const METHODS = ['get', 'post', 'put', 'delete'] as const;

interface Description {
  readonly method: (typeof METHODS)[number];
  /** Express's pattern, with /api. */
  readonly path: string;
  readonly policy: Policy;
  readonly summary: string;
  /** What it answers in besides JSON. */
  readonly formats: readonly Format[];
}

interface Spec<Q extends z.ZodObject, B extends z.ZodType, R extends z.ZodType> extends Omit<Description, 'formats'> {
  readonly formats?: readonly Format[];
  readonly query: Q;
  readonly body: B;
  /** Of a JSON reply; z.undefined() where there is nothing to say (204). */
  readonly reply: R;
  readonly handle: (
    asked: Asked<z.output<Q>, z.output<B>>,
    context: Context,
  ) => Promise<z.input<R> | Encoded> | z.input<R> | Encoded;
}

/** What the application mounts and describes. There is no route without a policy. */
export interface Route extends Description {
  readonly query: z.ZodObject;
  readonly body: z.ZodType;
  readonly reply: z.ZodType;
  /** Parses what came; throws a refusal that names the first thing that does not fit. */
  readonly parse: (raw: {
    readonly params: Readonly<Record<string, string>>;
    readonly query: object;
    readonly body: unknown;
  }) => {
    readonly mode: Mode | undefined;
    readonly answer: (context: Context) => Promise<unknown>;
  };
}

export const NOTHING = z.undefined();
export const NO_QUERY = z.strictObject({});

/** Every route that needs a session takes `mode` in its query, declared or not. */
export const route = <Q extends z.ZodObject, B extends z.ZodType, R extends z.ZodType>(spec: Spec<Q, B, R>): Route => ({
  ...spec,
  formats: spec.formats ?? [],
  parse({ params, query: rawQuery, body: rawBody }) {
    const { mode: rawMode, ...rest } = { mode: undefined, ...rawQuery };
    const mode = parsed(Mode.optional(), spec.policy === 'open' ? undefined : rawMode, 'mode');
    const query = parsed(spec.query, spec.policy === 'open' || 'mode' in spec.query.shape ? rawQuery : rest, 'query');
    const body = parsed(spec.body, rawBody, 'body');
    return {
      mode,
      async answer(context) {
        const answered = await spec.handle({ params, query, body }, context);
        return answered instanceof Encoded ? answered : spec.reply.parse(answered);
      },
    };
  },
});

function parsed<S extends z.ZodType>(schema: S, value: unknown, place: string): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = [place, ...(issue?.path ?? [])].join('.');
  throw new Refusal('bad_request', `${path}: ${issue?.message ?? 'does not fit'}`, { cause: result.error });
}
