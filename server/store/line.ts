import { Refusal } from '../http/error.ts';

/** Who asks, for taking turns, and the signal that nobody waits for the answer any more. */
export interface Asker {
  readonly name: string;
  readonly gone: AbortSignal;
}

/** The client went away; nobody reads this. */
export class Gone extends Refusal {
  constructor() {
    super('unavailable', 'the client went away');
  }
}

const tooMany = () => new Refusal('unavailable', 'too many questions at once; try again in a moment');

/** A place at the front, given up early by a question that no longer runs there. */
export interface Place {
  readonly aside: () => void;
  readonly leave: () => void;
}

interface Limits {
  readonly places: number;
  /** Questions of one asker that run at once, aside or not. */
  readonly running: number;
  readonly waiting: number;
  /** Of one asker. */
  readonly waitingEach: number;
}

interface Waiting {
  readonly start: () => void;
  readonly refuse: () => void;
}

/**
 * Lets so many questions run at once, so many of one asker; askers who wait take turns. Where the line is too long, the
 * last question of who has most in it gives way.
 */
export class Line {
  readonly #limits: Limits;
  readonly #running = new Map<string, number>();
  /** In the order of turns. */
  readonly #waiting = new Map<string, Set<Waiting>>();
  #free: number;
  #length = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
    this.#free = limits.places;
  }

  /** Refuses who waits too long a line; rejects when the asker goes away before its turn. */
  enter({ name, gone }: Asker): Promise<Place> {
    return new Promise((resolve, reject) => {
      if (gone.aborted) throw new Gone();
      const mine = this.#waiting.get(name) ?? new Set();
      this.#makeRoom(mine);
      const leaveLine = () => {
        gone.removeEventListener('abort', giveUp);
        mine.delete(waiting);
        this.#length -= 1;
        if (mine.size === 0) this.#waiting.delete(name);
      };
      const leaveWith = (cause: Refusal) => {
        leaveLine();
        reject(cause);
      };
      const giveUp = () => leaveWith(new Gone());
      const waiting: Waiting = {
        start: () => {
          leaveLine();
          resolve(this.#place(name));
        },
        refuse: () => leaveWith(tooMany()),
      };
      gone.addEventListener('abort', giveUp);
      mine.add(waiting);
      this.#waiting.set(name, mine);
      this.#length += 1;
      this.#next();
    });
  }

  /** Throws where nobody has more in the line than who comes. */
  #makeRoom(mine: ReadonlySet<Waiting>): void {
    if (mine.size >= this.#limits.waitingEach) throw tooMany();
    if (this.#length < this.#limits.waiting) return;
    const [longest = mine] = [...this.#waiting.values()].sort((a, b) => b.size - a.size);
    if (longest.size <= mine.size + 1) throw tooMany();
    [...longest].at(-1)?.refuse();
  }

  #place(name: string): Place {
    this.#free -= 1;
    this.#running.set(name, this.#runningOf(name) + 1);
    let isAside = false;
    const aside = () => {
      if (isAside) return;
      isAside = true;
      this.#free += 1;
      this.#next();
    };
    const leave = () => {
      const others = this.#runningOf(name) - 1;
      if (others > 0) this.#running.set(name, others);
      else this.#running.delete(name);
      aside();
      this.#next();
    };
    return { aside, leave };
  }

  #next(): void {
    while (this.#free > 0) {
      const turn = [...this.#waiting].find(([name]) => this.#runningOf(name) < this.#limits.running);
      if (!turn) return;
      const [name, mine] = turn;
      this.#waiting.delete(name);
      this.#waiting.set(name, mine);
      for (const { start } of mine) {
        start();
        break;
      }
    }
  }

  #runningOf(name: string): number {
    return this.#running.get(name) ?? 0;
  }
}
