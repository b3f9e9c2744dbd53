// The scores of the room's songs, between songs: chosen, uploaded, deleted.
import { useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { t } from '../../i18n/words.js';
import { TrashIcon } from '../../page/parts/icons.js';
import type { Session } from '../../session/session.js';
import { may, type RoomState } from '../../state/room.js';
import type { Score } from '../../wire/control/control.js';
import { chooseScore, deleteScore } from './commands.js';
import { ScoresOfOthers, ScoreUpload } from './score_upload.js';

export function ScoresList({ session, room }: { session: Session; room: RoomState }): JSX.Element | null {
  const [deleting, setDeleting] = useState<Score | null>(null);
  const changes = may(room, 'score');
  const { scores } = room;
  const chosen = room.plan.score;
  const busy = Object.keys(room.scoresPreparing).length + Object.keys(room.scoresFailed).length > 0;
  if (!changes && scores.length === 0 && !busy) return null;
  const fixed = !changes || !session.connected.value;
  return (
    <section class="panel words-list" aria-labelledby="scores-list" data-keeps-focus>
      <h2 id="scores-list">{t.scores.score}</h2>
      {scores.length > 0 && (
        <fieldset class="track-list">
          <legend class="only-read">{t.scores.scoreOfTheNextSong}</legend>
          <label class={chosen === null ? 'track chosen' : 'track'}>
            <input type="radio" name="score" checked={chosen === null} disabled={fixed} onChange={() => chooseScore(session, null)} />
            <span class="track-name">{t.scores.noScore}</span>
          </label>
          {scores.map((score) => (
            <div key={score.id} class="track-row">
              <label class={chosen === score.id ? 'track chosen' : 'track'}>
                <input type="radio" name="score" checked={chosen === score.id} disabled={fixed} onChange={() => chooseScore(session, score.id)} />
                <span class="track-name">{score.title}</span>
                <span class="track-length">{t.scores.pageCount({ pages: score.pages })}</span>
              </label>
              {changes && (
                <button
                  type="button"
                  class="quiet delete"
                  aria-label={t.scores.deleteTheScore({ title: score.title })}
                  disabled={fixed || room.song.state === 'playing'}
                  onClick={() => setDeleting(score)}
                >
                  <TrashIcon />
                </button>
              )}
            </div>
          ))}
        </fieldset>
      )}
      {deleting && (
        <div class="sure" role="group" aria-label={t.scores.deleteThisScore}>
          <p>{t.scores.deleteGoneForEverybody({ title: deleting.title })}</p>
          <button
            type="button"
            class="primary"
            onClick={() => {
              deleteScore(session, deleting.id);
              setDeleting(null);
            }}
          >
            {t.scores.deleteIt}
          </button>
          <button type="button" class="secondary" onClick={() => setDeleting(null)}>
            {t.scores.keepIt}
          </button>
        </div>
      )}
      {changes ? <ScoreUpload session={session} room={room} /> : <ScoresOfOthers room={room} own={null} />}
    </section>
  );
}
