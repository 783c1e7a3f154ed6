import type { z } from 'zod';
import type { Annotation, AnnotationDraft, Annotations, AnnotationWithdrawal } from './annotation.ts';
import type { AttributedPersons, AttributedQuery, Attribution, AttributionQuery } from './attribution.ts';
import type { Catalogue } from './catalogue.ts';
import type {
  Attrition,
  CohortComparison,
  CohortDraft,
  CohortVersions,
  CompareQuery,
  Evaluated,
  PreviewDraft,
  Vocabulary,
} from './cohort.ts';
import type { Concentration, ConcentrationQuery } from './concentration.ts';
import type { CrossfilterQuery, SharedCrossfilter } from './crossfilter.ts';
import type { Cohort, Cohorts } from './dimension.ts';
import type { GapClosureDraft, GapClosures, GapGroups, GapGroupsQuery, Gaps, GapsQuery, GapWithdrawal } from './gap.ts';
import type { HccGapCounts, HccGapCountsQuery, HccGapPersons, HccGapPersonsQuery, PersonHcc } from './hcc.ts';
import type { History, HistoryQuery } from './history.ts';
import type { Conflicts, ConflictsQuery, Identity, Reviews } from './identity.ts';
import type { Claim, ClaimQuery, Patient, Patients, PatientsQuery, RawLine, Timeline } from './patient.ts';
import type { Providers, ProvidersQuery } from './providers.ts';
import type { Choices, Explain, Met, MetricQuery, MetricResult, Mode, RowsQuery, RowsResult } from './result.ts';
import type { Candidates, CandidatesQuery, Plan, PlanQuery, Risk, RiskQuery } from './risk.ts';
import type { RiskAdjustment } from './risk-adjustment.ts';
import type { RiskModels } from './risk-model.ts';
import type { RuleEffect } from './rule-effect.ts';
import type {
  Accounting,
  Completion,
  FeedFiles,
  FeedFilesQuery,
  FeedMonths,
  Freshness,
  Health,
  Lineage,
  Quality,
  QualityHistory,
  Runs,
} from './run.ts';
import type { Session, SignIn } from './session.ts';
import type { SnapshotFile } from './snapshot-file.ts';
import type { Target, TargetDraft, Targets } from './target.ts';
import type { SavedView, SavedViewDraft, SavedViews } from './view.ts';
import type { Why } from './why.ts';

type Asks<Query extends z.ZodType> = z.input<Query>;

/**
 * Every address that answers in JSON, by method and path: what its query and its body hold, and the reply. Types alone:
 * schemas stay where they are used, so that no page loads those of others. The server's routes are held to it.
 */
export interface Api {
  'GET /api/health': { reply: Health };
  'GET /api/session': { reply: Session };
  'POST /api/session': { body: SignIn; reply: Session };
  'DELETE /api/session': { reply: undefined };
  'GET /api/catalogue': { reply: Catalogue };
  'GET /api/metrics/:id': { query: Asks<typeof MetricQuery>; reply: MetricResult };
  'GET /api/metrics/:id/rows': { query: Asks<typeof RowsQuery>; reply: RowsResult };
  'GET /api/metrics/:id/explain': { query: Omit<Asks<typeof MetricQuery>, 'rolling'>; reply: Explain };
  'GET /api/metrics/:id/why/:key/:subject/:date': { reply: Why };
  'GET /api/metrics/:id/history': { query: Asks<typeof HistoryQuery>; reply: History };
  'GET /api/metrics/:id/met': { query: Omit<Asks<typeof MetricQuery>, 'by' | 'rolling'>; reply: Met };
  'GET /api/metrics/:id/choices': { query: Omit<Asks<typeof MetricQuery>, 'by' | 'rolling'>; reply: Choices };
  'GET /api/metrics/:id/concentration': { query: Asks<typeof ConcentrationQuery>; reply: Concentration };
  'GET /api/metrics/:id/model': { reply: z.output<typeof RiskModels> };
  'GET /api/metrics/:id/rule-effect': { reply: RuleEffect };
  'GET /api/cohorts': { reply: Cohorts };
  'POST /api/cohorts': { body: Asks<typeof CohortDraft>; reply: Cohort };
  'PUT /api/cohorts/:id': { body: Asks<typeof CohortDraft>; reply: Cohort };
  'DELETE /api/cohorts/:id': { reply: undefined };
  'GET /api/cohorts/vocabulary': { reply: Vocabulary };
  'GET /api/cohorts/compare': { query: Asks<typeof CompareQuery>; reply: CohortComparison };
  'POST /api/cohorts/preview': { body: Asks<typeof PreviewDraft>; reply: Evaluated };
  'GET /api/cohorts/:id/versions': { reply: CohortVersions };
  'GET /api/cohorts/:id/attrition': { reply: Attrition };
  'GET /api/crossfilter': { reply: SharedCrossfilter };
  /** An Arrow stream. */
  'GET /api/crossfilter/people': { query: Asks<typeof CrossfilterQuery>; reply: undefined };
  'GET /api/targets': { reply: z.output<typeof Targets> };
  'PUT /api/targets/:id/:year': { body: Asks<typeof TargetDraft>; reply: Target };
  'DELETE /api/targets/:id/:year': { reply: undefined };
  'GET /api/annotations': { reply: Annotations };
  'POST /api/annotations': { body: Asks<typeof AnnotationDraft>; reply: Annotation };
  'PUT /api/annotations/:id': { body: Asks<typeof AnnotationDraft>; reply: Annotation };
  'POST /api/annotations/:id/withdrawal': { body: Asks<typeof AnnotationWithdrawal>; reply: Annotation };
  'GET /api/views': { reply: z.output<typeof SavedViews> };
  'POST /api/views': { body: Asks<typeof SavedViewDraft>; reply: SavedView };
  'PUT /api/views/:id': { body: Asks<typeof SavedViewDraft>; reply: SavedView };
  'DELETE /api/views/:id': { reply: undefined };
  'GET /api/patients': { query: Asks<typeof PatientsQuery>; reply: Patients };
  'GET /api/patients/:key': { reply: Patient };
  'GET /api/patients/:key/timeline': { reply: Timeline };
  'GET /api/patients/:key/risk-adjustment': { reply: PersonHcc };
  'GET /api/patients/:key/gap-closures': { reply: GapClosures };
  'POST /api/patients/:key/gap-closures': { body: Asks<typeof GapClosureDraft>; reply: GapClosures };
  'POST /api/patients/:key/gap-closures/:id/withdrawal': { body: Asks<typeof GapWithdrawal>; reply: GapClosures };
  'GET /api/claims/:id': { query: Asks<typeof ClaimQuery>; reply: Claim };
  'GET /api/claims/:id/raw/:file/:line': { query: Asks<typeof ClaimQuery>; reply: RawLine };
  'GET /api/gaps': { query: Asks<typeof GapsQuery>; reply: Gaps };
  'GET /api/gaps/groups': { query: Asks<typeof GapGroupsQuery>; reply: GapGroups };
  'GET /api/hcc-gaps': { query: Asks<typeof HccGapCountsQuery>; reply: HccGapCounts };
  'GET /api/hcc-gaps/persons': { query: Asks<typeof HccGapPersonsQuery>; reply: HccGapPersons };
  'GET /api/risk': { query: Asks<typeof RiskQuery>; reply: Risk };
  'GET /api/risk/plan': { query: Asks<typeof PlanQuery>; reply: Plan };
  'GET /api/risk/candidates': { query: Asks<typeof CandidatesQuery>; reply: Candidates };
  'GET /api/risk-adjustment': { reply: RiskAdjustment };
  'GET /api/providers': { query: Asks<typeof ProvidersQuery>; reply: Providers };
  'GET /api/attribution': { query: Asks<typeof AttributionQuery>; reply: Attribution };
  'GET /api/attribution/persons': { query: Asks<typeof AttributedQuery>; reply: AttributedPersons };
  'GET /api/identity': { reply: Identity };
  'GET /api/identity/reviews': { reply: Reviews };
  'GET /api/identity/conflicts': { query: Asks<typeof ConflictsQuery>; reply: Conflicts };
  'GET /api/runs': { reply: Runs };
  'GET /api/quality': { reply: Quality };
  'GET /api/quality/history': { reply: QualityHistory };
  'GET /api/freshness': { reply: Freshness };
  'GET /api/freshness/months': { reply: FeedMonths };
  'GET /api/freshness/files': { query: Asks<typeof FeedFilesQuery>; reply: FeedFiles };
  'GET /api/completion': { reply: Completion };
  'GET /api/reconciliation': { reply: Accounting };
  'GET /api/lineage': { reply: Lineage };
  'GET /api/snapshot': { reply: SnapshotFile };
}

export type Name = keyof Api;

type ParamsIn<Text> = Text extends `${string}:${infer Param}/${infer Rest}`
  ? Param | ParamsIn<Rest>
  : Text extends `${string}:${infer Param}`
    ? Param
    : never;

/** What a call of that name has to bring: the parts of its path, its query, its body. Any may name the mode. */
export type Asking<N extends Name> = (ParamsIn<N> extends never
  ? unknown
  : { readonly params: Readonly<Record<ParamsIn<N>, string>> }) &
  (Api[N] extends { query: infer Query }
    ? { readonly query: Query & { readonly mode?: Mode | undefined } }
    : { readonly query?: { readonly mode?: Mode | undefined } }) &
  (Api[N] extends { body: infer Body } ? { readonly body: Body } : unknown);
