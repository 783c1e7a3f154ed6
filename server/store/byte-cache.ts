import { Gone } from './line.ts';

const MOST_BYTES = 64 * 2 ** 20;

/**
 * Encoded replies by canonical question; the least recently asked leave first. Equal questions at once are asked once;
 * when who asked goes away, the next one asks again.
 */
export class ByteCache {
  readonly #replies = new Map<string, { readonly bytes: Promise<Buffer>; size: number }>();
  #bytes = 0;

  get(key: string, make: () => Promise<Buffer>): Promise<Buffer> {
    const known = this.#replies.get(key);
    const reply = known ?? { bytes: make(), size: 0 };
    this.#replies.delete(key);
    this.#replies.set(key, reply);
    if (!known) {
      reply.bytes.then(
        ({ length }) => {
          reply.size = length;
          this.#bytes += length;
          this.#trim();
        },
        () => this.#replies.delete(key),
      );
    }
    if (!known) return reply.bytes;
    return reply.bytes.catch((error) => {
      if (error instanceof Gone) return this.get(key, make);
      throw error;
    });
  }

  #trim(): void {
    for (const [key, { size }] of this.#replies) {
      if (this.#bytes <= MOST_BYTES) return;
      this.#bytes -= size;
      this.#replies.delete(key);
    }
  }
}
