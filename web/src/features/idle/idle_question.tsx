// "Are you still there?", asked of a singer who has not given a sign of life for long; never in a song.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { Session } from '../../session/session.js';
import { yourself } from '../../state/room.js';
import { stopSinging, tellAway } from './commands.js';
import { GIVE_UP_MS, IdleWatch, type Idle } from './idle.js';
import { t } from '../../i18n/words.js';

const LOOK_MS = 1_000;
/** From here on, as an amplitude, it is a voice and not the room's own noise. */
const VOICE_RMS = 0.01;
const SIGNS = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart'] as const;

export function IdleQuestion({ session }: { session: Session }): JSX.Element | null {
  const watch = useRef<IdleWatch | null>(null);
  watch.current ??= new IdleWatch(Date.now());
  const [state, setState] = useState<Idle>('here');
  useEffect(() => {
    const current = watch.current as IdleWatch;
    const sign = (): void => {
      current.sign(Date.now());
      setState(current.state);
    };
    const look = (): void => {
      const room = session.room.value;
      if (!room || !session.connected.value) return;
      const you = yourself(room);
      if (session.voice.value?.sent && session.ownLevel().rms >= VOICE_RMS) current.sign(Date.now());
      if (current.look(Date.now(), { sings: you.role === 'singer', song: room.song.state === 'playing' })) stopSinging(session);
      // Also after a lost connection, over which the server forgets it.
      if ((current.state !== 'here') !== you.away) tellAway(session, current.state !== 'here');
      setState(current.state);
    };
    for (const kind of SIGNS) document.addEventListener(kind, sign, { passive: true });
    const timer = setInterval(look, LOOK_MS);
    return () => {
      for (const kind of SIGNS) document.removeEventListener(kind, sign);
      clearInterval(timer);
    };
  }, [session]);
  if (state !== 'asked' || session.room.value?.song.state === 'playing') return null;
  return (
    <section class="note warning" role="alert">
      <p>
        <strong>{t.idle.areYouStillThere}</strong> {t.idle.othersSeeYouAsAway({ minutes: GIVE_UP_MS / 60_000 })}
      </p>
      {/* Any press is an answer; this one is for those who look for one. */}
      <button type="button" class="primary">
        {t.idle.iAmHere}
      </button>
    </section>
  );
}
