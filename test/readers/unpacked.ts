import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { silent } from '../../pipelines/engine/progress.ts';
import { type Found, findFiles } from '../../pipelines/readers/sources.ts';
import { unpack } from '../../pipelines/readers/unpack.ts';
import { temporaryFolder } from './harness.ts';

/** Every file and folder under a folder, with the size of files. */
const treeOf = (root: string): string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => {
      const found = statSync(join(root, name));
      return found.isFile() ? `${name} ${found.size}` : name;
    })
    .sort();

export const sizeOf = (root: string): number =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => statSync(join(root, name)))
    .reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0);

interface Unpacked {
  readonly files: readonly Found[];
  readonly scratch: string;
  /** What lies around the scratch folder that did not lie there before. */
  readonly strays: readonly string[];
}

/** Unpacks one zip file in a folder of its own, with nothing but the scratch folder to write to. */
export async function unpacked(name: string, bytes: Buffer, skip: readonly string[] = []): Promise<Unpacked> {
  const root = temporaryFolder();
  const [source, scratch] = [join(root, 'a/b/source'), join(root, 'a/b/scratch')];
  for (const folder of [source, scratch]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(source, name), bytes);
  const before = treeOf(root);
  const files = await unpack(await findFiles([source], skip), skip, join(scratch, 'members'), silent);
  const strays = treeOf(root).filter((path) => !before.includes(path) && !path.startsWith('a/b/scratch/'));
  return { files, scratch, strays };
}
