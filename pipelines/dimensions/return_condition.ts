import { defineDimension } from '#contract/dimension';
import indexCondition from './index_condition.ts';

export default defineDimension({
  id: 'return_condition',
  title: 'Back with',
  description: 'Reason of the readmission that is counted, told as the reason of the stay is.',
  scope: 'subject',
  ofOutcome: true,
  values: indexCondition.values,
});
