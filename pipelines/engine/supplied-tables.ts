import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { EXIT, PeopleError } from './error.ts';
import {
  BadLine,
  parseReferenceList,
  type ReferenceLine,
  type ReferenceList,
  recordsOf,
  referenceTables,
  yearsIn,
} from './reference-tables.ts';

/** One layout of the files that CMS publishes for its risk adjustment models, or the FDA of drugs. */
interface Layout {
  /** Whether a file is of it, by its text. */
  readonly fits: (text: string) => boolean;
  readonly table: string;
  /** The lines of our table. `year` is the payment year that the file or a folder above it is named for. */
  readonly lines: (file: OfficialFile) => ReferenceLine[];
}

interface OfficialFile {
  readonly path: string;
  readonly text: string;
  readonly year: () => string;
}

const VERSIONS: Readonly<Record<string, string>> = { '20': 'V21', '21': 'V21', '24': 'V24', '28': 'V28' };

/** Format of the SAS programs, such as F2823T2N_FY22FY23.TXT: a code, a tab, its category. */
const format: Layout = {
  fits: (text) => /^[A-Z]\d[0-9A-Z]{1,5}\t\d{1,3}\s/.test(text),
  table: 'hcc_diagnosis',
  lines: ({ path, text, year }) => {
    const [, number = ''] = /(?:^|\/)F(\d\d)[^/]*$/i.exec(path) ?? [];
    const version = VERSIONS[number];
    if (version === undefined) {
      throw new BadLine(
        path,
        1,
        'is a format of no model that is computed here: its name needs to begin with F21, F24 or F28',
      );
    }
    const byCategory = new Map<string, string[]>();
    for (const [at, line] of text.trimEnd().split('\n').entries()) {
      const [, code, hcc] = /^([A-Z]\d[0-9A-Z]{1,5})\t(\d{1,3})(\tD?)?\s*$/.exec(line) ?? [];
      if (code === undefined || hcc === undefined) {
        throw new BadLine(path, at + 1, `needs a code, a tab and a category, got "${line.slice(0, 60)}"`);
      }
      byCategory.set(hcc, [...(byCategory.get(hcc) ?? []), code]);
    }
    return diagnosisLines(version, year(), byCategory);
  },
};

const diagnosisLines = (version: string, year: string, byCategory: ReadonlyMap<string, readonly string[]>) =>
  [...byCategory].map(([hcc, codes]) => ({ version, payment_years: year, hcc, codes: codes.join(' ') }));

const CATEGORY = /^CMS-HCC (?:ESRD )?Model Category V(\d\d)$/i;
const USED = /^CMS-HCC (?:ESRD )?Model Category V(\d\d) for (20\d\d) Payment Year$/i;

/** The spreadsheet of mappings saved as CSV: a heading row that begins with Diagnosis Code, a column per model, and one that says whether the year uses it. */
const mappings: Layout = {
  fits: (text) => /^"?Diagnosis\s+Code"?,/m.test(text) && /Model\s+Category/.test(text),
  table: 'hcc_diagnosis',
  lines: ({ path, text, year }) => {
    const records = [...recordsOf(text)];
    const heading = records.findIndex(({ cells }) => /^Diagnosis\s+Code$/i.test(cells[0]?.trim() ?? ''));
    const headings = records[heading]?.cells.map((cell) => cell.replace(/\s+/g, ' ').trim()) ?? [];
    const columns = headings.flatMap((name, at) => {
      const [, number = ''] = CATEGORY.exec(name) ?? [];
      const version = VERSIONS[number];
      if (version === undefined) return [];
      const isEsrd = /ESRD/i.test(name);
      const used = headings.findIndex((other) => USED.exec(other)?.[1] === number && /ESRD/i.test(other) === isEsrd);
      return [{ at, version, used, year: used === -1 ? year() : (USED.exec(headings[used] ?? '')?.[2] ?? year()) }];
    });
    if (columns.length === 0) {
      throw new BadLine(path, records[heading]?.line ?? 1, 'has no column "CMS-HCC Model Category V24" or V28');
    }
    const lists = new Map<string, Map<string, Set<string>>>();
    for (const { line, cells } of records.slice(heading + 1)) {
      const code = (cells[0] ?? '').trim().replaceAll('.', '');
      if (!/^[A-Z]\d[0-9A-Z]{1,5}$/.test(code)) continue;
      for (const { at, version, used, year } of columns) {
        const hcc = (cells[at] ?? '').trim();
        if (hcc === '' || (used !== -1 && !/^yes$/i.test(cells[used]?.trim() ?? ''))) continue;
        if (!/^\d{1,3}(\.0)?$/.test(hcc)) throw new BadLine(path, line, `${headings[at]} needs a number, got "${hcc}"`);
        const byCategory = lists.get(`${version} ${year}`) ?? new Map<string, Set<string>>();
        lists.set(`${version} ${year}`, byCategory);
        const category = String(Number(hcc));
        byCategory.set(category, (byCategory.get(category) ?? new Set()).add(code));
      }
    }
    return [...lists].flatMap(([key, byCategory]) => {
      const [version = '', year = ''] = key.split(' ');
      return diagnosisLines(version, year, new Map([...byCategory].map(([hcc, codes]) => [hcc, [...codes]])));
    });
  },
};

const PREFIX = /^(CNA|CND|CFA|CFD|CPA|CPD|INS|NE|SNPNE|DI|DNE|GC|GFA|GFN|GNPA|GNPN|GI|GNE)_(.+)$/i;

/** Relative factors: `Name, Coeff, Label` with a line a factor, such as C2824T2N.csv, or one line of names above one of numbers. */
const coefficients: Layout = {
  fits: (text) => /^"?Name"?\s*,\s*"?Coeff/i.test(text) || /^"?(CNA|CFA|DI)_[FM]\d/i.test(text),
  table: 'hcc_coefficient',
  lines: ({ path, text, year }) => {
    const records = [...recordsOf(text)].filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
    const isLong = /^name$/i.test(records[0]?.cells[0]?.trim() ?? '');
    const pairs = isLong
      ? records.slice(1).map(({ line, cells: [name = '', value = ''] }) => ({ line, name, value }))
      : (records[0]?.cells ?? []).map((name, at) => ({ line: 2, name, value: records[1]?.cells[at] ?? '' }));
    const names = pairs.map(({ name }) => name.trim().toUpperCase());
    const model = names.some((name) => name.startsWith('GFA_'))
      ? 'ESRD V24'
      : names.some((name) => name.startsWith('DI_'))
        ? 'ESRD V21'
        : names.includes('CNA_HCC280')
          ? 'V28'
          : names.includes('CNA_HCC112')
            ? 'V24'
            : undefined;
    if (model === undefined) throw new BadLine(path, 1, 'holds the factors of no model that is computed here');
    return pairs.map(({ line, name, value }, at) => {
      if (names.indexOf(names[at] ?? '') !== at) throw new BadLine(path, line, `${name} comes twice`);
      if (!/^-?\d*\.?\d+$/.test(value.trim())) throw new BadLine(path, line, `${name} needs a number, got "${value}"`);
      const [, segment = 'any', variable = name.trim()] = PREFIX.exec(name.trim()) ?? [];
      return {
        ...{ model, payment_years: year(), variable, segments: segment === 'any' ? segment : segment.toUpperCase() },
        coefficients: value.trim(),
      };
    });
  },
};

/** Macro of the hierarchies, such as V28115H1.TXT. */
const hierarchies: Layout = {
  fits: (text) => /%SET0\(\s*CC\s*=\s*\d/.test(text),
  table: 'hcc_hierarchy',
  lines: ({ path, text, year }) => {
    const [, number = ''] = /%MACRO V(\d\d)/.exec(text) ?? [];
    const version = VERSIONS[number];
    if (version === undefined) throw new BadLine(path, 1, 'is a macro of no model that is computed here');
    return [...text.matchAll(/%SET0\(\s*CC\s*=\s*(\d+)\s*,\s*HIER\s*=\s*%STR\(([^)]*)\)/g)].map(
      ([call, hcc = '', list = ''], at) => {
        const drops = list.split(',').map((one) => one.trim());
        if (!drops.every((one) => /^\d+$/.test(one))) {
          throw new BadLine(
            path,
            text.slice(0, text.indexOf(call)).split('\n').length,
            `needs numbers to drop, got "${list.trim()}"`,
          );
        }
        return { version, payment_years: year(), step: String(at + 1), hcc, drops: drops.join(' ') };
      },
    );
  },
};

/** Labeler and product of a code such as 0002-8215 as the first 9 of the 11 digits that claims have. */
const productDigits = (code: string): string | undefined => {
  const [, labeler, product] = /^(\d{4,5})-(\d{3,4})$/.exec(code) ?? [];
  return labeler && product && labeler.padStart(5, '0') + product.padStart(4, '0');
};

/** product.txt of the NDC Directory of the FDA: a line for each product, with its brand and ingredients. */
const directory: Layout = {
  fits: (text) => /^PRODUCTID\tPRODUCTNDC\tPRODUCTTYPENAME\t/.test(text),
  table: 'drug_name',
  lines: ({ path, text }) => {
    const [header = '', ...lines] = text.trimEnd().split('\n');
    const headings = header.split('\t');
    const [ndcAt, ...nameAt] = ['PRODUCTNDC', 'PROPRIETARYNAME', 'NONPROPRIETARYNAME', 'SUBSTANCENAME'].map(
      (heading) => {
        const at = headings.indexOf(heading);
        if (at === -1) throw new BadLine(path, 1, `has no column ${heading}`);
        return at;
      },
    );
    return lines.map((line, at) => {
      const cells = line.split('\t');
      const code = cells[ndcAt ?? 0] ?? '';
      const ndc = productDigits(code);
      if (ndc === undefined) throw new BadLine(path, at + 2, `needs a labeler, a dash and a product, got "${code}"`);
      return {
        ndc,
        name: nameAt
          .map((one) => cells[one]?.trim())
          .filter(Boolean)
          .join(' / '),
      };
    });
  },
};

const LAYOUTS = [format, mappings, coefficients, hierarchies, directory];

/**
 * The reference tables in a folder and the folders in it: lists in our own layout (a `#` line, then the headings of one
 * of pipelines/reference-tables), and of the files that CMS publishes the format of diagnoses (F28...TXT), the mappings
 * saved as CSV, the relative factors and the macro of the hierarchies. A CMS file needs its payment year in its name or
 * in that of a folder. Other programs of the CMS software are passed over. Of the FDA's NDC Directory product.txt is
 * read, and package.txt passed over. Throws PeopleError (refused) with file, line
 * and rule; also when nothing in the folder is a table.
 */
export async function readSuppliedTables(dir: string): Promise<ReferenceList[]> {
  const files = await readdir(dir, { recursive: true, withFileTypes: true }).catch((cause) => {
    throw new PeopleError(EXIT.usage, `--reference ${dir}: ${cause instanceof Error ? cause.message : cause}`);
  });
  const paths = files.filter((file) => file.isFile() && /\.(csv|txt)$/i.test(file.name));
  const found: ReferenceList[] = [];
  for (const path of paths.map((file) => join(file.parentPath, file.name)).sort()) {
    try {
      const list = listIn(
        (await readFile(path, 'utf8')).replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'),
        path,
        relative(dir, path),
      );
      if (list) found.push(withoutTwin(list, path, found));
    } catch (cause) {
      if (cause instanceof BadLine) throw new PeopleError(EXIT.refused, `--reference: ${cause.message}`);
      throw cause;
    }
  }
  if (found.length === 0) throw new PeopleError(EXIT.refused, `--reference ${dir}: holds no reference table`);
  return found;
}

/** Two files of one model and year, such as the initial and the final mappings, would be mixed. */
function withoutTwin(list: ReferenceList, path: string, before: readonly ReferenceList[]): ReferenceList {
  const keysOf = ({ lines }: ReferenceList) =>
    new Set(
      lines.flatMap(({ version, model, payment_years, service_years = '' }) => {
        const years = payment_years ?? service_years;
        return years === '' ? [] : yearsIn(years).map((year) => `${version ?? model ?? 'a list'} of ${year}`);
      }),
    );
  const own = keysOf(list);
  for (const other of before.filter(({ table }) => table === list.table)) {
    const twin = [...keysOf(other)].find((key) => own.has(key));
    if (twin) throw new BadLine(path, 1, `holds ${twin}, as "${other.source}" does; keep one`);
  }
  return list;
}

function listIn(text: string, path: string, name: string): ReferenceList | undefined {
  if (text.startsWith('# ')) return { ...parseReferenceList(text, path), isSupplied: true };
  const layout = LAYOUTS.find(({ fits }) => fits(text));
  if (!layout) {
    if (/%MACRO|PROC FORMAT|%LET|^PRODUCTID\t/i.test(text)) return undefined;
    throw new BadLine(path, 1, 'is none of the tables that --reference reads');
  }
  const year = (): string => {
    const found = name.match(/(?<!\d)20\d\d(?!\d)/g)?.at(-1);
    if (found === undefined) throw new BadLine(path, 1, 'needs its payment year in its name or in that of a folder');
    return found;
  };
  const table = referenceTables.find((one) => one.name === layout.table);
  if (!table) throw new Error(`no reference table ${layout.table}`);
  return {
    table,
    source: `${layout === directory ? 'FDA' : 'CMS'}, ${name}, supplied`,
    isSupplied: true,
    lines: layout.lines({ path, text, year }),
  };
}
