// The parts of the browser that the engine is made of; tests give it others.
import { under } from '../../base_path.js';
import { SAMPLE_RATE } from '../../units.js';
import type { Devices } from '../capture/microphone.js';
import type { SoundMaker } from './sound_graph.js';

export interface EngineParts extends SoundMaker {
  worker(): Worker;
  /** Somebody has pressed something on the page: sound may come from it. */
  pressed(): boolean;
  devices: Devices;
  /** Of the server's socket. */
  socket: string;
}

export function browserParts(): EngineParts {
  const protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  return {
    context: () => new AudioContext({ sampleRate: SAMPLE_RATE, latencyHint: 'interactive' }),
    load: (context) => context.audioWorklet.addModule(under(WORKLET_URL)),
    node: (context, options) =>
      new AudioWorkletNode(context, 'roundelay-duplex', {
        numberOfInputs: 1,
        numberOfOutputs: 1,
        outputChannelCount: [2],
        processorOptions: options,
      }),
    worker: () => new Worker(under(WORKER_URL)),
    // Newer than some browsers.
    pressed: () => (navigator.userActivation as UserActivation | undefined)?.hasBeenActive ?? true,
    devices: navigator.mediaDevices,
    socket: `${protocol}//${location.host}${under('/ws')}`,
  };
}
