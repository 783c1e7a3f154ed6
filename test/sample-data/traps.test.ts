import { describe, expect, test } from 'vitest';
import { worldOf } from '../../sample-data/generate.ts';
import { planOf } from '../../sample-data/personas.ts';
import { trapsOf } from '../../sample-data/traps.ts';
import { factsOf } from '../../sample-data/truth.ts';

const world = worldOf({});

describe('the truth of every trap is what its author wrote', () => {
  for (const [at, trap] of trapsOf(world).entries()) {
    test(`${trap.id}: ${trap.rule}`, () => {
      expect(factsOf(planOf(world, trap, at), world)).toMatchObject(trap.expect);
    });
  }
});
