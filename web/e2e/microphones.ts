// Microphones for tests, as scripts that run in the page before everything else.

declare global {
  interface Window {
    /** Every stream that the page was given. */
    streams: MediaStream[];
    /** Every audio context that it made. */
    contexts: AudioContext[];
    /** Which script, worklet or worker, the server has not any more. */
    lost: string;
    /** A made-up microphone: how loud the voice is on each channel. */
    voice: { set(left: number, right: number): void; mute(muted: boolean): void; end(): void };
  }
}

/** Keeps streams and contexts where a test can reach them. */
export const watched = `(() => {
  window.streams = [];
  window.contexts = [];
  const devices = navigator.mediaDevices;
  const ask = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (wish) => {
    const stream = await ask(wish);
    window.streams.push(stream);
    return stream;
  };
  const Context = window.AudioContext;
  window.AudioContext = class extends Context {
    constructor(options) {
      super(options);
      window.contexts.push(this);
    }
  };
})();`;

/** A microphone of two channels with a voice (a tone of 440 Hz at 0.2 of full scale) on either, as window.voice says. */
export const madeUp = `(() => {
  const Context = AudioContext;
  let gains = [];
  let muted = false;
  let track;
  navigator.mediaDevices.getUserMedia = async () => {
    const context = new Context({ sampleRate: 48000 });
    const tone = new OscillatorNode(context, { frequency: 440 });
    const merger = new ChannelMergerNode(context, { numberOfInputs: 2 });
    gains = [0, 1].map((channel) => {
      const gain = new GainNode(context, { gain: 0.2 });
      tone.connect(gain).connect(merger, 0, channel);
      return gain;
    });
    tone.start();
    const destination = new MediaStreamAudioDestinationNode(context, { channelCount: 2 });
    merger.connect(destination);
    track = destination.stream.getAudioTracks()[0];
    Object.defineProperty(track, 'muted', { get: () => muted });
    return destination.stream;
  };
  window.voice = {
    set: (left, right) => [left, right].forEach((volume, channel) => (gains[channel].gain.value = 0.2 * volume)),
    mute: (yes) => {
      muted = yes;
      track.dispatchEvent(new Event(yes ? 'mute' : 'unmute'));
    },
    end: () => {
      track.stop();
      track.dispatchEvent(new Event('ended'));
    },
  };
})();`;

/** The scripts of the sound, but for those that window.lost names, are there. */
export const lossy = `(() => {
  window.lost = '';
  const address = (url) => (window.lost !== '' && String(url).includes(window.lost) ? '/assets/gone.js' : url);
  const load = AudioWorklet.prototype.addModule;
  AudioWorklet.prototype.addModule = function (url) {
    return load.call(this, address(url));
  };
  const Thread = window.Worker;
  window.Worker = class extends Thread {
    constructor(url) {
      super(address(url));
    }
  };
})();`;
