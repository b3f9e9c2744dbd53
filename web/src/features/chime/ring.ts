// The chime: two soft notes, made here, by a graph of their own: the song's has nothing to do with it.

const NOTES_HZ = [587.33, 880];
const APART_S = 0.14;
const LASTS_S = 0.7;
const PEAK = 0.06;

export function ring(): void {
  const context = new AudioContext();
  const notes = NOTES_HZ.map((hz, i) => {
    const at = context.currentTime + i * APART_S;
    const gain = context.createGain();
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(PEAK, at + 0.01);
    gain.gain.exponentialRampToValueAtTime(1e-4, at + LASTS_S);
    const note = context.createOscillator();
    note.frequency.value = hz;
    note.connect(gain).connect(context.destination);
    note.start(at);
    note.stop(at + LASTS_S);
    return note;
  });
  notes.at(-1)?.addEventListener('ended', () => void context.close());
}
