import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generate } from '../../sample-data/generate.ts';

/** Record lengths and the places of fields (first and last character) as CMS publishes them for layout version 38. */
const LENGTHS = {
  CCLF1: 437,
  CCLF2: 199,
  CCLF3: 114,
  CCLF4: 112,
  CCLF5: 388,
  CCLF6: 247,
  CCLF7: 195,
  CCLF8: 549,
  CCLF9: 55,
  CCLFA: 324,
  CCLFB: 128,
} as const;
type FileName = keyof typeof LENGTHS;
const FIELDS = {
  CCLF1: {
    id: [1, 13],
    ccn: [14, 19],
    mbi: [20, 30],
    type: [42, 43],
    from: [44, 53],
    thru: [54, 63],
    principal: [66, 72],
    denied: [80, 81],
    paid: [82, 98],
    disposition: [102, 103],
    drg: [104, 107],
    action: [149, 150],
    effective: [151, 160],
    loaded: [161, 170],
    charge: [189, 203],
    control: [353, 392],
    originalControl: [393, 432],
  },
  CCLF2: { id: [1, 13], line: [14, 23], revenue: [68, 71], hcpcs: [82, 86], units: [124, 147], paid: [148, 164] },
  CCLF3: { id: [1, 13], code: [40, 46], day: [47, 56] },
  CCLF4: { id: [1, 13], place: [39, 40], code: [41, 47], poa: [85, 91] },
  CCLF5: {
    id: [1, 13],
    line: [14, 23],
    mbi: [24, 34],
    from: [48, 57],
    thru: [58, 67],
    specialty: [73, 74],
    place: [76, 77],
    hcpcs: [98, 102],
    paid: [103, 117],
    npi: [136, 145],
    denied: [146, 147],
    processed: [148, 149],
    action: [150, 151],
    effective: [152, 161],
    loaded: [162, 171],
    control: [172, 211],
    allowed: [223, 239],
    units: [240, 263],
  },
  CCLF6: {
    id: [1, 13],
    line: [14, 23],
    mbi: [24, 34],
    from: [48, 57],
    thru: [58, 67],
    place: [69, 70],
    hcpcs: [91, 95],
    paid: [96, 110],
    npi: [112, 121],
    denied: [132, 133],
    processed: [134, 135],
    action: [136, 137],
    effective: [138, 147],
    loaded: [148, 157],
    control: [158, 197],
    allowed: [209, 225],
  },
  CCLF7: {
    id: [1, 13],
    mbi: [14, 24],
    ndc: [36, 46],
    from: [49, 58],
    pharmacy: [61, 80],
    quantity: [83, 106],
    days: [107, 115],
    paid: [138, 150],
    action: [151, 152],
    loaded: [163, 172],
    prescription: [173, 184],
    fill: [185, 193],
  },
  CCLF8: { mbi: [1, 11], sex: [43, 43], birth: [33, 42], dual: [50, 51], status: [48, 49], death: [52, 61] },
  CCLF9: { current: [2, 12], previous: [13, 23], from: [24, 33], until: [34, 43] },
  CCLFA: { id: [1, 13], admitted: [38, 47] },
  CCLFB: { id: [1, 13] },
} as const satisfies Record<FileName, Record<string, readonly [number, number]>>;

type Row = Readonly<Record<string, string>> & { readonly delivered: string };
type Feed = Readonly<Record<FileName, readonly Row[]>>;

const folder = mkdtempSync(join(tmpdir(), 'cclf-'));
const at = (...names: readonly string[]): string => join(folder, ...names);
const isFile = (name: string): name is FileName => Object.hasOwn(LENGTHS, name);
const FILES = Object.keys(LENGTHS).filter(isFile);

function filesUnder(path: string): readonly string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
}
const linesOf = (path: string): readonly string[] => readFileSync(path, 'latin1').split('\n').slice(0, -1);
/** Which file it is and the day of its delivery, as its name tells. */
function nameOf(path: string): { readonly file: string; readonly delivered: string } {
  const [, file = '', delivered = ''] = /^P\.A0000\.ACO\.ZC(.)[YR]\d\d\.D(\d{6})\.T\d{7}$/.exec(basename(path)) ?? [];
  return { file: `CCLF${file}`, delivered };
}
const packages = (path: string): readonly string[] =>
  readdirSync(path, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [join(path, entry.name)] : []));

function read(path: string): Feed {
  const feed: Record<FileName, Row[]> = {
    CCLF1: [],
    CCLF2: [],
    CCLF3: [],
    CCLF4: [],
    CCLF5: [],
    CCLF6: [],
    CCLF7: [],
    CCLF8: [],
    CCLF9: [],
    CCLFA: [],
    CCLFB: [],
  };
  for (const each of filesUnder(path)) {
    const { file, delivered } = nameOf(each);
    if (!isFile(file)) continue;
    for (const line of linesOf(each)) {
      const row = Object.entries<readonly [number, number]>(FIELDS[file]).map(([name, [first, last]]) => [
        name,
        line.slice(first - 1, last).trim(),
      ]);
      feed[file].push({ delivered, ...Object.fromEntries(row) });
    }
  }
  return feed;
}

const table = (...names: readonly string[]): readonly Readonly<Record<string, string>>[] =>
  parse(readFileSync(at(...names)), { columns: true });
const cents = (dollars = ''): number => Math.round(Number(dollars) * 100);
const sum = <T>(items: readonly T[], value: (item: T) => number): number =>
  items.reduce((total, item) => total + value(item), 0);
function groups<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const item of items) {
    const group = found.get(key(item));
    if (group) group.push(item);
    else found.set(key(item), [item]);
  }
  return found;
}

/** Follows CCLF9 to the identifier in use now. */
function current(feed: Feed): (mbi: string) => string {
  const next = new Map(feed.CCLF9.map(({ previous = '', current: to = '' }) => [previous, to]));
  const follow = (mbi: string): string => {
    const to = next.get(mbi);
    return to === undefined || to === mbi ? mbi : follow(to);
  };
  return follow;
}

interface Statement {
  readonly rows: readonly Row[];
  readonly paid: number;
  readonly head: Row;
}

/** What is left when every cancellation has taken away the newest statement before it that says the same amount. */
function standing(statements: readonly Statement[]): { readonly left: readonly Statement[]; readonly lost: number } {
  const order = ({ head }: Statement) => `${head.effective} ${head.action === '1' ? 0 : 1}`;
  const left: Statement[] = [];
  let lost = 0;
  for (const each of [...statements].sort((a, b) => order(a).localeCompare(order(b)))) {
    if (each.head.action !== '1') left.push(each);
    else {
      const place = left.findLastIndex(
        ({ paid, head }) => paid === each.paid && (head.effective ?? '') < (each.head.effective ?? ''),
      );
      if (place < 0) lost++;
      else left.splice(place, 1);
    }
  }
  return { left, lost };
}

function finalActions(feed: Feed) {
  const who = current(feed);
  const settle = (statements: readonly Statement[], key: (head: Row) => string) => {
    const settled = [...groups(statements, ({ head }) => key(head)).values()].map(standing);
    return { left: settled.flatMap(({ left }) => left), lost: sum(settled, ({ lost }) => lost) };
  };
  const partA = settle(
    feed.CCLF1.filter(({ denied }) => denied === '').map((head) => ({ head, rows: [head], paid: cents(head.paid) })),
    (head) => `${head.ccn} ${head.from} ${head.thru} ${who(head.mbi ?? '')}`,
  );
  const isAllowed = ({ denied, processed }: Row) => denied !== '0' && processed === 'A';
  const partB = (rows: readonly Row[]) =>
    settle(
      [...groups(rows.filter(isAllowed), ({ id = '' }) => id).values()].flatMap((lines) =>
        lines[0] ? [{ head: lines[0], rows: lines, paid: sum(lines, ({ paid }) => cents(paid)) }] : [],
      ),
      (head) => `${head.control} ${who(head.mbi ?? '')}`,
    );
  const partD = [
    ...groups(
      feed.CCLF7,
      ({ mbi = '', from, pharmacy, prescription, fill }) => `${who(mbi)} ${from} ${pharmacy} ${prescription} ${fill}`,
    ).values(),
  ].flatMap((events) => {
    const order = ({ loaded, action }: Row) => `${loaded} ${action}`;
    const last = [...events].sort((a, b) => order(a).localeCompare(order(b))).at(-1);
    return last && last.action !== '1' ? [last] : [];
  });
  return { who, partA, carrier: partB(feed.CCLF5), equipment: partB(feed.CCLF6), partD };
}

let feed: Feed;
let final: ReturnType<typeof finalActions>;
let claims: readonly Readonly<Record<string, string>>[];
/** The person of the truth by the identifier in use now. */
let people: ReadonlyMap<string, string>;

beforeAll(async () => {
  await generate({ members: 600, formats: ['tuva', 'cclf', 'alr'], feeForServiceOnly: true, out: at('one') });
  feed = read(at('one', 'cclf'));
  final = finalActions(feed);
  claims = table('one', 'tuva', 'medical_claim.csv');
  people = new Map(
    table('one', 'tuva', 'eligibility.csv').map(({ member_id = '', person_id = '' }) => [
      final.who(member_id),
      person_id,
    ]),
  );
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true }));

const person = (mbi = ''): string => people.get(final.who(mbi)) ?? `unknown ${mbi}`;
const sorted = (lines: readonly string[]): readonly string[] => [...lines].sort();

describe('the files have the published shape', () => {
  test('every line has the length of its layout', () => {
    const wrong = filesUnder(at('one', 'cclf')).filter((path) => {
      const { file } = nameOf(path);
      return isFile(file) && linesOf(path).some((line) => line.length !== LENGTHS[file]);
    });
    expect(wrong).toEqual([]);
  });

  test('CCLF0 lists every file of its package with its records and their length, and no other', () => {
    for (const path of packages(at('one', 'cclf'))) {
      const files = filesUnder(path).map((each) => ({ ...nameOf(each), lines: linesOf(each) }));
      const [head = '', ...details] = files.find(({ file }) => file === 'CCLF0')?.lines ?? [];
      const told = details.map((line) =>
        [line.slice(0, 7), line.slice(52, 63), line.slice(64, 69)].map((each) => each.trim()),
      );
      const found = files.flatMap(({ file, lines }) =>
        isFile(file) ? [[file, String(lines.length), String(LENGTHS[file])]] : [],
      );
      expect(head).toHaveLength(69);
      expect(details.filter((line) => line.length !== 70)).toEqual([]);
      expect(told).toEqual(found);
    }
  });

  test('a claim identifier has thirteen digits and belongs to one statement', () => {
    const ids = [...feed.CCLF1, ...feed.CCLF7].map(({ id = '' }) => id);
    const lines = [...feed.CCLF5, ...feed.CCLF6].map(({ id, line }) => `${id} ${line}`);
    expect(ids.filter((id) => !/^\d{13}$/.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(lines).size).toBe(lines.length);
  });

  test('lines, procedures and diagnoses belong to a header, and line payments add up to it', () => {
    const headers = new Map(feed.CCLF1.map(({ id = '', paid }) => [id, cents(paid)]));
    const orphans = [...feed.CCLF2, ...feed.CCLF3, ...feed.CCLF4, ...feed.CCLFA].filter(
      ({ id = '' }) => !headers.has(id),
    );
    expect(orphans).toEqual([]);
    for (const [id, lines] of groups(feed.CCLF2, ({ id: of = '' }) => of)) {
      expect(sum(lines, ({ paid }) => cents(paid))).toBe(headers.get(id));
    }
  });

  test('the same options give the same bytes, and the Tuva files are the same beside others as alone', async () => {
    const hash = (path: string) =>
      filesUnder(path).map((file) => [
        file.slice(path.length),
        createHash('sha256').update(readFileSync(file)).digest('hex'),
      ]);
    await generate({ members: 40, formats: ['tuva', 'cclf'], deliveries: 5, out: at('once') });
    await generate({ members: 40, formats: ['cclf', 'tuva'], deliveries: 5, out: at('again') });
    await generate({ members: 40, out: at('alone') });
    expect(hash(at('again'))).toEqual(hash(at('once')));
    rmSync(at('alone', 'truth'), { recursive: true });
    expect(hash(at('once', 'tuva'))).toEqual(hash(at('alone')));
  });
});

describe('final action is what was planned', () => {
  test('every cancellation follows a statement of the same amount', () => {
    expect([final.partA.lost, final.carrier.lost, final.equipment.lost]).toEqual([0, 0, 0]);
  });

  test('chains, denials, adjustments alone and reversals are there', () => {
    for (const rows of [feed.CCLF1, feed.CCLF5]) {
      const ids = groups(rows, ({ id = '' }) => id);
      const count = (wanted: (row: Row) => boolean) => [...ids.values()].filter(([row]) => row && wanted(row)).length;
      const cancelled = count(({ action }) => action === '1');
      const adjusted = count(({ action }) => action === '2');
      expect(cancelled).toBeGreaterThan(20);
      expect(adjusted).toBeGreaterThan(20);
    }
    expect(feed.CCLF1.filter(({ denied }) => denied !== '').length).toBeGreaterThan(0);
    expect(new Set(feed.CCLF5.map(({ denied, processed }) => `${denied}${processed}`))).toEqual(
      new Set(['1A', '0C', '0N', '1N']),
    );
    const corrected = new Set(
      feed.CCLF1.filter(({ action }) => action === '1').map(({ originalControl }) => originalControl),
    );
    const original = new Map(feed.CCLF1.map((row) => [row.control, row]));
    const moved = feed.CCLF1.filter(
      (row) => row.action === '2' && original.get(row.originalControl)?.thru !== row.thru,
    );
    expect(moved.filter(({ originalControl }) => corrected.has(originalControl)).length).toBeGreaterThan(0);
    expect(
      feed.CCLF1.filter(({ action, originalControl }) => action === '2' && originalControl === '').length,
    ).toBeGreaterThan(0);
  });

  test('a denied claim pays nothing', () => {
    const denied = [
      ...feed.CCLF1.filter((row) => row.denied !== ''),
      ...[...feed.CCLF5, ...feed.CCLF6].filter((row) => row.denied === '0' || row.processed !== 'A'),
    ];
    expect(denied.filter(({ paid, allowed = '0' }) => cents(paid) !== 0 || cents(allowed) !== 0)).toEqual([]);
  });

  test('paid dollars of every person are those of the truth', () => {
    const paid = new Map<string, number>();
    for (const { head, paid: amount } of [...final.partA.left, ...final.carrier.left, ...final.equipment.left]) {
      paid.set(person(head.mbi), (paid.get(person(head.mbi)) ?? 0) + amount);
    }
    const truth = table('one', 'truth', 'person.csv').map((row) => [row.person, cents(row.medical_paid)]);
    expect(truth.map(([id]) => [id, paid.get(String(id)) ?? 0])).toEqual(truth);
  });

  test('every line of a facility claim is planned, on the planned days, and none is missing', () => {
    const heads = new Map(final.partA.left.map(({ head }) => [head.id, head]));
    const found = feed.CCLF2.flatMap((line) => {
      const head = heads.get(line.id);
      if (!head) return [];
      const what = [head.ccn, head.from, head.thru, head.effective, head.disposition, head.drg?.slice(1)];
      return [
        [
          person(head.mbi),
          ...what,
          Number(line.line),
          line.revenue,
          line.hcpcs?.replace('~', ''),
          Number(line.units),
          cents(line.paid),
        ].join('|'),
      ];
    });
    const planned = claims
      .filter(({ claim_type, claim_status }) => claim_type === 'institutional' && claim_status === 'paid')
      .map((row) => {
        const what = [row.facility_ccn, row.claim_start_date, row.claim_end_date, row.paid_date];
        const stay = [row.discharge_disposition_code, row.drg_code || '000'];
        const line = [row.claim_line_number, row.revenue_center_code, row.hcpcs_code, row.service_unit_quantity];
        return [row.person_id, ...what, ...stay, ...line, cents(row.paid_amount)].join('|');
      });
    expect(sorted(found)).toEqual(sorted(planned));
  });

  test('every line of a practitioner or supplier is planned, and none is missing', () => {
    const found = [...final.carrier.left, ...final.equipment.left].flatMap(({ rows }) =>
      rows.map((row) =>
        [
          person(row.mbi),
          row.from,
          row.thru,
          row.effective,
          row.place,
          row.npi,
          Number(row.line),
          row.hcpcs,
          cents(row.paid),
          cents(row.allowed),
        ].join('|'),
      ),
    );
    const planned = claims
      .filter(({ claim_type, claim_status }) => claim_type === 'professional' && claim_status === 'paid')
      .map((row) => {
        const what = [row.claim_start_date, row.claim_end_date, row.paid_date, row.place_of_service_code];
        const line = [row.rendering_npi, row.claim_line_number, row.hcpcs_code];
        return [row.person_id, ...what, ...line, cents(row.paid_amount), cents(row.allowed_amount)].join('|');
      });
    expect(sorted(found)).toEqual(sorted(planned));
  });

  test('diagnoses with their presence on admission are those of the planned claims', () => {
    const heads = new Map(final.partA.left.map(({ head }) => [head.id, head]));
    const found = [...groups(feed.CCLF4, ({ id = '' }) => id)].flatMap(([id, rows]) => {
      const head = heads.get(id);
      const codes = rows.map(({ place, code, poa }) => `${Number(place)} ${code} ${poa?.replace('~', '')}`);
      return head ? [`${person(head.mbi)} ${head.ccn} ${head.from} ${head.thru} ${codes.join(', ')}`] : [];
    });
    const planned = claims
      .filter(
        (row) => row.claim_type === 'institutional' && row.claim_status === 'paid' && row.claim_line_number === '1',
      )
      .map((row) => {
        const codes = Array.from({ length: 25 }, (_, place) => place + 1).flatMap((place) => {
          const code = row[`diagnosis_code_${place}`];
          return code ? [`${place} ${code} ${row[`diagnosis_poa_${place}`]}`] : [];
        });
        const [claim, days] = [`${row.person_id} ${row.facility_ccn}`, `${row.claim_start_date} ${row.claim_end_date}`];
        return `${claim} ${days} ${codes.join(', ')}`;
      });
    expect(sorted(found)).toEqual(sorted(planned));
  });

  test('the acute stays of every person are those of the truth', () => {
    const admitted = new Map(feed.CCLFA.map(({ id, admitted: day }) => [id, day ?? '']));
    const days = (text = ''): number => Date.parse(text) / 86_400_000;
    const isAcute = ({ type, ccn = '' }: Row) => type === '60' && /^\d\d(0[0-8]|13)\d\d$/.test(ccn);
    const bills = final.partA.left.flatMap(({ head }) => (isAcute(head) ? [head] : []));
    const counts = new Map<string, number>();
    for (const [who, rows] of groups(bills, ({ mbi }) => person(mbi))) {
      const stays = [...groups(rows, ({ id, ccn }) => `${ccn} ${admitted.get(id)}`).values()].map((parts) => ({
        ccn: parts[0]?.ccn,
        principal: parts[0]?.principal,
        admit: Math.min(...parts.map(({ id }) => days(admitted.get(id)))),
        discharge: Math.max(...parts.map(({ thru }) => days(thru))),
      }));
      stays.sort((a, b) => a.admit - b.admit || a.discharge - b.discharge);
      const begun = stays.filter((stay, place) => {
        const before = stays[place - 1];
        if (!before) return true;
        const gap = stay.admit - before.discharge;
        return before.ccn === stay.ccn ? gap !== 0 || before.principal !== stay.principal : gap < 0 || gap > 1;
      });
      counts.set(who, begun.length);
    }
    const truth = table('one', 'truth', 'person.csv').map((row) => [row.person, Number(row.acute_stays)]);
    expect(truth.map(([id]) => [id, counts.get(String(id)) ?? 0])).toEqual(truth);
  });

  test('fills with what the person paid for them are those planned; a fill that was taken back is none', () => {
    const found = final.partD.map((row) =>
      [person(row.mbi), row.from, row.ndc, Number(row.quantity), Number(row.days), cents(row.paid)].join('|'),
    );
    const planned = table('one', 'tuva', 'pharmacy_claim.csv').map((row) =>
      [
        row.person_id,
        row.dispensing_date,
        row.ndc_code,
        row.quantity,
        row.days_supply,
        cents(row.copayment_amount),
      ].join('|'),
    );
    expect(sorted(found)).toEqual(sorted(planned));
    expect(feed.CCLF7.filter(({ action }) => action === '1').length).toBeGreaterThan(0);
    expect(feed.CCLF7.filter(({ action }) => action === '2').length).toBeGreaterThan(0);
  });
});

describe('beneficiaries', () => {
  const monthOf = (delivered: string): string => `20${delivered.slice(0, 2)}-${delivered.slice(2, 4)}`;

  test('who is in CCLF8 of a delivery is enrolled in the month of it, once, with the status of that month', () => {
    const found = feed.CCLF8.map((row) => [person(row.mbi), monthOf(row.delivered), row.dual, row.status].join(' '));
    const planned = new Map<string, string>();
    for (const row of table('one', 'tuva', 'eligibility.csv')) {
      const last = (row.enrollment_end_date ?? '').slice(0, 7);
      const first = new Date(`${row.enrollment_start_date?.slice(0, 7)}-01`);
      for (let month = first; month.toISOString().slice(0, 7) <= last; month.setUTCMonth(month.getUTCMonth() + 1)) {
        const key = `${row.person_id} ${month.toISOString().slice(0, 7)}`;
        planned.set(key, `${key} ${row.dual_status_code} ${row.medicare_status_code}`);
      }
    }
    expect(sorted(found)).toEqual(sorted([...planned.values()]));
  });

  test('the months of every person are those of the truth', () => {
    const months = groups(feed.CCLF8, ({ mbi }) => person(mbi));
    const truth = table('one', 'truth', 'person.csv').map((row) => [row.person, Number(row.months_fee_for_service)]);
    expect(truth.map(([id]) => [id, months.get(String(id))?.length ?? 0])).toEqual(truth);
  });

  test('a death is told in the month of it', () => {
    const found = feed.CCLF8.filter(({ death = '' }) => death !== '1000-01-01').map(
      ({ mbi, death }) => `${person(mbi)} ${death}`,
    );
    const planned = table('one', 'tuva', 'eligibility.csv').filter(({ death_date }) => death_date !== '');
    expect(sorted(found)).toEqual(sorted([...new Set(planned.map((row) => `${row.person_id} ${row.death_date}`))]));
  });

  test('old claims stand under former identifiers, over one change and over two', () => {
    const next = new Map(feed.CCLF9.map(({ previous, current: to }) => [previous, to]));
    const hops = (mbi: string | undefined): number => {
      const to = next.get(mbi);
      return to === undefined || to === mbi ? 0 : 1 + hops(to);
    };
    const seen = new Set([...feed.CCLF1, ...feed.CCLF5, ...feed.CCLF7, ...feed.CCLF8].map(({ mbi }) => hops(mbi)));
    expect([...seen].sort()).toEqual([0, 1, 2]);
    expect(feed.CCLF9.some(({ previous, current: to }) => previous === to)).toBe(true);
  });

  test('nobody outside of fee for service, no care in Medicare Advantage and none for substance use is told', async () => {
    await generate({ members: 150, formats: ['tuva', 'cclf'], out: at('all') });
    const all = read(at('all', 'cclf'));
    const who = current(all);
    const advantage = new Set(
      table('all', 'tuva', 'eligibility.csv').flatMap(({ payer_type, member_id = '', enrollment_start_date }) =>
        payer_type === 'medicare advantage' ? [`${who(member_id)} ${enrollment_start_date?.slice(0, 7)}`] : [],
      ),
    );
    expect(advantage.size).toBeGreaterThan(0);
    expect(all.CCLF8.filter(({ mbi = '', delivered }) => advantage.has(`${who(mbi)} ${monthOf(delivered)}`))).toEqual(
      [],
    );
    const withheld = table('all', 'tuva', 'medical_claim.csv').filter((row) => /^F10/.test(row.diagnosis_code_1 ?? ''));
    expect(withheld.length).toBeGreaterThan(0);
    expect(all.CCLF4.filter(({ code = '' }) => /^F1[0-689]/.test(code))).toEqual([]);
  });
});

describe('monthly deliveries', () => {
  const single = ['monthly', 'cclf'] as const;
  let parts: Feed;
  let whole: Feed;

  beforeAll(async () => {
    const options = { members: 200, formats: ['cclf'], feeForServiceOnly: true } as const;
    await generate({ ...options, deliveries: 12, out: at('monthly') });
    await generate({ ...options, out: at('whole') });
    parts = read(at(...single));
    whole = read(at('whole', 'cclf'));
  }, 60_000);

  test('together they hold what one delivery holds', () => {
    const text = (rows: readonly Row[]) =>
      sorted([...new Set(rows.map(({ delivered: _, ...row }) => JSON.stringify(row)))]);
    for (const file of FILES) expect(text(parts[file])).toEqual(text(whole[file]));
    for (const file of FILES.filter((each) => each !== 'CCLF9')) expect(parts[file].length).toBe(whole[file].length);
  });

  test('there is one for each of the last twelve months, and nothing in it was loaded after it', () => {
    const days = [...new Set(parts.CCLF5.map(({ delivered }) => delivered))].sort();
    expect(days).toEqual([
      '251031',
      '251130',
      '251231',
      '260131',
      '260228',
      '260331',
      '260430',
      '260531',
      '260630',
      '260731',
      '260831',
      '260930',
    ]);
    const early = [...parts.CCLF1, ...parts.CCLF5, ...parts.CCLF6, ...parts.CCLF7].filter(
      ({ loaded = '', delivered }) => loaded.slice(2).replaceAll('-', '') > delivered,
    );
    expect(early).toEqual([]);
  });

  test('some claims are put right in a later delivery than the one that first told of them', () => {
    const later = [...groups(parts.CCLF5, ({ control = '' }) => control).values()].filter(
      (rows) => new Set(rows.map(({ delivered }) => delivered)).size > 1,
    );
    expect(later.length).toBeGreaterThan(0);
  });

  test('from January to March the year before comes in a run-out package', () => {
    const names = packages(at(...single)).map((path) => basename(path));
    expect(names.filter((name) => name.includes('ZCR'))).toEqual([
      'P.A0000.ACO.ZCR25.D260131.T1000000',
      'P.A0000.ACO.ZCR25.D260228.T1000000',
      'P.A0000.ACO.ZCR25.D260331.T1000000',
    ]);
    for (const path of packages(at(...single)).filter((each) => each.includes('ZCR'))) {
      expect(read(path).CCLF5.filter(({ thru = '' }) => !thru.startsWith('2025'))).toEqual([]);
    }
  });
});

describe('assignment lists', () => {
  const lists = (suffix: string): readonly string[] =>
    readdirSync(at('one', 'alr')).filter((name) => name.endsWith(`_${suffix}.csv`));
  /** First month that a report covers, as its name tells. */
  const firstMonth = (name: string): Date => {
    const [, year, quarter] = /LR\.Y?(\d{4})(?:Q(\d))?\./.exec(name) ?? [];
    return new Date(Date.UTC(Number(year) - (quarter ? 1 : 0), 3 * Number(quarter ?? 0), 1));
  };

  test('a month is flagged in every report that covers it, if and only if the person is in CCLF8 of that month', () => {
    const flagged = new Set<string>();
    const covered = new Map<string, number>();
    for (const name of lists('1-1')) {
      for (const row of table('one', 'alr', name)) {
        const month = firstMonth(name);
        for (let at = 1; at <= 12; at++, month.setUTCMonth(month.getUTCMonth() + 1)) {
          const key = `${person(row.BENE_MBI_ID)} ${month.toISOString().slice(0, 7)}`;
          if (row[`EnrollFlag${at}`] === '0') continue;
          flagged.add(key);
          covered.set(key, (covered.get(key) ?? 0) + 1);
        }
      }
    }
    const present = feed.CCLF8.map(
      ({ mbi, delivered }) => `${person(mbi)} 20${delivered.slice(0, 2)}-${delivered.slice(2, 4)}`,
    );
    expect(sorted([...flagged])).toEqual(sorted(present));
    const twice = [...covered].filter(([key, count]) => count !== (/2025-1[012]$/.test(key) ? 2 : 1));
    expect(twice).toEqual([]);
  });

  test('the practice of a person is the planned one', () => {
    const tins = new Map(table('one', 'tuva', 'practice.csv').map(({ practice_id, tin }) => [practice_id, tin]));
    const planned = new Map(
      table('one', 'tuva', 'provider_attribution.csv').map((row) => [
        row.person_id,
        `${tins.get(row.payer_attributed_provider_practice)} ${row.payer_attributed_provider}`,
      ]),
    );
    const found = lists('1-4').flatMap((name) => table('one', 'alr', name));
    expect(found.length).toBeGreaterThan(0);
    const wrong = found.filter((row) => planned.get(person(row.BENE_MBI_ID)) !== `${row.MASTER_ID} ${row.NPI_USED}`);
    expect(wrong).toEqual([]);
  });
});
