import type { Check } from '../../engine/check.ts';
import { allergy } from './allergy.ts';
import { appointment } from './appointment.ts';
import { areaIndex } from './area-index.ts';
import { assignment } from './assignment.ts';
import { beneficiaryExclusion } from './beneficiary-exclusion.ts';
import { carePlan } from './care-plan.ts';
import { condition } from './condition.ts';
import { eligibility } from './eligibility.ts';
import { encounter } from './encounter.ts';
import { feed } from './feeds.ts';
import { immunization } from './immunization.ts';
import { labResult } from './lab-result.ts';
import { location } from './location.ts';
import { medicalClaim } from './medical-claim/index.ts';
import { medication } from './medication.ts';
import { observation } from './observation.ts';
import { orders } from './orders.ts';
import { patient } from './patient.ts';
import { people } from './people.ts';
import { personIdentifier } from './person-identifier.ts';
import { pharmacyClaim } from './pharmacy-claim.ts';
import { practice } from './practice.ts';
import { practitioner } from './practitioner.ts';
import { procedure } from './procedure.ts';
import { programEnrollment } from './program-enrollment.ts';
import { providerAttribution } from './provider-attribution.ts';
import { survey } from './survey.ts';

/** What ought to hold of the input, whatever format it came in: table by table, then of people and feeds across them. */
export const inputChecks: readonly Check[] = [
  ...eligibility,
  ...medicalClaim,
  ...pharmacyClaim,
  ...patient,
  ...encounter,
  ...condition,
  ...procedure,
  ...labResult,
  ...observation,
  ...medication,
  ...immunization,
  ...appointment,
  ...allergy,
  ...carePlan,
  ...orders,
  ...location,
  ...practitioner,
  ...practice,
  ...providerAttribution,
  ...assignment,
  ...beneficiaryExclusion,
  ...programEnrollment,
  ...survey,
  ...areaIndex,
  ...personIdentifier,
  ...people,
  ...feed,
];
