import { useQuery } from '@tanstack/react-query';
import { Link, useMatches } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { freshnessQuery } from '../api/data.ts';
import { Icon } from '../components/icon.tsx';
import { Popover } from '../components/popover.tsx';
import { day } from '../format/date.ts';
import { noun, plural } from '../format/noun.ts';
import { lateFeeds } from '../state/freshness.ts';
import { switchTheme } from '../state/theme.ts';
import { useBusy } from '../state/use-busy.ts';
import { useCatalogue, useChangeScope, useScope } from '../state/use-scope.ts';
import { CohortChoice, CompareChoice, ContractChoice, ModeChoice, PeriodChoice } from './scope-controls.tsx';
import { SignOut } from './sign-out.tsx';

/** Cohort, comparison, months; how fresh; mode; what can be done with the page. */
export function Bar({ onHelp, onViews }: Readonly<Record<'onHelp' | 'onViews', () => void>>) {
  return (
    <header className="bar">
      {useIsScoped() && (
        <>
          <CohortChoice />
          <CompareChoice />
          <PeriodChoice />
          <ContractChoice />
        </>
      )}
      <span className="space" />
      <Freshness />
      <ModeChoice />
      <div className="acts">
        <span className="wide acts">
          <button type="button" onClick={onViews}>
            Views
          </button>
          <Popover label="Export" title="Export">
            <Exports />
          </Popover>
          <CopyLink />
        </span>
        <button type="button" className="glyph" aria-label="Switch between light and dark" onClick={switchTheme}>
          <Icon name="theme" />
        </button>
        <button type="button" className="glyph" aria-label="Help and keys" onClick={onHelp}>
          ?
        </button>
        <span className="wide">
          <SignOut />
        </span>
        <Popover label="More" title="More" className="narrow">
          <div className="menu">
            <button type="button" onClick={onViews}>
              Views
            </button>
            <CopyLink />
            <SignOut />
          </div>
          <Exports />
        </Popover>
      </div>
    </header>
  );
}

/** Whether cohort and period apply to the page. */
const useIsScoped = () => useMatches().some(({ staticData }) => staticData.scoped);

/** How far the data reach, and how many feeds end before that. */
function Freshness() {
  const { dataThrough } = useCatalogue();
  const { mode } = useScope();
  const { data } = useQuery(freshnessQuery(mode));
  const late = data ? lateFeeds(data).length : 0;
  return (
    <Link to="/data" className="choice plain">
      <small>Claims to</small>
      <b>
        {day(dataThrough)}
        {late > 0 && `, ${plural(late, noun('feed'))} late`}
      </b>
    </Link>
  );
}

export function Exports() {
  const { mode } = useScope();
  const change = useChangeScope();
  const busy = useBusy();
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    if (!wanted || mode !== 'shareable' || busy) return;
    setWanted(false);
    const drawn = requestAnimationFrame(() => window.print());
    return () => cancelAnimationFrame(drawn);
  }, [wanted, mode, busy]);
  const printShareable = () => {
    setWanted(true);
    change({ mode: 'shareable' });
  };
  return (
    <div className="menu">
      <button type="button" onClick={() => window.print()}>
        Print this page
        <small>{mode === 'shareable' ? 'As shown.' : 'Marked as identified; lists of people are left out.'}</small>
      </button>
      {mode === 'identified' && (
        <button type="button" onClick={printShareable}>
          Print a shareable page
          <small>Small counts are hidden first.</small>
        </button>
      )}
      <Link to="/pack">
        Board pack
        <small>Seven pages to print, shareable numbers only.</small>
      </Link>
      <p className="quiet">Every figure and list has its own CSV, complete.</p>
    </div>
  );
}

interface CopyLinkProps {
  /** Path and query; absent: those of the page. */
  readonly address?: string;
  /** What the link leads to, for those who do not see where the button stands. */
  readonly of?: string;
}

export function CopyLink({ address, of }: CopyLinkProps) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(new URL(address ?? window.location.href, window.location.origin).href);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  return (
    <button type="button" className={of && 'link'} onClick={copy}>
      <span aria-live="polite">{copied ? 'Copied' : 'Copy link'}</span>
      {of && <span className="unseen">{` to ${of}`}</span>}
    </button>
  );
}
