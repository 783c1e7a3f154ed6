import { ageOn, type Day, dayOf, yearOf } from './calendar.ts';
import { QUALIFYING_VISIT, WELLNESS_VISIT } from './clinical-facts.ts';
import { has } from './conditions.ts';
import { type Diary, performed, usual } from './diary.ts';
import { specialistsOf } from './network.ts';
import type { Person } from './people.ts';
import type { Chart, ChartImmunization, ChartObservation, ChartOrder, ChartResult, Service, Visit } from './plan.ts';
import { Random } from './random.ts';

/** What a chart holds of a visit, or of none, before the chart gives it an identifier. */
type Noted<T> = Omit<T, 'id' | 'encounterId'> & { readonly at: Visit | null };

/** Answers by LOINC question; SNOMED CT numbers where the question has them. */
const DEPRESSION = { loinc: '73832-8', negative: '428171000124102', positive: '428181000124104' };
const TOBACCO = { loinc: '72166-2', never: '266919005', former: '8517006', current: '449868002' };
const FALLS = { loinc: '73830-2', negative: 'no risk found', positive: 'at risk of falling' };
const PHQ9 = '44261-6';

const SERTRALINE = { rxnorm: '312941', drug: 'sertraline', ndc: '59762490003', quantity: 30, daysSupply: 30 };

interface Test {
  readonly hcpcs: string;
  readonly reason: string;
  readonly loinc: string;
  readonly value: string;
}
const PAP: Test = { hcpcs: '88175', reason: 'Z124', loinc: '10524-7', value: 'negative' };
const HPV: Test = { hcpcs: '87624', reason: 'Z124', loinc: '82675-0', value: 'not detected' };
const HIV: Test = { hcpcs: '87389', reason: 'Z114', loinc: '56888-1', value: 'nonreactive' };
const STOOL_BLOOD: Test = { hcpcs: '82274', reason: 'Z1211', loinc: '29771-3', value: 'negative' };

/** Pneumococcal vaccines (CVX) of earlier years, of which only the record tells, and the one given now. */
const PNEUMOCOCCAL = { earlier: ['33', '133'], now: '216' } as const;

/** What practices ask and offer, each in its own measure. The number is that of its stream. */
const TOPIC = { depression: 61, tobacco: 62, falls: 63, stool: 64, cervix: 65, hiv: 66, pneumococcal: 67 } as const;

/**
 * Questions asked at visits, screening tests, vaccination against pneumococcal disease, and talks about alcohol and anxiety. They
 * come on top of a life that is drawn without them and change nothing in it: new visits are in the diary's own list,
 * codes that a practice bills with a visit in `reported`, what the EHR shows in the rest.
 */
export class Screening {
  readonly reported: { readonly visit: Visit; readonly services: readonly Service[] }[] = [];
  readonly #observations: Noted<ChartObservation>[] = [];
  readonly #results: Noted<ChartResult>[] = [];
  readonly #orders: Noted<ChartOrder>[] = [];
  readonly #immunizations: Noted<ChartImmunization>[] = [];
  readonly #random: Random;
  readonly #diary: Diary;
  readonly #person: Person;
  /** Visits in person to the own practice at which screening is due. */
  readonly #seen: readonly Visit[];

  /** `visits` are those that there are without screening, in order. */
  constructor(random: Random, diary: Diary, visits: readonly Visit[]) {
    const { person } = diary;
    this.#random = random;
    this.#diary = diary;
    this.#person = person;
    this.#seen = visits.filter(
      ({ kind, practitioner, services }) =>
        kind === 'office visit' &&
        practitioner === person.clinician &&
        services.some(({ hcpcs }) => QUALIFYING_VISIT.has(hcpcs)),
    );
    this.#askEveryYear();
    this.#testCervix();
    this.#testForHiv();
    this.#vaccinate();
    this.#talk(visits);
  }

  /** How likely something is: as the practice offers it and the person takes it up. */
  #uptake(topic: keyof typeof TOPIC): number {
    const { practice, constitution } = this.#person;
    const own = new Random(this.#diary.world.seed, Number(practice.id.slice(2)), TOPIC[topic]).between(-0.24, 0.16);
    return Math.min(0.97, Math.max(0.05, practice.manner.prevention + own + 0.1 * constitution.diligence));
  }

  #report(visit: Visit, code: string): void {
    this.reported.push({ visit, services: [performed(this.#random, visit.day, code)] });
  }

  #answer(at: Visit, type: ChartObservation['type'], code: string, value: string, unit = ''): void {
    this.#observations.push({ at, day: at.day, type, codeSystem: 'loinc', code, value, unit });
  }

  #test(at: Visit, { hcpcs, reason, loinc, value }: Test): void {
    const practitioner = usual(this.#person, specialistsOf('clinical laboratory'));
    this.#diary.add('laboratory', at.day, [performed(this.#random, at.day, hcpcs)], [reason], { practitioner });
    if (!this.#person.hasChart) return;
    this.#results.push({ at, day: at.day, loinc, value, unit: '', orderedBy: this.#person.clinician });
  }

  /** Once a year, at the wellness visit or the first of others. Those without a chart report the answer with the bill. */
  #askEveryYear(): void {
    const random = this.#random;
    const { person, onsets, world } = this.#diary;
    const smokes = random.chance(has(onsets, 'copd', world.end) ? 0.34 : 0.11);
    const habit = smokes ? TOBACCO.current : random.chance(0.4) ? TOBACCO.former : TOBACCO.never;
    const takesStoolTests = random.chance(0.75 * this.#uptake('stool'));
    for (let year = yearOf(world.start); year <= yearOf(world.end); year++) {
      const ofYear = this.#seen.filter(({ day }) => yearOf(day) === year);
      const visit = ofYear.find(({ services }) => services.some(({ hcpcs }) => WELLNESS_VISIT.has(hcpcs))) ?? ofYear[0];
      if (visit === undefined) continue;
      const { day } = visit;
      const reports = !person.hasChart && random.chance(0.8);
      if (random.chance(this.#uptake('depression'))) this.#askAboutMood(visit, reports);
      if (random.chance(this.#uptake('tobacco'))) {
        const isCounselled = smokes && random.chance(0.6);
        if (person.hasChart) this.#answer(visit, 'social-history', TOBACCO.loinc, habit);
        else if (reports) this.#report(visit, smokes ? '1034F' : '1036F');
        if (isCounselled) this.#report(visit, '99406');
      }
      if (ageOn(person.birth, day) >= 65 && random.chance(this.#uptake('falls'))) {
        const isAtRisk = random.chance(person.constitution.frailty > 0.8 ? 0.6 : 0.15);
        if (person.hasChart) this.#answer(visit, 'survey', FALLS.loinc, isAtRisk ? FALLS.positive : FALLS.negative);
        else if (reports) this.#report(visit, isAtRisk ? '1100F' : '1101F');
      }
      const age = year - yearOf(person.birth);
      if (takesStoolTests && age >= 45 && age <= 76 && random.chance(0.85)) this.#test(visit, STOOL_BLOOD);
    }
  }

  /** The screen, and after a positive one the PHQ-9 and a medicine; for most the PHQ-9 again after a year. */
  #askAboutMood(visit: Visit, reports: boolean): void {
    const random = this.#random;
    const { clinician, hasChart } = this.#person;
    const isPositive = random.chance(has(this.#diary.onsets, 'depression', visit.day) ? 0.4 : 0.06);
    const isFollowed = isPositive && random.chance(0.65);
    if (!hasChart) {
      if (reports) this.#report(visit, isFollowed ? 'G8431' : isPositive ? 'G8511' : 'G8510');
      return;
    }
    this.#answer(visit, 'survey', DEPRESSION.loinc, isPositive ? DEPRESSION.positive : DEPRESSION.negative);
    if (!isPositive) return;
    this.#score(visit, 8 + random.count(6));
    const later = this.#seen.find(({ day }) => Math.abs(day - visit.day - 365) <= 55);
    if (later && random.chance(0.7)) this.#score(later, random.count(random.chance(0.35) ? 2 : 9));
    if (isFollowed) this.#orders.push({ at: visit, day: visit.day, ...SERTRALINE, prescriber: clinician });
  }

  #score(visit: Visit, points: number): void {
    this.#answer(visit, 'survey', PHQ9, String(Math.min(27, points)), '{score}');
  }

  /** Cytology once, for half of those of 30 and over with a test for papillomavirus. */
  #testCervix(): void {
    const random = this.#random;
    const { birth, sex } = this.#person;
    if (sex !== 'female' || !random.chance(this.#uptake('cervix'))) return;
    const due = this.#seen.filter(({ day }) => ageOn(birth, day) < 65);
    if (due.length === 0) return;
    const at = random.pick(due);
    this.#test(at, PAP);
    if (ageOn(birth, at.day) >= 30 && random.chance(0.5)) this.#test(at, HPV);
  }

  #testForHiv(): void {
    if (!this.#random.chance(0.7 * this.#uptake('hiv'))) return;
    const due = this.#seen.filter(({ day }) => ageOn(this.#person.birth, day) < 65);
    if (due.length > 0) this.#test(this.#random.pick(due), HIV);
  }

  #vaccinate(): void {
    const random = this.#random;
    const { birth, hasChart, clinician } = this.#person;
    const { start } = this.#diary.world;
    const note = (day: Day, cvx: string): void => {
      if (hasChart) this.#immunizations.push({ at: null, day, cvx, status: 'completed', practitioner: clinician });
    };
    const cvx = random.pick(PNEUMOCOCCAL.earlier);
    const earlier = start - random.whole(60, 365 * 4);
    if (ageOn(birth, start) >= 69 && random.chance(0.65 * this.#uptake('pneumococcal'))) {
      note(earlier, cvx);
      return;
    }
    const day = dayOf(yearOf(start) + 1, 1, 1) + random.whole(0, 900);
    if (!random.chance(0.55 * this.#uptake('pneumococcal'))) return;
    if (ageOn(birth, day) < 65 || !this.#diary.isFree(day)) return;
    const services = [performed(random, day, '90677'), performed(random, day, 'G0009')];
    const practitioner = usual(this.#person, specialistsOf('pharmacy'));
    this.#diary.add('outpatient', day, services, ['Z23'], { practitioner });
    note(day, PNEUMOCOCCAL.now);
  }

  /** Talks with a psychiatrist: once or over weeks after the first visit of a year that names alcohol, and after emergencies. */
  #talk(visits: readonly Visit[]): void {
    const random = this.#random;
    const { world, onsets } = this.#diary;
    for (let year = yearOf(world.start); onsets.has('alcohol-use') && year <= yearOf(world.end); year++) {
      const first = visits.find(({ day, diagnoses }) => yearOf(day) === year && diagnoses.includes('F1020'));
      const sessions = random.weighted([
        [0, 5],
        [1, 2],
        [4, 3],
      ]);
      for (let session = 0; first && session < sessions; session++) this.#meet(first.day + 4 + 9 * session, 'F1020');
    }
    for (const { kind, day, diagnoses } of visits) {
      const [reason = ''] = diagnoses;
      if (kind !== 'emergency department' || !/^F/.test(reason) || !random.chance(0.5)) continue;
      this.#meet(day + random.whole(2, 21), reason);
    }
  }

  #meet(from: Day, reason: string): void {
    const day = this.#diary.book(from);
    if (day === null) return;
    const practitioner = usual(this.#person, specialistsOf('psychiatry'));
    this.#diary.add('office visit', day, [performed(this.#random, day, '90834')], [reason], { practitioner });
  }

  /** The record of the person with what screening left in it; a visit has one answer to a question. */
  added(chart: Chart): Chart {
    const visitIds = new Map(chart.encounters.map(({ event, id }) => [event, id]));
    let last = 0;
    const written = <Note extends { readonly at: Visit | null }>(kind: string, notes: readonly Note[]) =>
      notes.map(({ at, ...rest }) => ({
        id: `${kind}${this.#person.id}-S${++last}`,
        encounterId: (at && visitIds.get(at)) ?? '',
        ...rest,
      }));
    const observations = [...chart.observations, ...written('O', this.#observations)];
    return {
      ...chart,
      observations: observations.filter(
        ({ code, encounterId }, at) =>
          code !== PHQ9 ||
          observations.findIndex((each) => each.code === code && each.encounterId === encounterId) === at,
      ),
      results: [...chart.results, ...written('L', this.#results)],
      orders: [...chart.orders, ...written('M', this.#orders)],
      immunizations: [...chart.immunizations, ...written('I', this.#immunizations)],
    };
  }
}
