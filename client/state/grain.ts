import type { ServedMetric } from '#contract/metric';
import { type Noun, noun } from '../format/noun.ts';

const nouns: Record<ServedMetric['grain'], Noun> = {
  person: noun('person', 'people'),
  stay: noun('stay'),
  'member-month': noun('member month'),
  event: noun('visit'),
};

/** What the rows of a metric are. */
export const grainNoun = ({ grain }: Pick<ServedMetric, 'grain'>): Noun => nouns[grain];
