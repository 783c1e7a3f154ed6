import { Gone } from './line.ts';

/** What the map and the promise of a reply take beside its bytes and its key. */
const OVERHEAD = 500;

/**
 * What was made for a question, up to so many bytes; the least recently asked leaves first. Equal questions at once are
 * asked once; when who asked goes away, the next one asks again.
 */
export class Cache<T> {
  readonly #most: number;
  readonly #sizeOf: (made: T) => number;
  readonly #kept = new Map<string, { readonly made: Promise<T>; size: number }>();
  #bytes = 0;

  constructor(most: number, sizeOf: (made: T) => number) {
    this.#most = most;
    this.#sizeOf = sizeOf;
  }

  get(key: string, make: () => Promise<T>): Promise<T> {
    const known = this.#kept.get(key);
    const entry = known ?? { made: make(), size: 0 };
    this.#kept.delete(key);
    this.#kept.set(key, entry);
    if (!known) {
      entry.made.then(
        (made) => {
          if (this.#kept.get(key) !== entry) return;
          entry.size = this.#sizeOf(made) + key.length + OVERHEAD;
          this.#bytes += entry.size;
          this.#trim();
        },
        () => {
          if (this.#kept.get(key) === entry) this.#kept.delete(key);
        },
      );
      return entry.made;
    }
    return known.made.catch((error) => {
      if (error instanceof Gone) return this.get(key, make);
      throw error;
    });
  }

  #trim(): void {
    for (const [key, { size }] of this.#kept) {
      if (this.#bytes <= this.#most) return;
      this.#bytes -= size;
      this.#kept.delete(key);
    }
  }
}
