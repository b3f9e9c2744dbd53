// The codec worker: owns the socket, the encoder and the decoders, so that nothing that the page does can delay the sound. It wakes when
// the worklet has written (or every 5 ms, where the browser cannot wait for shared memory) and when the server says something. Here is what it has of the
// browser; what it does stands in sound_worker.ts.
import { askHealth } from '../../net/api.js';
import type { Socket, SocketEvents, Surroundings } from '../../net/connection.js';
import { chooseEncoder } from '../capture/opus_out.js';
import { browserDecoders } from '../playback/opus_in.js';
import { CaptureReader } from '../shared/capture_ring.js';
import { SoundWorker } from './sound_worker.js';
import type { FromWorker, ToWorker } from './worker_messages.js';

const POLL_MS = 5;
/** Waiting for shared memory gives up after so long, in case that the audio context stands still. */
const WAIT_MS = 100;

function openSocket(url: string, protocol: string, events: SocketEvents): Socket {
  const socket = new WebSocket(url, protocol);
  socket.binaryType = 'arraybuffer';
  socket.onopen = () => events.opened();
  socket.onclose = (event) => events.closed(event.code);
  socket.onmessage = (event: MessageEvent<unknown>) => events.message(event.data);
  return socket;
}

const surroundings: Surroundings = {
  open: openSocket,
  nowMs: () => performance.now(),
  originMs: performance.timeOrigin,
  ask: askHealth,
  random: Math.random,
  after: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

function post(message: FromWorker, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}

/** Polls for ever, woken by the worklet's writing. */
function listen(worker: SoundWorker, capture: CaptureReader): void {
  if (typeof Atomics.waitAsync !== 'function') {
    setInterval(() => worker.poll(), POLL_MS);
    return;
  }
  const wait = async (): Promise<void> => {
    for (;;) {
      const seen = capture.written;
      worker.poll();
      const waiting = Atomics.waitAsync(capture.state, 0, seen, WAIT_MS);
      // Even where it has changed meanwhile: messages of the socket must get their turn.
      await (waiting.async ? waiting.value : new Promise((resolve) => setTimeout(resolve, 0)));
    }
  };
  wait().catch((error: unknown) => post({ kind: 'failed', message: String(error) }));
}

let worker: SoundWorker | null = null;

self.addEventListener('message', (event: MessageEvent<ToWorker>) => {
  const message = event.data;
  if (message.kind !== 'start') {
    worker?.take(message);
    return;
  }
  void chooseEncoder().then((encoder) => {
    worker = new SoundWorker(message.shared, message.url, encoder, surroundings, browserDecoders, post);
    listen(worker, new CaptureReader(message.shared.capture));
    post({ kind: 'ready', canEncode: encoder !== null });
  });
});
