import type { Codes, Comparison, Event, PersonNumber, Rule, Window } from '#contract/cohort';
import { DATA_THROUGH, type Population, type Row } from './cohort-population.ts';

/** A second reading of the contract's words: one person, one rule, row by row, without SQL. */
export function reader(population: Population): (personId: string, rule: Rule) => boolean {
  const byPerson = new Map<string, Map<string, Row[]>>();
  for (const [table, rows] of Object.entries(population)) {
    const people = new Map<string, Row[]>();
    for (const row of rows) {
      const id = String(row.person_id);
      people.set(id, [...(people.get(id) ?? []), row]);
    }
    byPerson.set(table, people);
  }
  const all = (table: string): readonly Row[] => population[table] ?? [];
  const of = (table: string, id: string): readonly Row[] => byPerson.get(table)?.get(id) ?? [];
  const encounterTypes = new Map(all('core.encounter').map((row) => [row.encounter_id, text(row.encounter_type)]));

  const inList = (system: unknown, code: unknown, list: Codes): boolean =>
    list.kind === 'set'
      ? all('core.coded_concept').some(
          (row) => row.value_set === list.name && row.code_system === system && row.code === code,
        )
      : list.system === system &&
        list.codes.some((one) => (one.endsWith('*') ? text(code).startsWith(one.slice(0, -1)) : one === code));
  const inLists = (system: unknown, code: unknown, lists: readonly Codes[]) =>
    code !== null && lists.some((list) => inList(system, code, list));
  const rxnormOf = (ndc: unknown) =>
    all('core.drug_name')
      .filter((row) => row.code_system === 'ndc' && row.code === ndc)
      .map((row) => row.rxnorm_code);

  interface Happening {
    readonly day: string;
    readonly end: string | null;
    readonly id: string;
    readonly value: number | null;
  }
  const onDay = (day: unknown, value: unknown = null): Happening[] =>
    day === null || day === undefined || text(day) > DATA_THROUGH
      ? []
      : [{ day: text(day), end: text(day), id: '', value: typeof value === 'number' ? value : null }];

  function happenings(id: string, event: Event): Happening[] {
    switch (event.of) {
      case 'encounter':
        return of('core.encounter', id)
          .filter((row) => event.types.length === 0 || event.types.some((type) => type === row.encounter_type))
          .filter(
            (row) =>
              event.principal === undefined ||
              inLists(row.primary_diagnosis_code_type, row.primary_diagnosis_code, event.principal),
          )
          .filter((row) => text(row.start_date) <= DATA_THROUGH)
          .map((row) => {
            const isStay = ['acute inpatient', 'skilled nursing'].includes(text(row.encounter_type));
            const end = row.end_date === null ? (isStay ? null : text(row.start_date)) : text(row.end_date);
            return { day: text(row.start_date), end, id: text(row.encounter_id), value: null };
          });
      case 'diagnosis':
        return of('core.condition', id)
          .filter((row) => inLists(row.code_system, row.code, event.codes))
          .filter(
            (row) =>
              event.during === undefined ||
              event.during.some((type) => type === encounterTypes.get(row.encounter_id ?? null)),
          )
          .flatMap((row) => onDay(row.recorded_date ?? row.onset_date));
      case 'procedure':
        return [
          ...of('core.medical_claim', id)
            .filter((row) => inLists('hcpcs', row.hcpcs_code, event.codes))
            .filter((row) => row.modifier_1 !== '8P' && row.modifier_2 !== '1P')
            .flatMap((row) => onDay(row.line_start_date)),
          ...['core.procedure', 'core.immunization'].flatMap((table) =>
            of(table, id)
              .filter((row) => row.status === 'completed' && inLists(row.code_system, row.code, event.codes))
              .flatMap((row) => onDay(row.performed_date ?? row.given_date)),
          ),
        ];
      case 'drug': {
        const { codes = [], classes = [] } = event;
        const isFill = ({ ndc_code }: Row) =>
          inLists('ndc', ndc_code, codes) ||
          rxnormOf(ndc_code).some((rxnorm) => inLists('rxnorm', rxnorm, codes)) ||
          all('mart.adherence_drug').some((drug) => drug.ndc_code === ndc_code && classes.includes(text(drug.class)));
        return [
          ...of('core.pharmacy_claim', id)
            .filter(isFill)
            .flatMap((row) => onDay(row.fill_date)),
          ...of('core.medication', id)
            .filter((row) => row.is_negated === false && row.status !== 'entered-in-error')
            .filter((row) => inLists(row.code_system, row.code, codes))
            .flatMap((row) => onDay(row.start_date ?? row.course_start_date)),
        ];
      }
      case 'lab':
        return of('core.observation', id)
          .filter((row) => row.is_negated === false && row.status !== 'cancelled')
          .filter((row) => inLists(row.code_system, row.code, event.codes))
          .filter((row) => event.unit === undefined || text(row.unit).toLowerCase() === event.unit.toLowerCase())
          .flatMap((row) =>
            onDay(row.observed_at === null ? row.start_date : text(row.observed_at).slice(0, 10), row.value_number),
          )
          .filter(({ value }) => event.value === undefined || holdsOf(value, event.value));
    }
  }

  function numberOf(id: string, number: PersonNumber): number | null {
    const [summary = {}] = of('mart.person_summary', id);
    switch (number) {
      case 'chance':
        return summary.risk_basis === 'model' ? Number(summary.risk_score) : null;
      case 'paid':
        return Number(summary.paid_12m);
      case 'admissions':
        return Number(summary.admissions_12m);
      case 'emergency_visits':
        return Number(summary.emergency_visits_12m);
      case 'condition_count':
        return of('mart.chronic_condition', id).filter(
          (row) => text(row.since_date) <= DATA_THROUGH && text(row.until_date) >= DATA_THROUGH,
        ).length;
      case 'open_gaps':
        return of('mart.care_gap', id).filter(
          (row) => row.measure_id === 'CMS125' && row.status === 'open' && text(row.period_end).startsWith('2024'),
        ).length;
      case 'months_since_visit': {
        if (summary.last_visit_date === null) return null;
        const [last, end] = [text(summary.last_visit_date), DATA_THROUGH].map((day) => day.split('-').map(Number));
        const [[year = 0, month = 0, day = 0] = [], [endYear = 0, endMonth = 0, endDay = 0] = []] = [last, end];
        return (endYear - year) * 12 + endMonth - month - (day > endDay ? 1 : 0);
      }
    }
  }

  function holds(id: string, rule: Rule): boolean {
    const [person] = of('core.person', id);
    const [summary] = of('mart.person_summary', id);
    if (!person || !summary) throw new Error(`no person ${id}`);
    switch (rule.kind) {
      case 'all':
        return rule.rules.every((one) => holds(id, one));
      case 'any':
        return rule.rules.some((one) => holds(id, one));
      case 'not':
        return !holds(id, rule.rule);
      case 'age': {
        const age = summary.age;
        return typeof age === 'number' && age >= (rule.from ?? 0) && age <= (rule.to ?? 999);
      }
      case 'person': {
        const value = {
          sex: summary.sex,
          race: person.race,
          ethnicity: person.ethnicity,
          language: person.language,
          zip: person.zip_code,
          county: person.county_fips,
          state: person.state,
          entitlement: person.original_reason_entitlement_code,
        }[rule.field];
        return rule.values.some((one) => {
          if (one === '' || value === null || value === undefined) return one === '' && (value ?? null) === null;
          return rule.field === 'zip' ? text(value).slice(0, 5).startsWith(one) : value === one;
        });
      }
      case 'living':
        return person.death_date === null || text(person.death_date) > DATA_THROUGH;
      case 'coverage': {
        const window: Window = rule.window ?? { kind: 'between', from: '2024-06-01', to: '2024-06-30' };
        const months = of('core.member_month', id)
          .filter((row) => isIn(text(row.month), window))
          .filter((row) => rule.payers?.includes(text(row.payer)) ?? true)
          .filter((row) => rule.plans?.includes(text(row.plan)) ?? true)
          .filter((row) => rule.payerTypes?.includes(text(row.payer_type)) ?? true)
          .filter((row) => rule.medicareStatus?.includes(text(row.medicare_status_code)) ?? true)
          .filter((row) => rule.dual === undefined || rule.dual === ['02', '08'].includes(text(row.dual_status_code)))
          .map((row) => row.month);
        return isBetween(new Set(months).size, rule);
      }
      case 'condition': {
        const by = rule.by !== undefined && rule.by < DATA_THROUGH ? rule.by : DATA_THROUGH;
        const found = of('mart.chronic_condition', id).filter(
          (row) =>
            text(row.since_date) <= by &&
            text(row.until_date) >= by &&
            (rule.conditions.length === 0 || rule.conditions.includes(text(row.condition))),
        );
        return new Set(found.map((row) => row.condition)).size >= rule.atLeast;
      }
      case 'hcc': {
        const years = all('mart.risk_hcc')
          .filter((row) => row.model === rule.model)
          .map((row) => Number(row.payment_year));
        const year = rule.year ?? Math.max(...years);
        return of('mart.risk_hcc', id).some(
          (row) => row.model === rule.model && row.payment_year === year && rule.hccs.includes(text(row.hcc)),
        );
      }
      case 'tier':
        return rule.tiers.includes(text(summary.risk_tier));
      case 'number': {
        const value = numberOf(id, rule.of);
        return value !== null && value >= (rule.from ?? -1e12) && value < (rule.below ?? 1e12);
      }
      case 'gap':
        return of('mart.care_gap', id).some(
          (row) =>
            row.measure_id === 'CMS125' &&
            text(row.period_end).startsWith(String(rule.year ?? 2024)) &&
            rule.statuses.includes(text(row.status)),
        );
      case 'count': {
        const found = happenings(id, rule.event).filter(({ day }) => isIn(day, rule.window));
        const count = rule.event.of === 'encounter' ? found.length : new Set(found.map(({ day }) => day)).size;
        return isBetween(count, rule);
      }
      case 'sequence': {
        const later = happenings(id, rule.next);
        return happenings(id, rule.first)
          .filter(({ day }) => isIn(day, rule.window))
          .some(({ end, id: own }) => {
            if (end === null) return false;
            const [from, to] = [plusDays(end, rule.days.from), plusDays(end, rule.days.to)];
            const follows = later.some(
              ({ day, id: other }) => day >= from && day <= to && (own === '' || other !== own),
            );
            return rule.happens ? follows : !follows && to <= DATA_THROUGH;
          });
      }
      case 'latest': {
        const found = happenings(id, { of: 'lab', codes: rule.codes, unit: rule.unit }).filter(
          ({ day, value }) => value !== null && isIn(day, rule.window),
        );
        const last = found
          .map(({ day }) => day)
          .sort()
          .at(-1);
        const values = found.filter(({ day }) => day === last).map(({ value }) => value ?? 0);
        return values.length > 0 && holdsOf(Math.max(...values), rule.value);
      }
      case 'area': {
        const measured = (kind: string, code: unknown) =>
          all('core.area_index')
            .filter((row) => row.area_kind === kind && row.area_code === code && row.index_name === rule.index)
            .sort((a, b) => Number(b.year) - Number(a.year))
            .map((row) => (rule.quintiles ? row.percentile : row.value))
            .find((value) => value !== null);
        const zip = person.zip_code === null ? null : text(person.zip_code).slice(0, 5);
        const found = measured('zip', zip) ?? measured('county', person.county_fips);
        if (typeof found !== 'number') return false;
        if (rule.quintiles) return rule.quintiles.includes(found >= 80 ? 5 : Math.trunc(found / 20) + 1);
        return rule.value !== undefined && holdsOf(found, rule.value);
      }
      case 'attributed': {
        const months = [...of('mart.attribution', id)].sort((a, b) => (text(a.month) < text(b.month) ? 1 : -1));
        const column = rule.to === 'practice' ? 'practice_id' : 'npi';
        const value = months.map((row) => row[column]).find((one) => one !== null) ?? '';
        return rule.values.includes(text(value));
      }
      case 'program':
        return of('core.program_enrollment', id).some((row) => {
          const window: Window = rule.window ?? { kind: 'between', from: DATA_THROUGH, to: DATA_THROUGH };
          const { from, to } = daysIn(window);
          return (
            (rule.programs.length === 0 || rule.programs.includes(text(row.program))) &&
            rule.statuses.includes(text(row.status)) &&
            text(row.start_date) <= to &&
            (row.end_date === null || text(row.end_date) >= from)
          );
        });
      case 'dimension': {
        const held =
          rule.dimension === 'sex'
            ? [text(summary.sex)]
            : rule.dimension === 'condition'
              ? of('mart.chronic_condition', id)
                  .filter((row) => text(row.since_date) <= DATA_THROUGH && text(row.until_date) >= DATA_THROUGH)
                  .map((row) => text(row.condition))
              : of('mart.person_month', id)
                  .filter((row) => text(row.month) <= DATA_THROUGH)
                  .sort((a, b) => (text(a.month) < text(b.month) ? 1 : -1))
                  .slice(0, 1)
                  .flatMap((row) => (row.coverage === null ? [] : [text(row.coverage)]));
        return rule.values.some((value) => (value === '' ? held.length === 0 : held.includes(value)));
      }
      case 'cohort':
        throw new Error('expanded before it is read');
    }
  }
  return holds;
}

const text = (value: unknown): string => (value === null || value === undefined ? '' : String(value));

const isBetween = (
  count: number,
  { atLeast, atMost }: { atLeast?: number | undefined; atMost?: number | undefined },
): boolean => count >= (atLeast ?? (atMost === undefined ? 1 : 0)) && count <= (atMost ?? Number.POSITIVE_INFINITY);

function holdsOf(value: number | null, { is, value: bound }: Comparison): boolean {
  if (value === null) return false;
  return {
    below: value < bound,
    'at most': value <= bound,
    'equal to': value === bound,
    'at least': value >= bound,
    above: value > bound,
  }[is];
}

const plusDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

const isIn = (day: string, window: Window | undefined): boolean => {
  const { from, to } = daysIn(window);
  return day >= from && day <= to;
};

function daysIn(window: Window | undefined): { from: string; to: string } {
  if (window === undefined) return { from: '', to: DATA_THROUGH };
  if (window.kind === 'between') {
    const [to = ''] = [window.to ?? DATA_THROUGH, DATA_THROUGH].sort();
    return { from: window.from ?? '', to };
  }
  const back = (count: number): string => {
    if (window.unit === 'days') return plusDays(DATA_THROUGH, -count);
    const [year = 0, month = 0, date = 0] = DATA_THROUGH.split('-').map(Number);
    const months = year * 12 + month - 1 - count;
    // data-through is the 15th, a day that every month has
    return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-${date}`;
  };
  return { from: plusDays(back(window.ending + window.count), 1), to: back(window.ending) };
}
