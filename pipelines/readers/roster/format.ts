import { basename } from 'node:path';
import type { Format } from '../format.ts';
import { tables } from './tables.ts';

/** P.A1234.ACO.QALR.2025Q3.D259999.T0100000_1-1.csv, ...AALR.Y2023.D259999..., or without a period for the initial list. */
const LIST =
  /^P\.(?<aco>A\w+)\.ACO\.[A-Z]ALR\.(?:(?:\d{4}(?<quarter>Q[1-4])|Y(?<year>\d{4}))\.)?D(?<performance>\d{2})\d{4}\.(?<stamp>T\d+)/i;
const INDEX_YEAR = /SVI[_ -]?(\d{4})|(\d{4})[_ -]ADI/i;

function stated(path: string): Record<string, string> {
  const name = basename(path);
  const { aco, quarter, year, performance, stamp } = LIST.exec(name)?.groups ?? {};
  if (aco && performance && stamp) {
    const performanceYear = `20${performance}`;
    return {
      aco_id: aco.toUpperCase(),
      performance_year: performanceYear,
      report_period: quarter ?? (year === undefined || year === performanceYear ? 'INITIAL' : year),
      stamp: stamp.toUpperCase(),
    };
  }
  const [, svi, adi] = INDEX_YEAR.exec(name) ?? [];
  const indexYear = svi ?? adi;
  return indexYear === undefined ? {} : { index_year: indexYear };
}

/** Lists that an organization receives from CMS or keeps itself; each has a template beside this file. */
export const roster: Format = {
  id: 'roster',
  title: 'Roster files',
  tables,
  stated,
  mappings: {
    folder: import.meta.dirname,
    prepared: ['svi_index', 'adi_index'],
    unfolded: { svi_index: ['svi'], adi_index: ['adi'] },
    sources: {
      assignment: 'alr_assigned',
      'assignment_provider.tin': 'alr_tin',
      'assignment_provider.npi': 'alr_npi',
      beneficiary_exclusion: 'beneficiary_exclusion',
      practice: 'provider_roster',
      practitioner: 'provider_roster',
      program_enrollment: 'program_enrollment',
      survey: 'cahps',
      observation: 'gap_closure',
      procedure: 'gap_closure',
      immunization: 'gap_closure',
      'area_index.svi': 'svi_index',
      'area_index.adi': 'adi_index',
    },
  },
};
