import { describe, expect, it } from 'vitest';
import { sizeOf, unpacked } from './unpacked.ts';
import { HOSTILE } from './zip-cases.ts';

for (const [rule, cases] of Object.entries(HOSTILE)) {
  describe(rule, () => {
    for (const [words, [id, message, build]] of Object.entries(cases)) {
      it(words, async () => {
        const { files, scratch, strays } = await unpacked('bad.zip', build());
        expect(files.map(({ name }) => name)).toEqual(['source/bad.zip']);
        expect(files[0]?.refusal?.rule, files[0]?.refusal?.message).toBe(id);
        expect(files[0]?.refusal?.message).toMatch(message);
        expect(files[0]?.refusal?.message).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u);
        expect(strays).toEqual([]);
        expect(sizeOf(scratch)).toBe(0);
      });
    }
  });
}
