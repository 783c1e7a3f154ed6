import { expect, inject, it } from 'vitest';
import { discover } from '../../pipelines/engine/discover.ts';
import { rows, value } from '../../pipelines/engine/sql.ts';
import { inSnapshot } from '../support/published-tables.ts';

it('a metric holds what its SQL says, whether it became a table or a view of shared facts', async () => {
  const { metrics } = await discover();
  const kinds = await inSnapshot(inject('publishedHome'), async (connection) => {
    await connection.run(
      `set variable data_through = (select json_extract_string(summary, '$.dataThrough')::date from run.run)`,
    );
    for (const { model, declaration } of metrics) {
      const parts = ['numerator', 'denominator', ...declaration.components.map(({ id }) => id)];
      const isNamed = (await rows(connection, `describe ${model.sql}`)).some(
        ({ column_name }) => column_name === 'subject_id',
      );
      const shape = [...(isNamed ? ['subject_id'] : []), 'person_id', 'anchor_date', 'exclusion'];
      const of = (from: string) =>
        `select ${[...shape, ...parts.map((part) => `${part}::double`)].join(', ')} from ${from}`;
      const [said, kept] = [of(`(${model.sql})`), of(model.name)];
      expect([
        model.name,
        await rows(connection, `(${said} except all ${kept}) union all (${kept} except all ${said})`),
      ]).toEqual([model.name, []]);
    }
    const tables = "select distinct table_type from information_schema.tables where table_schema = 'metric'";
    return value(connection, `select list_sort(list(table_type)) from (${tables})`);
  });
  expect(kinds).toEqual(['BASE TABLE', 'VIEW']);
});

it('offers ways to cut that not every source tells only where they tell people apart', async () => {
  const { dimensions } = await discover();
  const optional = dimensions.filter(({ ifTold }) => ifTold).map(({ id }) => id);
  expect(optional.length).toBeGreaterThan(0);
  await inSnapshot(inject('publishedHome'), async (connection) => {
    const offered = (await rows(connection, 'select id from catalogue.dimension')).map(({ id }) => String(id));
    for (const id of optional) {
      const values = Number(await value(connection, `select count(distinct ${id}) from mart.person_month`));
      expect([id, offered.includes(id)]).toEqual([id, values > 1]);
    }
  });
});
