import '../../styles/evidence.css';
import { Link } from '@tanstack/react-router';
import type { Patient } from '#contract/patient';
import { Figure } from '../../components/figure.tsx';
import { day } from '../../format/date.ts';
import { noun, sentence, spelled } from '../../format/noun.ts';

/** What the server's rules found, each with the events that it was found in. */
export const Findings = ({ letter, findings }: { letter: string; findings: Patient['findings'] }) => (
  <Figure
    letter={letter}
    title={`${sentence(spelled(findings.length, noun('thing')))} ${findings.length === 1 ? 'stands' : 'stand'} out`}
    sub="By plain rules, each with its own words, from what claims and records tell. A reason to look, not a judgement."
  >
    <ul className="findings-list">
      {findings.map(({ finding, basis, evidence }) => (
        <li key={finding}>
          <div>
            <p>{finding}</p>
            {evidence.map(({ event, date }, at) => (
              <Link
                key={event}
                to="."
                search={(search) => ({ ...search, event })}
                resetScroll={false}
                aria-label={`${at === 0 ? 'See' : 'And'} ${day(date)}: ${finding}`}
              >
                {at === 0 && 'See '}
                {day(date)}
              </Link>
            ))}
          </div>
          <small>{basis}</small>
        </li>
      ))}
    </ul>
  </Figure>
);
