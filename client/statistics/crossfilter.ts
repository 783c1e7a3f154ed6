import { type Brushes, binsOf, type CrossfilterChart } from '#contract/crossfilter';

/** Everybody, by columns in one order. */
export interface People {
  readonly charts: readonly CrossfilterChart[];
  readonly length: number;
  readonly cents: Float64Array;
  /** By chart the place of each person's bin. */
  readonly places: ReadonlyMap<string, Uint8Array>;
  /** By set integers whose bits are the places of each person's bins, `BITS` in each. */
  readonly bits: ReadonlyMap<string, readonly Int32Array[]>;
}

export const BITS = 30;

export interface Counted {
  readonly persons: number;
  readonly bins: Uint32Array;
}

/** What brushes leave. */
export interface Left {
  readonly persons: number;
  readonly cents: number;
  /** Of each chart: the people whom the brushes of all OTHER charts leave, and how they fall into its bins. */
  readonly charts: ReadonlyMap<string, Counted>;
}

/**
 * Filters columns of people where they lie. For every person a number says by its bits which charts leave the person out;
 * a brush that moves turns the bits of those few who come in or go out, and the counts follow them. Whoever another chart
 * leaves out is counted by that chart alone, whoever two others do by none.
 */
export class Crossfilter {
  readonly #people: People;
  readonly #leftOut: Uint16Array;
  /** Who came in, from the front, and who went out, from the back. */
  readonly #turned: Uint32Array;
  readonly #bins: readonly Uint32Array[];
  readonly #persons: number[];
  readonly #one = new Uint32Array(1);
  #inside: number;
  #cents = 0;
  #brushes: Brushes = {};
  #left: Left | null = null;

  constructor(people: People) {
    const { charts, length } = people;
    if (charts.length > 16) throw new Error('one number of 16 bits holds 16 charts');
    this.#people = people;
    this.#leftOut = new Uint16Array(length);
    this.#turned = new Uint32Array(length).map((_, person) => person);
    this.#bins = charts.map((chart) => new Uint32Array(Math.max(binsOf(chart).length, 1)));
    this.#persons = charts.map(() => length);
    this.#inside = length;
    charts.forEach((_, at) => {
      this.#add(at, this.#turned, 1);
    });
    for (const paid of people.cents) this.#cents += paid;
  }

  count(brushes: Brushes): Left {
    const { charts } = this.#people;
    const changed = charts.flatMap((chart, at) => (isSame(brushes, this.#brushes, chart) ? [] : [at]));
    for (const at of changed) this.#move(at, brushes[charts[at]!.id]);
    this.#brushes = brushes;
    if (changed.length === 0 && this.#left) return this.#left;
    const before = changed.length === 1 ? this.#left : null;
    const counted = charts.map((chart, at) => {
      // A chart's own brush does not change its bins.
      const same = changed[0] === at ? before?.charts.get(chart.id) : undefined;
      return [chart.id, same ?? { persons: this.#persons[at]!, bins: this.#bins[at]!.slice() }] as const;
    });
    this.#left = { persons: this.#inside, cents: this.#cents, charts: new Map(counted) };
    return this.#left;
  }

  /** Turns the bit of a chart for everybody whom its brush now lets in or leaves out. */
  #move(at: number, chosen: readonly number[] | undefined): void {
    const leftOut = this.#leftOut;
    const { cents: paid } = this.#people;
    const turned = this.#turned;
    const bit = 1 << at;
    const isOut = this.#outside(at, chosen);
    let [cameIn, wentOut] = [0, turned.length];
    for (let person = 0; person < leftOut.length; person++) {
      const bits = leftOut[person]!;
      const out = isOut(person);
      if (out === ((bits & bit) !== 0)) continue;
      leftOut[person] = bits ^ bit;
      const others = bits & ~bit;
      if (others === 0) {
        if (out) turned[--wentOut] = person;
        else turned[cameIn++] = person;
        this.#cents += out ? -paid[person]! : paid[person]!;
      } else if ((others & (others - 1)) === 0) this.#addOne(31 - Math.clz32(others), person, out ? -1 : 1);
    }
    const [came, went] = [turned.subarray(0, cameIn), turned.subarray(wentOut)];
    this.#inside += came.length - went.length;
    this.#persons.forEach((_, other) => {
      if (other === at) return;
      this.#persons[other]! += came.length - went.length;
      this.#add(other, came, 1);
      this.#add(other, went, -1);
    });
  }

  #outside(at: number, chosen: readonly number[] | undefined): (person: number) => boolean {
    const { id, kind } = this.#people.charts[at]!;
    if (chosen === undefined) return () => false;
    if (kind !== 'set') {
      const places = this.#people.places.get(id)!;
      const out = new Uint8Array(256).fill(1);
      for (const place of chosen) out[place] = 0;
      return (person) => out[places[person]!] === 1;
    }
    const words = this.#people.bits.get(id)!;
    const wanted = words.map((_, word) =>
      chosen.reduce((mask, place) => (Math.floor(place / BITS) === word ? mask | (1 << (place % BITS)) : mask), 0),
    );
    return (person) => {
      for (let which = 0; which < words.length; which++)
        if ((words[which]![person]! & wanted[which]!) !== 0) return false;
      return true;
    };
  }

  #add(at: number, group: Uint32Array, sign: 1 | -1): void {
    const { id, kind } = this.#people.charts[at]!;
    const bins = this.#bins[at]!;
    if (kind !== 'set') {
      const places = this.#people.places.get(id)!;
      for (let one = 0; one < group.length; one++) bins[places[group[one]!]!]! += sign;
      return;
    }
    this.#people.bits.get(id)!.forEach((word, which) => {
      for (let one = 0; one < group.length; one++) {
        for (let held = word[group[one]!]!; held !== 0; held &= held - 1) {
          bins[which * BITS + 31 - Math.clz32(held & -held)]! += sign;
        }
      }
    });
  }

  #addOne(at: number, person: number, sign: 1 | -1): void {
    this.#persons[at]! += sign;
    this.#one[0] = person;
    this.#add(at, this.#one, sign);
  }
}

const isSame = (a: Brushes, b: Brushes, { id }: CrossfilterChart): boolean => a[id]?.join() === b[id]?.join();
