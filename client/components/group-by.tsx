import type { Dimension } from '#contract/dimension';
import { inSentence } from '../format/noun.ts';

interface GroupByProps {
  readonly dimensions: readonly Dimension[];
  readonly value: string;
  readonly onChange: (id: string) => void;
}

/** What a figure is cut by. */
export const GroupBy = ({ dimensions, value, onChange }: GroupByProps) => (
  <label className="group-by">
    Group by
    <select value={value} onChange={(event) => onChange(event.target.value)}>
      {dimensions.map(({ id, title }) => (
        <option key={id} value={id}>
          {inSentence(title)}
        </option>
      ))}
    </select>
  </label>
);
