import {
  type Codes,
  type Comparison,
  daysOf,
  type Event,
  type Leaf,
  moved,
  type Rule,
  type Window,
} from '#contract/cohort';
import type { Filter } from '#contract/filter';
import { Refusal } from '../http/error.ts';
import type { SnapshotCatalogue } from './catalogue.ts';
import { NUMBER_OF, withGaps } from './person-number.ts';
import { join, type Sql, sql } from './sql.ts';

/** Rules over everybody: one row per person, and whether each rule holds of them. */
export interface RuleSql {
  /** Named sets of persons, one for each different question to the data; begins a statement. */
  readonly sets: Sql;
  /** mart.cohort_person as `person`, joined to those sets; never multiplies rows. */
  readonly from: Sql;
  /** A boolean for each rule, never null. */
  readonly holds: readonly Sql[];
}

/** A column by which persons are known: their number, or their id. */
type Key = 'person' | 'person_id';
interface Rows {
  readonly select: Sql;
  readonly key: Key;
}

const KEYS: Readonly<Record<Key, Sql>> = { person: sql`person`, person_id: sql`person_id` };

/**
 * Compiles expanded rules. Every set that a rule needs is read once, however often rules ask for it; what everybody has
 * one of is a column of mart.cohort_person. `filtered` selects the person_id of whom a filter of dimensions leaves.
 */
export function compileRules(
  catalogue: SnapshotCatalogue,
  rules: readonly Rule[],
  filtered: (filter: Filter) => Sql,
): RuleSql {
  const sets = new Map<string, { readonly alias: Sql; readonly rows: Rows }>();
  const setOf = (rows: Rows): Sql => {
    const text = JSON.stringify([rows.select.statement, rows.select.values]);
    const known = sets.get(text) ?? { alias: catalogue.names.alias(`set_${sets.size + 1}`), rows };
    sets.set(text, known);
    return known.alias;
  };
  const isIn = (rows: Rows): Sql => sql`${setOf(rows)}.${KEYS[rows.key]} is not null`;
  const holds = (rule: Rule): Sql => {
    switch (rule.kind) {
      case 'all':
        return rule.rules.length === 0 ? sql`true` : sql`(${join(rule.rules.map(holds), ' and ')})`;
      case 'any':
        return sql`(${join(rule.rules.map(holds), ' or ')})`;
      case 'not':
        return sql`not ${holds(rule.rule)}`;
      case 'count':
      case 'coverage': {
        const low = rule.atLeast ?? (rule.atMost === undefined ? 1 : 0);
        const { key, select, times } =
          rule.kind === 'count' ? countOf(catalogue, rule.event, rule.window) : monthsOf(catalogue, rule);
        if (low === 0 && rule.atMost === undefined) return sql`true`;
        if (low === 1 && rule.atMost === undefined) {
          return isIn({ key, select: sql`select distinct ${KEYS[key]} from (${select})` });
        }
        if (low === 2 && rule.atMost === undefined && times === DAYS) {
          const two = sql`having min(day) < max(day)`;
          return isIn({ key, select: sql`select ${KEYS[key]} from (${select}) group by ${KEYS[key]} ${two}` });
        }
        const set = setOf({
          key,
          select: sql`select ${KEYS[key]}, ${times} as times from (${select}) group by ${KEYS[key]}`,
        });
        return sql`coalesce(${set}.times, 0) between ${low} and ${rule.atMost ?? MOST}`;
      }
      case 'cohort':
        throw new Error('a cohort in a rule is expanded before it is compiled');
      default: {
        const condition = ofPerson(rule);
        return condition ?? isIn(membersOf(catalogue, rule, filtered));
      }
    }
  };
  const conditions = rules.map(holds);
  const named = [...sets.values()];
  const list = named.map(({ alias, rows }) => sql`${alias} as materialized (${rows.select})`);
  const joins = named.map(
    ({ alias, rows: { key } }) => sql`left join ${alias} on ${alias}.${KEYS[key]} = person.${KEYS[key]}`,
  );
  return {
    sets: list.length === 0 ? sql`` : sql`with ${join(list, ', ')}`,
    from: join([sql`${tableOf(catalogue, 'mart.cohort_person')} as person`, ...joins], ' '),
    holds: conditions,
  };
}

const MOST = 1_000_000;

/** Null where the rule asks for more than a column of the person. */
function ofPerson(rule: Leaf): Sql | null {
  switch (rule.kind) {
    case 'age':
      return sql`coalesce(person.age between ${rule.from ?? 0} and ${rule.to ?? MOST}, false)`;
    case 'living':
      return sql`person.is_living`;
    case 'person':
      return rule.field === 'zip'
        ? oneOf(sql`person.zip`, rule.values, (zip) => sql`starts_with(person.zip, ${zip})`)
        : oneOf(FIELDS[rule.field], rule.values);
    case 'tier':
      return oneOf(sql`person.risk_tier`, rule.tiers);
    case 'attributed':
      return oneOf(rule.to === 'practice' ? sql`person.practice` : sql`person.provider`, rule.values);
    default:
      return null;
  }
}

const FIELDS = {
  sex: sql`person.sex`,
  race: sql`person.race`,
  ethnicity: sql`person.ethnicity`,
  language: sql`person.language`,
  county: sql`person.county`,
  state: sql`person.state`,
  entitlement: sql`person.entitlement`,
} as const;

/** '' is "not known". */
function oneOf(column: Sql, values: readonly string[], isValue = (value: string) => sql`${column} = ${value}`): Sql {
  const alternatives = values.map((value) =>
    value === '' ? sql`${column} is null` : sql`coalesce(${isValue(value)}, false)`,
  );
  return sql`(${join(alternatives, ' or ')})`;
}

/** The persons of a rule that asks more than a column, each once. */
function membersOf(catalogue: SnapshotCatalogue, rule: Leaf, filtered: (filter: Filter) => Sql): Rows {
  const byId = (select: Sql): Rows => ({ select, key: 'person_id' });
  switch (rule.kind) {
    case 'condition': {
      const by = rule.by !== undefined && rule.by < catalogue.dataThrough ? rule.by : catalogue.dataThrough;
      const table = tableOf(catalogue, 'mart.chronic_condition');
      const holds = catalogue.names.has('mart.chronic_condition', 'until_date')
        ? sql`${by}::date between since_date and until_date`
        : sql`since_date <= ${by}::date`;
      return byId(sql`select person_id from ${table}
        where ${holds}${rule.conditions.length > 0 ? sql` and condition in (${texts(rule.conditions)})` : sql``}
        group by person_id having count(*) >= ${rule.atLeast}`);
    }
    case 'hcc': {
      const table = tableOf(catalogue, 'mart.risk_hcc');
      const year =
        rule.year === undefined
          ? sql`(select max(payment_year) from ${table} where model = ${rule.model})`
          : sql`${rule.year}`;
      return byId(sql`select distinct person_id from ${table}
        where model = ${rule.model} and hcc in (${texts(rule.hccs)}) and payment_year = ${year}`);
    }
    case 'number': {
      const value = NUMBER_OF[rule.of];
      const holds = [
        sql`${value} is not null`,
        ...(rule.from === undefined ? [] : [sql`${value} >= ${rule.from}::double`]),
        ...(rule.below === undefined ? [] : [sql`${value} < ${rule.below}::double`]),
      ];
      return byId(sql`select summary.person_id from ${tableOf(catalogue, 'mart.person_summary')} as summary
        ${rule.of === 'open_gaps' ? withGaps(catalogue) : sql``} where ${join(holds, ' and ')}`);
    }
    case 'gap': {
      const { measureId = '', rateId = '' } = catalogue.metrics.get(rule.measure) ?? {};
      return byId(sql`select distinct person_id from ${tableOf(catalogue, 'mart.care_gap')}
        where measure_id = ${measureId} and rate_id = ${rateId} and status in (${texts(rule.statuses)})
          and year(period_end) = ${rule.year ?? Number(catalogue.period)}`);
    }
    case 'latest': {
      const { key, select } = eventsIn(catalogue, { of: 'lab', codes: rule.codes, unit: rule.unit }, rule.window);
      return {
        key,
        select: sql`select person from (${select}) where value is not null group by person
          having ${compared(sql`max_by(value, (day, value))`, rule.value)}`,
      };
    }
    case 'sequence':
      return followedBy(catalogue, rule);
    case 'area':
      return inArea(catalogue, rule);
    case 'program': {
      const { from, to } = rule.window ? daysOf(rule.window, catalogue.dataThrough) : today(catalogue);
      return byId(sql`select distinct person_id from ${tableOf(catalogue, 'core.program_enrollment')}
        where status in (${texts(rule.statuses)}) and start_date <= ${to}::date
          ${from === null ? sql`` : sql`and coalesce(end_date, date '9999-12-31') >= ${from}::date`}
          ${rule.programs.length > 0 ? sql`and program in (${texts(rule.programs)})` : sql``}`);
    }
    case 'dimension':
      return byId(sql`select distinct person_id from (${filtered({ [rule.dimension]: rule.values })})`);
    default:
      throw new Error(`${rule.kind} is a column of the person`);
  }
}

const today = ({ dataThrough }: SnapshotCatalogue) => ({ from: dataThrough, to: dataThrough });

const texts = (values: readonly string[]): Sql =>
  join(
    values.map((value) => sql`${value}`),
    ', ',
  );

/** Rows of which each person has some, and how they are counted. */
interface Times extends Rows {
  readonly times: Sql;
}

const countOf = (catalogue: SnapshotCatalogue, event: Event, window: Window | undefined): Times => ({
  ...eventsIn(catalogue, event, window),
  times: event.of === 'encounter' ? sql`count(*)` : DAYS,
});

const DAYS = sql`list_unique(list(day))`;

/** The months of a coverage, by their first day. Without a window: the month of data-through. */
function monthsOf(catalogue: SnapshotCatalogue, rule: Extract<Leaf, { kind: 'coverage' }>): Times {
  const month = `${catalogue.dataThrough.slice(0, 7)}-01`;
  const days = rule.window ? daysOf(rule.window, catalogue.dataThrough) : { from: month, to: month };
  const isDual = sql`coalesce(dual_status_code in ('01', '02', '03', '04', '05', '06', '08'), false)`;
  return {
    key: 'person_id',
    select: sql`select person_id, month as day from ${tableOf(catalogue, 'core.member_month')}
      where ${join(
        [
          within(sql`month`, days),
          ...(rule.payerTypes ? [sql`payer_type in (${texts(rule.payerTypes)})`] : []),
          ...(rule.payers ? [sql`payer in (${texts(rule.payers)})`] : []),
          ...(rule.plans ? [sql`plan in (${texts(rule.plans)})`] : []),
          ...(rule.medicareStatus ? [sql`medicare_status_code in (${texts(rule.medicareStatus)})`] : []),
          ...(rule.dual === undefined ? [] : [rule.dual ? isDual : sql`not ${isDual}`]),
        ],
        ' and ',
      )}`,
    // The bits of a number count months faster than a list of them does.
    times:
      days.from !== null && days.to < moved(days.from, 'months', 60)
        ? sql`bit_count(bit_or(1::bigint << date_diff('month', ${days.from}::date, day)))`
        : DAYS,
  };
}

const within = (column: Sql, { from, to }: { readonly from: string | null; readonly to: string }): Sql =>
  from === null ? sql`${column} <= ${to}::date` : sql`${column} between ${from}::date and ${to}::date`;

/** The days on which an event happened, with what else rules ask of it: a row per encounter, else one or more per day. */
function eventsIn(catalogue: SnapshotCatalogue, event: Event, window: Window | undefined): Rows {
  const days = daysOf(window, catalogue.dataThrough);
  if (event.of === 'encounter') {
    const conditions = [
      within(sql`start_date`, days),
      ...(event.types.length > 0 ? [sql`encounter_type in (${texts(event.types)})`] : []),
      ...(event.principal
        ? [codedBy(event.principal, sql`primary_diagnosis_code_type`, sql`primary_diagnosis_code`)]
        : []),
    ];
    return {
      key: 'person_id',
      select: sql`select person_id, start_date as day, ${LAST_DAY} as last_day, encounter_id
        from ${tableOf(catalogue, 'core.encounter')} where ${join(conditions, ' and ')}`,
    };
  }
  const conditions = [sql`concept in (${conceptsOf(catalogue, event)})`, within(sql`day`, days)];
  if (event.of === 'diagnosis' && event.during) conditions.push(sql`setting in (${texts(event.during)})`);
  if (event.of === 'lab' && event.value) conditions.push(compared(sql`value`, event.value));
  if (event.of === 'lab' && event.unit) conditions.push(sql`unit = ${event.unit.toLowerCase()}`);
  return {
    key: 'person',
    select: sql`select person, day, day as last_day, value from ${tableOf(catalogue, 'mart.cohort_event')}
      where ${join(conditions, ' and ')}`,
  };
}

/** A visit whose end nobody states ends on its day; a stay whose end nobody states still lasts. */
const LAST_DAY = sql`coalesce(end_date, case when encounter_type not in (
    'acute inpatient', 'inpatient psychiatric', 'inpatient rehabilitation', 'long term care hospital', 'skilled nursing',
    'home health', 'hospice'
  ) then start_date end)`;

/** The coded events that an event is one of. */
function conceptsOf(catalogue: SnapshotCatalogue, event: Exclude<Event, { of: 'encounter' }>): Sql {
  const alternatives = [
    ...(event.codes ? [codedBy(event.codes, sql`code_system`, sql`code`)] : []),
    ...(event.of === 'drug' && event.classes
      ? [
          sql`(code_system = 'ndc' and code in (
            select ndc_code from ${tableOf(catalogue, 'mart.adherence_drug')} where class in (${texts(event.classes)})
          ))`,
        ]
      : []),
  ];
  return sql`select concept from ${tableOf(catalogue, 'mart.cohort_concept')}
    where kind = ${event.of} and (${join(alternatives, ' or ')})`;
}

/** Whether a code of a system is in one of the lists. */
const codedBy = (lists: readonly Codes[], system: Sql, code: Sql): Sql =>
  sql`(${join(
    lists.map((list) => {
      if (list.kind === 'set') {
        return sql`(${system}, ${code}) in (
            select (code_system, code) from core.coded_concept where value_set = ${list.name}
          )`;
      }
      const whole = list.codes.filter((one) => !one.endsWith('*'));
      const alternatives = [
        ...(whole.length > 0 ? [sql`${code} in (${texts(whole)})`] : []),
        ...list.codes.filter((one) => one.endsWith('*')).map((one) => sql`starts_with(${code}, ${one.slice(0, -1)})`),
      ];
      return sql`(${system} = ${list.system} and (${join(alternatives, ' or ')}))`;
    }),
    ' or ',
  )})`;

const compared = (value: Sql, { is, value: bound }: Comparison): Sql => {
  switch (is) {
    case 'below':
      return sql`${value} < ${bound}::double`;
    case 'at most':
      return sql`${value} <= ${bound}::double`;
    case 'equal to':
      return sql`${value} = ${bound}::double`;
    case 'at least':
      return sql`${value} >= ${bound}::double`;
    case 'above':
      return sql`${value} > ${bound}::double`;
  }
};

/** Persons with a first event that another follows, or that none follows although its days are over. */
function followedBy(catalogue: SnapshotCatalogue, rule: Extract<Leaf, { kind: 'sequence' }>): Rows {
  const { from, to } = rule.days;
  const { from: earliest } = daysOf(rule.window, catalogue.dataThrough);
  const [first, next] = sameKey(
    catalogue,
    eventsIn(catalogue, rule.first, rule.window),
    eventsIn(catalogue, rule.next, earliest === null ? undefined : { kind: 'between', from: earliest }),
  );
  const key = KEYS[first.key];
  const both = rule.first.of === 'encounter' && rule.next.of === 'encounter';
  const isOver = rule.happens ? sql`` : sql`where earlier.last_day + ${to}::integer <= ${catalogue.dataThrough}::date`;
  return {
    key: first.key,
    select: sql`select distinct earlier.${key} from (${first.select}) as earlier
      ${rule.happens ? sql`semi` : sql`anti`} join (${next.select}) as later
        on later.${key} = earlier.${key}
        and later.day between earlier.last_day + ${from}::integer and earlier.last_day + ${to}::integer
        ${both ? sql`and later.encounter_id <> earlier.encounter_id` : sql``}
      ${isOver}`,
  };
}

function sameKey(catalogue: SnapshotCatalogue, one: Rows, other: Rows): [Rows, Rows] {
  if (one.key === other.key) return [one, other];
  const byId = ({ key, select }: Rows): Rows => ({
    key: 'person_id',
    select:
      key === 'person_id'
        ? select
        : sql`select person.person_id, numbered.* from (${select}) as numbered
            join ${tableOf(catalogue, 'mart.cohort_person')} as person on person.person = numbered.person`,
  });
  return [byId(one), byId(other)];
}

/** Persons whose ZIP code, or else county, has such a rank or value in the latest year of the index. */
function inArea(catalogue: SnapshotCatalogue, rule: Extract<Leaf, { kind: 'area' }>): Rows {
  const measured = rule.quintiles ? sql`percentile` : sql`value`;
  const areas = (kind: string) => sql`(
      select area_code, arg_max(${measured}, year) as measured from ${tableOf(catalogue, 'core.area_index')}
      where index_name = ${rule.index} and area_kind = ${kind} group by area_code
    )`;
  const measure = sql`coalesce(zip.measured, county.measured)`;
  const condition = rule.quintiles
    ? sql`case when ${measure} >= 100 then 5 else floor(${measure} / 20) + 1 end::integer in (${join(
        rule.quintiles.map((quintile) => sql`${quintile}`),
        ', ',
      )})`
    : rule.value
      ? compared(measure, rule.value)
      : sql`true`;
  return {
    key: 'person',
    select: sql`select person.person from ${tableOf(catalogue, 'mart.cohort_person')} as person
      left join ${areas('zip')} as zip on zip.area_code = person.zip
      left join ${areas('county')} as county on county.area_code = person.county
      where ${condition}`,
  };
}

/** A table that rules read; an older snapshot may lack it. */
function tableOf({ names }: SnapshotCatalogue, table: string): Sql {
  if (!names.has(table, COLUMN_OF[table] ?? '')) {
    throw new Refusal('bad_request', `this snapshot has no ${table}, which the rule reads; run the pipeline again`);
  }
  return names.table(table);
}

/** A column that each table must have. */
const COLUMN_OF: Readonly<Record<string, string>> = {
  'mart.cohort_person': 'person',
  'mart.cohort_event': 'concept',
  'mart.cohort_concept': 'concept',
  'mart.chronic_condition': 'since_date',
  'mart.risk_hcc': 'hcc',
  'mart.care_gap': 'status',
  'mart.person_summary': 'paid_12m',
  'mart.adherence_drug': 'class',
  'core.program_enrollment': 'program',
  'core.member_month': 'month',
  'core.encounter': 'encounter_type',
  'core.area_index': 'index_name',
};
