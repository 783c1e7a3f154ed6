import { createHash, randomBytes } from 'node:crypto';
import type { Mode } from '#contract/result';
import type { Role, Session, SignIn } from '#contract/session';
import { Refusal } from '../http/error.ts';
import {
  addLink,
  addSession,
  addUser,
  endSession,
  findSession,
  findUser,
  hasUsers,
  linkIsGood,
  localAdmin,
  touchSession,
  useLink,
} from '../store/accounts.ts';
import type { AppDatabase } from '../store/app-database.ts';
import { hashPassword, passwordFits } from './password.ts';

const MINUTE = 60_000;
const LINK_LIFE = 30 * MINUTE;
const IDLE = 60 * MINUTE;
const ABSOLUTE = 12 * 60 * MINUTE;
const MOST_FAILURES = 10;
const MOST_REMEMBERED = 10_000;
const LOCKED_FOR = 15 * MINUTE;

/** The modes of a role; the first is its default. */
const MODES: Readonly<Record<Role, readonly [Mode, ...Mode[]]>> = {
  aco_admin: ['identified', 'shareable'],
  analyst_aggregate: ['shareable'],
};

/** Who asks. */
export interface SignedIn {
  readonly userId: string;
  readonly name: string;
  readonly role: Role;
  readonly modes: readonly [Mode, ...Mode[]];
}

const secret = (): string => randomBytes(32).toString('base64url');
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

export const asSession = ({ name, role, modes }: SignedIn): Session => ({
  name,
  role,
  modes: [...modes],
  needsAccount: false,
});

/**
 * Accounts sign in here and sessions are known here. Of links and sessions only hashes are stored, so a copy of the
 * database opens nothing. `clock` gives milliseconds since 1970.
 */
export class Access {
  readonly #database: AppDatabase;
  readonly #clock: () => number;
  readonly #failures = new Map<string, { count: number; until: number }>();

  constructor(database: AppDatabase, clock: () => number) {
    this.#database = database;
    this.#clock = clock;
  }

  /** A token of 256 bits that works once within 30 minutes; null when no account may use it. */
  issueLink(): string | null {
    if (hasUsers(this.#database) && !this.#enabledLocalAdmin()) return null;
    const token = secret();
    addLink(this.#database, hashOf(token), this.#clock() + LINK_LIFE);
    return token;
  }

  /** The new session and its cookie's value; no cookie while the first account must still be named. */
  async signIn(
    body: SignIn,
    synthetic: boolean,
  ): Promise<{ readonly session: Session; readonly cookie: string | null }> {
    if (!('token' in body)) return this.#open(await this.#byPassword(body.name, body.password));
    const { token, account } = body;
    const good = linkIsGood(this.#database, hashOf(token), this.#clock());
    if (!good) throw unusableLink();
    if (!account && !synthetic && !hasUsers(this.#database)) {
      return {
        session: { name: '', role: 'aco_admin', modes: [...MODES.aco_admin], needsAccount: true },
        cookie: null,
      };
    }
    const password = account ? await hashPassword(account.password) : null;
    return this.#open(
      this.#database.atomically(() => {
        if (!useLink(this.#database, hashOf(token), this.#clock())) throw unusableLink();
        if (!hasUsers(this.#database)) {
          const name = account?.name ?? 'local admin';
          const role = 'aco_admin';
          const id = addUser(this.#database, { name, role, password, isLocal: true }, this.#clock());
          return { id, name, role } as const;
        }
        const local = this.#enabledLocalAdmin();
        if (account || !local) throw new Refusal('forbidden', 'this link cannot make an account: there is one already');
        return local;
      }),
    );
  }

  /** The session that a cookie's value opens; undefined when there is none, or it is too old, or idle for too long. */
  find(cookie: string): SignedIn | undefined {
    const hash = hashOf(cookie);
    const now = this.#clock();
    const stored = findSession(this.#database, hash);
    if (!stored) return undefined;
    if (now - stored.created_at > ABSOLUTE || now - stored.seen_at > IDLE) {
      endSession(this.#database, hash);
      return undefined;
    }
    if (now - stored.seen_at > MINUTE) touchSession(this.#database, hash, now);
    return { userId: stored.user_id, name: stored.name, role: stored.role, modes: MODES[stored.role] };
  }

  end(cookie: string): void {
    endSession(this.#database, hashOf(cookie));
  }

  #enabledLocalAdmin() {
    const local = localAdmin(this.#database);
    return local?.disabled_at === null ? local : undefined;
  }

  #open({ id, name, role }: { readonly id: string; readonly name: string; readonly role: Role }) {
    const cookie = secret();
    addSession(this.#database, hashOf(cookie), id, this.#clock());
    return { session: asSession({ userId: id, name, role, modes: MODES[role] }), cookie };
  }

  async #byPassword(name: string, password: string) {
    const key = name.toLowerCase();
    const failed = this.#failures.get(key);
    if (failed && failed.count >= MOST_FAILURES && failed.until > this.#clock()) {
      throw new Refusal('too_many_requests', 'too many wrong passwords; try again in 15 minutes');
    }
    const user = findUser(this.#database, name);
    const fits = await passwordFits(password, user?.disabled_at === null ? user.password : null);
    if (!user || !fits) {
      if (this.#failures.size >= MOST_REMEMBERED) this.#failures.clear();
      const count = failed && failed.until > this.#clock() ? failed.count + 1 : 1;
      this.#failures.set(key, { count, until: this.#clock() + LOCKED_FOR });
      throw new Refusal('unauthenticated', 'the name or the password is wrong');
    }
    this.#failures.delete(key);
    return user;
  }
}

const unusableLink = () =>
  new Refusal('unauthenticated', 'this sign-in link was used or is older than 30 minutes; start again for a new one');
