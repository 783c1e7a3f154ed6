import type { CohortDraft } from '#contract/cohort';
import { Cohort } from '#contract/dimension';
import { ask, send } from './request.ts';

const at = (id: string) => `/api/cohorts/${encodeURIComponent(id)}`;

export const saveCohort = (draft: CohortDraft) => ask(Cohort, '/api/cohorts', { method: 'POST', body: draft });

export const changeCohort = (id: string, draft: CohortDraft) => ask(Cohort, at(id), { method: 'PUT', body: draft });

export const deleteCohort = (id: string) => send(at(id), { method: 'DELETE' });
