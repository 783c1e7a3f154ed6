import { type Day, workday } from './calendar.ts';
import { chronicCodes, type Onsets } from './conditions.ts';
import { allowed, isForQuality } from './costs.ts';
import { type Enrollment, isFeeForService } from './coverage.ts';
import type { Practitioner } from './network.ts';
import type { Person } from './people.ts';
import type { Service, Stay, Visit, VisitKind, World } from './plan.ts';
import type { Random } from './random.ts';

/** The days of one person outside of facilities, and what happens on them. */
export class Diary {
  readonly world: World;
  readonly person: Person;
  readonly onsets: Onsets;
  readonly visits: Visit[] = [];
  readonly #enrollments: readonly Enrollment[];
  readonly #stays: readonly Stay[];
  readonly #until: Day;
  readonly #appointments = new Set<Day>();

  /** `until` is the last day on which the person is alive, not in hospice care and within the data. */
  constructor(
    world: World,
    person: Person,
    onsets: Onsets,
    enrollments: readonly Enrollment[],
    stays: readonly Stay[],
    until: Day,
  ) {
    this.world = world;
    this.person = person;
    this.onsets = onsets;
    this.#enrollments = enrollments;
    this.#stays = stays;
    this.#until = until;
  }

  /** Covered by fee for service, alive, and neither in a facility nor a day before or after. */
  isFree(day: Day): boolean {
    return (
      day >= this.world.start &&
      day <= this.#until &&
      isFeeForService(this.#enrollments, day) &&
      !this.#stays.some(({ admit, discharge }) => admit - 1 <= day && day <= discharge + 1)
    );
  }

  /** In an institution or at home, but covered and alive and not in a hospital. */
  isPresent(day: Day): boolean {
    return (
      day >= this.world.start &&
      day <= this.#until &&
      isFeeForService(this.#enrollments, day) &&
      !this.#stays.some(({ kind, admit, discharge }) => kind !== 'skilled nursing' && admit <= day && day <= discharge)
    );
  }

  /** The first free working day from `day` on, within two weeks, that holds no other appointment; null if there is none. */
  book(day: Day): Day | null {
    for (let at = workday(day); at < day + 14; at = workday(at + 1)) {
      if (this.#appointments.has(at) || !this.isFree(at)) continue;
      this.#appointments.add(at);
      return at;
    }
    return null;
  }

  add(
    kind: VisitKind,
    day: Day,
    services: readonly Service[],
    diagnoses: readonly string[],
    more: Partial<Pick<Visit, 'end' | 'facility' | 'practitioner' | 'disposition'>> = {},
  ): Visit {
    const visit = {
      kind,
      day,
      end: day,
      facility: null,
      practitioner: null,
      disposition: '',
      services,
      diagnoses,
      ...more,
    };
    this.visits.push(visit);
    return visit;
  }

  /** Codes of the conditions on a day, beginning with `first` where it is given; a check-up for the healthy. */
  codes(day: Day, first: string | null, count: number): readonly string[] {
    const chronic = chronicCodes(this.onsets, day, this.person.constitution);
    if (first === null && chronic.length === 0) return ['Z0000'];
    return (first === null ? chronic : [first, ...chronic.filter((code) => code !== first)]).slice(0, count);
  }

  /** Days from the start to the end of the data on which something comes up that happens `perYear` times a year. */
  days(random: Random, perYear: number): readonly Day[] {
    const { start, end } = this.world;
    const events = random.count((perYear * (end - start + 1)) / 365.25);
    return Array.from({ length: events }, () => random.whole(start, end)).sort((a, b) => a - b);
  }
}

/** A line billed by a practitioner, a laboratory or a supplier. */
export const performed = (random: Random, day: Day, hcpcs: string, modifier = '', units = 1): Service => ({
  day,
  hcpcs,
  modifier,
  revenue: '',
  units,
  allowed: isForQuality(hcpcs) ? 0 : allowed(random, hcpcs, true) * units,
  isProfessional: true,
});

/** A line billed by a facility. Without a code of its own, its price is in that of another line. */
export const provided = (random: Random, day: Day, revenue: string, hcpcs: string, units = 1, price = 1): Service => ({
  day,
  hcpcs,
  modifier: '',
  revenue,
  units,
  allowed: hcpcs === '' ? 0 : allowed(random, hcpcs, false, price) * units,
  isProfessional: false,
});

/** Somebody of a group, the same one every time for this person: people keep their doctors. */
export const usual = (person: Person, group: readonly Practitioner[]): Practitioner => {
  const found = group[person.number % group.length];
  if (!found) throw new Error('an empty group of practitioners');
  return found;
};
