import { billing } from './billing.ts';
import { codes } from './codes.ts';
import { dates } from './dates.ts';
import { money } from './money.ts';
import { parties } from './parties.ts';
import { stay } from './stay.ts';
import { whole } from './whole.ts';

export const medicalClaim = [...dates, ...money, ...billing, ...stay, ...codes, ...parties, ...whole];
