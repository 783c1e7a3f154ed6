import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';

/** A file of a ZIP, written as it comes. */
export interface Entry {
  readonly name: string;
  readonly content: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;
}

/** The first day that a ZIP can tell, so that equal content is equal bytes. */
const OPTIONS = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true, compressionLevel: 4 };

/** A ZIP as a stream, one entry after the other. Throws what its contents throw. */
export async function* zip(entries: Iterable<Entry>): AsyncGenerator<Uint8Array> {
  const file = new ZipFile();
  const output = Readable.from(file.outputStream);
  const opened: Readable[] = [];
  file.on('error', (cause) => output.destroy(cause));
  for (const { name, content } of entries) {
    file.addReadStreamLazy(name, OPTIONS, (give) => {
      const stream = Readable.from(content);
      opened.push(stream);
      give(null, stream);
    });
  }
  file.end();
  try {
    yield* output;
  } finally {
    for (const stream of opened) stream.destroy();
  }
}
