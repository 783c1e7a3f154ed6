import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
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
import { EventDrawer } from './event.tsx';
import { Facts } from './facts.tsx';
import { GapTable } from './gap-table.tsx';
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
  const { event } = useSearch({ from: '/app/patients/$key' });
  const { caveats } = useCatalogue();
  const navigate = useNavigate();
  const open = (event: string | undefined) =>
    navigate({ to: '.', search: (search) => ({ ...search, event }), resetScroll: false });
  const options = useMemo(() => ({ window: timeWindow(timeline, document.documentElement.clientWidth) }), [timeline]);
  const spent = useMemo(() => ({ ...options, timeline }), [options, timeline]);
  const labs = useMemo(() => labsOf(timeline, options.window), [timeline, options]);
  const tableA = useTable('A');
  const tableB = useTable('B');
  const tableD = useTable('D');
  const has = (lane: string) => timeline.events.some((event) => event.lane === lane);
  const shown = timeline.events.find(({ id }) => id === event);
  return (
    <>
      <nav aria-label="Where this is">
        <ol className="crumbs">
          <li>
            <Link to="/patients">People</Link>
          </li>
          <li>{patient.person_id}</li>
        </ol>
      </nav>
      <Head
        title="Person"
        question={`Why is ${patient.name ?? 'this person'} on ${patient.not_shared === null ? 'the list, and what is next' : 'no list'}?`}
      >
        <PersonAnswer patient={patient} timeline={timeline} />
        <Facts patient={patient} />
        <Caveats of={caveats} />
      </Head>
      <div className="figures story">
        <ChartFigure
          letter="A"
          chart={personLanes}
          rows={timeline}
          options={options}
          fileName={`${patient.person_id}-timeline`}
          table={tableA}
          onSelect={open}
        />
        {has('medication') && (
          <ChartFigure
            letter="B"
            chart={personMeds}
            rows={timeline}
            options={options}
            fileName={`${patient.person_id}-medicines`}
            table={tableB}
            onSelect={open}
          />
        )}
        {labs.length > 0 && <LabFigure letter="C" timeline={timeline} window={options.window} labs={labs} />}
        {patient.costs.length > 0 && (
          <ChartFigure
            letter="D"
            chart={personCost}
            rows={patient.costs}
            options={spent}
            fileName={`${patient.person_id}-paid`}
            table={tableD}
          />
        )}
      </div>
      <div className="figures">
        <GapTable letter="E" patient={patient} />
        <div className="span-5 stack">
          <Team letter="F" team={patient.team} />
          <Observations letter="G" timeline={timeline} onOpen={open} />
        </div>
        <RiskAdjustment letter="H" personId={patient.person_id} />
      </div>
      {shown && <EventDrawer event={shown} onClose={() => open(undefined)} />}
    </>
  );
}
