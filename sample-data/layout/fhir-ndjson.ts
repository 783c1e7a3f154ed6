import { join } from 'node:path';
import { LineFile } from './lines.ts';

export type Json = string | number | boolean | readonly Json[] | JsonObject;

/** A property that is undefined is not written. */
export interface JsonObject {
  readonly [name: string]: Json | undefined;
}

export interface Resource extends JsonObject {
  readonly resourceType: string;
  readonly id: string;
}

const LINES = 10_000;

/** The files of one resource type, of which one is open. */
class TypeFiles {
  readonly #path: string;
  #file: LineFile | null = null;
  lines = 0;

  constructor(path: string) {
    this.#path = path;
  }

  write(resource: Resource): void {
    if (this.lines % LINES === 0) {
      this.close();
      this.#file = new LineFile(`${this.#path}.${String(this.lines / LINES).padStart(3, '0')}.ndjson`);
    }
    this.lines++;
    this.#file?.line(JSON.stringify(resource));
  }

  close(): void {
    this.#file?.close();
    this.#file = null;
  }
}

/** A bulk export: `Type.000.ndjson`, one resource a line, and a further file after every 10,000 lines of a type. */
export class NdjsonFiles {
  readonly #folder: string;
  readonly #types = new Map<string, TypeFiles>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  write(resource: Resource): void {
    const type = resource.resourceType;
    const files = this.#types.get(type) ?? new TypeFiles(join(this.#folder, type));
    this.#types.set(type, files);
    files.write(resource);
  }

  /** Resources written so far, by type. */
  get lines(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#types].map(([type, { lines }]) => [type, lines]));
  }

  close(): void {
    for (const files of this.#types.values()) files.close();
  }
}
