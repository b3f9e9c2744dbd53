// What is said in writing, hands, and another program's token: two people on two screens, one of them by keyboard alone.
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { enter, visit } from './browser.js';
import { faults } from './faults.js';
import { eventsOf, Programs } from './openapi.js';
import { stageOf } from './stage.js';

const stage = stageOf(1);

/** What the README's example for programs prints, with words to bring beside it. */
async function example(url: string, room: string, token: string): Promise<string> {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const text = /```bash\n([^]*?)```/.exec(readme)?.[1]?.replaceAll('http://127.0.0.1:8080', url) ?? 'false';
  const cwd = mkdtempSync(join(tmpdir(), 'roundelay-example-'));
  try {
    writeFileSync(join(cwd, 'evening.txt'), 'The moon has risen\n');
    const { stdout } = await promisify(execFile)('bash', ['-euc', text], { cwd, env: { ...process.env, ROOM: room, TOKEN: token } });
    return stdout;
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

describe('between songs', () => {
  it('one writes, announces, raises a hand, and lets a program keep the room; in a song there is a count', async () => {
    const { room, link, key } = await stage.server.makeRoom({ name: 'Choir' });
    const otto = await visit(stage.browser, { context: { bypassCSP: true } });
    await enter({ url: '' }, otto, `${stage.server.url}${link}#organise=${key}`, 'Otto', 'listener');
    const berta = await visit(stage.browser, { context: { bypassCSP: true, viewport: { width: 390, height: 844 } } });
    await enter(stage.server, berta, link, '<script>window.hacked = 1</script>', 'singer');

    // By keyboard.
    await berta.page.focus('#chat-text');
    await berta.page.keyboard.type('Notes at https://example.org/notes, <img src=x onerror="window.hacked=1">');
    await berta.page.keyboard.press('Enter');
    const said = otto.page.locator('.chat-line', { hasText: 'Notes at' });
    await said.waitFor();
    expect(await said.locator('a').getAttribute('href')).toBe('https://example.org/notes');
    expect(await said.locator('img, script').count()).toBe(0);
    expect(await berta.page.inputValue('#chat-text')).toBe('');
    await otto.page.fill('#chat-text', 'שלום לכולם, tea is ready');
    await otto.page.check('text=As an announcement');
    await otto.page.click('button:has-text("Announce")');
    await berta.page.waitForSelector('.announcement-note:has-text("tea is ready")');

    // A hand, and who may lower it.
    await berta.page.click('button:has-text("Raise your hand")');
    await otto.page.click('.hands button:has-text("Lower")');
    await berta.page.waitForSelector('button:has-text("Raise your hand")');
    for (const one of [otto, berta]) expect(await faults(one.page)).toEqual([]);
    if (process.env['PICTURES']) {
      for (const [name, one] of [
        ['otto', otto],
        ['berta', berta],
      ] as const)
        await one.page.screenshot({ path: `${process.env['PICTURES']}/chat-${name}.png`, fullPage: true });
    }

    // A program's token, shown once; what it says is heard by all.
    await otto.page.click('nav button:has-text("Room")');
    await otto.page.fill('#new-program', 'Lights');
    await otto.page.keyboard.press('Enter');
    const token = await otto.page.inputValue('#program-token');
    expect(await faults(otto.page)).toEqual([]);
    const programs = await Programs.of(stage.server.url, room);
    const command = (body: object): Promise<[number, string]> => programs.command(token, body);
    await otto.page.keyboard.press('Escape');

    // In a song: a count, nothing more.
    expect(await command({ type: 'start' })).toEqual([409, 'no_leader']);
    const { last } = eventsOf((await programs.ask('events', token)).body);
    await berta.page.click('button:has-text("Lead a song")');
    await berta.page.waitForSelector('button:has-text("Start the song")');
    expect(await command({ type: 'start' })).toEqual([200, '']);
    await berta.page.waitForSelector('.room.singing');
    expect(await command({ type: 'say', text: 'Louder, please' })).toEqual([200, '']);
    expect(await command({ type: 'settings', buckets: 4 })).toEqual([409, 'song_lasts']);
    await berta.page.waitForSelector('.chat-count:has-text("new line")');
    expect(await berta.page.locator('.chat-lines').count()).toBe(0);
    expect(await command({ type: 'stop', now: true })).toEqual([200, '']);
    await berta.page.waitForSelector('.chat-line:has-text("Louder, please")');
    await otto.page.click(`.chat-line:has-text("Louder") button`);
    await berta.page.waitForSelector('.chat-line:has-text("Louder, please")', { state: 'detached' });

    for (const one of [otto, berta]) expect(one.complaints).toEqual([]);

    // Whatever a program asks is answered as the description says, and it hears what everybody hears.
    const wrong: [object, [number, string]][] = [
      [{ type: 'remove_person', person: '12345' }, [404, 'no_person']],
      [{ type: 'room', name: '' }, [422, 'bad_name']],
      [{ type: 'new_key' }, [403, 'not_allowed']],
      [{ type: 'dance' }, [400, 'unknown_type']],
      [{ text: 'no type' }, [400, 'bad_message']],
    ];
    for (const [body, outcome] of wrong) expect(await command(body)).toEqual(outcome);
    expect(await command({ type: 'password', password: 'forte' })).toEqual([200, '']);
    const state = (await programs.ask('state', token)).body as { people: object[]; room: { password: boolean } };
    expect([state.people.length, state.room.password]).toEqual([2, true]);
    for (const none of ['', 'nonsense']) expect((await programs.ask('state', none)).status).toBe(401);
    const heard = eventsOf((await programs.ask('events', token, undefined, `?after=${last}`)).body);
    expect(heard.kinds).toEqual(expect.arrayContaining(['said', 'song', 'room', 'unsaid']));
    expect((await programs.ask('events', token, undefined, '?after=x')).status).toBe(400);
    // One that waits is answered by what comes.
    const next = programs.ask('events', token, undefined, `?after=${heard.last}`);
    expect(await example(stage.server.url, room, token)).toMatch(/"about":"announce"[^]*"people":\[[^]*event: missed/);
    expect(eventsOf((await next).body).kinds).toContain('said');

    // Who comes again is told all that was said.
    await berta.page.reload();
    await berta.page.waitForSelector('.chat-line:has-text("tea is ready")');
    for (const one of [otto, berta]) expect(await one.page.evaluate(() => 'hacked' in window)).toBe(false);
  });
});
