// A recording's mix is kept in the library.
import type { JSX } from 'preact';
import { KeepButton } from '../../page/parts/keep_button.js';
import { fetchedSound, keepSound, mayKeep } from '../library/keeping.js';

export function KeepRecording({ address, title }: { address: string; title: string }): JSX.Element | null {
  return <KeepButton title={title} may={mayKeep} keep={(progress) => keepSound(fetchedSound(address), title, progress)} />;
}
