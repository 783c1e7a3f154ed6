import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { patientsQuery } from '../../api/patients.ts';
import { Figure } from '../../components/figure.tsx';
import { Arrow } from '../../components/icon.tsx';
import { Message, Waiting } from '../../components/states.tsx';
import { useCatalogue, useScope } from '../../state/use-scope.ts';
import { LeftOut, PatientTable } from '../patient-table.tsx';

const SHOWN = 15;

/** Whom to call first: the people with the most open gaps. */
export function Worklist({ letter }: { letter: string }) {
  const { mode } = useScope();
  const { caveats } = useCatalogue();
  return (
    <Figure
      letter={letter}
      title="People with the most open gaps"
      sub="All measures together, as of the last data. Each name opens the gaps, the evidence and what would close them."
      caveats={caveats}
      onward={
        mode === 'identified' && (
          <Link className="see" to="/patients" search={{ sort: 'gaps' }}>
            See everybody by open gaps
            <Arrow />
          </Link>
        )
      }
    >
      {mode === 'identified' ? (
        <List />
      ) : (
        <Message title="Lists of people are closed">
          <p>Shareable pages show no one by name. Switch the mode to Identified to see the people.</p>
        </Message>
      )}
    </Figure>
  );
}

function List() {
  const { where, mode } = useScope();
  const answer = useQuery(
    patientsQuery({ where, q: '', sort: 'gaps', direction: 'desc', limit: SHOWN, offset: 0, mode }),
  );
  if (!answer.data) return <Waiting on={[answer]} lines={10} />;
  return (
    <div className="people">
      <PatientTable patients={answer.data.patients.filter(({ open_gaps }) => open_gaps > 0)} />
      <LeftOut people={answer.data.left_out} />
    </div>
  );
}
