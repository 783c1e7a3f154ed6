import { addMonths, ageOn, type Day, iso, monthEnd, monthOf, monthStart, yearOf } from '../calendar.ts';
import { feeForServiceMonths, feeForServiceOnly } from '../fee-for-service.ts';
import { beneficiaryId, type Person, turns65 } from '../people.ts';
import { STATE } from '../places.ts';
import type { Fill, Plan, Span, World } from '../plan.ts';
import { Random } from '../random.ts';
import { writeFill, writePartA, writePartB } from './cclf-claims.ts';
import { type CclfName, NO_DATE, OPEN_DATE } from './cclf-fields.ts';
import { Package } from './cclf-package.ts';
import { type Version, versionsOf } from './cclf-versions.ts';

const OF_CLAIMS: readonly CclfName[] = [
  'CCLF1',
  'CCLF2',
  'CCLF3',
  'CCLF4',
  'CCLF5',
  'CCLF6',
  'CCLF7',
  'CCLFA',
  'CCLFB',
];
const ALL: readonly CclfName[] = [...OF_CLAIMS.slice(0, 7), 'CCLF8', 'CCLF9', 'CCLFA', 'CCLFB'];

/** Streams of the draws of this layout. */
const TOPIC = { claims: 31, fills: 32 } as const;

/** Codes of the Enrollment Database; whoever has no code of their own is of another race. */
const RACE: Readonly<Record<string, string>> = {
  unknown: '0',
  white: '1',
  'black or african american': '2',
  asian: '4',
  'american indian or alaska native': '6',
};
const OTHER_RACE = '3';

interface Identifier {
  readonly mbi: string;
  /** First and last day of use, as far as they lie in the period. */
  readonly from: Day | null;
  readonly until: Day | null;
}

/** A third of those who were given a new identifier had been given one before. */
function identifiersOf({ number, memberId, former }: Person): readonly Identifier[] {
  if (!former) return [{ mbi: memberId, from: null, until: null }];
  const now = { mbi: memberId, from: former.until + 1, until: null };
  if (number % 3 !== 0) return [{ mbi: former.memberId, from: null, until: former.until }, now];
  const until = former.until - 120;
  return [
    { mbi: beneficiaryId(number + 20_000_000), from: null, until },
    { mbi: former.memberId, from: until + 1, until: former.until },
    now,
  ];
}

/**
 * Writes plans as the Claim and Claim Line Feed that CMS sends to an ACO (layout in cclf-fields.ts): in each of the last
 * `deliveries` months what was decided upon since the month before, in the first of them everything before it too. A
 * delivery from January to March brings the claims of the year before in a run-out package of its own. Whoever is in
 * CCLF8 is in fee for service in the month of the delivery; months before the first delivery of claims have a package
 * with CCLF8 alone.
 */
export class CclfFiles {
  readonly #world: World;
  readonly #folder: string;
  readonly #packages = new Map<string, Package>();
  /** The days on which claims are delivered, in order. */
  readonly #days: readonly Day[];

  constructor(world: World, folder: string, deliveries = 1) {
    this.#world = world;
    this.#folder = folder;
    const last = monthStart(world.end);
    this.#days = Array.from({ length: deliveries }, (_, at) => this.#dayIn(addMonths(last, at + 1 - deliveries)));
    for (const day of this.#days) this.#regular(day, ALL);
  }

  /** Records written to each file so far, in all deliveries. */
  get rows(): Readonly<Record<string, number>> {
    const rows = new Map<string, number>(ALL.map((name) => [name, 0]));
    for (const each of this.#packages.values()) {
      for (const [name, count] of each.rows) rows.set(name, (rows.get(name) ?? 0) + count);
    }
    return Object.fromEntries(rows);
  }

  close(): void {
    for (const each of this.#packages.values()) each.close();
  }

  person(plan: Plan): void {
    const told = feeForServiceOnly(plan);
    if (!told) return;
    const identifiers = identifiersOf(told.person);
    this.#months(told, identifiers);
    this.#crosswalk(told.person, identifiers);
    this.#claims(told, identifiers);
  }

  #dayIn(month: Day): Day {
    return Math.min(monthEnd(month), this.#world.end);
  }

  #package(period: string, day: Day, names: readonly CclfName[]): Package {
    const key = `${period} ${day}`;
    const found = this.#packages.get(key) ?? new Package(this.#folder, period, day, names);
    this.#packages.set(key, found);
    return found;
  }

  #regular(day: Day, names: readonly CclfName[]): Package {
    return this.#package(`Y${iso(day).slice(2, 4)}`, day, names);
  }

  /** The package that brings what was loaded on one day for care that ended on another. */
  #bringing(loaded: Day, end: Day): Package {
    const day = this.#days.find((each) => each >= loaded) ?? this.#world.end;
    const isRunOut = this.#days.length > 1 && monthOf(day) <= 3 && yearOf(end) === yearOf(day) - 1;
    return isRunOut ? this.#package(`R${iso(end).slice(2, 4)}`, day, OF_CLAIMS) : this.#regular(day, ALL);
  }

  #months(plan: Plan, identifiers: readonly Identifier[]): void {
    for (const [month, span] of feeForServiceMonths(plan, this.#world)) {
      this.#beneficiary(plan, identifiers, this.#dayIn(month), span);
    }
  }

  #beneficiary(
    { person, death, spans }: Plan,
    identifiers: readonly Identifier[],
    day: Day,
    { isHospice, medicareStatus, dual }: Span,
  ): void {
    const { place } = person;
    const first = spans[0]?.start ?? day;
    const entitled = person.entitlement === '0' ? turns65(person.birth) : addMonths(first, -24 - (person.number % 60));
    const begin = Math.min(entitled, first);
    const dead = death !== null && death <= day ? death : null;
    const hospice = isHospice ? spans.find((span) => span.isHospice) : undefined;
    this.#regular(day, ['CCLF8']).write('CCLF8', {
      BENE_MBI_ID: mbiOn(identifiers, day),
      BENE_FIPS_STATE_CD: place.countyFips.slice(0, 2),
      BENE_FIPS_CNTY_CD: place.countyFips.slice(2),
      BENE_ZIP_CD: place.zip,
      BENE_DOB: person.birth,
      BENE_SEX_CD: person.sex === 'male' ? '1' : '2',
      BENE_RACE_CD: RACE[person.race] ?? OTHER_RACE,
      BENE_AGE: ageOn(person.birth, day),
      BENE_MDCR_STUS_CD: medicareStatus,
      BENE_DUAL_STUS_CD: dual,
      BENE_DEATH_DT: dead ?? NO_DATE,
      BENE_RNG_BGN_DT: hospice?.start ?? NO_DATE,
      BENE_RNG_END_DT: hospice ? (dead ?? OPEN_DATE) : NO_DATE,
      BENE_1ST_NAME: person.firstName.toUpperCase(),
      BENE_LAST_NAME: person.lastName.toUpperCase(),
      BENE_ORGNL_ENTLMT_RSN_CD: person.entitlement,
      BENE_ENTLMT_BUYIN_IND: dual === '00' ? '3' : 'C',
      BENE_PART_A_ENRLMT_BGN_DT: begin,
      BENE_PART_B_ENRLMT_BGN_DT: begin,
      BENE_LINE_1_ADR: person.address.toUpperCase(),
      GEO_ZIP_PLC_NAME: place.city.toUpperCase(),
      GEO_USPS_STATE_CD: STATE,
      GEO_ZIP5_CD: place.zip,
    });
  }

  /** Every delivery of claims repeats the changes so far; a few people are mapped to themselves, which changes nothing. */
  #crosswalk({ number }: Person, identifiers: readonly Identifier[]): void {
    const [only] = identifiers;
    for (const day of this.#days) {
      const files = this.#regular(day, ALL);
      const write = (to: string, { mbi, from, until }: Identifier) =>
        files.write('CCLF9', {
          HICN_MBI_XREF_IND: 'M',
          CRNT_NUM: to,
          PRVS_NUM: mbi,
          PRVS_ID_EFCTV_DT: from ?? NO_DATE,
          PRVS_ID_OBSLT_DT: until ?? OPEN_DATE,
        });
      for (const [at, next] of identifiers.entries()) {
        const before = identifiers[at - 1];
        if (before && next.from !== null && next.from <= day) write(next.mbi, before);
      }
      if (only && identifiers.length === 1 && number % 200 === 0) write(only.mbi, only);
    }
  }

  #claims({ person, claims, fills }: Plan, identifiers: readonly Identifier[]): void {
    const { end, seed } = this.#world;
    let written = 0;
    /** Thirteen digits that tell nothing about the order of the statements. */
    const nextId = (): string =>
      `${String(person.number).padStart(8, '0')}${String((++written * 7_919) % 99_991).padStart(5, '0')}`;

    const decided = claims.filter(({ paid }) => paid <= end);
    const histories = versionsOf(decided, new Random(seed, person.number, TOPIC.claims));
    for (const [at, history] of histories.entries()) {
      const controls: string[] = [];
      for (const version of history) {
        const { claim, effective, of } = version;
        const loaded = Math.min(effective + 1, end);
        const id = nextId();
        const isPartA = claim.type === 'institutional';
        const control = isPartA ? `${id}SYN` : `${person.number}${String(at + 1).padStart(5, '0')}SYN`;
        controls.push(control);
        const mbi = mbiOn(identifiers, effective);
        const originalControl = of === null ? '' : (controls[of] ?? '');
        const write = isPartA ? writePartA : writePartB;
        write(this.#bringing(loaded, claim.end), { version, id, control, originalControl, mbi, loaded });
      }
    }

    const random = new Random(seed, person.number, TOPIC.fills);
    for (const [at, fill] of fills.entries()) {
      if (fill.paid > end) continue;
      const number = 3 - fill.refills;
      /** Fills of one prescription follow one another in the plan. */
      const prescription = { number: `${person.number}${String(at - number).padStart(4, '0')}`, fill: number };
      const write = (type: Version['type'], loaded: Day, what: Fill, of = prescription): void =>
        writeFill(
          this.#bringing(loaded, fill.day),
          { id: nextId(), mbi: mbiOn(identifiers, loaded), loaded },
          type,
          of,
          what,
        );
      const fate = random.unit();
      if (fate < 0.02) {
        write('0', fill.day + 1, { ...fill, copayment: fill.copayment + 500 });
        write('2', fill.paid, fill);
      } else write('0', fill.paid, fill);
      if (fate > 0.995) {
        const returned = { number: `${person.number}${String(at).padStart(4, '0')}9`, fill: 0 };
        write('0', fill.day + 1, fill, returned);
        write('1', fill.paid, fill, returned);
      }
    }
  }
}

const mbiOn = (identifiers: readonly Identifier[], day: Day): string => {
  const inUse = identifiers.find(({ until }) => until === null || day <= until);
  if (!inUse) throw new Error('nobody is without an identifier');
  return inUse.mbi;
};
