import { Link, useParams } from '@tanstack/react-router';
import type { ServedMetric } from '#contract/metric';
import { Answer, Head } from '../../components/answer.tsx';
import { Crumbs } from '../../components/crumbs.tsx';
import { Definition } from '../../components/definition.tsx';
import { Figure } from '../../components/figure.tsx';
import { Sql } from '../../components/sql.tsx';
import { Message } from '../../components/states.tsx';
import { useCatalogue, useScope } from '../../state/use-scope.ts';
import { Exclusions } from '../exclusions.tsx';
import { Months } from '../months.tsx';
import { HowComputed, See } from '../onward.tsx';
import { Before } from './before.tsx';
import { Changes } from './changes.tsx';
import { CodeLists } from './code-lists.tsx';
import { Model } from './model.tsx';
import { Now } from './now.tsx';
import { Years } from './years.tsx';

/** One definition in full, its values over time, and the SQL that made them. */
export function MeasurePage() {
  const { id } = useParams({ from: '/app/measures/$id' });
  const metric = useCatalogue().metrics.find((candidate) => candidate.id === id);
  if (metric) return <Defined metric={metric} sql={metric.sql} />;
  return (
    <Head title="Measures" question="How is it defined?">
      <Message title="No such measure">
        <p>
          This snapshot has no measure called {id}. <Link to="/measures">See all measures</Link>.
        </p>
      </Message>
    </Head>
  );
}

function Defined({ metric, sql }: { metric: ServedMetric; sql: string }) {
  const isIdentified = useScope().mode === 'identified';
  const isModelled = metric.expectedBy !== null;
  const [next = '', last = ''] = [...'EFGH'].slice(isModelled ? 2 : metric.changes !== null ? 1 : 0);
  return (
    <>
      <Crumbs>
        <li>
          <Link to="/measures">Measures</Link>
        </li>
        <li>{metric.id}</li>
      </Crumbs>
      <Head title={metric.title} question={metric.title}>
        <Answer>
          {metric.description} <Now metric={metric} />
        </Answer>
      </Head>
      <div className="figures">
        <Figure
          letter="A"
          span={7}
          title="The definition"
          onward={
            <>
              <See metric={metric}>See the numerator</See>
              <See metric={metric} part="denominator">
                See the denominator
              </See>
              <HowComputed metric={metric} />
            </>
          }
        >
          <Definition metric={metric} />
        </Figure>
        <Figure
          letter="B"
          span={5}
          title="The SQL that made the numbers"
          sub={`One row per unit of the denominator, in ${metric.relation}.`}
        >
          <Sql text={sql} />
        </Figure>
        {metric.kind === 'metric' ? <Months letter="C" metric={metric} /> : <Years letter="C" metric={metric} />}
        <Exclusions letter="D" span={metric.kind === 'metric' ? 12 : 6} metric={metric} />
        {isModelled && <Model metric={metric} />}
        {metric.changes !== null && <Changes letter="E" metric={metric} changes={metric.changes} />}
        {isIdentified && <Before letter={next} metric={metric} />}
        <CodeLists letter={isIdentified ? last : next} metric={metric} />
      </div>
    </>
  );
}
