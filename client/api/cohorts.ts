import { Cohort, type CohortDraft } from '#contract/dimension';
import { ask, send } from './request.ts';

export const saveCohort = (draft: CohortDraft) => ask(Cohort, '/api/cohorts', { method: 'POST', body: draft });

export const deleteCohort = (id: string) => send(`/api/cohorts/${encodeURIComponent(id)}`, { method: 'DELETE' });
