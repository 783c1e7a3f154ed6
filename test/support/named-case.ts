import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { definitionsInOrder } from './warehouse.ts';

/**
 * Whether a case or test of these very words stands in a place: the id of a metric or measure, or a file under `test` or
 * of the project.
 */
export async function stands(place: string, name: string): Promise<boolean> {
  const { metrics, measures } = (await definitionsInOrder()).definitions;
  const folder = [...metrics, ...measures].find(({ declaration }) => declaration.id === place);
  if (folder) return name in folder.cases;
  const text = readFileSync(join(import.meta.dirname, '..', place), 'utf8');
  return [
    `'${name}': {`,
    `'${name}':\n`,
    `it('${name}'`,
    `test('${name}'`,
    `rule: '${name}'`,
    `scenario(\n      '${name}'`,
  ].some((form) => text.includes(form));
}
