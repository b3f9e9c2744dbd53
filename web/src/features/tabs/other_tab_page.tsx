// At the door of a room in which one is already, in another tab: which of them shall it be?
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { ArrivalTitle, PlainPage, Problem } from '../../page/parts/parts.js';
import type { Session } from '../../session/session.js';
import type { Role } from '../../wire/control/control.js';
import { comeAsAnother, showOtherTab, takeOver } from './commands.js';

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
      <ArrivalTitle>You are in this room in another tab</ArrivalTitle>
      <p>One tab is enough. If you go on here, the other tab stops, and you keep your group and your rights.</p>
      {silent && <Problem>The other tab does not answer. Close it, then this page goes on; or come in as another person.</Problem>}
      {goneBack && (
        <p class="note" role="status">
          The other tab goes on, and says so. You can close this one.
        </p>
      )}
      <p class="actions stacked">
        <button type="button" class="primary large" disabled={asking} onClick={() => void here()}>
          {asking ? 'Asking the other tab ...' : 'Go on here instead'}
        </button>
        <button type="button" class="secondary large" onClick={back}>
          Stay in the other tab
        </button>
        <button type="button" class="quiet" onClick={another}>
          Come in here as another person
        </button>
      </p>
    </PlainPage>
  );
}
