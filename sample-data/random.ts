/**
 * A reproducible stream of randomness (sfc32). Streams of different paths are independent of one another, so a person's
 * draws depend neither on how many people there are nor on what another topic has drawn.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(...path: readonly number[]) {
    this.#a = 0x9e3779b9;
    this.#b = 0x243f6a88;
    this.#c = 0xb7e15162;
    for (const step of path) {
      this.#a ^= Math.imul(step + 1, 0x85ebca6b);
      for (let round = 0; round < 6; round++) this.#next();
    }
    for (let round = 0; round < 8; round++) this.#next();
  }

  #next(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** A number from 0 up to, but not including, 1. */
  unit(): number {
    return this.#next() / 4294967296;
  }

  chance(probability: number): boolean {
    return this.unit() < probability;
  }

  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.unit() * (high - low + 1));
  }

  between(low: number, high: number): number {
    return low + this.unit() * (high - low);
  }

  pick<T>(items: readonly [T, ...T[]] | readonly T[]): T {
    const item = items[Math.floor(this.unit() * items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  /** One of the items, with the chances that their weights give. */
  weighted<T>(items: readonly (readonly [T, number])[]): T {
    let total = 0;
    for (const [, weight] of items) total += weight;
    let left = this.unit() * total;
    for (const [item, weight] of items) {
      left -= weight;
      if (left < 0) return item;
    }
    return this.pick(items)[0];
  }

  /** Mean 0, standard deviation 1: a sum of twelve uniforms, so every machine gives the same digits. */
  normal(): number {
    let sum = -6;
    for (let draw = 0; draw < 12; draw++) sum += this.unit();
    return sum;
  }

  /** Log-normal: half of the values lie below `median`; `spread` is the standard deviation of the logarithm. */
  skewed(median: number, spread: number): number {
    return median * Math.exp(spread * this.normal());
  }

  /** Poisson: how many independent events with this mean. */
  count(mean: number): number {
    const limit = Math.exp(-mean);
    let product = this.unit();
    let events = 0;
    while (product > limit) {
      product *= this.unit();
      events++;
    }
    return events;
  }
}
