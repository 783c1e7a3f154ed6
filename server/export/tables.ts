import { z } from 'zod';
import { Encoded, type Route } from '../http/route.ts';
import { booleans, type Column, dates, integers, numbers, texts } from '../store/columns.ts';
import { type List, list } from './list.ts';

/** Tables that an address of the API replies with: [export path, address, where in the reply, title]. */
export const TABLES = [
  ['metrics/:id/waterfall', '/api/metrics/:id/explain', 'waterfall', 'What each rule leaves out of a number'],
  ['metrics/:id/met', '/api/metrics/:id/met', 'months', 'How many had met a measure by the end of each month'],
  ['metrics/:id/choices', '/api/metrics/:id/choices', 'choices', 'A metric with one of its rules chosen otherwise'],
  [
    'metrics/:id/concentration',
    '/api/metrics/:id/concentration',
    'costliest',
    'What the costliest people have of all dollars',
  ],
  ['metrics/:id/rule-effect', '/api/metrics/:id/rule-effect', 'cells', 'The same year by the rules of two years'],
  ['metrics/:id/model', '/api/metrics/:id/model', 'groups', 'What a model expected against what came, by group'],
  ['cohorts', '/api/cohorts', 'cohorts', 'Cohorts'],
  ['cohorts/:id/attrition', '/api/cohorts/:id/attrition', 'steps', 'Who each rule of a cohort leaves'],
  ['cohorts/compare', '/api/cohorts/compare', 'rows', 'Two groups of people side by side'],
  ['gaps/groups', '/api/gaps/groups', 'groups', 'Open gaps by practice, practitioner or measure'],
  ['risk/tiers', '/api/risk', 'tiers', 'People by tier of risk'],
  ['risk/bins', '/api/risk', 'bins', 'People by predicted chance of an admission'],
  ['risk/migration', '/api/risk', 'migration.cells', 'Tiers of risk now and a year before'],
  ['risk/barriers', '/api/risk', 'barriers', 'Why people should not be called'],
  ['risk/plan', '/api/risk/plan', 'curve', 'Admissions to expect among those whom a team reaches'],
  ['hcc-gaps', '/api/hcc-gaps', 'categories', 'Categories that a visit could settle'],
  ['attribution/outcomes', '/api/attribution', 'outcomes', 'How the rules of attribution end'],
  ['attribution/agreement', '/api/attribution', 'agreement', 'The assignment list and the rules side by side'],
  ['attribution/changes', '/api/attribution', 'changes', 'Who came, moved and went'],
  ['providers/practices', '/api/providers', 'practices', 'Panels of practices'],
  ['providers/panels', '/api/providers', 'panels', 'Panels of practitioners'],
  ['providers/churn', '/api/providers', 'churn.changes', 'Who came and went at each assessment'],
  ['providers/stability', '/api/providers', 'stability.rows', 'Who stayed for a year'],
  ['identity/conflicts/reasons', '/api/identity', 'conflicts', 'Months that sources disagree on'],
  ['identity/reviews', '/api/identity/reviews', 'reviews.records', 'Records that may be one person'],
  ['patients/:key/timeline', '/api/patients/:key/timeline', 'events', 'Everything that happened to one person'],
  ['quality/checks', '/api/quality', 'checks', 'Checks of the data'],
  ['quality/history', '/api/quality/history', 'snapshots.checks', 'Checks that failed, in each kept snapshot'],
  ['quality/quarantine', '/api/quality', 'quarantine', 'Records that were refused'],
  ['freshness', '/api/freshness', 'feeds', 'How far the dates of each source reach'],
  ['freshness/months', '/api/freshness/months', 'feeds.months', 'Records of each source and kind by month of service'],
  ['completion', '/api/completion', 'months', 'How complete the cost of each month is'],
  ['reconciliation/files', '/api/reconciliation', 'files', 'Files and the account of their records'],
  ['reconciliation/stages', '/api/reconciliation', 'stages', 'The account of records from stage to stage'],
  ['lineage', '/api/lineage', 'nodes', 'From which tables each table is made'],
  ['runs', '/api/runs', 'runs', 'Runs'],
  ['targets', '/api/targets', 'targets', 'Targets'],
] as const;

/** Tables that count no care, so that what claims do not tell does not matter to them. */
const ABOUT_THE_DATA = /^(quality|freshness|completion|reconciliation|lineage|runs|targets)/;

/**
 * Every table that the API replies with, as a list: asked of its own address, so that the question, the policy and what
 * shareable mode hides are the same. Columns are the fields of its contract; an object in a row is spread, a list is told
 * in one cell, and what is neither (trees of rules) is left out.
 */
export const tableLists = (routes: readonly Route[]): List[] =>
  TABLES.flatMap(([path, address, place, title]) => {
    const route = routes.find((one) => one.method === 'get' && one.path === address);
    if (!route) throw new Error(`no address ${address}`);
    return [
      list({
        path,
        policy: route.policy,
        summary: `${title}, as a file`,
        query: route.query,
        async read({ params, query }, context) {
          const answered = await route.parse({ params, query, body: undefined }).answer(context);
          const reply: unknown = answered instanceof Encoded ? parsedBody(answered) : answered;
          return {
            title,
            name: [...Object.values(params), ...path.split('/').filter((part) => !part.startsWith(':'))].join('-'),
            question: questionOf({ ...params, ...query }),
            rows: columnsOf(route.reply, reply, place.split('.')),
            caveats: ABOUT_THE_DATA.test(path)
              ? []
              : context.snapshot.catalogue.caveats.map(({ sentence }) => sentence),
          };
        },
      }),
    ];
  });

const parsedBody = ({ body }: Encoded): unknown => (Buffer.isBuffer(body) ? JSON.parse(body.toString()) : undefined);

const questionOf = (asked: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(asked).flatMap(([name, value]) =>
      name !== 'mode' && (typeof value === 'string' || typeof value === 'number') ? [[name, value]] : [],
    ),
  );

interface Leaf {
  readonly name: string;
  readonly schema: z.core.$ZodType;
  readonly of: (row: unknown) => unknown;
}

/** Rows at the end of a path of lists and objects; each row knows what lists it was found in. */
function columnsOf(reply: z.ZodType, answered: unknown, path: readonly string[]): Column[] {
  let schema: z.core.$ZodType = bare(reply);
  let rows: (readonly unknown[])[] = [[answered]];
  let leaves: Leaf[] = [];
  const unfold = (depth: number) => {
    if (!(schema instanceof z.ZodArray)) return depth;
    rows = rows.flatMap((row) => (Array.isArray(row[depth]) ? row[depth].map((one: unknown) => [...row, one]) : []));
    schema = bare(schema.element);
    return depth + 1;
  };
  let depth = unfold(0);
  const scalars = (at: number) => leavesOf(schema, (row) => (Array.isArray(row) ? row[at] : undefined), '');
  for (const part of path) {
    if (depth > 0)
      leaves = [...leaves, ...scalars(depth).filter(({ name }) => name !== part && !name.startsWith(`${part}_`))];
    if (!(schema instanceof z.ZodObject)) throw new Error(`nothing is called ${part} there`);
    const next: z.core.$ZodType | undefined = schema.shape[part];
    if (!next) throw new Error(`nothing is called ${part} there`);
    const from = depth;
    rows = rows.map((row) => [...row, fieldOf(row[from], part)]);
    schema = bare(next);
    depth = unfold(depth + 1);
  }
  const found = new Map([...leaves, ...scalars(depth)].map((leaf) => [leaf.name, leaf]));
  return [...found.values()].map(({ name, schema, of }) => columnOf(name, schema, rows.map(of)));
}

const fieldOf = (row: unknown, name: string): unknown =>
  typeof row === 'object' && row !== null ? Object.entries(row).find(([key]) => key === name)?.[1] : undefined;

/** Without what says that it may be missing. */
function bare(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return bare(schema.def.innerType);
  if (schema instanceof z.ZodPipe) return bare(schema.def.out);
  return schema;
}

function leavesOf(schema: z.core.$ZodType, of: (row: unknown) => unknown, prefix: string): Leaf[] {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries<z.core.$ZodType>(schema.shape).flatMap(([name, field]) => {
    const inner = bare(field);
    const own = (row: unknown) => fieldOf(of(row), name);
    if (inner instanceof z.ZodObject) return leavesOf(inner, own, `${prefix}${name}_`);
    return isCell(inner) ? [{ name: `${prefix}${name}`, schema: inner, of: own }] : [];
  });
}

const isCell = (schema: z.core.$ZodType): boolean =>
  schema instanceof z.ZodString ||
  schema instanceof z.ZodStringFormat ||
  schema instanceof z.ZodNumber ||
  schema instanceof z.ZodBoolean ||
  schema instanceof z.ZodEnum ||
  schema instanceof z.ZodLiteral ||
  (schema instanceof z.ZodArray && !(bare(schema.element) instanceof z.ZodLazy));

function columnOf(name: string, schema: z.core.$ZodType, values: readonly unknown[]): Column {
  const known = <T>(isOne: (value: unknown) => value is T) => values.map((value) => (isOne(value) ? value : null));
  const isNumber = (value: unknown): value is number => typeof value === 'number';
  const isText = (value: unknown): value is string => typeof value === 'string';
  if (schema instanceof z.ZodNumberFormat) return integers(name, known(isNumber));
  if (schema instanceof z.ZodNumber) return numbers(name, known(isNumber));
  if (schema instanceof z.ZodBoolean)
    return booleans(
      name,
      values.map((value) => value === true),
    );
  if (schema instanceof z.ZodISODate) return dates(name, known(isText));
  return texts(name, values.map(cellText));
}

const cellText = (value: unknown): string | null => {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map(cellText).join('; ');
  if (typeof value === 'object') return Object.values(value).map(cellText).join(' ');
  return String(value);
};
