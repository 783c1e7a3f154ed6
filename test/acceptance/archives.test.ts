import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { silent } from '../../pipelines/engine/progress.ts';
import { findFiles } from '../../pipelines/readers/sources.ts';
import { unpack } from '../../pipelines/readers/unpack.ts';
import { temporaryFolder } from '../readers/harness.ts';

const FOLDER = resolve(import.meta.dirname, '../../../shared/data/cclf/bcda/archives');
const whyNot = existsSync(FOLDER) ? '' : ' (skipped: the folder ../shared/data is not here)';

/** By file: the members with their sizes in bytes as Info-ZIP lists them, the rule that refuses it, or that it is no zip file. */
const EXPECTED: Readonly<Record<string, Readonly<Record<string, number>> | 'F12' | 'F17' | 'text'>> = {
  '0/invalid/T.A0001.ACO.ZC0Y18.D181120.Z1000000': { 'T.A0001.ACO.ZC0Y18.D181120.Z1000011': 859 },
  '0/invalid/T.BCD.ACOB.ZC0Y18.D181120.E0001000': { 'T.A0001.ACO.ZC0Y18.D181120.E1000011': 839 },
  '0/missing_data/T.BCD.A0001.ZCY18.D181120.T1000000': { 'T.BCD.A0001.ZC0Y18.D181120.T1000011': 699 },
  '0/missing_data/T.BCD.A0001.ZCY18.D181122.T1000000': { 'T.BCD.A0001.ZC0Y18.D181120.T1000013': 840 },
  '0/missing_data/T.BCD.ACO.ZC0Y18.D181120.T0001000': {
    'T.A0001.ACO.ZC0Y18.D181120.T1000011': 699,
    'tdir/T.A0001.ACO.ZC0Y18.D181120.T10000199': 978,
  },
  '0/missing_data/T.BCD.ACO.ZC0Y18.D181120.T0001098': { INVALID_FILE: 978 },
  '0/missing_data/T.BCD.ACO.ZC0Y18.D181121.T0001000': { 'T.A0001.ACO.ZC0Y18.D181120.T1000012': 769 },
  '0/missing_data/T.BCD.ACO.ZC0Y18.D181122.T0001000': { 'T.A0001.ACO.ZC0Y18.D181120.T1000013': 840 },
  '8/invalid/T.BCD.A0001.ZCY18.D181125.T1000087': 'F17',
  '8/valid/T.BCD.A0001.ZCY18.D181121.T1000000': { 'T.BCD.A0001.ZC8Y18.D181120.T1000009': 3300 },
  '8/valid/T.BCD.A0001.ZCY18.D181122.T1000000': { 'T.BCD.A0001.ZC8Y18.D181120.T1000009': 3300 },
  '8/valid/T.BCD.A0001.ZCY18.D181123.T1000000': { 'T.BCD.A0001.ZC8Y18.D181120.T1000009': 3300 },
  '8/valid/T.BCD.A0001.ZCY18.D181124.T1000000': { 'T.BCD.A0001.ZC8Y18.D181120.T1000009': 3300 },
  '8/valid/T.BCD.A0001.ZCY18.D181125.T1000000': { 'T.BCD.A0001.ZC8Y18.D181120.T1000009': 3300 },
  'corrupted/T.BCD.A0001.ZCY18.D181120.T1000000': 'F12',
  'csv/P.PCPB.M2411.D181120.T1000000': 'text',
  'csv/P.PCPB.M2411.D181121.T1000000': 'text',
  'csv/T.ACCESS.ACCES00001.Y25.D250630.T1000000': 'text',
  'csv/T.GUIDE.GUIDE-0001.Y25.D250630.T1000000': 'text',
  'csv/T.PCPB.M2411.D241206.T1732561': 'text',
  'invalid_bcd/P.BCD.A0001.ZCY18.D181121.T1000000': { 'T.BCD.A0001.ZC8Y18.D181120.T1000009': 3300 },
  'invalid_bcd/P.BCD.A0001.ZCY18.D181121.T2000000': { 'P.BCD.A0001.ZC8Y18.D181120.T2000009': 3266 },
  'invalid_bcd/P.BCD.A0009.ZCY18.D181120.T0001000': { 'P.BCD.A0009.ZC0Y18.D181120.T1000011': 839 },
  'invalid_bcd/P.BCD.A9989.ZCY18.D181121.T1000000': { 'T.BCD.A9989.ZC8Y18.D181120.T1000009': 3300 },
  'skip/T.BCD.ACOB.ZC0Y18.D181120.T0001000': { 'T.A0001.ACO.ZC0Y18.D181120.T1000011': 839 },
  'valid/T.BCD.A0001.ZCY18.D181120.T1000000': {
    'T.BCD.A0001.ZC0Y18.D181120.T1000011': 839,
    'T.BCD.A0001.ZC8Y18.D181120.T1000009': 3850,
    'T.BCD.A0001.ZC9Y18.D181120.T1000010': 336,
  },
  'valid/T.BCD.A9988.ZCY18.D181120.T1000000': {
    'T.BCD.A9988.ZC0Y18.D181120.T1000011': 839,
    'T.BCD.A9988.ZC8Y18.D181120.T1000009': 3300,
  },
  'valid/T.BCD.A9989.ZCY18.D181120.T1000000': {
    'T.BCD.A9989.ZC0Y18.D181120.T1000011': 839,
    'T.BCD.A9989.ZC8Y18.D181120.T1000009': 3300,
  },
  'valid/T.BCD.ACOB.ZC0Y18.D181120.T0001000': { 'T.A0001.ACO.ZC0Y18.D181120.T1000011': 839 },
};

describe.skipIf(whyNot !== '')(`the archives with which CMS tests its own import of CCLF${whyNot}`, () => {
  it('open with every member whole, or are refused by rule; texts stay as they are', async () => {
    const files = await unpack(await findFiles([FOLDER], []), [], join(temporaryFolder(), 'members'), silent);
    const outcome: Record<string, unknown> = {};
    for (const path of Object.keys(EXPECTED)) {
      const name = `archives/${path}`;
      const itself = files.find((file) => file.name === name);
      const members = files.filter((file) => file.name.startsWith(`${name}/`));
      outcome[path] = itself
        ? (itself.refusal?.rule ?? 'text')
        : Object.fromEntries(members.map((file) => [file.name.slice(name.length + 1), statSync(file.path).size]));
    }
    expect(outcome).toEqual(EXPECTED);
    const members = Object.values(EXPECTED).map((found) => (typeof found === 'string' ? 1 : Object.keys(found).length));
    expect(files.length).toBe(members.reduce((sum, count) => sum + count, 0));
  });

  it('are refused in words that name what is wrong', async () => {
    const files = await unpack(await findFiles([FOLDER], []), [], join(temporaryFolder(), 'members'), silent);
    expect(files.flatMap(({ name, refusal }) => (refusal ? [`${name} ${refusal.message}`] : []))).toEqual([
      expect.stringMatching(/^archives\/8\/invalid\/\S+ the zip file holds no file$/),
      expect.stringMatching(/^archives\/corrupted\/\S+ the zip file is damaged or cut short/),
    ]);
  });
});
