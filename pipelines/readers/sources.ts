import { existsSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { EXIT, PeopleError } from '../engine/error.ts';

export interface Found {
  /** Where it lies. */
  readonly path: string;
  /** What it is called in every account: the source folder's own name and the way from there. */
  readonly name: string;
  readonly skipped: boolean;
}

/** The sample generator leaves it beside its extracts. */
const SYNTHETIC_MARK = 'synthetic.json';

async function filesUnder(source: string): Promise<{ path: string; name: string }[]> {
  const root = resolve(source);
  if (!existsSync(root)) throw new PeopleError(EXIT.usage, `--source ${source} does not exist`);
  if (statSync(root).isFile()) return [{ path: root, name: basename(root) }];
  const entries = await readdir(root, { recursive: true });
  return entries
    .map((entry) => join(root, entry))
    .filter((path) => statSync(path).isFile())
    .map((path) => ({ path, name: relative(dirname(root), path).split(sep).join('/') }));
}

/** Every file under the sources in a fixed order, which is also the order of deliveries that do not date themselves. */
export async function findFiles(sources: readonly string[], skip: readonly string[]): Promise<Found[]> {
  const found = (await Promise.all(sources.map(filesUnder))).flat();
  const isSkipped = ({ path, name }: { path: string; name: string }, wanted: string) =>
    resolve(wanted) === path || wanted === name;
  for (const wanted of skip) {
    if (!found.some((file) => isSkipped(file, wanted))) {
      throw new PeopleError(EXIT.usage, `--skip ${wanted} names no file under the sources`);
    }
  }
  return found
    .map((file) => ({ ...file, skipped: skip.some((wanted) => isSkipped(file, wanted)) }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.path < b.path ? -1 : 1));
}

/** Whether every source says of itself that its people are made up. */
export const isSynthetic = (sources: readonly string[], files: readonly Found[]): boolean =>
  sources.every((source) =>
    files.some(({ path }) => basename(path) === SYNTHETIC_MARK && path.startsWith(resolve(source))),
  );
