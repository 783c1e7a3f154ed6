import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { gapsQuery } from '../../api/gaps.ts';
import { Figure } from '../../components/figure.tsx';
import { Arrow } from '../../components/icon.tsx';
import { Message, Waiting } from '../../components/states.tsx';
import { noun, plural } from '../../format/noun.ts';
import { useCatalogue, useScope } from '../../state/use-scope.ts';
import { GapPeople } from './gap-people.tsx';

const SHOWN = 8;

/** Whom to call first: what is most pressing, all gaps of one person together. */
export function Worklist({ letter }: { letter: string }) {
  const { where, mode } = useScope();
  const { caveats } = useCatalogue();
  const answer = useQuery({
    ...gapsQuery({ where, mode, sort: 'due', limit: SHOWN, offset: 0 }),
    enabled: mode === 'identified',
  });
  const people = answer.data?.total.people ?? 0;
  return (
    <Figure
      letter={letter}
      title={answer.data ? `${plural(people, noun('person', 'people'))} with open gaps` : 'People with open gaps'}
      sub="All measures together: overdue first, then the earliest due, the most gaps, the highest risk."
      caveats={caveats}
      onward={
        <Link className="see" to="/gaps/worklist" search={{ view: mode === 'identified' ? undefined : 'goals' }}>
          {mode === 'identified' ? 'Open the worklist' : 'See what each measure needs'}
          <Arrow />
        </Link>
      }
    >
      {mode !== 'identified' ? (
        <Message title="Lists of people are closed">
          <p>Shareable pages show no one by name. Switch the mode to Identified to see the people.</p>
        </Message>
      ) : !answer.data ? (
        <Waiting on={[answer]} lines={20} />
      ) : (
        <div className="people">
          <GapPeople people={answer.data.people} />
        </div>
      )}
    </Figure>
  );
}
