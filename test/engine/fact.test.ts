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
      const columns = (await rows(connection, `describe ${model.sql}`)).map(({ column_name }) => column_name);
      const shape = [...(columns.includes('subject_id') ? ['subject_id'] : []), 'person_id', 'anchor_date'];
      const of = (from: string, ...excluding: string[]) =>
        `select ${[...shape, ...excluding, ...parts.map((part) => `${part}::double`)].join(', ')} from ${from}`;
      const [said, kept] = columns.includes('exclusions')
        ? [
            of(`(${model.sql})`, 'list_any_value(exclusions).reason', '[one for one in exclusions if one is not null]'),
            of(model.name, 'exclusion', 'exclusions'),
          ]
        : [of(`(${model.sql})`, 'exclusion'), of(model.name, 'exclusion')];
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
