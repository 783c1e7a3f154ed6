import { useQuery } from '@tanstack/react-query';
import type { RiskAdjustment } from '#contract/risk-adjustment';
import { riskAdjustmentQuery } from '../../api/data.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Figure } from '../../components/figure.tsx';
import { Folded } from '../../components/folded.tsx';
import { Waiting } from '../../components/states.tsx';
import { noun, plural, sentence } from '../../format/noun.ts';

type Year = RiskAdjustment['years'][number];
type Table = RiskAdjustment['tables'][number];

const years: Column<Year>[] = [
  {
    key: 'year',
    label: 'Payment year',
    show: ({ payment_year }) => payment_year,
    by: ({ payment_year }) => payment_year,
  },
  { key: 'model', label: 'Model', show: ({ model }) => model, by: ({ model }) => model },
  { key: 'claims', label: 'Claims of', show: ({ data_year }) => data_year, by: ({ data_year }) => data_year },
  { key: 'status', label: 'Status', show: ({ status }) => sentence(status), by: ({ status }) => status },
  {
    key: 'why',
    label: 'Bear in mind',
    card: 'full',
    show: ({ reason, caveat }) => sentence([reason, caveat].filter(Boolean).join('; ')),
  },
];

const tables: Column<Table>[] = [
  { key: 'table', label: 'One row per', show: ({ grain }) => sentence(grain), by: ({ grain }) => grain },
  { key: 'source', label: 'Publisher, version, licence', show: ({ source }) => source, by: ({ source }) => source },
  { key: 'origin', label: 'Origin', show: ({ is_supplied }) => (is_supplied ? 'supplied' : 'built in') },
];

/** Which CMS-HCC models and payment years are computed, and from which published tables. */
export function RiskAdjustmentFigure({ letter }: { letter: string }) {
  const answer = useQuery(riskAdjustmentQuery());
  const { data } = answer;
  const scored = data?.years.filter(({ status }) => status === 'scored').length ?? 0;
  return (
    <Figure
      letter={letter}
      title={
        data ? `People are risk-scored by ${plural(scored, noun('model and year', 'models and years'))}` : 'Risk scores'
      }
      sub="CMS-HCC and ESRD models by payment year: each reads the claims of the calendar year before it."
      note="Tables of a new year are read from the folder that a run names with --reference."
      below={
        data && (
          <Folded label={plural(data.tables.length, noun('reference table'))}>
            <DataTable
              caption="Reference tables"
              columns={tables}
              rows={data.tables}
              id={({ table_name, source }) => `${table_name} ${source}`}
            />
          </Folded>
        )
      }
    >
      {data ? (
        <DataTable
          caption="Models and payment years"
          columns={years}
          rows={data.years}
          id={({ model, payment_year }) => `${model} ${payment_year}`}
        />
      ) : (
        <Waiting on={[answer]} />
      )}
    </Figure>
  );
}
