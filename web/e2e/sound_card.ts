// A sound card for a page, made of a delay inside of the audio graph: what the loudspeaker gets comes back by the microphone, exactly ROUND_TRIP
// frames later, and the browser reports just that. So a singer sings what she hears, to the sample.

const ROUND_TRIP = 4_321;
export const LOOPED_MS = ROUND_TRIP / 48;
/** Chromium adds one quantum to a delay that closes a loop of the graph. */
const QUANTUM = 128;

/** A script that runs in the page first. `ear`: which side of what she hears the singer sings. */
export function loopedSoundCard(ear: 'both' | 'left' | 'right'): string {
  const channel = ear === 'right' ? 1 : 0;
  return `(() => {
    const Node = window.AudioWorkletNode;
    let node;
    window.AudioWorkletNode = class extends Node { constructor(...args) { super(...args); node = this; } };
    AudioContext.prototype.createMediaStreamSource = function () {
      const delay = this.createDelay(1);
      delay.delayTime.value = ${ROUND_TRIP - QUANTUM} / this.sampleRate;
      if (${ear === 'both'}) {
        node.connect(delay);
      } else {
        const sides = this.createChannelSplitter(2);
        node.connect(sides);
        sides.connect(delay, ${channel});
      }
      return delay;
    };
    Object.defineProperty(AudioContext.prototype, 'outputLatency', { get: () => ${ROUND_TRIP} / 48000 });
    Object.defineProperty(AudioContext.prototype, 'baseLatency', { get: () => 0 });
    const settings = MediaStreamTrack.prototype.getSettings;
    MediaStreamTrack.prototype.getSettings = function () { return { ...settings.call(this), latency: 0 }; };
  })()`;
}
