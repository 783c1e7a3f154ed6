import { z } from 'zod';
import { type GapClosure, GapClosureDraft, GapClosures, GapWithdrawal } from '#contract/gap';
import type { Closure } from '#contract/metric';
import { Refusal } from '../http/error.ts';
import { type Context, NO_QUERY, type Route, route } from '../http/route.ts';
import type { AppDatabase } from '../store/app-database.ts';
import { readBirthDate, readGapStatus, readSourceIds } from '../store/gap.ts';
import {
  type Entry,
  enterClosure,
  findClosure,
  listClosures,
  type Statement,
  withdrawClosure,
} from '../store/gap-closure.ts';
import { readOwnRun } from '../store/run.ts';
import type { Snapshot } from '../store/snapshot.ts';

const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** When the run that made the snapshot began: it has read what was entered before. Milliseconds since 1970. */
export const runStartOf = async ({ queries, catalogue }: Snapshot): Promise<number> =>
  Date.parse((await readOwnRun(queries))?.startedAt ?? catalogue.publishedAt);

/** An entry beside the snapshot that has counted it, or will not before the next run. */
export const asSeen = (
  { withdrawn_at, withdrawn_by, withdrawn_reason, at, source_person_id: _, statements: __, ...entry }: Entry,
  runStart: number,
): GapClosure => ({
  ...entry,
  entered_at: instant(at),
  withdrawn:
    withdrawn_at === null
      ? null
      : { by: withdrawn_by ?? '', at: instant(withdrawn_at), reason: withdrawn_reason ?? '' },
  is_counted: at < runStart,
  is_withdrawal_counted: withdrawn_at !== null && withdrawn_at < runStart,
});

/**
 * Gaps closed by hand. An entry goes to the supplemental file of the home, which every run reads: the snapshot of now
 * does not change.
 */
export function gapClosureRoutes(database: AppDatabase, home: string, clock: () => number): Route[] {
  const sourceIdsOf = async ({ key = '' }: Readonly<Record<string, string>>, { snapshot }: Context) => {
    const ids = await readSourceIds(snapshot.queries, key);
    if (ids.length === 0) throw new Refusal('not_found', 'there is no such person');
    return ids;
  };
  const listed = async (ids: readonly string[], { snapshot, shows }: Context): Promise<GapClosures> => {
    const runStart = await runStartOf(snapshot);
    shows(1);
    return { closures: listClosures(database, ids).map((entry) => asSeen(entry, runStart)) };
  };
  const by = ({ signedIn: { userId, name } }: Context) => ({ userId, name, now: clock() });

  return [
    route({
      method: 'get',
      path: '/api/patients/:key/gap-closures',
      policy: 'identified',
      summary: 'What was entered by hand to close the gaps of one person, and what was taken back',
      query: NO_QUERY,
      body: z.unknown(),
      reply: GapClosures,
      handle: async ({ params }, context) => listed(await sourceIdsOf(params, context), context),
    }),
    route({
      method: 'post',
      path: '/api/patients/:key/gap-closures',
      policy: 'identified',
      summary: 'Enter what closes a gap: it counts from the next run',
      query: NO_QUERY,
      body: GapClosureDraft,
      reply: GapClosures,
      async handle({ params, body }, context) {
        const ids = await sourceIdsOf(params, context);
        const draft = await checked(params.key ?? '', body, context, clock());
        enterClosure(database, home, { ...draft, source_person_id: ids[0] ?? '' }, by(context));
        return listed(ids, context);
      },
    }),
    route({
      method: 'post',
      path: '/api/patients/:key/gap-closures/:id/withdrawal',
      policy: 'identified',
      summary: 'Take an entry back: the gap opens again with the next run, and the entry stays on record',
      query: NO_QUERY,
      body: GapWithdrawal,
      reply: GapClosures,
      async handle({ params, body }, context) {
        const ids = await sourceIdsOf(params, context);
        const entry = findClosure(database, params.id ?? '');
        if (!entry || !ids.includes(entry.source_person_id)) throw new Refusal('not_found', 'there is no such entry');
        withdrawClosure(database, home, entry.id, body.reason, by(context));
        return listed(ids, context);
      },
    }),
  ];
}

/** What the draft says, in words and as the lines of the file; throws a refusal that names what cannot be. */
async function checked(
  personId: string,
  { metric: id, closure: asked, service_date, results, note }: GapClosureDraft,
  { snapshot: { queries, catalogue } }: Context,
  now: number,
) {
  const metric = catalogue.metrics.get(id);
  if (!metric || metric.measureId === null) throw bad(`this snapshot has no quality measure ${id}`);
  const closure = metric.closures.find((one) => one.id === asked);
  if (!closure) {
    const known = metric.closures.map((one) => one.id).join(', ');
    throw bad(`${metric.title} is closed by ${known || 'nothing that can be entered by hand'}, not by ${asked}`);
  }
  const gaps = await readGapStatus(queries, catalogue, personId, metric);
  if (!gaps.some(({ is_open }) => is_open)) {
    const [gap] = gaps;
    throw bad(
      gap
        ? `${metric.title} has no open gap for this person in ${catalogue.period}: ${gap.status}`
        : `${metric.title} does not apply to this person in ${catalogue.period}`,
    );
  }
  const birthDate = await readBirthDate(queries, personId);
  if (service_date > instant(now).slice(0, 10)) throw bad('the day it was done lies in the future');
  if (birthDate && service_date < birthDate) throw bad('the day it was done lies before the birth of the person');
  const { statements, words } = statementsOf(closure, results);
  return { metric: id, done: closure.title, service_date, results: words, note, statements };
}

const bad = (message: string) => new Refusal('bad_request', message);

/** The results in the words of the closure, and each as a line of the file. */
function statementsOf({ title, entries }: Closure, results: readonly string[]) {
  if (results.length !== entries.length)
    throw bad(`${title} needs ${entries.length} results, '' where it asks for none`);
  const words: string[] = [];
  const statements = entries.map(({ codeType, code, result }, at): Statement => {
    const given = results[at]?.trim() ?? '';
    if (result === null) {
      if (given !== '') throw bad(`${title} asks for no result`);
      return { codeType, code, value: '', unit: '' };
    }
    if ('answers' in result) {
      const answer = result.answers.find(({ value }) => value === given);
      if (!answer) throw bad(`${result.title} is one of ${result.answers.map(({ value }) => value).join(', ')}`);
      words.push(answer.title);
      return { codeType, code, value: answer.value, unit: '' };
    }
    const { low, high, unit } = result;
    const value = Number(given);
    if (!/^\d+(\.\d+)?$/.test(given) || value < low || value > high) {
      throw bad(`${result.title} is a number from ${low} to ${high} ${unit}`);
    }
    words.push(entries.length > 1 ? `${result.title} ${given} ${unit}` : `${given} ${unit}`);
    return { codeType, code, value: given, unit };
  });
  return { statements, words: words.join(', ') };
}
