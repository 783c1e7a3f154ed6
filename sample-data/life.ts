import { Billing } from './billing.ts';
import { type Day, dayOf, yearOf } from './calendar.ts';
import { drawChart } from './chart.ts';
import { drawConditions, has, type Onsets } from './conditions.ts';
import { drawEnrollment, isFeeForService, spansOf } from './coverage.ts';
import { Diary } from './diary.ts';
import { drawEmergencyCare } from './emergency-care.ts';
import { type Fate, Journey } from './inpatient.ts';
import { facilityOf } from './network.ts';
import { drawOfficeCare } from './office-care.ts';
import { age, drawPerson, type Person } from './people.ts';
import { drawFills, HIGH_RISK_MEDICINES } from './pharmacy.ts';
import type { Plan, Stay, World } from './plan.ts';
import { drawPrevention } from './prevention.ts';
import { Random } from './random.ts';
import { Screening } from './screening.ts';
import { drawTreatments } from './treatments.ts';

/** The whole life of the person with this number within the period, as a plan. */
export function live(world: World, number: number): Plan {
  const stream = (topic: number) => new Random(world.seed, number, topic);
  const person = drawPerson(world, number);
  const onsets = drawConditions(stream(2), person.birth, person.sex, person.constitution, world.start, world.end);
  const enrollments = drawEnrollment(stream(3), world, person);
  const fate = drawFate(stream(4), world, person, onsets, enrollments[0]?.start ?? world.start);
  const journey = new Journey(stream(5), { world, person, onsets }, enrollments, fate);
  const { stays, followUps, death, hospice } = journey;
  const all = [...stays, ...hospiceStay(world, hospice, death, enrollments, stays, person)];
  const until = Math.min(world.end, death ?? world.end, hospice === null ? world.end : hospice - 1);
  const diary = new Diary(world, person, onsets, enrollments, all, until);
  drawOfficeCare(stream(6), diary, followUps, fate.institution);
  drawEmergencyCare(stream(7), diary);
  drawPrevention(stream(8), diary, fate.institution);
  drawTreatments(stream(9), diary, stays, fate.institution);
  const usualFills = drawFills(stream(10), world, person, onsets, enrollments, all, until);
  const fills = [
    ...usualFills,
    ...drawFills(stream(16), world, person, onsets, enrollments, all, until, {
      medicines: HIGH_RISK_MEDICINES,
      after: usualFills.length,
    }),
  ];
  const usualVisits = [...diary.visits].sort((a, b) => a.day - b.day);
  const screening = new Screening(stream(15), diary, usualVisits);
  const visits = [...usualVisits, ...diary.visits.slice(usualVisits.length)];
  const billing = new Billing(stream(11), person);
  billing.stays(all);
  for (const visit of visits) billing.visit(visit);
  for (const { visit, services } of screening.reported) billing.report(visit, services);
  const life = { stays, visits: usualVisits, fills, institution: fate.institution, until };
  const dualFrom = stream(13).chance(0.06) ? world.start + stream(14).whole(60, 900) : world.start - 1;
  const chart = person.hasChart ? drawChart(stream(12), world, person, onsets, life) : null;
  return {
    person,
    onsets,
    spans: spansOf(enrollments, person, onsets, { ...fate, death, hospice, dualFrom }),
    death: death !== null && death <= world.end ? death : null,
    stays: all,
    visits,
    fills,
    claims: billing.claims,
    chart: chart && screening.added(chart),
  };
}

/** When the person dies if no hospital stay ends otherwise; whether in hospice care; when they move to a nursing home. */
function drawFate(random: Random, world: World, person: Person, onsets: Onsets, start: Day): Fate {
  let death: Day | null = null;
  for (let year = yearOf(start); year <= yearOf(world.end) && death === null; year++) {
    const from = Math.max(start, dayOf(year, 1, 1));
    const to = Math.min(world.end, dayOf(year, 12, 31));
    const years = (from - person.birth) / 365.25;
    let hazard = 0.0078 * Math.exp(0.088 * Math.max(0, years - 66) + 0.4 * person.constitution.frailty);
    for (const [condition, factor] of [
      ['heart-failure', 1.6],
      ['dementia', 1.8],
      ['end-stage-renal-disease', 4],
      ['lung-cancer', 9],
      ['colorectal-cancer', 2],
      ['copd', 1.3],
    ] as const) {
      if (has(onsets, condition, from)) hazard *= factor;
    }
    if (random.chance(1 - Math.exp((-hazard * (to - from + 1)) / 365.25))) death = random.whole(from, to);
  }
  const hospice =
    death !== null && random.chance(0.5) ? death - Math.min(300, Math.round(random.skewed(26, 1.1))) : null;
  const isFrail =
    has(onsets, 'dementia', world.end) && person.constitution.frailty > -0.2 && age(person, world.end) >= 74;
  const onset = onsets.get('dementia') ?? world.end;
  const institution =
    isFrail && random.chance(0.55) ? Math.max(onset + random.whole(200, 1_500), world.start - 100) : null;
  return { death, hospice: hospice === null ? null : Math.max(hospice, start), institution };
}

function hospiceStay(
  world: World,
  hospice: Day | null,
  death: Day | null,
  enrollments: ReturnType<typeof drawEnrollment>,
  stays: readonly Stay[],
  person: Person,
): readonly Stay[] {
  const last = stays.at(-1);
  const admit = Math.max(hospice ?? Number.POSITIVE_INFINITY, last ? last.discharge : world.start);
  const discharge = Math.min(death ?? world.end, world.end);
  if (hospice === null || admit >= discharge || last?.disposition === '20') return [];
  if (!isFeeForService(enrollments, admit) || !isFeeForService(enrollments, discharge)) return [];
  const principal = person.constitution.frailty > 0 ? 'I509' : 'C349';
  return [
    {
      kind: 'hospice',
      facility: facilityOf('361598'),
      admit,
      discharge,
      disposition: death !== null && death <= world.end ? '40' : '30',
      source: '1',
      type: '3',
      throughEmergency: false,
      drg: '',
      principal,
      diagnoses: [{ code: principal, poa: '' }],
      procedures: [],
      surgeon: null,
      allowed: (discharge - admit + 1) * 21_500,
      billedEvery: 30,
    },
  ];
}
