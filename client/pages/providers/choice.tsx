import { useNavigate } from '@tanstack/react-router';
import type { ServedMetric } from '#contract/metric';
import { GroupBy } from '../../components/group-by.tsx';
import { byTopic, topicLabel } from '../../format/label.ts';
import { useCatalogue } from '../../state/use-scope.ts';
import { type Unit, unitNoun } from './units.ts';

interface ChoiceProps {
  readonly metric: ServedMetric;
  readonly metrics: readonly ServedMetric[];
  readonly unit: Unit;
}

/** Which number, and of whom. */
export function Choice({ metric, metrics, unit }: ChoiceProps) {
  const navigate = useNavigate();
  const units = useCatalogue().dimensions.filter(({ id }) => id in unitNoun && metric.dimensions.includes(id));
  const choose = (choice: { metric?: string; unit?: 'practitioner' | undefined }) =>
    navigate({ to: '/providers', search: (search) => ({ ...search, ...choice }), resetScroll: false });
  const topics = [...new Set(byTopic(metrics).map(({ topic }) => topic))];
  return (
    <div className="rows-acts cuts">
      <label className="group-by">
        Number
        <select value={metric.id} onChange={({ target }) => choose({ metric: target.value })}>
          {topics.map((topic) => (
            <optgroup key={topic} label={topicLabel(topic)}>
              {metrics
                .filter((one) => one.topic === topic)
                .map(({ id, title }) => (
                  <option key={id} value={id}>
                    {title}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      </label>
      {units.length > 1 && (
        <GroupBy
          dimensions={units}
          value={unit}
          onChange={(id) => choose({ unit: id === 'practitioner' ? id : undefined })}
        />
      )}
    </div>
  );
}
