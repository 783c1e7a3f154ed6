// node --import tsx test/bench/cclf.ts [MEGABYTES] [ROUNDS] [THREADS]
// Ratio of the CCLF reader, from files to input, to bare DuckDB on the same bytes.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FILE_TYPES, type FileType, LAYOUTS } from '../../pipelines/readers/cclf/layout.ts';
import { namedType } from '../../pipelines/readers/cclf/name.ts';
import type { FixedField } from '../../pipelines/readers/shape.ts';
import * as cclf from '../readers/cclf-files.ts';
import { compare } from './lines.ts';

const [megabytes = 300, rounds = 3, threads = 2] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'throughline-bench-'));
const source = join(folder, 'source');

/** Institutional claims of four lines and eight diagnoses, twelve physician lines for each, a fill and, of every tenth, a device. */
function generate(): void {
  mkdirSync(source);
  const text: Record<string, string> = {};
  const number = (of: number): string => String(of).padStart(13, '0');
  const add = (type: FileType, values: cclf.Values) => {
    text[type] = `${text[type] ?? ''}${cclf.record(type, values)}\n`;
  };
  const flush = () => {
    for (const type of FILE_TYPES) {
      writeFileSync(join(source, cclf.named(type)), text[type] ?? '', { flag: 'a' });
      text[type] = '';
    }
  };
  const size = () => readdirSync(source).reduce((sum, name) => sum + statSync(join(source, name)).size, 0);
  for (let claim = 1; claim % 500 !== 0 || size() < megabytes * 1e6; claim++) {
    const BENE_MBI_ID = `1AA0AA${String(Math.floor(claim / 4) % 100000).padStart(5, '0')}`;
    const CLM_ADJSMT_TYPE_CD = claim % 30 === 0 ? '1' : '0';
    const day = `2023-${String((claim % 12) + 1).padStart(2, '0')}-${String((claim % 28) + 1).padStart(2, '0')}`;
    const institutional = { CUR_CLM_UNIQ_ID: number(claim), BENE_MBI_ID };
    const dates = { CLM_FROM_DT: day, CLM_THRU_DT: day };
    add('1', cclf.header({ ...institutional, ...dates, CLM_ADJSMT_TYPE_CD }));
    for (let line = 1; line <= 4; line++) {
      add('2', cclf.revenue({ ...institutional, CLM_LINE_NUM: line, CLM_LINE_CVRD_PD_AMT: '25.00' }));
    }
    for (let place = 1; place <= 8; place++) {
      add('4', cclf.diagnosis({ ...institutional, CLM_VAL_SQNC_NUM: place, CLM_DGNS_CD: `E11${place}` }));
    }
    for (let line = 1; line <= 12; line++) {
      const CUR_CLM_UNIQ_ID = number(1e9 + claim * 6 + (line % 6));
      const more = { CLM_CNTL_NUM: `B${claim - (claim % 30 === 0 ? 1 : 0)}-${line % 6}`, CLM_ADJSMT_TYPE_CD };
      add('5', cclf.physician({ ...dates, ...more, CUR_CLM_UNIQ_ID, BENE_MBI_ID, CLM_LINE_NUM: Math.ceil(line / 6) }));
    }
    add('7', cclf.fill({ CUR_CLM_UNIQ_ID: number(2e9 + claim), BENE_MBI_ID, CLM_LINE_RX_SRVC_RFRNC_NUM: claim }));
    if (claim % 10 === 0) add('6', cclf.equipment({ CUR_CLM_UNIQ_ID: number(3e9 + claim), BENE_MBI_ID }));
    if (claim % 4 === 0) add('8', cclf.beneficiary({ BENE_MBI_ID }));
    if (claim % 500 === 0) flush();
  }
  flush();
}

/** Every field of the layout, dates and amounts typed. */
function columnsOf(name: string): string {
  const type = namedType(name);
  if (type === undefined || type === '0') throw new Error(`${name} is no CCLF file with records`);
  const cut = ({ name: field, start, length }: FixedField): string => {
    const text = `nullif(rtrim(substr(line, ${start}, ${length})), '')`;
    if (field.endsWith('_DT')) return `try_cast(${text} as date) as ${field}`;
    return `${field.endsWith('_AMT') ? `try_cast(${text} as decimal(18,2))` : text} as ${field}`;
  };
  return LAYOUTS[type].fields.map(cut).join(', ');
}

try {
  generate();
  const scratch = join(folder, 'scratch');
  mkdirSync(scratch);
  await compare('CCLF', source, scratch, { rounds, threads, columnsOf });
} finally {
  rmSync(folder, { recursive: true });
}
