// What is said in writing, hands, and another program's token: two people on two screens, one of them by keyboard alone.
import { describe, expect, it } from 'vitest';
import { enter, visit } from './browser.js';
import { faults } from './faults.js';
import { stageOf } from './stage.js';

const stage = stageOf(1);

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
    const command = (body: object): Promise<Response> =>
      fetch(`${stage.server.url}/api/rooms/${room}/commands`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
      });
    await otto.page.keyboard.press('Escape');

    // In a song: a count, nothing more.
    await berta.page.click('button:has-text("Lead a song")');
    await berta.page.waitForSelector('button:has-text("Start the song")');
    expect((await command({ type: 'start' })).status).toBe(200);
    await berta.page.waitForSelector('.room.singing');
    expect((await command({ type: 'say', text: 'Louder, please' })).status).toBe(200);
    await berta.page.waitForSelector('.chat-count:has-text("new line")');
    expect(await berta.page.locator('.chat-lines').count()).toBe(0);
    expect((await command({ type: 'stop', now: true })).status).toBe(200);
    await berta.page.waitForSelector('.chat-line:has-text("Louder, please")');
    await otto.page.click(`.chat-line:has-text("Louder") button`);
    await berta.page.waitForSelector('.chat-line:has-text("Louder, please")', { state: 'detached' });

    for (const one of [otto, berta]) expect(one.complaints).toEqual([]);

    // Who comes again is told all that was said.
    await berta.page.reload();
    await berta.page.waitForSelector('.chat-line:has-text("tea is ready")');
    for (const one of [otto, berta]) expect(await one.page.evaluate(() => 'hacked' in window)).toBe(false);
  });
});
