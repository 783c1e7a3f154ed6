import { addMonths, type Day, monthStart, yearOf } from './calendar.ts';
import { allowed, charge, coinsurance, hospitalDeductible } from './costs.ts';
import { type Practitioner, specialistsOf } from './network.ts';
import type { Person } from './people.ts';
import type { Cents, Claim, ClaimLine, Service, Stay, Visit } from './plan.ts';
import type { Random } from './random.ts';

const BILL_OF_STAY: Readonly<Record<Stay['kind'], string>> = {
  'acute inpatient': '11',
  'inpatient psychiatric': '11',
  'inpatient rehabilitation': '11',
  'long term care hospital': '11',
  'skilled nursing': '21',
  hospice: '81',
};

const ROOM: Readonly<Record<Stay['kind'], string>> = {
  'acute inpatient': '0120',
  'inpatient psychiatric': '0124',
  'inpatient rehabilitation': '0128',
  'long term care hospital': '0120',
  'skilled nursing': '0120',
  hospice: '0651',
};

const PLACE_OF_VISIT: Readonly<Record<Visit['kind'], string>> = {
  'office visit': '11',
  telehealth: '10',
  'nursing home visit': '32',
  'emergency department': '23',
  observation: '22',
  outpatient: '11',
  'ambulatory surgery': '24',
  dialysis: '65',
  'home health': '12',
  laboratory: '81',
  equipment: '12',
  ambulance: '41',
};

const HOSPITAL_VISIT_BILL: Readonly<Partial<Record<Visit['kind'], string>>> = {
  'emergency department': '131',
  observation: '131',
  outpatient: '131',
  dialysis: '721',
  'home health': '329',
};

/**
 * Writes the claims of one person, in order of service, each with the day on which it is decided upon. A few are denied
 * or paid and reversed before they are sent again and paid.
 */
export class Billing {
  readonly claims: Claim[] = [];
  readonly #person: Person;
  readonly #random: Random;
  #written = 0;
  #lastHospitalDay: Day = Number.NEGATIVE_INFINITY;

  constructor(random: Random, person: Person) {
    this.#random = random;
    this.#person = person;
  }

  /** Most claims are paid three to nine weeks after the service; a few take months. */
  #paidAfter(day: Day): Day {
    const random = this.#random;
    return day + (random.chance(0.03) ? random.whole(60, 130) : this.#usualDelay());
  }

  #usualDelay(): number {
    const rank = this.#random.unit();
    return 18 + Math.floor(44 * rank * Math.sqrt(rank));
  }

  #nextId(): string {
    this.#written++;
    return `C${this.#person.id}-${String(this.#written).padStart(4, '0')}`;
  }

  #add(claim: Claim): void {
    const history = this.#random.unit();
    if (history < 0.008 && claim.type === 'professional') {
      const lines = claim.lines.map((line) => ({ ...line, paid: 0, allowed: 0, coinsurance: 0 }));
      this.claims.push({ ...claim, id: this.#nextId(), status: 'denied', lines });
    } else if (history < 0.012) this.claims.push({ ...claim, id: this.#nextId(), status: 'reversed' });
    this.claims.push(claim);
  }

  #line(
    number: number,
    service: Pick<Service, 'hcpcs' | 'modifier' | 'revenue' | 'units' | 'allowed'>,
    dates: { readonly start: Day; readonly end: Day },
    owed: { readonly coinsurance: Cents; readonly deductible: Cents },
    isHospital: boolean,
  ): ClaimLine {
    const list = charge(this.#random, service.allowed, isHospital);
    return {
      number,
      start: dates.start,
      end: dates.end,
      revenue: service.revenue,
      hcpcs: service.hcpcs,
      modifier: service.modifier,
      units: service.units,
      allowed: service.allowed,
      paid: service.allowed - owed.coinsurance - owed.deductible,
      coinsurance: owed.coinsurance,
      deductible: owed.deductible,
      charge: service.allowed === 0 && service.revenue !== '' ? this.#random.whole(4_000, 90_000) : list,
    };
  }

  visit(visit: Visit): void {
    const paid = this.#paidAfter(visit.end);
    const own = visit.services.filter(({ isProfessional }) => isProfessional);
    const hospital = visit.services.filter(({ isProfessional }) => !isProfessional);
    const diagnoses = visit.diagnoses.map((code) => ({ code, poa: '' as const }));
    const lines = (services: readonly Service[], isHospital: boolean) =>
      services.map((service, at) => {
        const end = visit.kind === 'dialysis' && isHospital ? visit.end : service.day;
        const owed = { coinsurance: coinsurance(service.allowed, service.hcpcs), deductible: 0 };
        return this.#line(at + 1, service, { start: service.day, end }, owed, isHospital);
      });
    if (visit.facility && hospital.length > 0) {
      const bill = HOSPITAL_VISIT_BILL[visit.kind] ?? '131';
      this.#add({
        id: this.#nextId(),
        status: 'paid',
        type: 'institutional',
        diagnoses,
        procedures: [],
        event: visit,
        ordering: null,
        admission: null,
        start: visit.day,
        end: visit.end,
        paid,
        bill: visit.facility.kind === 'critical access' ? `85${bill.slice(2)}` : bill,
        place: '',
        disposition: visit.disposition,
        facility: visit.facility,
        rendering: visit.practitioner,
        billing: visit.facility,
        lines: lines(hospital, true),
      });
    }
    if (visit.practitioner && own.length > 0) {
      const isInHospital = visit.facility !== null && visit.kind === 'outpatient';
      this.#add({
        id: this.#nextId(),
        status: 'paid',
        type: 'professional',
        diagnoses,
        procedures: [],
        event: visit,
        admission: null,
        start: visit.day,
        end: visit.day,
        paid: visit.facility ? paid + this.#random.whole(0, 9) : paid,
        bill: '',
        place: isInHospital ? '22' : PLACE_OF_VISIT[visit.kind],
        disposition: '',
        facility: null,
        rendering: visit.practitioner,
        ordering: visit.kind === 'laboratory' || visit.kind === 'equipment' ? this.#person.clinician : null,
        billing: visit.practitioner,
        lines: lines(own, false),
      });
    }
  }

  /** Adds lines to the claim that stands for a visit: codes that tell what was asked or advised at it. */
  report(visit: Visit, services: readonly Service[]): void {
    const at = this.claims.findIndex(
      ({ event, type, status }) => event === visit && type === 'professional' && status === 'paid',
    );
    const claim = this.claims[at];
    if (claim === undefined) return;
    const lines = services.map((service, place) => {
      const owed = { coinsurance: coinsurance(service.allowed, service.hcpcs), deductible: 0 };
      return this.#line(claim.lines.length + place + 1, service, { start: service.day, end: service.day }, owed, false);
    });
    this.claims[at] = { ...claim, lines: [...claim.lines, ...lines] };
  }

  /** Bills stays in order; the two parts of a transfer are paid together, so that neither is delivered alone. */
  stays(stays: readonly Stay[]): void {
    let together: Day | null = null;
    for (const [at, stay] of stays.entries()) {
      const next = stays[at + 1];
      const isSentOn = stay.disposition === '02' && next !== undefined && next.admit - stay.discharge <= 1;
      const paid: Day = together ?? this.#paidAfter(isSentOn ? next.discharge : stay.discharge) + 4;
      together = isSentOn ? paid : null;
      this.#stay(stay, paid);
    }
  }

  /** The bill of the facility, in parts where the stay is long, and the bills of those who treated the patient there. */
  #stay(stay: Stay, paid: Day): void {
    const parts: { readonly start: Day; readonly end: Day }[] = [];
    const isHospice = stay.kind === 'hospice';
    let start = stay.admit;
    while (stay.billedEvery !== null && parts.length < 60) {
      const next = isHospice ? addMonths(monthStart(start), 1) : start + stay.billedEvery;
      if (next > stay.discharge - (isHospice ? 0 : 2)) break;
      parts.push({ start, end: next - 1 });
      start = next;
    }
    parts.push({ start, end: stay.discharge });

    const nights = Math.max(1, stay.discharge - stay.admit);
    const isHospital = stay.kind !== 'skilled nursing' && !isHospice;
    const isNewPeriod = isHospital && stay.admit - this.#lastHospitalDay > 60;
    if (isHospital) this.#lastHospitalDay = stay.discharge;
    const deductible = isNewPeriod ? Math.min(stay.allowed, hospitalDeductible(yearOf(stay.admit))) : 0;
    const isSwing = stay.facility.kind === 'swing bed';
    const isOngoing = stay.disposition === '30';
    let left = stay.allowed;
    for (const [at, part] of parts.entries()) {
      const isLast = at === parts.length - 1;
      const share = Math.max(1, part.end - part.start) / nights;
      const amount = isLast ? left : Math.min(left, Math.round(stay.allowed * share));
      left -= amount;
      const frequency =
        parts.length === 1 ? (isOngoing ? '2' : '1') : at === 0 ? '2' : isLast && !isOngoing ? '4' : '3';
      this.#add({
        id: this.#nextId(),
        status: 'paid',
        type: 'institutional',
        start: part.start,
        end: part.end,
        paid: isHospital ? paid : Math.min(paid, this.#paidAfter(part.end)),
        bill: `${isSwing ? '18' : BILL_OF_STAY[stay.kind]}${frequency}`,
        place: '',
        disposition: isLast ? stay.disposition : '30',
        admission: {
          admit: stay.admit,
          discharge: isLast && !isOngoing ? stay.discharge : null,
          source: stay.source,
          type: stay.type,
          drg: stay.drg,
        },
        facility: stay.facility,
        rendering: stay.surgeon?.practitioner ?? null,
        ordering: null,
        billing: stay.facility,
        diagnoses: stay.diagnoses,
        procedures: isLast ? stay.procedures : [],
        lines: this.#stayLines(stay, part, amount, at === 0 ? Math.min(deductible, amount) : 0, at === 0),
        event: stay,
      });
    }
    if (stay.kind === 'acute inpatient' || stay.kind === 'inpatient psychiatric') this.#attending(stay, paid);
  }

  #stayLines(
    stay: Stay,
    part: { readonly start: Day; readonly end: Day },
    amount: Cents,
    deductible: Cents,
    isFirst: boolean,
  ) {
    const random = this.#random;
    const nights = Math.max(1, part.end - part.start);
    const services: Pick<Service, 'revenue' | 'units' | 'allowed' | 'hcpcs'>[] = [
      { revenue: ROOM[stay.kind], units: nights, allowed: amount, hcpcs: stay.kind === 'hospice' ? 'Q5001' : '' },
    ];
    const add = (revenue: string, units = 1) => services.push({ revenue, units, allowed: 0, hcpcs: '' });
    if (stay.kind !== 'hospice') {
      add('0250');
      if (stay.kind === 'skilled nursing') add('0420', Math.ceil(nights * 0.6));
      else add('0300', random.whole(2, 14));
      if (isFirst && stay.throughEmergency) add('0450');
      if (stay.surgeon) add('0360');
      if (/^(06|07|08|1|2[89]|3[12])/.test(stay.drg) && random.chance(0.6)) add('0350');
      if (random.chance(0.3)) add('0730');
    }
    return services.map((service, at) =>
      this.#line(
        at + 1,
        { ...service, modifier: '' },
        { start: part.start, end: part.end },
        { coinsurance: 0, deductible: at === 0 ? deductible : 0 },
        true,
      ),
    );
  }

  /** Professional bills of a hospital stay: the emergency physician, the daily visits, the surgeon. */
  #attending(stay: Stay, paid: Day): void {
    const random = this.#random;
    const group = specialistsOf(stay.kind === 'acute inpatient' ? 'hospitalist' : 'psychiatry');
    const days: (readonly [Day, string])[] = [[stay.admit, '99223']];
    for (let day = stay.admit + 1; day < stay.discharge && days.length < 5; day++) days.push([day, '99232']);
    if (stay.discharge > stay.admit) days.push([stay.discharge, '99239']);
    this.#professional(stay, '21', random.pick(group), days, paid);
    if (stay.throughEmergency) {
      this.#professional(stay, '23', random.pick(specialistsOf('emergency medicine')), [[stay.admit, '99285']], paid);
    }
    const [operation] = stay.procedures;
    if (stay.surgeon && operation) {
      this.#professional(stay, '21', stay.surgeon.practitioner, [[operation.day, stay.surgeon.hcpcs]], paid);
    }
  }

  #professional(
    stay: Stay,
    place: string,
    practitioner: Practitioner,
    days: readonly (readonly [Day, string])[],
    paid: Day,
  ): void {
    const random = this.#random;
    const [first] = days;
    const last = days.at(-1);
    if (!first || !last) return;
    this.#add({
      id: this.#nextId(),
      status: 'paid',
      type: 'professional',
      start: first[0],
      end: last[0],
      paid: paid + random.whole(0, 9),
      bill: '',
      place,
      disposition: '',
      admission: null,
      facility: null,
      rendering: practitioner,
      ordering: null,
      billing: practitioner,
      diagnoses: stay.diagnoses.slice(0, 4).map(({ code }) => ({ code, poa: '' })),
      procedures: [],
      lines: days.map(([day, hcpcs], at) => {
        const amount = allowed(random, hcpcs, true);
        const service = { hcpcs, modifier: '', revenue: '', units: 1, allowed: amount };
        const owed = { coinsurance: coinsurance(amount, hcpcs), deductible: 0 };
        return this.#line(at + 1, service, { start: day, end: day }, owed, false);
      }),
      event: stay,
    });
  }
}
