import { type Sql, sql } from '../../server/store/sql.ts';

/** What no route can ask: injected below the API, each would run for minutes or fill the memory. */
export const ABUSES: Readonly<Record<string, Sql>> = {
  'a cross product of three tables': sql`select count(*)::double as n from mart.person_month a, mart.person_month b,
    mart.person_month c where a.sex || b.sex <> c.age_band`,
  'distinct pairs of a cross product': sql`select count(distinct (a.person_id, b.person_id))::double as n
    from mart.person_month a, mart.person_month b`,
  'a join on inequality': sql`select sum(length(a.person_id))::double as n
    from mart.person_month a join mart.person_month b on a.person_id < b.person_id and a.month <> b.month`,
  'a product of ranges': sql`select sum(a.n * b.n)::double as n from range(10000000) a(n), range(10000000) b(n)`,
  'a sorted cross product': sql`select a.person_id from mart.person_month a, range(100000) b(n) order by hash(a.person_id, n)`,
  'a window over a cross product': sql`select max(rank)::double as n from (
    select rank() over (partition by a.sex order by hash(a.person_id, n)) as rank from mart.person_month a, range(10000) b(n))`,
  'a recursion without end': sql`with recursive step(n) as (select 1 union all select n + 1 from step where n < 1000000000000)
    select count(*)::double as n from step`,
  'a recursion that doubles': sql`with recursive step(n) as (select 1 union all select n + 1 from step, range(2) where n < 60)
    select count(*)::double as n from step`,
  'one long list, transformed': sql`select list_sum(list_transform(range(200000000), lambda x: sqrt(x) * ln(x + 1)))::double as n`,
  'one long list, sorted': sql`select list_sort(list_transform(range(50000000), lambda x: hash(x)))[1]::double as n`,
  'an edit distance of long texts': sql`select levenshtein(repeat('ab', 200000), repeat('ba', 200000))::double as n`,
  'a similarity of long texts': sql`select jaro_winkler_similarity(repeat('ab', 500000), repeat('ba', 500000)) as n`,
  'a pattern over a long text': sql`select length(regexp_replace(repeat('ab', 100000000), '(a|b|ab)+c?', 'x', 'g'))::double as n`,
  'a digest of everything': sql`select count(distinct sha256(n::varchar))::double as n from range(100000000000) r(n)`,
  'a text of gigabytes': sql`select length(string_agg(repeat('x', 1000000), ''))::double as n from range(100000) r(n)`,
  'a text that doubles': sql`with recursive step(n, t) as (select 1, 'x' union all select n + 1, t || t from step where n < 60)
    select max(length(t))::double as n from step`,
  'a result without end': sql`select n::double as n from range(1000000000000) r(n)`,
  'a result of long texts': sql`select repeat('x', 1000000) as n from range(1000000) r(n)`,
  'a result of one long list': sql`select range(100000000) as n`,
  'a result that is sorted first': sql`select hash(n)::double as n from range(10000000000) r(n) order by 1`,
};
