/** Where the dollars of a record stand: in its field of this number from 1, or in these bytes of it from 0. */
export type DollarsAt = { readonly field: number } | { readonly from: number; readonly to: number };

const [QUOTE, BLANK, PLUS, MINUS, POINT, ZERO, TILDE] = [34, 32, 43, 45, 46, 48, 126];
/** A trillion dollars: no amount is that large. */
const TOO_MANY_CENTS = 1e14;

/**
 * Adds up plain amounts as they stand in the bytes of a file, to the cent, without the parser and the casts that the
 * pipeline uses: the second opinion of the ledger. Blank and '~' are nothing; what is not a plain number with at most
 * two decimals is counted as unreadable.
 */
export class RawDollars {
  unreadable = 0;
  #total = 0n;
  #cents = 0;

  /** Cents of every amount added. */
  get cents(): bigint {
    return this.#total + BigInt(this.#cents);
  }

  add(buffer: Buffer, start: number, end: number): void {
    const cents = this.#read(buffer, start, end);
    if (cents === undefined) {
      this.unreadable += 1;
      return;
    }
    this.#cents += cents;
    if (Math.abs(this.#cents) > Number.MAX_SAFE_INTEGER / 2) {
      this.#total += BigInt(this.#cents);
      this.#cents = 0;
    }
  }

  /** Undefined for what is no plain amount. */
  #read(buffer: Buffer, start: number, end: number): number | undefined {
    let [at, stop] = [start, end];
    if (buffer[at] === QUOTE && buffer[stop - 1] === QUOTE && stop - at >= 2) [at, stop] = [at + 1, stop - 1];
    while (at < stop && buffer[at] === BLANK) at += 1;
    while (stop > at && buffer[stop - 1] === BLANK) stop -= 1;
    if (at === stop || (stop - at === 1 && buffer[at] === TILDE)) return 0;
    const sign = buffer[at];
    if (sign === PLUS || sign === MINUS) at += 1;
    let [cents, digits, decimals] = [0, 0, -1];
    for (; at < stop; at++) {
      const byte = buffer[at] ?? 0;
      if (byte === POINT && decimals < 0) {
        decimals = 0;
        continue;
      }
      const digit = byte - ZERO;
      if (digit < 0 || digit > 9) return undefined;
      if (decimals >= 2) {
        if (digit !== 0) return undefined;
        continue;
      }
      cents = cents * 10 + digit;
      digits += 1;
      if (decimals >= 0) decimals += 1;
    }
    if (digits === 0) return undefined;
    for (let missing = 2 - Math.max(decimals, 0); missing > 0; missing--) cents *= 10;
    if (cents >= TOO_MANY_CENTS) return undefined;
    return sign === MINUS ? -cents : cents;
  }
}
