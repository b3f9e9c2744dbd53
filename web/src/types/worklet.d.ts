// The globals of an AudioWorkletGlobalScope, which TypeScript's DOM library leaves out.
declare const currentFrame: number;
declare const sampleRate: number;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
  constructor(options?: AudioWorkletNodeOptions);
}
declare function registerProcessor(
  name: string,
  constructor: new (options: AudioWorkletNodeOptions) => AudioWorkletProcessor & {
    process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean;
  },
): void;

// File names that build.mjs puts in: the hashed addresses of the workers' and the worklet's bundles.
declare const WORKER_URL: string;
declare const WORKLET_URL: string;
declare const RECORDER_URL: string;
declare const VERSION: string;
/** Of each language's catalogue but the English one. */
declare const LANGUAGE_URLS: Record<'de' | 'fr' | 'es' | 'ru', string>;
