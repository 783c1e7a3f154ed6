import { expect, it } from 'vitest';
import { rulesOf } from '../../server/store/why.ts';

const verdicts = (applying: readonly string[], isWhole: boolean) =>
  rulesOf(
    ['first', 'second', 'third'],
    applying.map((reason) => ({ reason })),
    isWhole,
  ).map(({ reason, verdict }) => `${reason} ${verdict}`);

it('no rule applies to a row that counts', () => {
  expect(verdicts([], false)).toEqual(['first does not apply', 'second does not apply', 'third does not apply']);
});

it('where all that apply are listed, every other rule does not apply', () => {
  expect(verdicts(['third', 'first'], true)).toEqual(['first applies', 'second does not apply', 'third applies']);
});

it('where only the first that applies is known, those after it were not asked', () => {
  expect(verdicts(['second'], false)).toEqual(['first does not apply', 'second applies', 'third not asked']);
});

it('a reason that is no rule of the definition stands last, and says nothing of the rules', () => {
  expect(verdicts(['excepted'], false)).toEqual([
    'first not asked',
    'second not asked',
    'third not asked',
    'excepted applies',
  ]);
});
