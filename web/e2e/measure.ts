// Measures a page in a real Chromium against a real server on the same machine: how long it takes from the click at the door to the first sound of a song that is
// being sung, and the loop time of a singer, part by part. Times in ms.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { BlockTrace } from '../src/audio/shared/loop_trace.js';
import { takeTrack } from './backing.js';
import { enter, visit } from './browser.js';
import { Relay, type Passed } from './relay.js';
import { Server } from './server.js';
import { bursts, writeWav } from './sounds.js';

/** The parts of the loop time, in their order. */
export const PARTS = ['to_page', 'decode', 'playout', 'sound_card', 'block', 'capture', 'encode', 'send', 'to_server'] as const;
export type Part = (typeof PARTS)[number];

export interface Spread {
  p50: number;
  p99: number;
}

export interface Loop {
  blocks: number;
  blocks_per_message: number;
  /** From the mix block's leaving for the page until its voice block is back. */
  total: Spread;
  /** Less what the browser reports of the sound card. */
  without_sound_card: Spread;
  /** to_page: on the way to the worker; playout: waiting in the jitter buffer; block: until the block was sung in full, and the codecs' delay;
   * capture: until the worker has seen it; send: until its message was full; to_server: on the way back. */
  parts: Record<Part, Spread>;
  /** Largest difference between a block's total and the sum of its parts. */
  unexplained: number;
  /** Loop time and late blocks as the server measures them; its batching and the sound card included. */
  server: { loop_ms: number; late_percent: number } | null;
  jitter_ms: number;
  target_ms: number;
  gaps: number;
}

export interface Join {
  /** Of each visit. */
  all: number[];
  median: number;
}

const TRACK_S = 60;

function spread(values: number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
  return { p50: rounded(at(0.5)), p99: rounded(at(0.99)) };
}

function rounded(ms: number): number {
  return Math.round(ms * 100) / 100;
}

/** The times of one block, and between them the parts, by the same clock. */
type Times = Record<Part, number>;

function timesOf(trace: BlockTrace, mix: Passed, voice: Passed, clockAhead: number): Times {
  return {
    to_page: trace.arrivedMs - clockAhead - mix.ms,
    decode: trace.decodedMs - trace.arrivedMs,
    playout: trace.playedMs - trace.decodedMs,
    sound_card: trace.returnedMs - trace.playedMs,
    block: trace.capturedMs - trace.returnedMs,
    capture: trace.cutMs - trace.capturedMs,
    encode: trace.encodedMs - trace.cutMs,
    send: trace.sentMs - trace.encodedMs,
    to_server: voice.ms - (trace.sentMs - clockAhead),
  };
}

/** Puts together what the page and the relay saw of each block. */
export function partsOf(traces: BlockTrace[], mixes: Passed[], voices: Passed[]): { total: number; times: Times }[] {
  const index = (list: Passed[]): Map<number, Passed> => new Map(list.filter((one) => one.song !== 0).map((one) => [one.position, one]));
  const mixOf = index(mixes);
  const voiceOf = index(voices);
  const known = traces.flatMap((trace) => {
    const [mix, voice] = [mixOf.get(trace.position), voiceOf.get(trace.position)];
    return mix && voice ? [{ trace, mix, voice }] : [];
  });
  // The page's clock against ours: as if the way to it and the way back usually took equally long.
  const to = spread(known.map(({ trace, mix }) => trace.arrivedMs - mix.ms)).p50;
  const back = spread(known.map(({ trace, voice }) => voice.ms - trace.sentMs)).p50;
  const clockAhead = (to - back) / 2;
  return known.map(({ trace, mix, voice }) => ({ total: voice.ms - mix.ms, times: timesOf(trace, mix, voice, clockAhead) }));
}

/** A singer alone, who leads a song over a backing track for `seconds`, after probes have measured her line for `probingS`. */
export async function measureLoop(server: Server, browser: Browser, probingS: number, seconds: number): Promise<Loop> {
  const folder = mkdtempSync(join(tmpdir(), 'roundelay-latency-'));
  const relay = await Relay.start(server.url);
  try {
    const track = bursts(TRACK_S, 48_000, 5, 0.05);
    const file = join(folder, 'track.wav');
    writeWav(file, track, track, 48_000);
    const { link } = await server.makeRoom({ name: 'Latency' });
    const { page } = await visit(browser);
    await enter({ url: relay.url }, { page, complaints: [] }, link, 'Ann', 'singer');
    await page.click('button:has-text("Lead a song")');
    await takeTrack({ page }, file);
    await page.waitForTimeout(probingS * 1_000);
    await page.click('button:has-text("Start the song")');
    await page.waitForSelector('.status.on');
    await page.waitForTimeout(seconds * 1_000);
    const traces = (await page.evaluate(() => window.roundelayTrace?.())) ?? [];
    const details = await page.evaluate(() => window.roundelayStats?.());
    await page.context().close();
    const blocks = partsOf(traces, relay.mixes, relay.voices);
    const sums = blocks.map(({ times }) => PARTS.reduce((sum, part) => sum + times[part], 0));
    return {
      blocks: blocks.length,
      blocks_per_message: details?.sound.playout.blocksPerMessage ?? NaN,
      total: spread(blocks.map(({ total }) => total)),
      without_sound_card: spread(blocks.map(({ total, times }) => total - times.sound_card)),
      parts: Object.fromEntries(PARTS.map((part) => [part, spread(blocks.map(({ times }) => times[part]))])) as Record<Part, Spread>,
      unexplained: rounded(Math.max(...blocks.map(({ total }, i) => Math.abs(total - (sums[i] as number))))),
      server: details?.loop ? { loop_ms: details.loop.loopMs, late_percent: details.loop.latePercent } : null,
      jitter_ms: rounded(details?.sound.playout.jitterWorstMs ?? NaN),
      target_ms: rounded(details?.sound.playout.targetMs ?? NaN),
      gaps: (details?.gaps ?? NaN) + (details?.sound.missingFrames ?? NaN),
    };
  } finally {
    await relay.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Listens at the loudspeaker, beside the engine: when was the click, when the first sound? */
const EAR = `(() => {
  const Node = window.AudioWorkletNode;
  window.AudioWorkletNode = class extends Node {
    constructor(...args) {
      super(...args);
      const ear = this.context.createAnalyser();
      ear.fftSize = 2048;
      this.connect(ear);
      const samples = new Float32Array(ear.fftSize);
      const timer = setInterval(() => {
        ear.getFloatTimeDomainData(samples);
        if (!samples.some((sample) => Math.abs(sample) > 1e-3)) return;
        clearInterval(timer);
        window.firstSoundMs = performance.now();
      }, 5);
    }
  };
  document.addEventListener('click', (event) => {
    if (event.target.closest('button')?.textContent.includes('Go in')) window.clickedMs = performance.now();
  }, true);
})()`;

/** A room for measureJoin: its robots begin to sing some seconds later. */
export async function makeChoir(server: Server): Promise<string> {
  return (await server.makeRoom({ name: 'Join', robots: true })).link;
}

/** Visitors whose name is known come one after the other to the choir of robots behind `link` that is singing. */
export async function measureJoin(server: Server, browser: Browser, visits: number, link: string): Promise<Join> {
  const host = await visit(browser);
  await enter(server, host, link, 'Host', 'listener');
  const all: number[] = [];
  for (let i = 0; i < visits; i++) {
    await host.page.waitForSelector('.status.on', { timeout: 60_000 });
    const { page } = await visit(browser, { script: EAR });
    await page.goto(server.url + link);
    await page.fill('#your-name', `Visitor ${i + 1}`);
    await page.click('button:has-text("Go in")');
    const times = await page.waitForFunction(
      () => {
        const { clickedMs, firstSoundMs } = window as unknown as { clickedMs?: number; firstSoundMs?: number };
        return firstSoundMs !== undefined && clickedMs !== undefined ? firstSoundMs - clickedMs : null;
      },
      null,
      { timeout: 30_000, polling: 20 },
    );
    all.push(rounded(Number(await times.jsonValue())));
    await page.context().close();
  }
  await host.page.context().close();
  return { all, median: spread(all).p50 };
}
