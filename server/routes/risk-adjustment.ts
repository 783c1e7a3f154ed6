import { z } from 'zod';
import { RiskAdjustment } from '#contract/risk-adjustment';
import { NO_QUERY, type Route, route } from '../http/route.ts';
import { readRiskAdjustment } from '../store/risk-adjustment.ts';

export const riskAdjustmentRoutes = (): Route[] => [
  route({
    method: 'get',
    path: '/api/risk-adjustment',
    policy: 'signed in',
    summary: 'Which risk adjustment models and payment years are computed, and from which tables',
    query: NO_QUERY,
    body: z.unknown(),
    reply: RiskAdjustment,
    handle: async (_, { snapshot: { queries } }) => readRiskAdjustment(queries),
  }),
];
