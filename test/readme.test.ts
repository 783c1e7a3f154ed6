import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../pipelines/engine/error.ts';
import { formats } from '../pipelines/readers/load.ts';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const readme = read('README.md');

describe('the README', () => {
  it('names only npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json'));
    const named = [...readme.matchAll(/npm (?:run (?:--silent )?)?(start|test|check|bench|throughline|dev|build)/g)];
    expect(named.length).toBeGreaterThan(4);
    for (const [, name = ''] of named) expect(scripts).toHaveProperty(name);
  });

  it('names only folders and files that exist', () => {
    const paths = [...readme.matchAll(/`((?:pipelines|server|client|sample-data|test)[a-z/-]*)`/g)].map(
      ([, path = '']) => path,
    );
    const linked = [...readme.matchAll(/\]\(([^)#]+)\)/g)]
      .map(([, path = '']) => path)
      .filter((path) => !path.startsWith('http'));
    for (const path of [...paths, ...linked]) expect(existsSync(join(ROOT, path)), path).toBe(true);
  });

  it('lists the exit codes of the program, all of them', () => {
    const listed = [...readme.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
    expect(listed).toEqual(Object.values(EXIT));
  });

  it('names every page of the rail', () => {
    const rail = [...read('client/shell/pages.tsx').matchAll(/title: '([^']+)'/g)].map(([, title]) => title);
    expect(rail.length).toBeGreaterThan(5);
    for (const name of rail) expect(readme).toContain(`| ${name} |`);
  });

  it('names every format that is read', () => {
    for (const { id } of formats) expect(readme.toLowerCase()).toContain(id);
  });
});
