import { useState } from 'react';
import type { Dimension } from '#contract/dimension';
import type { Filter } from '#contract/filter';
import { listed } from '../format/noun.ts';
import { Popover } from './popover.tsx';

interface FilterProps {
  readonly dimensions: readonly Dimension[];
  readonly chosen: Filter;
  /** Clauses that the cohort sets: shown, not changed here. */
  readonly fixed: Filter;
  readonly onChange: (chosen: Filter) => void;
}

const labelOf = ({ values }: Dimension, value: string) =>
  value === '' ? 'not known' : (values.find((known) => known.value === value)?.label ?? value);

const summary = (dimension: Dimension, values: readonly string[] = []) => {
  if (values.length === 0) return 'any';
  if (values.length > 2) return `${values.length} of ${dimension.values.length}`;
  return listed(values.map((value) => labelOf(dimension, value))).replace(' and ', ' or ');
};

/** One line of filters, each a word that opens its choices. */
export const FilterBar = ({ dimensions, chosen, fixed, onChange }: FilterProps) =>
  dimensions.map((dimension) =>
    fixed[dimension.id] ? (
      <span key={dimension.id} className="filter">
        {dimension.title} <b title="Set by the cohort">{summary(dimension, fixed[dimension.id])}</b>
      </span>
    ) : (
      <Popover
        key={dimension.id}
        label={
          <>
            {dimension.title}{' '}
            <span className={chosen[dimension.id] ? 'word chosen' : 'word'}>
              {summary(dimension, chosen[dimension.id])}
            </span>
          </>
        }
        title={`Filter by ${dimension.title.toLowerCase()}`}
        className="filter"
      >
        <Values dimension={dimension} chosen={chosen} onChange={onChange} />
      </Popover>
    ),
  );

/** The same filters one under the other, for a sheet. */
export const FilterList = ({ dimensions, chosen, fixed, onChange }: FilterProps) =>
  dimensions.map((dimension) => (
    <details key={dimension.id} className="filter-block">
      <summary>
        {dimension.title} <b>{summary(dimension, fixed[dimension.id] ?? chosen[dimension.id])}</b>
      </summary>
      {fixed[dimension.id] ? (
        <p className="quiet">Set by the cohort.</p>
      ) : (
        <Values dimension={dimension} chosen={chosen} onChange={onChange} />
      )}
    </details>
  ));

const MANY = 12;

function Values({ dimension, chosen, onChange }: Omit<FilterProps, 'dimensions' | 'fixed'> & { dimension: Dimension }) {
  const [sought, setSought] = useState('');
  const held = chosen[dimension.id] ?? [];
  const set = (values: readonly string[]) => {
    const { [dimension.id]: _, ...rest } = chosen;
    onChange(values.length > 0 ? { ...rest, [dimension.id]: values } : rest);
  };
  const unlisted = held.filter((value) => !dimension.values.some((known) => known.value === value));
  const values = [...dimension.values.map(({ value }) => value), ...unlisted].filter((value) =>
    labelOf(dimension, value).toLowerCase().includes(sought.toLowerCase()),
  );
  return (
    <fieldset className="values">
      <legend className="unseen">{dimension.title}</legend>
      <p className="quiet">{dimension.description}</p>
      {dimension.values.length > MANY && (
        <input
          type="search"
          aria-label={`Find in ${dimension.title.toLowerCase()}`}
          placeholder="Find"
          value={sought}
          onChange={(event) => setSought(event.target.value)}
        />
      )}
      <div className="values-list">
        {values.map((value) => (
          <label key={value}>
            <input
              type="checkbox"
              checked={held.includes(value)}
              onChange={(event) => set(event.target.checked ? [...held, value] : held.filter((each) => each !== value))}
            />
            {labelOf(dimension, value)}
          </label>
        ))}
      </div>
      {held.length > 0 && (
        <button type="button" className="link" onClick={() => set([])}>
          Any
        </button>
      )}
    </fieldset>
  );
}
