import { type FileHandle, open } from 'node:fs/promises';
import { FileRefused } from './rules.ts';

const DECODER = new TextDecoder('utf-8', { fatal: true });

/** A whole JSON document. Throws FileRefused (F02, J01). */
export function parseDocument(bytes: Buffer): unknown {
  let text: string;
  try {
    text = DECODER.decode(bytes);
  } catch (cause) {
    throw new FileRefused('F02', null, 'the text is not UTF-8', { cause });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new FileRefused('J01', null, `not valid JSON: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

/** Writes each record as one line of JSON. */
export async function writeLines(path: string, records: readonly unknown[]): Promise<void> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'w', 0o600);
    for (const record of records) await file.write(`${JSON.stringify(record)}\n`);
  } finally {
    await file?.close();
  }
}
