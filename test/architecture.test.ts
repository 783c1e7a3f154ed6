import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');

const sources = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));

/** What a file imports: its package, `#contract`, or the top folder of a relative path. */
const imports = (path: string): string[] =>
  [...readFileSync(path, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, target = '']) => {
    if (target.startsWith('#contract/')) return '#contract';
    if (!target.startsWith('.')) return target;
    return relative(ROOT, resolve(path, '..', target))
      .split('/')
      .slice(0, 2)
      .join('/');
  });

const arrows: Readonly<Record<string, (target: string) => boolean>> = {
  client: (target) =>
    !/^(server|pipelines|sample-data)(\/|$)/.test(target) && !/^(node:|@duckdb|express|libsql)/.test(target),
  server: (target) => !/^(client|pipelines|sample-data)(\/|$)/.test(target),
  pipelines: (target) => !/^(client|server|sample-data)(\/|$)/.test(target) && !/^(express|libsql|react)/.test(target),
  'sample-data': (target) => !/^(client|server)(\/|$)/.test(target),
};

describe('import arrows', () => {
  for (const [folder, allowed] of Object.entries(arrows)) {
    it(`${folder} imports only what it may`, () => {
      const broken = sources(folder).flatMap((path) =>
        imports(path)
          .filter((target) => !allowed(target))
          .map((target) => `${relative(ROOT, path)} imports ${target}`),
      );
      expect(broken).toEqual([]);
    });
  }

  it('the contract imports zod and itself only', () => {
    const broken = sources('server/contract').flatMap((path) =>
      imports(path).filter((target) => target !== 'zod' && target !== 'server/contract'),
    );
    expect(broken).toEqual([]);
  });
});

describe('the house', () => {
  it('has the top level of the design card and nothing beside it', () => {
    const known = [
      ...['package.json', 'tsconfig.json', 'server', 'client', 'pipelines', 'sample-data', 'test', 'README.md'],
      ...['package-lock.json', 'LICENSE', 'CONTRIBUTING.md', 'CHANGELOG.md', 'dist', 'node_modules'],
    ];
    const found = readdirSync(ROOT).filter((name) => !name.startsWith('.') && !known.includes(name));
    expect(found).toEqual([]);
  });

  it('has SQL whose first line says the grain', () => {
    const broken = readdirSync(join(ROOT, 'pipelines'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.sql') && entry.name !== 'setup.sql')
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !/^-- One row per /.test(readFileSync(path, 'utf8')));
    expect(broken.map((path) => relative(ROOT, path))).toEqual([]);
  });

  it('never lets an answer depend on the day of the run', () => {
    const broken = readdirSync(join(ROOT, 'pipelines'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.sql'))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => /\b(current_date|current_timestamp|now\(\)|today\(\))/i.test(readFileSync(path, 'utf8')));
    expect(broken.map((path) => relative(ROOT, path))).toEqual([]);
  });
});
