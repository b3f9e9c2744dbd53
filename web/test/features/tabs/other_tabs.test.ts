import { beforeEach, describe, expect, it } from 'vitest';
import { OtherTabs, type Place } from '../../../src/features/tabs/other_tabs.js';
import { FakeTime } from '../../fake_socket.js';

/** A browser with tabs: what they hold goes with them, what they say reaches all the others. */
class Browser {
  readonly time = new FakeTime();
  readonly held: { tab: object; name: string }[] = [];
  readonly channels = new Map<object, { onmessage: ((event: MessageEvent) => void) | null }>();
  private asked = 0;

  open(room = 'abc', place: Place | null = null): { tab: OtherTabs; shown: () => number; crash: () => void } {
    const key = {};
    let shown = 0;
    const tab = new OtherTabs(
      room,
      {
        locks: {
          query: () => Promise.resolve({ held: this.held.map(({ name }) => ({ name })), pending: [] }),
          request: (async (name: string, _: object, hold: () => Promise<void> | undefined) => {
            const lock = { tab: key, name };
            this.held.push(lock);
            await hold();
            this.held.splice(this.held.indexOf(lock), 1);
          }) as unknown as LockManager['request'],
        },
        channel: () => {
          const channel = {
            onmessage: null as ((event: MessageEvent) => void) | null,
            postMessage: (data: unknown) => {
              for (const [other, { onmessage }] of this.channels) if (other !== key) onmessage?.({ data } as MessageEvent);
            },
            close: () => void this.channels.delete(key),
          };
          this.channels.set(key, channel);
          return channel;
        },
        after: (ms, call) => this.time.after(ms, call),
        random: () => ++this.asked,
      },
      { place: () => place, shown: () => void shown++ },
    );
    const crash = (): void => {
      this.channels.delete(key);
      for (const lock of this.held.filter((one) => one.tab === key)) this.held.splice(this.held.indexOf(lock), 1);
    };
    return { tab, shown: () => shown, crash };
  }

  async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 100) {
      this.time.pass(100);
      await Promise.resolve().then(() => undefined);
    }
  }
}

const PLACE: Place = { token: 'token of the first', role: 'listener' };
let browser: Browser;

beforeEach(() => {
  browser = new Browser();
});

describe('a tab of the same browser', () => {
  it('that is in the room is known to the next one at the door; that is at the door is not', async () => {
    const first = browser.open('abc', PLACE);
    const second = browser.open();
    await browser.pass(2_000);
    expect([first.tab.there.value, second.tab.there.value]).toEqual([false, false]);
    first.tab.enter();
    await browser.pass(2_000);
    expect(second.tab.there.value).toBe(true);
    expect(first.tab.there.value).toBe(false);
  });

  it('in another room is none', async () => {
    browser.open('xyz', PLACE).tab.enter();
    const second = browser.open('abc');
    await browser.pass(2_000);
    expect(second.tab.there.value).toBe(false);
  });

  it('that leaves, is closed or crashes is there no longer', async () => {
    for (const end of ['leave', 'close', 'crash'] as const) {
      const first = browser.open('abc', PLACE);
      first.tab.enter();
      const second = browser.open();
      await browser.pass(1_000);
      expect(second.tab.there.value).toBe(true);
      if (end === 'crash') first.crash();
      else first.tab[end]();
      await browser.pass(2_000);
      expect(second.tab.there.value).toBe(false);
      second.tab.close();
    }
  });

  it('that is being reloaded is not taken for another: its lock goes a moment later', async () => {
    const before = browser.open('abc', PLACE);
    before.tab.enter();
    const after = browser.open('abc');
    await browser.pass(100);
    expect(after.tab.there.value).toBeNull();
    before.crash();
    await browser.pass(400);
    expect(after.tab.there.value).toBe(false);
  });

  it('hands its place over when it is asked, and only when it is in', async () => {
    const first = browser.open('abc', PLACE);
    const second = browser.open();
    const asked = second.tab.askPlace();
    await browser.pass(1_500);
    expect(await asked).toBeNull();
    first.tab.enter();
    expect(await second.tab.askPlace()).toEqual(PLACE);
  });

  it('that does not answer is not waited for long', async () => {
    const first = browser.open('abc', PLACE);
    first.tab.enter();
    const second = browser.open();
    first.crash();
    const asked = second.tab.askPlace();
    await browser.pass(1_500);
    expect(await asked).toBeNull();
  });

  it('is told when somebody goes back to it', () => {
    const first = browser.open('abc', PLACE);
    const atTheDoor = browser.open();
    first.tab.enter();
    browser.open().tab.show();
    expect([first.shown(), atTheDoor.shown()]).toEqual([1, 0]);
  });

  it('that says what makes no sense is not listened to', () => {
    const first = browser.open('abc', PLACE);
    first.tab.enter();
    for (const data of [null, 7, 'show', {}, { kind: 'ask' }, { kind: 'place', id: undefined, token: 'x' }])
      for (const { onmessage } of browser.channels.values()) onmessage?.({ data } as MessageEvent);
    expect(first.shown()).toBe(0);
  });

  it('is no question where the browser cannot tell', () => {
    const tab = new OtherTabs('abc', null, { place: () => null, shown: () => undefined });
    expect(tab.there.value).toBe(false);
    tab.enter();
    tab.close();
  });
});
