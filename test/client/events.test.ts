import { expect, test } from 'vitest';
import { touches } from '../../client/state/events.ts';

const everywhere = { metric: null, practice: null };
const readmission = { id: 'readmission-30-day' };

test.each([
  [everywhere, '', true],
  [everywhere, 'practice:p1', true],
  [{ metric: 'readmission-30-day', practice: null }, 'sex:female', true],
  [{ metric: 'emergency-visits-per-1000', practice: null }, '', false],
  [{ metric: null, practice: 'p1' }, '', false],
  [{ metric: null, practice: 'p1' }, 'practice:p1;sex:female', true],
  [{ metric: null, practice: 'p1' }, 'practice:p1|p2', false],
  [{ metric: null, practice: 'p1' }, 'practice:p2', false],
])('an annotation of %j on a page of "%s": %s', (annotation, where, drawn) =>
  expect(touches(annotation, readmission, where)).toBe(drawn),
);
