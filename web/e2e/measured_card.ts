// A sound card with a round trip to be measured, made of a delay inside of the audio graph: a loudspeaker of a laptop, a room's echo, noise, and drift. What
// the browser reports of it is wrong.

/** Chromium adds one quantum to a delay that closes a loop of the graph: no loop is shorter. */
export const SHORTEST_MS = 128 / 48;

export interface MeasuredCard {
  /** Of the whole way; SHORTEST_MS at least. */
  roundTripMs: number;
  driftPpm?: number;
  /** Of what the loudspeaker gives, as a factor. */
  gain?: number;
  /** Root mean square of what else the microphone hears. */
  noise?: number;
  /** What the browser says of the way to the loudspeaker. */
  reportedMs?: number;
}

declare global {
  interface Window {
    /** The true round trip of a simulated sound card as it is now. */
    cardMs(): number;
  }
}

/** A script that runs in the page first. */
export function measuredCard({ roundTripMs, driftPpm = 0, gain = 0.5, noise = 1e-4, reportedMs = 25 }: MeasuredCard): string {
  return `(() => {
    const Node = window.AudioWorkletNode;
    let node;
    window.AudioWorkletNode = class extends Node { constructor(...args) { super(...args); node = this; } };
    AudioContext.prototype.createMediaStreamSource = function () {
      const delayS = (${roundTripMs} - ${SHORTEST_MS}) / 1000;
      const delay = this.createDelay(1);
      const since = this.currentTime;
      delay.delayTime.setValueAtTime(delayS, since);
      if (${driftPpm} !== 0) delay.delayTime.linearRampToValueAtTime(delayS + 200 * ${driftPpm * 1e-6}, since + 200);
      window.cardMs = () => ${roundTripMs} + (this.currentTime - since) * ${driftPpm * 1e-3};
      const low = new BiquadFilterNode(this, { type: 'highpass', frequency: 300 });
      const high = new BiquadFilterNode(this, { type: 'lowpass', frequency: 8000 });
      const out = new GainNode(this);
      node.connect(low).connect(high).connect(delay).connect(new GainNode(this, { gain: ${gain} })).connect(out);
      const echo = new DelayNode(this, { delayTime: 0.011 });
      delay.connect(echo).connect(new GainNode(this, { gain: ${gain * -0.7} })).connect(out);
      const samples = this.createBuffer(1, 48000, 48000);
      samples.getChannelData(0).forEach((_, i, all) => (all[i] = (Math.random() * 2 - 1) * Math.sqrt(3) * ${noise}));
      const hiss = new AudioBufferSourceNode(this, { buffer: samples, loop: true });
      hiss.connect(out);
      hiss.start();
      return out;
    };
    Object.defineProperty(AudioContext.prototype, 'outputLatency', { get: () => ${reportedMs} / 1000 });
    Object.defineProperty(AudioContext.prototype, 'baseLatency', { get: () => 0 });
    const settings = MediaStreamTrack.prototype.getSettings;
    MediaStreamTrack.prototype.getSettings = function () { return { ...settings.call(this), latency: 0 }; };
  })()`;
}
