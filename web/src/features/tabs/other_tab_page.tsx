// At the door of a room in which one is already, in another tab: which of them shall it be?
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { ArrivalTitle, PlainPage, Problem } from '../../page/parts/parts.js';
import type { Session } from '../../session/session.js';
import type { Role } from '../../wire/control/control.js';
import { comeAsAnother, showOtherTab, takeOver } from './commands.js';
import { t } from '../../i18n/words.js';

interface OtherTabProps {
  session: Session;
  /** Go in: as what one was in the other tab, or (null) through the door as somebody else. */
  onGoOn: (back: Role | null) => void;
}

export function OtherTabPage({ session, onGoOn }: OtherTabProps): JSX.Element {
  const [asking, setAsking] = useState(false);
  const [silent, setSilent] = useState(false);
  const [goneBack, setGoneBack] = useState(false);
  const here = async (): Promise<void> => {
    setAsking(true);
    setGoneBack(false);
    const role = await takeOver(session);
    setAsking(false);
    setSilent(role === null);
    if (role !== null) onGoOn(role);
  };
  const back = (): void => {
    showOtherTab(session);
    setGoneBack(true);
  };
  const another = (): void => {
    comeAsAnother(session);
    onGoOn(null);
  };
  return (
    <PlainPage card>
      <ArrivalTitle>{t.tabs.youAreInThisRoom}</ArrivalTitle>
      <p>{t.tabs.oneTabIsEnoughIf}</p>
      {silent && <Problem>{t.tabs.theOtherTabDoesNot}</Problem>}
      {goneBack && (
        <p class="note" role="status">
          {t.tabs.theOtherTabGoesOn}
        </p>
      )}
      <p class="actions stacked">
        <button type="button" class="primary large" disabled={asking} onClick={() => void here()}>
          {asking ? t.tabs.askingTheOtherTab : t.tabs.goOnHereInstead}
        </button>
        <button type="button" class="secondary large" onClick={back}>
          {t.tabs.stayInTheOtherTab}
        </button>
        <button type="button" class="quiet" onClick={another}>
          {t.tabs.comeInHereAsAnother}
        </button>
      </p>
    </PlainPage>
  );
}
