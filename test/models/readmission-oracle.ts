/**
 * A second reading of the CMS hospital-wide readmission rules: plain loops over one person's stays, written from the
 * published rules and not from the SQL that it checks. Days are counted from 1970-01-01.
 */

/** What the publisher's tables say of a principal diagnosis; without a CCS category a code says nothing. */
export interface Diagnosis {
  readonly code: string;
  readonly isAcute: boolean;
  readonly isAlwaysPlanned: boolean;
  readonly leavesOut: 'psychiatric' | 'rehabilitation' | 'cancer' | 'unclassified' | null;
  readonly cohort: 'cardiorespiratory' | 'cardiovascular' | 'neurology' | 'medicine' | null;
}

export interface Procedure {
  readonly isAlwaysPlanned: boolean;
  readonly isPotentiallyPlanned: boolean;
  readonly isSurgery: boolean;
}

/** What one hospital tells of one stay. */
export interface Part {
  readonly id: string;
  readonly hospital: string | null;
  readonly isCancerHospital: boolean;
  readonly admit: number;
  /** Null while the end is not known. */
  readonly discharge: number | null;
  readonly status: string | null;
  readonly diagnosis: Diagnosis | null;
  readonly procedures: readonly Procedure[];
  readonly hasSurgicalDrg: boolean;
}

export interface Person {
  readonly birth: number | null;
  readonly death: number | null;
  /** Coverage, both days included. Medicare Advantage undoes fee for service on its days. */
  readonly spans: readonly {
    readonly from: number;
    readonly to: number;
    readonly kind: 'part a' | 'advantage' | 'other';
  }[];
  readonly parts: readonly Part[];
}

export interface Stay {
  readonly id: string;
  readonly admit: number;
  readonly discharge: number | null;
  readonly isIndex: boolean;
  readonly exclusion: string | null;
  readonly isPlanned: boolean;
  readonly cohort: string | null;
  readonly readmission: string | null;
  readonly days: number | null;
  readonly isReadmission: boolean;
  readonly isUnplannedReadmission: boolean;
}

const DAY = 86_400_000;
export const dayOf = (text: string): number => Date.parse(`${text}T00:00:00Z`) / DAY;
export const textOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/** The same day of another year; 29 February becomes the 28th. */
function yearsLater(day: number, years: number): number {
  const [year = 0, month = 0, date = 0] = textOf(day).split('-').map(Number);
  const then = new Date(Date.UTC(year + years, month - 1, date));
  return (then.getUTCMonth() === month - 1 ? then.getTime() : Date.UTC(year + years, month, 0)) / DAY;
}

/** A part without an end is only known to have begun. */
const endOf = (part: Part): number => part.discharge ?? part.admit;

/** In order of leaving; of those left on one day the later begun is the last. */
const byEnd = (a: Part, b: Part): number => endOf(a) - endOf(b) || a.admit - b.admit || (a.id < b.id ? -1 : 1);

/** Why a part goes on with a stay. */
export type Joint = 'overlap' | 'transfer' | 'continued';

/** Whether `part` goes on with a stay, and why; `left` is whoever of all earlier parts was left last. */
function jointOf(left: Part, part: Part): Joint | undefined {
  const gap = part.admit - endOf(left);
  if (gap < 0) return 'overlap';
  if (left.hospital === null || part.hospital === null) return undefined;
  if (left.hospital !== part.hospital) return gap <= 1 ? 'transfer' : undefined;
  const isSameCause = left.diagnosis !== null && left.diagnosis.code === part.diagnosis?.code;
  return gap === 0 && isSameCause ? 'continued' : undefined;
}

/** The parts of one stay in order of admission; `last` is the one left last. Open, when the last begun has no end. */
export interface Chain {
  readonly parts: readonly Part[];
  /** Why each part but the first is part of it. */
  readonly joints: readonly Joint[];
  readonly first: Part;
  readonly last: Part;
  readonly discharge: number | null;
}

/** The stays that the parts of one person make. */
export function merged(parts: readonly Part[]): Chain[] {
  const stays: Chain[] = [];
  let left: Part | undefined;
  for (const part of [...parts].sort((a, b) => a.admit - b.admit || byEnd(a, b))) {
    const joint = left === undefined ? undefined : jointOf(left, part);
    const current = joint === undefined ? undefined : stays.pop();
    const last = current === undefined || byEnd(current.last, part) < 0 ? part : current.last;
    stays.push({
      parts: [...(current?.parts ?? []), part],
      joints: [...(current?.joints ?? []), ...(joint === undefined ? [] : [joint])],
      first: current?.first ?? part,
      last,
      discharge: part.discharge === null ? null : endOf(last),
    });
    if (left === undefined || byEnd(left, part) < 0) left = part;
  }
  return stays;
}

function isPlanned(diagnosis: Diagnosis | null, procedures: readonly Procedure[]): boolean {
  if (procedures.some((procedure) => procedure.isAlwaysPlanned)) return true;
  if (diagnosis?.isAlwaysPlanned === true) return true;
  return procedures.some((procedure) => procedure.isPotentiallyPlanned) && diagnosis?.isAcute !== true;
}

/** Whether every day from `from` to `to` is in fee-for-service Part A. */
function isCovered(spans: Person['spans'], from: number, to: number): boolean {
  for (let day = from; day <= to; day += 1) {
    const kinds = spans.filter((span) => span.from <= day && day <= span.to).map(({ kind }) => kind);
    if (!kinds.includes('part a') || kinds.includes('advantage')) return false;
  }
  return true;
}

/** The first rule that leaves a stay out, in the order in which the reasons are told. */
function exclusionOf(person: Person, stay: Chain, through: number, window: number): string | null {
  const { first, last, discharge } = stay;
  const cause = last.diagnosis?.leavesOut;
  if (discharge === null || last.status === '30') return 'still in hospital';
  if (last.status === '20' || (last.status === null && person.death !== null && person.death <= discharge)) {
    return 'died in hospital';
  }
  if (last.status === '07') return 'left against medical advice';
  if (last.isCancerHospital) return 'cancer hospital outside prospective payment';
  if (last.diagnosis === null) return 'principal diagnosis missing';
  if (cause === 'unclassified') return 'principal diagnosis without a CCS category';
  if (cause === 'psychiatric') return 'psychiatric principal diagnosis';
  if (cause === 'rehabilitation') return 'rehabilitation principal diagnosis';
  if (cause === 'cancer' && cohortOf(stay) !== 'surgery/gynecology') return 'medical treatment of cancer';
  if (person.birth === null) return 'date of birth unknown';
  if (first.admit < yearsLater(person.birth, 65)) return 'under 65 at admission';
  const untilDeath = (day: number) => Math.min(day, person.death ?? day);
  if (!isCovered(person.spans, yearsLater(first.admit, -1), Math.min(untilDeath(discharge), through))) {
    return 'not in fee-for-service Part A for 12 months before admission';
  }
  if (discharge > through - window) return 'follow-up incomplete';
  if (!isCovered(person.spans, untilDeath(discharge), untilDeath(discharge + window))) {
    return `not in fee-for-service Part A for ${window} days after discharge`;
  }
  return null;
}

/** Any surgical part makes a stay surgical; a part without procedures goes by its diagnosis related group. */
function cohortOf({ parts, last }: Chain): string | null {
  const isSurgical = parts.some(({ procedures, hasSurgicalDrg }) =>
    procedures.length > 0 ? procedures.some(({ isSurgery }) => isSurgery) : hasSurgicalDrg,
  );
  return isSurgical ? 'surgery/gynecology' : (last.diagnosis?.cohort ?? null);
}

/** A stay that follows is judged by how it began: the diagnosis and the procedures of its first part. */
function isNoReturn(before: Part, discharge: number, after: Part): boolean {
  if (after.diagnosis?.leavesOut === 'rehabilitation') return true;
  const isPsychiatric = /^(F|29|30|31)/.test(after.diagnosis?.code ?? '');
  return isPsychiatric && before.status === '65' && after.admit - discharge <= 1;
}

/**
 * Every stay of a person that began by `through`, the last day with data, in order. Returns count up to `window` days
 * after discharge.
 */
export function readmissionsOf(person: Person, through: number, window = 30): Stay[] {
  const stays = merged(person.parts.filter(({ admit }) => admit <= through)).sort(
    (a, b) => a.first.admit - b.first.admit || endOf(a.last) - endOf(b.last) || (a.first.id < b.first.id ? -1 : 1),
  );
  return stays.map((stay, at) => {
    const { first, last, discharge } = stay;
    const exclusion = exclusionOf(person, stay, through, window);
    const next =
      discharge === null ? undefined : stays.slice(at + 1).find((later) => !isNoReturn(last, discharge, later.first));
    const days = discharge === null || next === undefined ? null : next.first.admit - discharge;
    const isReadmission = days !== null && days >= 0 && days <= window;
    const isNextPlanned = next !== undefined && isPlanned(next.first.diagnosis, next.first.procedures);
    return {
      id: first.id,
      admit: first.admit,
      discharge,
      isIndex: exclusion === null,
      exclusion,
      isPlanned: isPlanned(first.diagnosis, first.procedures),
      cohort: cohortOf(stay),
      readmission: isReadmission ? (next?.first.id ?? null) : null,
      days: isReadmission ? days : null,
      isReadmission: exclusion === null && isReadmission,
      isUnplannedReadmission: exclusion === null && isReadmission && !isNextPlanned,
    };
  });
}
