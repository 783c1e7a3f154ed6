import { type Candidate, drawCandidates, drawStay, type Patient } from './admission.ts';
import type { Reason } from './admission-reasons.ts';
import type { Day } from './calendar.ts';
import { type Enrollment, isFeeForService } from './coverage.ts';
import { deathChance, drawAftermath, drawDisposition, drawPostAcute } from './discharge.ts';
import { facilityOf, isAcute } from './network.ts';
import type { Stay } from './plan.ts';
import type { Random } from './random.ts';

/** A visit to the own practice after a discharge home. */
export interface FollowUp {
  readonly discharge: Day;
  readonly day: Day;
}

export interface Fate {
  readonly death: Day | null;
  /** From this day on the person is in hospice care. */
  readonly hospice: Day | null;
  /** From this day on the person lives in a nursing home. */
  readonly institution: Day | null;
}

const REFERRAL = facilityOf('360851');

/** A person's way through facilities, in order of time; every stay can change what comes after it. */
export class Journey {
  readonly stays: Stay[] = [];
  readonly followUps: FollowUp[] = [];
  death: Day | null;
  hospice: Day | null;
  readonly #random: Random;
  readonly #patient: Patient;
  readonly #enrollments: readonly Enrollment[];
  readonly #institution: Day | null;
  readonly #queue: Candidate[];

  constructor(random: Random, patient: Patient, enrollments: readonly Enrollment[], fate: Fate) {
    this.#random = random;
    this.#patient = patient;
    this.#enrollments = enrollments;
    this.death = fate.death;
    this.hospice = fate.hospice;
    this.#institution = fate.institution;
    this.#queue = drawCandidates(random, patient);
    this.#run();
  }

  #run(): void {
    const { end } = this.#patient.world;
    while (this.#queue.length > 0) {
      const next = this.#queue.reduce((first, each) => (each.day < first.day ? each : first));
      this.#queue.splice(this.#queue.indexOf(next), 1);
      if (next.day >= Math.min(end, this.death ?? end, this.hospice ?? end)) return;
      if (this.#happens(next)) this.#admit(next);
    }
  }

  #isCovered(day: Day): boolean {
    return isFeeForService(this.#enrollments, day);
  }

  /** Not while in hospital or on the next day, unless it follows from that very stay; and good hospitals prevent some. */
  #happens({ day, after }: Candidate): boolean {
    const last = this.stays.filter(({ kind }) => kind === 'acute inpatient' || kind === 'inpatient psychiatric').at(-1);
    if (!last) return true;
    if (day < last.discharge + (after === last ? 0 : 2)) return false;
    return after !== null || day > last.discharge + 30 || !this.#random.chance(1 - last.facility.returns);
  }

  #admit(candidate: Candidate): void {
    const random = this.#random;
    const { reason, day } = candidate;
    const stay = drawStay(random, this.#patient, candidate);
    const { end } = this.#patient.world;
    if (stay.discharge + 2 >= end || !this.#isCovered(day) || !this.#isCovered(stay.discharge + 2)) return;
    this.#endPostAcute(day);
    const isSmall = stay.facility.kind === 'critical access';
    const isSentOn =
      isAcute(stay.facility) && stay.facility !== REFERRAL && random.chance((reason.transfer ?? 0) * (isSmall ? 4 : 1));
    this.#finish(isSentOn ? this.#sendOn(stay) : stay, reason);
  }

  /** A stay in a nursing facility ends where a new hospital stay begins. */
  #endPostAcute(admit: Day): void {
    const last = this.stays.at(-1);
    if (!last || isAcute(last.facility) || last.discharge < admit) return;
    this.stays.pop();
    if (last.admit < admit) this.stays.push({ ...last, discharge: admit, disposition: '02' });
  }

  /** Adds the short first part of a transferred stay and returns the rest of it. */
  #sendOn(stay: Stay): Stay {
    const random = this.#random;
    const sent = stay.admit + (random.chance(0.5) ? 0 : 1);
    const arrived = sent + (random.chance(0.8) ? 0 : 1);
    this.stays.push({
      ...stay,
      discharge: sent,
      disposition: '02',
      procedures: [],
      allowed: Math.round(stay.allowed * 0.35),
      billedEvery: null,
      surgeon: null,
    });
    return {
      ...stay,
      facility: REFERRAL,
      admit: arrived,
      discharge: Math.max(arrived + 1, stay.discharge),
      procedures: stay.procedures.map(({ code }) => ({ code, day: arrived })),
      source: '4',
      throughEmergency: false,
    };
  }

  #finish(stay: Stay, reason: Reason): void {
    const random = this.#random;
    const dying = deathChance(this.#patient, reason, stay.admit);
    if ((this.death !== null && this.death <= stay.discharge) || random.chance(dying)) this.#dieIn(stay);
    else if (random.chance(dying * 0.55)) this.#enterHospice(stay);
    else {
      const livesInInstitution = this.#institution !== null && this.#institution <= stay.admit;
      const disposition = drawDisposition(random, this.#patient, stay, reason, livesInInstitution);
      const left = { ...stay, disposition };
      this.stays.push(left);
      const post = drawPostAcute(random, left);
      if (post) this.#addPostAcute(post);
      const { followUp, next } = drawAftermath(random, this.#patient, left, reason, livesInInstitution);
      if (followUp !== null) this.followUps.push({ discharge: left.discharge, day: followUp });
      if (next) this.#queue.push(next);
    }
  }

  #dieIn(stay: Stay): void {
    const death = Math.max(stay.admit, Math.min(this.death ?? stay.discharge, stay.discharge));
    this.death = death;
    const procedures = stay.procedures.filter(({ day }) => day <= death);
    this.stays.push({ ...stay, discharge: death, disposition: '20', procedures });
  }

  #enterHospice(stay: Stay): void {
    const diagnoses = [...stay.diagnoses, { code: 'Z515', poa: '' as const }];
    this.stays.push({ ...stay, diagnoses, disposition: this.#institution === null ? '50' : '51' });
    this.hospice = stay.discharge;
    const days = 2 + Math.round(this.#random.skewed(12, 0.9));
    this.death = Math.min(this.death ?? Number.POSITIVE_INFINITY, stay.discharge + days);
  }

  /** It ends early with coverage, hospice care, death or the last day of the data; the patient is then still there. */
  #addPostAcute(stay: Stay): void {
    const { end } = this.#patient.world;
    let { discharge, disposition } = stay;
    const limit = Math.min(end, this.hospice ?? end);
    if (discharge > limit) [discharge, disposition] = [limit, '30'];
    while (discharge > stay.admit && !this.#isCovered(discharge)) [discharge, disposition] = [discharge - 1, '30'];
    if (this.death !== null && this.death <= discharge) [discharge, disposition] = [this.death, '20'];
    if (discharge > stay.admit) this.stays.push({ ...stay, discharge, disposition });
  }
}
