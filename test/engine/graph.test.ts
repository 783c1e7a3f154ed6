import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { beforeAll, describe, expect, it } from 'vitest';
import { inOrder, type Model, readsOf, upstream } from '../../pipelines/engine/graph.ts';

let connection: DuckDBConnection;
beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:')).connect();
});

const model = (name: string, sql: string): Model => ({ name, sql, path: `${name}.sql` });
const given = { tables: new Set(['input.claim']), variables: new Set(['data_through']) };

describe('readsOf', () => {
  it('sees tables in joins, subqueries, CTEs and unions, and run variables', async () => {
    const reads = await readsOf(connection, [
      model(
        'core.a',
        `with recent as (select * from input.claim where day <= getvariable('data_through'))
         select * from recent join core.b using (id) where id in (select id from core.c) union all select * from core.d`,
      ),
      model('core.e', 'select * from core.a'),
    ]);
    expect(reads).toEqual([
      { tables: ['core.b', 'core.c', 'core.d', 'input.claim'], variables: ['data_through'], projected: undefined },
      { tables: ['core.a'], variables: [], projected: 'core.a' },
    ]);
  });

  it('refuses a table without its schema, naming the file', async () => {
    await expect(readsOf(connection, [model('core.a', 'select * from claim')])).rejects.toThrow(
      'core.a.sql reads "claim" without its schema',
    );
  });

  it.each([
    ['a syntax error', 'selec 1'],
    ['two statements', 'select 1; select 2'],
    ['a statement that is not a SELECT', 'create table x as select 1'],
  ])('refuses %s', async (_, sql) => {
    await expect(readsOf(connection, [model('core.a', sql)])).rejects.toThrow('core.a.sql');
  });
});

describe('inOrder', () => {
  it('puts a model after what it reads, whatever the order of discovery', async () => {
    const { models, reads } = await inOrder(
      connection,
      [
        model('mart.c', 'select * from core.b'),
        model('core.b', 'select * from core.a'),
        model('core.a', 'select * from input.claim'),
      ],
      given,
    );
    expect(models.map(({ name }) => name)).toEqual(['core.a', 'core.b', 'mart.c']);
    expect([...upstream(reads, ['mart.c'])]).toEqual(['mart.c', 'core.b', 'core.a', 'input.claim']);
  });

  it('names the cycle', async () => {
    const cycle = [model('core.a', 'select * from core.b'), model('core.b', 'select * from core.a')];
    await expect(inOrder(connection, cycle, given)).rejects.toThrow('core.a -> core.b -> core.a');
  });

  it('names a table that nothing makes', async () => {
    await expect(inOrder(connection, [model('core.a', 'select * from core.nowhere')], given)).rejects.toThrow(
      'core.a.sql reads core.nowhere, which nothing makes',
    );
  });

  it('names a variable that no run sets', async () => {
    await expect(inOrder(connection, [model('core.a', "select getvariable('data_trough')")], given)).rejects.toThrow(
      'core.a.sql reads the variable "data_trough", which no run sets',
    );
  });

  it('names two models of one name', async () => {
    const twins = [model('core.a', 'select 1'), { ...model('core.a', 'select 2'), path: 'twin.sql' }];
    await expect(inOrder(connection, twins, given)).rejects.toThrow('core.a is made twice: core.a.sql and twin.sql');
  });
});
