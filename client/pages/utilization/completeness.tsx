import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { completionQuery } from '../../api/data.ts';
import { completion } from '../../charts/completion.ts';
import { ChartFigure, Figure } from '../../components/figure.tsx';
import { Waiting } from '../../components/states.tsx';
import { useTable } from '../../state/use-scope.ts';

/** How complete each month of care is, so that nobody takes a young month for a cheap one. */
export function Completeness({ letter }: { letter: string }) {
  const answer = useQuery(completionQuery());
  const table = useTable(letter);
  const options = useMemo(() => ({}), []);
  if (!answer.data)
    return (
      <Figure letter={letter} span={6} title="How complete each month is">
        <Waiting on={[answer]} lines={8} />
      </Figure>
    );
  return (
    <ChartFigure
      letter={letter}
      span={6}
      chart={completion}
      rows={answer.data.months}
      options={options}
      fileName="completeness-by-month"
      table={table}
    />
  );
}
