// Chooses the page, and catches what breaks.
import { Component, type ComponentChildren, type JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { Session } from '../session/session.js';
import { offerDetails } from '../session/details.js';
import { Crash } from './crash.js';
import { Home } from './home.js';
import { LanguageChoice } from '../features/language/language_choice.js';
import { LibraryPage } from '../features/library/library_page.js';
import { RecordingsList } from '../features/recording/recordings_list.js';
import { MixAgain } from '../features/recordings/mix_again.js';
import { RecordingsPage } from '../features/recordings/recordings_page.js';
import { Nowhere } from './nowhere.js';
import { route } from './routes.js';
import { Visit } from './visit.js';
import { t } from '../i18n/words.js';

export function App(): JSX.Element {
  return (
    <Boundary>
      <Page />
    </Boundary>
  );
}

function Page(): JSX.Element {
  const { value } = route;
  const room = value.page === 'room' ? value.room : null;
  const session = useMemo(() => (room === null ? null : new Session(room)), [room]);
  useEffect(() => {
    if (session) offerDetails(session);
    else if (value.page === 'home' || value.page === 'nowhere') document.title = t.page.roundelaySingTogetherInTime;
    return () => session?.close();
  }, [session, value.page]);
  if (session) return <Visit key={session.roomId} session={session} />;
  if (value.page === 'recordings')
    return (
      <RecordingsPage
        key={value.room}
        room={value.room}
        own={<RecordingsList title={t.recordings.onThisDevice} />}
        mixer={(book, one) => <MixAgain book={book} one={one} />}
      />
    );
  if (value.page === 'library') return <LibraryPage at={value.at} languages={<LanguageChoice />} />;
  return value.page === 'home' ? <Home /> : <Nowhere />;
}

class Boundary extends Component<{ children: ComponentChildren }, { message: string | null }> {
  override state = { message: null };

  static override getDerivedStateFromError(error: unknown): { message: string } {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render(): ComponentChildren {
    return this.state.message === null ? this.props.children : <Crash message={this.state.message} />;
  }
}
