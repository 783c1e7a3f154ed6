import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ServedMetric } from '#contract/metric';
import { Answer, Head } from '../../components/answer.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Figure } from '../../components/figure.tsx';
import { Message } from '../../components/states.tsx';
import { day } from '../../format/date.ts';
import { byTopic, topicLabel } from '../../format/label.ts';
import { noun, plural } from '../../format/noun.ts';
import { unitLabel } from '../../format/number.ts';
import { useCatalogue } from '../../state/use-scope.ts';

const columns: Column<ServedMetric>[] = [
  {
    key: 'title',
    label: 'Name',
    show: ({ id, title, description }) => (
      <>
        <Link to="/measures/$id" params={{ id }}>
          {title}
        </Link>
        <small className="below">{description}</small>
      </>
    ),
    by: ({ title }) => title,
  },
  { key: 'unit', label: 'Unit', show: ({ unit }) => unitLabel(unit), by: ({ unit }) => unit },
  { key: 'better', label: 'Better is', show: ({ betterIs }) => betterIs, by: ({ betterIs }) => betterIs },
  {
    key: 'source',
    label: 'Defined by',
    card: 'full',
    show: ({ source }) => (
      <>
        {source.name}
        <small className="below">
          {/^\d+$/.test(source.version) ? `edition ${source.version}` : source.version},{' '}
          {source.deviations.length === 0
            ? 'no difference known'
            : `we differ in ${plural(source.deviations.length, noun('point'))}`}
        </small>
      </>
    ),
    by: ({ source }) => source.name,
  },
  {
    key: 'version',
    label: 'Version',
    align: 'right',
    show: ({ version, reviewedOn }) => (
      <>
        {version}
        <small className="below">{day(reviewedOn)}</small>
      </>
    ),
    by: ({ reviewedOn }) => reviewedOn,
  },
];

/** What a search looks through. */
const wordsOf = ({ id, title, description, source }: ServedMetric): string =>
  [id, title, description, source.name].join(' ').toLowerCase();

/** Every number that the product shows, and who defined it. */
export function Measures() {
  const { metrics } = useCatalogue();
  const [sought, setSought] = useState('');
  const found = metrics.filter((metric) => wordsOf(metric).includes(sought.trim().toLowerCase()));
  const measures = found.filter(({ kind }) => kind === 'measure');
  const others = found.filter(({ kind }) => kind === 'metric');
  return (
    <>
      <Head title="Measures" question="How is each number defined?">
        <Answer>
          <b>{plural(metrics.length, noun('definition'))}</b>, each with its source, its version, where we differ, its
          SQL and its rows.
        </Answer>
        <label className="search">
          <span className="unseen">Find a number by its name, its source or its words</span>
          <input
            type="search"
            placeholder="Find a number"
            value={sought}
            onChange={({ target }) => setSought(target.value)}
          />
        </label>
      </Head>
      <div className="figures">
        {others.length > 0 && (
          <Figure letter="A" title={`${plural(others.length, noun('rate'))} that can be cut by any month`}>
            <DataTable
              caption="Metrics"
              columns={columns}
              rows={byTopic(others)}
              id={({ id }) => id}
              section={({ topic }) => topicLabel(topic)}
            />
          </Figure>
        )}
        {measures.length > 0 && (
          <Figure letter="B" title={`${plural(measures.length, noun('quality rate'))} of the measurement year`}>
            <DataTable caption="Quality measures" columns={columns} rows={measures} id={({ id }) => id} />
          </Figure>
        )}
        {found.length === 0 && (
          <Message title="No such number">
            <p>No name, source or description says “{sought.trim()}”.</p>
          </Message>
        )}
      </div>
    </>
  );
}
