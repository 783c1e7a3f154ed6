import type { CohortDraft } from '#contract/cohort';
import { Cohort } from '#contract/dimension';
import { call, fetchReply } from './call.ts';

export const saveCohort = (draft: CohortDraft) => call('POST /api/cohorts', Cohort, { body: draft });

export const changeCohort = (id: string, draft: CohortDraft) =>
  call('PUT /api/cohorts/:id', Cohort, { params: { id }, body: draft });

export const deleteCohort = (id: string) => fetchReply('DELETE /api/cohorts/:id', { params: { id } });
