// Songs of the library on their way into the room, one after the other, and what came of them.
import { signal, type Signal } from '@preact/signals';
import { t } from '../../i18n/words.js';
import type { TakenAs } from '../../net/library_rooms.js';

export interface Wish {
  id: number;
  title: string;
}

export class Takings {
  readonly status: Signal<string> = signal('');
  /** Of those that did not come since all had come. */
  readonly problems: Signal<readonly string[]> = signal([]);
  private waiting: { wish: Wish; as: TakenAs }[] = [];
  private came = 0;
  private busy = false;

  /** `send`: gives back why it did not come; null: it is there. */
  constructor(private readonly send: (wish: Wish, as: TakenAs) => Promise<string | null>) {}

  async take(wishes: readonly Wish[], as: TakenAs): Promise<void> {
    this.waiting.push(...wishes.map((wish) => ({ wish, as })));
    if (this.busy) return;
    this.busy = true;
    this.came = 0;
    this.problems.value = [];
    let last = '';
    for (let next = this.waiting.shift(); next; next = this.waiting.shift()) {
      const { title } = next.wish;
      const more = this.waiting.length;
      this.status.value = more === 0 ? t.libraryRoom.itComes({ title }) : t.libraryRoom.itComesBefore({ title, more });
      const why = await this.send(next.wish, next.as);
      if (why === null) {
        this.came += 1;
        last = next.as === 'track' ? t.libraryRoom.isHere({ title }) : t.libraryRoom.isInTheProgramme({ title });
      } else this.problems.value = [...this.problems.value, t.libraryRoom.didNotCome({ title, reason: why })];
    }
    this.busy = false;
    this.status.value = this.came > 1 ? t.libraryRoom.soManyCame({ count: this.came }) : last;
  }
}
