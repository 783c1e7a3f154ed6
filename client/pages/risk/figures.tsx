import { useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Plan, Risk } from '#contract/risk';
import { calibration } from '../../charts/calibration.ts';
import { capture } from '../../charts/capture.ts';
import { ChartFigure, Figure } from '../../components/figure.tsx';
import { noun } from '../../format/noun.ts';
import { useTable } from '../../state/use-scope.ts';
import { GroupsClosed, ModelCard } from '../measure/model.tsx';
import { List } from './list.tsx';
import { Movement } from './movement.tsx';
import { Recapture } from './recapture.tsx';
import { Spread } from './spread.tsx';

const ADMITTED = { came: 'admitted' };

export default function Figures({ risk, plan }: { risk: Risk; plan: Plan }) {
  return (
    <div className="figures">
      <Spread letter="A" risk={risk} plan={plan} />
      <List letter="B" plan={plan} />
      <Captured letter="C" plan={plan} />
      <Calibrated letter="D" risk={risk} />
      {risk.model && (
        <ModelCard
          models={[risk.model]}
          letters={['E', 'F']}
          subjects={noun('person', 'people')}
          skill="The model ranks who was admitted above who was not"
          judged="Fitted to earlier years and judged on the last, which it had not seen"
        />
      )}
      <Movement letter="G" risk={risk} chosen={useSearch({ from: '/app/risk' })} />
      <Card letter="H" risk={risk} />
      <Recapture letters={['I', 'J']} />
    </div>
  );
}

function Captured({ letter, plan }: { letter: string; plan: Plan }) {
  const options = useMemo(() => ({ people: plan.people ?? 0, listed: plan.listed ?? 0 }), [plan]);
  return (
    <ChartFigure
      letter={letter}
      span={6}
      chart={capture}
      rows={plan.curve}
      options={options}
      fileName="expected-admissions"
      table={useTable(letter)}
    />
  );
}

function Calibrated({ letter, risk }: { letter: string; risk: Risk }) {
  const tenths = useMemo(
    () => risk.model?.groups.filter(({ dimension }) => dimension === 'decile of risk') ?? [],
    [risk.model],
  );
  const table = useTable(letter);
  if (risk.model && tenths.length === 0)
    return (
      <Figure letter={letter} span={6} title="What was expected, held against what came">
        <GroupsClosed />
      </Figure>
    );
  return (
    <ChartFigure
      letter={letter}
      span={6}
      chart={calibration}
      rows={tenths}
      options={ADMITTED}
      fileName="calibration"
      table={table}
    />
  );
}

/** The model card in words. */
const Card = ({ letter, risk }: { letter: string; risk: Risk }) => (
  <Figure letter={letter} title="What the model is, and what it is not">
    <dl className="definition">
      <dt>What it predicts</dt>
      <dd>
        The chance of at least one unplanned admission to a short-term acute hospital in the next 12 months: not planned
        by CMS’s Planned Readmission Algorithm 4.0, not for rehabilitation, not for childbirth. Cost is neither
        predicted nor among the factors: what care costs tells who gets care, not who needs it (Obermeyer and others,
        Science 2019).
      </dd>
      <dt>Who is in</dt>
      <dd>
        Adults whose claims are seen in each of the 12 months before a date and who are not in hospice care. Whoever
        dies is followed until then; whoever leaves the coverage takes no part, admitted or not.
      </dd>
      <dt>How it is fitted</dt>
      <dd>
        A penalised logistic regression on these data alone, at dates a whole number of years before their end, so that
        each 12 months are known. Race is not a factor; it is only held against what came. The risk is told every three
        months.
      </dd>
      <dt>How it is judged</dt>
      <dd>
        Out of time: fitted to the earlier dates, held against the 12 months after the last one. Claims of the last two
        months are not all in, so what came is a little too low.
      </dd>
      <dt>Tiers</dt>
      <dd>
        Very low under 5%, low under 10%, moderate under 20%, high under 40%, very high from there: our own cut-offs,
        the same at every date and place. Rising: two tiers up within six months, or half as high again and at least
        10%.
      </dd>
      <dt>Where there is too little history</dt>
      <dd>
        It takes 36 months of claims, 300 admitted people before the last date and 100 after it, and 12 seen months of
        the person. Elsewhere the tier comes from the CMS-HCC score or, without one, from points; each row says which
        {risk.model ? '' : '. These data have no model yet'}.
      </dd>
      <dt>Limits</dt>
      <dd>
        An internal model, not a CMS value. It says who is at risk, not who would gain by a call; no cause is claimed,
        and a clinician’s judgement goes first.
      </dd>
    </dl>
  </Figure>
);
