import type { Patient, Timeline } from '#contract/patient';
import { Answer, Proof } from '../../components/answer.tsx';
import { day, daysBetween } from '../../format/date.ts';
import { listed, noun, spelled } from '../../format/noun.ts';
import { useCatalogue } from '../../state/use-scope.ts';
import { driverIn, labelIn } from '../patient-table.tsx';

interface PersonAnswerProps {
  readonly patient: Patient;
  readonly timeline: Timeline;
  /** Letters of the figures that show it. */
  readonly proofs: { readonly stays: string; readonly gaps: string };
}

/** Risk and its reasons, use in the last year, the latest return, and the gaps. */
export function PersonAnswer({ patient, timeline, proofs }: PersonAnswerProps) {
  const { dimensions } = useCatalogue();
  const tier = labelIn(dimensions, 'risk_tier', patient.risk_tier)?.toLowerCase();
  // The next sentence tells those of twelve months.
  const drivers = patient.drivers.filter((driver) => !/ in 12 months$/.test(driver));
  const back = timeline.events
    .filter(({ readmission }) => readmission)
    .toSorted((a, b) => (a.start_date < b.start_date ? 1 : -1))[0];
  const stayBefore =
    back &&
    timeline.events
      .filter(({ lane, end_date }) => lane === back.lane && end_date !== null && end_date <= back.start_date)
      .toSorted((a, b) => ((a.end_date ?? '') < (b.end_date ?? '') ? 1 : -1))[0];
  return (
    <Answer>
      {patient.not_shared !== null && (
        <>
          <b>
            CMS has shared no claims
            {patient.not_shared_from && ` since ${day(patient.not_shared_from)}`} ({patient.not_shared})
          </b>
          : later care is missing here, and a gap that looks open may be closed.{' '}
        </>
      )}
      {patient.death_date ? (
        <>Died on {day(patient.death_date)}. </>
      ) : (
        tier && (
          <>
            On {day(timeline.data_through)} the risk is <b>{tier}</b>
            {drivers.length > 0 &&
              `: ${listed(drivers.slice(0, 3).map((driver) => inSentence(driverIn(dimensions, driver))))}`}
            .{' '}
          </>
        )
      )}
      In twelve months there {patient.admissions_12m === 1 ? 'was' : 'were'}{' '}
      {spelled(patient.admissions_12m, noun('admission'))} and{' '}
      {spelled(patient.emergency_visits_12m, noun('emergency visit'))}
      <Proof letter={proofs.stays} />
      {back && (
        <>
          ;{' '}
          <b>
            the last unplanned return was on {day(back.start_date)}
            {stayBefore?.end_date &&
              `, ${spelled(daysBetween(stayBefore.end_date, back.start_date), noun('day'))} after discharge`}
          </b>
        </>
      )}
      . {patient.open_gaps === 0 ? 'No gap is open' : <b>{spelledOpen(patient.open_gaps)}</b>}
      <Proof letter={proofs.gaps} />.
    </Answer>
  );
}

const spelledOpen = (gaps: number) => {
  const words = `${spelled(gaps, noun('gap'))} ${gaps === 1 ? 'is' : 'are'} open`;
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const inSentence = (text: string) => (/^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text);
