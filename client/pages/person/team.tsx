import type { Patient } from '#contract/patient';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Figure } from '../../components/figure.tsx';
import { Message } from '../../components/states.tsx';
import { day } from '../../format/date.ts';
import { inWords, noun, sentence, spelled } from '../../format/noun.ts';
import { count } from '../../format/number.ts';
import { ClaimRoute } from '../record-links.tsx';

type Clinician = Patient['team'][number];

const columns: Column<Clinician>[] = [
  {
    key: 'who',
    label: 'Who',
    show: ({ npi, name, specialty, is_responsible }) => (
      <>
        {name ?? `NPI ${npi}`}
        <small className="below">
          {[specialty ? sentence(specialty) : 'Specialty not known', is_responsible && 'responsible']
            .filter(Boolean)
            .join(', ')}
        </small>
      </>
    ),
    by: ({ name, npi }) => name ?? npi,
  },
  { key: 'days', label: 'Days', align: 'right', show: ({ days }) => count(days), by: ({ days }) => days },
  { key: 'fills', label: 'Fills', align: 'right', show: ({ fills }) => count(fills), by: ({ fills }) => fills },
  {
    key: 'last',
    label: 'Latest claim',
    align: 'date',
    show: ({ last_date, claim_id, source_name }) => (
      <ClaimRoute id={claim_id} source={source_name}>
        {day(last_date)}
      </ClaimRoute>
    ),
    by: ({ last_date }) => last_date,
  },
];

/** Everybody whom the claims of twelve months name, and the latest claim of each. */
export const Team = ({ letter, team }: { letter: string; team: Patient['team'] }) => (
  <Figure letter={letter} title={findingOf(team)} sub="Days with a service, and fills of what was prescribed.">
    {team.length === 0 ? (
      <Message title="No data">
        <p>No claim of these twelve months names who saw this person.</p>
      </Message>
    ) : (
      <DataTable caption="Care team" columns={columns} rows={team} id={({ npi }) => npi} />
    )}
  </Figure>
);

/** "Seven clinicians and suppliers in twelve months, three of whom prescribed" */
function findingOf(team: Patient['team']): string {
  if (team.length === 0) return 'Nobody is named in twelve months';
  const prescribed = team.filter(({ fills }) => fills > 0).length;
  return `${sentence(spelled(team.length, noun('clinician or supplier', 'clinicians and suppliers')))} in twelve months${
    prescribed > 0 ? `, ${inWords(prescribed)} of whom prescribed` : ''
  }`;
}
