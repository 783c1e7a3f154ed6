import type { Day } from '../calendar.ts';
import type { Cents, Claim } from '../plan.ts';
import type { Random } from '../random.ts';

/** One statement of a claim. Every statement has a claim identifier of its own. */
export interface Version {
  /** 0 original, 1 cancellation, 2 adjustment. */
  readonly type: '0' | '1' | '2';
  /** The day on which it takes effect. */
  readonly effective: Day;
  /** What it says; the last version says what was planned. */
  readonly claim: Claim;
  /** Place of the version that it takes back or puts right; null where there is none. */
  readonly of: number | null;
}

const CORRECTED = 0.05;
/** Days between care and decision that leave room for a correction. */
const ROOM = 9;

/** By these CMS knows versions of one institutional claim: facility and dates, with the beneficiary. */
const keyOf = ({ facility, start, end }: Claim): string => `${facility?.ccn ?? ''} ${start} ${end}`;

/** What the provider asked for at first: too much. */
function overcharged(claim: Claim, random: Random): Claim {
  const rate = random.between(1.05, 1.4);
  const more = (cents: Cents): Cents => Math.ceil(cents * rate);
  return {
    ...claim,
    lines: claim.lines.map((line) => {
      const [paid, coinsurance] = [more(line.paid), more(line.coinsurance)];
      return { ...line, paid, coinsurance, allowed: paid + coinsurance + line.deductible, charge: more(line.charge) };
    }),
  };
}

const unpaid = (claim: Claim): Claim => ({
  ...claim,
  lines: claim.lines.map((line) => ({ ...line, paid: 0, allowed: 0, coinsurance: 0, deductible: 0 })),
});

/** An original, then each later statement as a cancellation of the one before it and an adjustment, spread evenly in time. */
function chain(statements: readonly Claim[], from: Day, to: Day): readonly Version[] {
  const versions: Version[] = [];
  for (const [at, claim] of statements.entries()) {
    const effective = from + Math.floor(((to - from) * (at + 1)) / statements.length);
    const last = versions.at(-1);
    if (!last) versions.push({ type: '0', effective, claim, of: null });
    else {
      const of = versions.length - 1;
      versions.push({ type: '1', effective, claim: last.claim, of }, { type: '2', effective, claim, of });
    }
  }
  return versions;
}

/**
 * The claims of one person as CMS states them over time (CCLF Information Packet, section 5): a seeded share is put right
 * once or twice, reversed claims are taken back, denied ones pay nothing. What then stands is what was planned, on the
 * planned day. Only claims that share their facility and dates with no other are put right, so that nobody has to guess
 * what a cancellation takes back.
 */
export function versionsOf(claims: readonly Claim[], random: Random): readonly (readonly Version[])[] {
  const alike = new Map<string, Claim[]>();
  for (const claim of claims) {
    if (claim.type !== 'institutional') continue;
    const key = keyOf(claim);
    alike.set(key, [...(alike.get(key) ?? []), claim]);
  }
  return claims.map((claim): readonly Version[] => {
    const same = alike.get(keyOf(claim)) ?? [claim];
    if (claim.status === 'denied') return [{ type: '0', effective: claim.paid, claim: unpaid(claim), of: null }];
    if (claim.status === 'reversed') {
      const paid = Math.min(...same.map((each) => (each === claim ? each.paid : each.paid - 1)));
      const effective = Math.floor((claim.end + paid) / 2);
      return [
        { type: '0', effective, claim, of: null },
        { type: '1', effective: paid, claim, of: 0 },
      ];
    }
    const isCorrected = random.chance(CORRECTED);
    const manner = random.unit();
    if (!isCorrected || same.length > 1 || claim.paid - claim.end < ROOM) {
      return [{ type: '0', effective: claim.paid, claim, of: null }];
    }
    if (manner < 0.08) return [{ type: '2', effective: claim.paid, claim, of: null }];
    const first = overcharged(claim, random);
    const longer = { ...first, end: claim.end + 1 };
    if (manner < 0.2 && claim.admission && !alike.has(keyOf(longer)))
      return chain([longer, claim], claim.end, claim.paid);
    const statements = manner > 0.85 ? [first, overcharged(claim, random), claim] : [first, claim];
    return chain(statements, claim.end, claim.paid);
  });
}
