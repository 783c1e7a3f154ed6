import type { Readable } from 'node:stream';
import { z } from 'zod';
import type { Api, Name } from '#contract/api';
import { Mode } from '#contract/result';
import type { SignedIn } from '../access/sign-in.ts';
import type { Asker } from '../store/line.ts';
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
  /** For taking turns, and the signal that the client went away. */
  readonly asker: Asker;
  /** The value of the session cookie, if one came. */
  readonly cookie: string | undefined;
  /** One and the same from first use to the end of the request. Throws a refusal when nothing is published. */
  readonly snapshot: Snapshot;
  /**
   * A reply without persons that only this question, this mode and the snapshot decide: made once, kept for the next who
   * asks, and not sent again to a browser that has it.
   */
  readonly kept: (question: unknown, type: string, make: () => Promise<Buffer>) => Promise<Encoded>;
  /** Sets a header of the reply. */
  readonly say: (name: string, value: string) => void;
  /** For the audit log: how many persons or rows the reply shows. */
  readonly shows: (count: number) => void;
}

/**
 * A reply that is encoded already, or sent piece by piece; without a body where the browser has the one that `tag` names.
 */
export class Encoded {
  readonly type: string;
  readonly body: Buffer | Iterable<string> | Readable | null;
  readonly tag: string | null;

  constructor(type: string, body: Encoded['body'], tag: string | null = null) {
    this.type = type;
    this.body = body;
    this.tag = tag;
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
  /** The media type of what it sends, where that is neither JSON nor a format of choice. */
  readonly media?: string;
  /** Looks go to the audit log though the policy does not ask for it. */
  readonly isAudited?: true;
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

/** What the typed client was told that this address answers. */
type Promised<M extends string, P extends string> = `${Uppercase<M>} ${P}` extends infer N extends Name
  ? z.ZodType<Api[N]['reply']>
  : z.ZodType;

/** Every route that needs a session takes `mode` in its query, declared or not. */
export const route = <
  M extends Description['method'],
  P extends string,
  Q extends z.ZodObject,
  B extends z.ZodType,
  R extends Promised<M, P>,
>(
  spec: Spec<Q, B, R> & { readonly method: M; readonly path: P },
): Route => ({
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
