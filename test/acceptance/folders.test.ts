import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type Loaded, loadFrom, temporaryFolder } from '../readers/harness.ts';
import { tarEntries } from '../support/tar.ts';
import { countCases, countFhir } from './counts/fhir.ts';
import { countRif } from './counts/rif.ts';
import { countSvi } from './counts/svi.ts';
import { countSynpuf } from './counts/synpuf.ts';
import { countSynthea } from './counts/synthea.ts';
import { countTuva } from './counts/tuva.ts';
import { DATA, expectWholeAccount, whyNot } from './recount.ts';

/** What becomes of a delivery. Files are named as the account names them, without the delivery's own name. */
interface Outcome {
  /** Files that refuse the whole delivery, each with its rule, until they are left out by name. */
  readonly refused?: Readonly<Record<string, string>>;
  /** Files that are listed and not read. */
  readonly unrecognised?: readonly string[];
  /** Records quarantined, by rule, once the refused files are left out. */
  readonly quarantined?: Readonly<Record<string, number>>;
  /** Counts everything again by a parser that the product does not use. */
  readonly count?: (loaded: Loaded, folder: string) => Promise<void>;
}

const ARCHIVES = 'cclf/bcda/archives';

/** Everything in the folder of public data: its deliveries, and the files that are none. */
const deliveries: Readonly<Record<string, Outcome>> = {
  aco: { refused: { 'alr-py21-table1-header.csv': 'F04' }, count: countSvi },
  'cclf/layout-v38.csv': { unrecognised: ['layout-v38.csv'] },
  'cclf/bcda/dev': { refused: { ZC0: 'C03' }, quarantined: { T01: 40 } },
  'cclf/bcda/small': { refused: { ZC0: 'C03', ZC8: 'F09' } },
  [`${ARCHIVES}/0/invalid`]: {
    refused: {
      'T.A0001.ACO.ZC0Y18.D181120.Z1000000/T.A0001.ACO.ZC0Y18.D181120.Z1000011': 'C01',
      'T.BCD.ACOB.ZC0Y18.D181120.E0001000/T.A0001.ACO.ZC0Y18.D181120.E1000011': 'C01',
    },
  },
  [`${ARCHIVES}/0/missing_data`]: {
    refused: {
      'T.BCD.A0001.ZCY18.D181120.T1000000/T.BCD.A0001.ZC0Y18.D181120.T1000011': 'C03',
      'T.BCD.A0001.ZCY18.D181122.T1000000/T.BCD.A0001.ZC0Y18.D181120.T1000013': 'C01',
      'T.BCD.ACO.ZC0Y18.D181120.T0001000/T.A0001.ACO.ZC0Y18.D181120.T1000011': 'C03',
      'T.BCD.ACO.ZC0Y18.D181120.T0001000/tdir/T.A0001.ACO.ZC0Y18.D181120.T10000199': 'C01',
      'T.BCD.ACO.ZC0Y18.D181120.T0001098/INVALID_FILE': 'C01',
      'T.BCD.ACO.ZC0Y18.D181121.T0001000/T.A0001.ACO.ZC0Y18.D181120.T1000012': 'C03',
      'T.BCD.ACO.ZC0Y18.D181122.T0001000/T.A0001.ACO.ZC0Y18.D181120.T1000013': 'C01',
    },
  },
  [`${ARCHIVES}/8/invalid`]: { refused: { 'T.BCD.A0001.ZCY18.D181125.T1000087': 'F17' } },
  [`${ARCHIVES}/8/valid`]: {},
  [`${ARCHIVES}/corrupted`]: { refused: { 'T.BCD.A0001.ZCY18.D181120.T1000000': 'F12' } },
  [`${ARCHIVES}/csv`]: {
    unrecognised: [
      'P.PCPB.M2411.D181120.T1000000',
      'P.PCPB.M2411.D181121.T1000000',
      'T.ACCESS.ACCES00001.Y25.D250630.T1000000',
      'T.GUIDE.GUIDE-0001.Y25.D250630.T1000000',
      'T.PCPB.M2411.D241206.T1732561',
    ],
  },
  [`${ARCHIVES}/invalid_bcd`]: {
    refused: { 'P.BCD.A0009.ZCY18.D181120.T0001000/P.BCD.A0009.ZC0Y18.D181120.T1000011': 'C03' },
    quarantined: { R06: 1 },
  },
  [`${ARCHIVES}/skip`]: {
    refused: { 'T.BCD.ACOB.ZC0Y18.D181120.T0001000/T.A0001.ACO.ZC0Y18.D181120.T1000011': 'C03' },
  },
  [`${ARCHIVES}/valid`]: {
    refused: {
      'T.BCD.A0001.ZCY18.D181120.T1000000/T.BCD.A0001.ZC0Y18.D181120.T1000011': 'C03',
      'T.BCD.A0001.ZCY18.D181120.T1000000/T.BCD.A0001.ZC9Y18.D181120.T1000010': 'C06',
      'T.BCD.A9988.ZCY18.D181120.T1000000/T.BCD.A9988.ZC0Y18.D181120.T1000011': 'C03',
      'T.BCD.A9989.ZCY18.D181120.T1000000/T.BCD.A9989.ZC0Y18.D181120.T1000011': 'C03',
      'T.BCD.ACOB.ZC0Y18.D181120.T0001000/T.A0001.ACO.ZC0Y18.D181120.T1000011': 'C03',
    },
  },
  // Another project's tables of CCLF rows; cclf.test.ts lays them out as the fixed-width files that CMS delivers.
  'cclf/final-action': {
    unrecognised: [
      'beneficiary_xref.csv',
      'enrollment.csv',
      'expected_final_action.csv',
      'mssp_file_parameters_PY2024_2026.csv',
      'parta_claims_header.csv',
      'partb_dme.csv',
      'partb_physicians.csv',
      'partd_claims.csv',
    ],
  },
  'desynpuf/headers': { count: countSynpuf },
  'desynpuf/sample-1': { count: countSynpuf },
  'desynpuf/sample-2': { count: countSynpuf },
  'ecqm-2025': { unrecognised: ['cases.tar.gz', 'expected.csv', 'value-sets-open.csv.gz'] },
  'ecqm-2025/cases.tar.gz': { count: countCases },
  'fhir/ab2d': { count: countFhir },
  'fhir/bcda': { count: countFhir },
  'fhir/smart-10': { unrecognised: ['log.ndjson.gz'], count: countFhir },
  'rif/synthea': { unrecognised: ['export_summary.csv'], count: countRif },
  'synthea/full-420': { count: countSynthea },
  'synthea/small-28': { count: countSynthea },
  tuva: { unrecognised: ['LICENSE-tuva-apache-2.0.txt'], count: countTuva },
};

/** Every file of a folder by its way from there, or the one file. */
const filesIn = (source: string): string[] =>
  statSync(source).isFile()
    ? [basename(source)]
    : readdirSync(source, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => relative(source, join(parentPath, name)));

/** Where a delivery lies; one that is packed in a way that nobody delivers is unpacked first. */
function sourceOf(delivery: string): string {
  const path = join(DATA, delivery);
  if (!delivery.endsWith('.tar.gz')) return path;
  const folder = join(temporaryFolder(), 'cases');
  for (const { name, content } of tarEntries(gunzipSync(readFileSync(path)))) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

describe.skipIf(whyNot !== '')(`every folder of the public data${whyNot}`, () => {
  it('belongs to a delivery: no file is passed over', () => {
    const outside = filesIn(DATA).filter(
      (file) => !Object.keys(deliveries).some((delivery) => file === delivery || file.startsWith(`${delivery}/`)),
    );
    expect(outside).toEqual([]);
  });

  it.each(Object.entries(deliveries))(
    '%s loads, or refuses with a reason; no row and no cent is unaccounted for',
    async (delivery, { refused = {}, unrecognised = [], quarantined = {}, count }) => {
      const source = sourceOf(delivery);
      const within = (path: string) => path.slice(path.indexOf('/') + 1);
      let loaded = await loadFrom([source]);
      const { refusals } = loaded;
      expect(Object.fromEntries(refusals.map(({ path, rule }) => [within(path), rule]))).toEqual(refused);
      for (const { message } of refusals) expect(message).not.toBe('');
      if (refusals.length > 0) loaded = await loadFrom([source], { skip: refusals.map(({ path }) => path) });

      const listed = loaded.files.map(({ path }) => within(path));
      for (const name of filesIn(source)) {
        expect(
          listed.some((path) => path === name || path.startsWith(`${name}/`)),
          name,
        ).toBe(true);
      }
      await expectWholeAccount(loaded, source);
      const strangers = loaded.files.filter(({ path, kind }) => kind === 'unrecognised' && !(within(path) in refused));
      expect(strangers.map(({ path }) => within(path))).toEqual(unrecognised);
      const counted = await loaded.query('select rule_id, count(*)::integer as n from run.quarantine group by rule_id');
      expect(Object.fromEntries(counted.map(({ rule_id, n }) => [rule_id, n]))).toEqual(quarantined);
      await count?.(loaded, source);
    },
    400_000,
  );
});
