import { z } from 'zod';
import { Collection } from '#contract/program';

export const QualityScoreSearch = z.object({
  /** How the measures are reported; absent: as Medicare CQMs. */
  collection: Collection.exclude(['Medicare CQM']).optional(),
});
