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

/** Lets so many questions run at once, so many of one asker; askers who wait take turns. */
export class Line {
  readonly #limits: Limits;
  readonly #running = new Map<string, number>();
  /** In the order of turns. */
  readonly #waiting = new Map<string, Set<() => void>>();
  #free: number;
  #length = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
    this.#free = limits.places;
  }

  /** Refuses when the line is too long; rejects when the asker goes away before its turn. */
  enter({ name, gone }: Asker): Promise<Place> {
    return new Promise((resolve, reject) => {
      const mine = this.#waiting.get(name) ?? new Set();
      if (gone.aborted) throw new Gone();
      if (this.#length >= this.#limits.waiting || mine.size >= this.#limits.waitingEach) {
        throw new Refusal('unavailable', 'too many questions at once; try again in a moment');
      }
      const leaveLine = () => {
        gone.removeEventListener('abort', giveUp);
        mine.delete(start);
        this.#length -= 1;
        if (mine.size === 0) this.#waiting.delete(name);
      };
      const start = () => {
        leaveLine();
        resolve(this.#place(name));
      };
      const giveUp = () => {
        leaveLine();
        reject(new Gone());
      };
      gone.addEventListener('abort', giveUp);
      mine.add(start);
      this.#waiting.set(name, mine);
      this.#length += 1;
      this.#next();
    });
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
      for (const start of mine) {
        start();
        break;
      }
    }
  }

  #runningOf(name: string): number {
    return this.#running.get(name) ?? 0;
  }
}
