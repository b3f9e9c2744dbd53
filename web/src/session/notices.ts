// News and errors that are shown for a while.
import { signal, type Signal } from '@preact/signals';
import { said } from '../i18n/server.js';
import { isForPeople, type ServerError, type ServerMessage, type Welcome } from '../wire/control/control.js';

export interface Notice {
  id: number;
  kind: 'news' | 'error';
  /** In the language that is spoken now, where it came as a function. */
  readonly text: string;
}

/** That the server refused something, or may never have got it. */
export interface Refusal {
  /** Why, in the language that is spoken now; null: there is nothing to say. */
  readonly text: string | null;
}

const MOST_NOTICES = 4;
const NEWS_MS = 6_000;
const ERROR_MS = 15_000;

export class Notices {
  readonly shown: Signal<Notice[]> = signal([]);
  private lastId = 0;

  /** `words` as a function follows a change of the language. */
  notify(kind: Notice['kind'], words: string | (() => string)): void {
    const say = typeof words === 'string' ? () => words : words;
    const notice: Notice = {
      id: ++this.lastId,
      kind,
      get text() {
        return say();
      },
    };
    // News that comes again takes the place of the old.
    const others = this.shown.value.filter((other) => other.text !== notice.text);
    this.shown.value = [...others, notice].slice(-MOST_NOTICES);
    setTimeout(() => this.dismiss(notice.id), kind === 'news' ? NEWS_MS : ERROR_MS);
  }

  dismiss(id: number): void {
    this.shown.value = this.shown.value.filter((notice) => notice.id !== id);
  }

  /** `inside`: what goes wrong at the door is said there. `leading`: she knows that she leads. */
  take(message: ServerMessage, inside: boolean, leading = false): void {
    if (message.type === 'notice') {
      if (!leading || message.sentence !== 'leads') this.notify('news', () => said(message.message, message));
      return;
    }
    if (message.type !== 'error' || !inside || !isForPeople(message)) return;
    // Somebody else was quicker.
    if (message.code === 'no_song' && message.about === 'stop') return;
    this.notify('error', () => said(message.message, message));
  }
}

/** Of an error; and of a welcome, since what was sent just before it may never have come. */
export function refusalOf(message: ServerError | Welcome): Refusal {
  return {
    get text() {
      return message.type === 'error' && isForPeople(message) ? said(message.message, message) : null;
    },
  };
}
