import { addMonths, type Day, dayOf, monthEnd, monthStart, yearOf } from './calendar.ts';
import { has, type Onsets } from './conditions.ts';
import { type Person, turns65 } from './people.ts';
import type { Span, World } from './plan.ts';
import type { Random } from './random.ts';

/** A time in one kind of coverage, before what happens to the person divides it further. */
export interface Enrollment {
  readonly start: Day;
  readonly end: Day;
  readonly coverage: Span['coverage'];
}

/** Most people are covered throughout; some come of age, join late, leave for Medicare Advantage, pause or move away. */
export function drawEnrollment(random: Random, world: World, person: Person): readonly Enrollment[] {
  const last = monthEnd(world.end);
  const months = Math.round((last - world.start) / 30.4);
  const randomMonth = () => addMonths(world.start, random.whole(2, months - 2));
  let start = person.entitlement === '0' ? Math.max(world.start, turns65(person.birth)) : world.start;
  if (random.chance(0.1)) start = Math.max(start, randomMonth());
  let end = last;
  if (random.chance(0.035)) end = monthEnd(randomMonth());
  if (start >= end) end = last;

  const enrollments: Enrollment[] = [];
  let coverage: Span['coverage'] = 'fee for service';
  let from = start;
  for (let year = yearOf(start) + 1; dayOf(year, 1, 1) <= end; year++) {
    const january = dayOf(year, 1, 1);
    if (!random.chance(coverage === 'fee for service' ? 0.025 : 0.3)) continue;
    enrollments.push({ start: from, end: january - 1, coverage });
    from = january;
    coverage = coverage === 'fee for service' ? 'medicare advantage' : 'fee for service';
  }
  enrollments.push({ start: from, end, coverage });

  if (!random.chance(0.015)) return enrollments;
  const pause = randomMonth();
  const back = addMonths(pause, random.whole(1, 4));
  return enrollments.flatMap((each) =>
    [
      { ...each, end: Math.min(each.end, pause - 1) },
      { ...each, start: Math.max(each.start, back) },
    ].filter((part) => part.start <= part.end),
  );
}

export const isFeeForService = (enrollments: readonly Enrollment[], day: Day): boolean =>
  enrollments.some(({ start, end, coverage }) => coverage === 'fee for service' && start <= day && day <= end);

/** Divides enrolment where dual status, Medicare status, hospice or institutional status change, at the start of a month. */
export function spansOf(
  enrollments: readonly Enrollment[],
  person: Person,
  onsets: Onsets,
  life: {
    readonly death: Day | null;
    readonly hospice: Day | null;
    readonly institution: Day | null;
    readonly dualFrom: Day;
  },
): readonly Span[] {
  const sixtyFive = turns65(person.birth);
  const kidney = onsets.get('end-stage-renal-disease');
  const from = (day: Day | null | undefined) =>
    day === null || day === undefined ? Number.POSITIVE_INFINITY : monthStart(day);
  const changes = [
    sixtyFive,
    from(kidney),
    from(life.hospice),
    from(life.institution),
    from(life.dualFrom),
    person.former ? person.former.until + 1 : Number.POSITIVE_INFINITY,
  ];
  const spans: Span[] = [];
  for (const { start, end, coverage } of enrollments) {
    const until = Math.min(end, life.death ?? end);
    const cuts = [...new Set(changes.filter((day) => day > start && day <= until))].sort((a, b) => a - b);
    for (const [at, cut] of [start, ...cuts].entries()) {
      if (cut > until) continue;
      const renal = has(onsets, 'end-stage-renal-disease', cut) || from(kidney) <= cut;
      spans.push({
        start: cut,
        end: Math.min(until, (cuts[at] ?? until + 1) - 1),
        coverage,
        dual: cut >= from(life.dualFrom) ? person.dual : '00',
        medicareStatus: cut >= sixtyFive ? (renal ? '11' : '10') : renal ? '21' : '20',
        isHospice: cut >= from(life.hospice),
        isInstitutional: cut >= from(life.institution),
      });
    }
  }
  return spans;
}
