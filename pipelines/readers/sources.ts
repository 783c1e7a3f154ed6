import { existsSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { EXIT, PeopleError } from '../engine/error.ts';
import type { FileRefused } from './rules.ts';

export interface Found {
  /** Where its bytes lie. */
  readonly path: string;
  /** Where it was delivered: there, or in a zip file, whose path then comes before its own. */
  readonly delivered: string;
  /** What it is called in every account: the source folder's own name and the way from there, also into a zip file. */
  readonly name: string;
  readonly skipped: boolean;
  /** Why its content cannot be had: it is a zip file, or a member of one, that breaks a rule. */
  readonly refusal?: FileRefused;
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

/** Whether --skip means this file: it may name it by where it was delivered or by what it is called. */
export const isNamed = (wanted: string, { delivered, name }: Pick<Found, 'delivered' | 'name'>): boolean =>
  resolve(wanted) === delivered || wanted === name;

/** Whether --skip means something in this file, which then must be a zip file. */
export const isWithin = (wanted: string, { delivered, name }: Found): boolean =>
  resolve(wanted).startsWith(delivered + sep) || wanted.startsWith(`${name}/`);

/** Every file under the sources in a fixed order, which is also the order of deliveries that do not date themselves. */
export async function findFiles(sources: readonly string[], skip: readonly string[]): Promise<Found[]> {
  const found = (await Promise.all(sources.map(filesUnder))).flat().map(({ path, name }) => {
    const file = { path, delivered: path, name };
    return { ...file, skipped: skip.some((wanted) => isNamed(wanted, file)) };
  });
  for (const wanted of skip) {
    if (!found.some((file) => isNamed(wanted, file) || isWithin(wanted, file))) {
      throw new PeopleError(EXIT.usage, `--skip ${wanted} names no file under the sources`);
    }
  }
  return found.sort((a, b) => byName(a, b) || (a.path < b.path ? -1 : 1));
}

export const byName = (a: Found, b: Found): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

/** Whether every source says of itself that its people are made up. */
export const isSynthetic = (sources: readonly string[], files: readonly Found[]): boolean =>
  sources.every((source) =>
    files.some(({ path }) => basename(path) === SYNTHETIC_MARK && path.startsWith(resolve(source))),
  );
