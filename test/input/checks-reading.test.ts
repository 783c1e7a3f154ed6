import { expect, it } from 'vitest';
import { SourceFile } from '#contract/run';
import { type Reading, readerFindings, readerRules } from '../../pipelines/readers/checks.ts';

const file = (more: Partial<SourceFile> = {}): SourceFile =>
  SourceFile.parse({
    ...{ file_id: 1, path: 'extract/practice.csv', format: 'tuva', kind: 'practice', sha256: 'f00d', bytes: 10 },
    ...{
      physical_records: 3,
      header_records: 1,
      blank_records: 0,
      loaded: 2,
      quarantined: 0,
      duplicate: 0,
      skipped: 0,
    },
    ...{
      amount_raw: 5,
      amount_loaded: 5,
      amount_quarantined: 0,
      amount_duplicate: 0,
      amount_skipped: null,
      note: null,
    },
    ...more,
  });

const sound: Reading = { files: [file()], columns: 4, strangers: 0, standIns: 0, conflicting: 0 };

/** For every rule: a reading that breaks it. */
const broken = [
  { rule: readerRules.quarantine, reading: { ...sound, files: [file({ loaded: 1, quarantined: 1 })] } },
  { rule: readerRules.redelivery, reading: { ...sound, conflicting: 1 } },
  { rule: readerRules.columns, reading: { ...sound, strangers: 1 } },
  { rule: readerRules.standIns, reading: { ...sound, standIns: 1 } },
  { rule: readerRules.dollars, reading: { ...sound, files: [file({ amount_loaded: 4.99 })] } },
  { rule: readerRules.filled, reading: { ...sound, files: [file({ physical_records: 1, loaded: 0 }), file()] } },
];

for (const { rule, reading } of broken) {
  it(`${rule.title}: a reading that breaks it fails, and breaks no other rule`, () => {
    const failed = readerFindings(reading).filter(({ status }) => status === 'failed');
    expect(failed.map(({ id }) => id)).toEqual([rule.id]);
  });
}

it('a sound reading passes every rule, and every rule has its case', () => {
  expect(new Set(readerFindings(sound).map(({ status }) => status))).toEqual(new Set(['passed']));
  expect(broken.map(({ rule }) => rule).sort((a, b) => a.number - b.number)).toEqual(Object.values(readerRules));
});
