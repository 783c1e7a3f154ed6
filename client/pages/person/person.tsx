import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { Patient, Timeline } from '#contract/patient';
import { patientQuery, timelineQuery } from '../../api/patients.ts';
import { personCost } from '../../charts/person-cost.ts';
import { personLanes } from '../../charts/person-lanes.ts';
import { personMeds } from '../../charts/person-meds.ts';
import { timeWindow } from '../../charts/time-window.ts';
import { Head } from '../../components/answer.tsx';
import { Caveats } from '../../components/caveats.tsx';
import { ChartFigure } from '../../components/figure.tsx';
import { Message, Waiting } from '../../components/states.tsx';
import { useCatalogue, useScope, useTable } from '../../state/use-scope.ts';
import { isCounted } from '../gaps/gap-status.tsx';
import { Why } from '../rows/why.tsx';
import { Trail } from '../trail.tsx';
import { EventDrawer } from './event.tsx';
import { Facts } from './facts.tsx';
import { Findings } from './findings.tsx';
import { GapTable, keyOf, numberOf } from './gap-table.tsx';
import { LabFigure } from './lab-figure.tsx';
import { labsOf } from './labs.ts';
import { Observations } from './observations.tsx';
import { PersonAnswer } from './person-answer.tsx';
import { RiskAdjustment } from './risk-adjustment.tsx';
import { Team } from './team.tsx';

/** One person: why they are on the list, what happened, and what is due. */
export function Person() {
  const { key } = useParams({ from: '/app/patients/$key' });
  const { mode } = useScope();
  if (mode === 'identified') return <Identified key={key} personId={key} />;
  return (
    <Head title="Person" question="One person">
      <Message title="People are closed in shareable mode">
        <p>Switch the mode to Identified, if your role allows it.</p>
      </Message>
    </Head>
  );
}

function Identified({ personId }: { personId: string }) {
  const patient = useQuery(patientQuery(personId));
  const timeline = useQuery(timelineQuery(personId));
  if (!patient.data || !timeline.data)
    return (
      <Head title="Person" question="One person">
        <Waiting on={[patient, timeline]} lines={16} />
      </Head>
    );
  return <Record patient={patient.data} timeline={timeline.data} />;
}

function Record({ patient, timeline }: { patient: Patient; timeline: Timeline }) {
  const { event, why, behind } = useSearch({ from: '/app/patients/$key' });
  const { caveats, metrics } = useCatalogue();
  const navigate = useNavigate();
  const open = (event: string | undefined) =>
    navigate({ to: '.', search: (search) => ({ ...search, event }), resetScroll: false });
  const tell = (why: string | undefined) =>
    navigate({ to: '.', search: (search) => ({ ...search, why }), resetScroll: false });
  const told = patient.gaps.flatMap((gap) => {
    const metric = numberOf(metrics, gap);
    return metric && keyOf(metric, gap) === why ? [{ metric, gap }] : [];
  })[0];
  const options = useMemo(() => ({ window: timeWindow(timeline, document.documentElement.clientWidth) }), [timeline]);
  const spent = useMemo(() => ({ ...options, timeline }), [options, timeline]);
  const labs = useMemo(() => labsOf(timeline, options.window), [timeline, options]);
  const has = (lane: string) => timeline.events.some((event) => event.lane === lane);
  const shown = timeline.events.find(({ id }) => id === event);
  const figures = [
    ...(patient.findings.length > 0 ? ['findings'] : []),
    'stays',
    ...(has('medication') ? ['medicines'] : []),
    ...(labs.length > 0 ? ['tests'] : []),
    ...(patient.costs.length > 0 ? ['paid'] : []),
    ...['gaps', 'team', 'results', 'risk'],
  ];
  const letterOf = (figure: string) => String.fromCharCode(65 + figures.indexOf(figure));
  const stays = useTable(letterOf('stays'));
  const medicines = useTable(letterOf('medicines'));
  const paid = useTable(letterOf('paid'));
  return (
    <>
      <Trail behind={behind}>
        <li>{patient.name ?? patient.person_id}</li>
      </Trail>
      <Head
        title="Person"
        question={`Why is ${patient.name ?? 'this person'} on ${patient.not_shared === null ? 'the list, and what is next' : 'no list'}?`}
      >
        <PersonAnswer
          patient={patient}
          timeline={timeline}
          proofs={{ stays: letterOf('stays'), gaps: letterOf('gaps') }}
        />
        <Facts patient={patient} />
        <Caveats of={caveats} />
      </Head>
      <div className="figures story">
        {patient.findings.length > 0 && <Findings letter={letterOf('findings')} findings={patient.findings} />}
        <ChartFigure
          letter={letterOf('stays')}
          chart={personLanes}
          rows={timeline}
          options={options}
          fileName={`${patient.person_id}-timeline`}
          table={stays}
          onSelect={open}
        />
        {has('medication') && (
          <ChartFigure
            letter={letterOf('medicines')}
            chart={personMeds}
            rows={timeline}
            options={options}
            fileName={`${patient.person_id}-medicines`}
            table={medicines}
            onSelect={open}
          />
        )}
        {labs.length > 0 && (
          <LabFigure letter={letterOf('tests')} timeline={timeline} window={options.window} labs={labs} />
        )}
        {patient.costs.length > 0 && (
          <ChartFigure
            letter={letterOf('paid')}
            chart={personCost}
            rows={patient.costs}
            options={spent}
            fileName={`${patient.person_id}-paid`}
            table={paid}
          />
        )}
      </div>
      <div className="figures">
        <GapTable letter={letterOf('gaps')} patient={patient} onWhy={tell} />
        <div className="span-5 stack">
          <Team letter={letterOf('team')} team={patient.team} />
          <Observations letter={letterOf('results')} timeline={timeline} onOpen={open} />
        </div>
        <RiskAdjustment letter={letterOf('risk')} personId={patient.person_id} />
      </div>
      {told && (
        <Why
          metric={told.metric}
          row={{
            ...{ subject_id: patient.person_id, person_id: patient.person_id, name: patient.name },
            ...{ anchor_date: told.gap.period_end, dimensions: {} },
            exclusion: isCounted(told.gap.status) ? null : (told.gap.reason ?? told.gap.status),
          }}
          onClose={() => tell(undefined)}
        />
      )}
      {shown && <EventDrawer event={shown} onClose={() => open(undefined)} />}
    </>
  );
}
