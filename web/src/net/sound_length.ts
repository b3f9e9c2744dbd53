// How long a sound file lasts, as this browser can tell before anything is sent.

const PATIENCE_MS = 3_000;

/** In seconds; null where the browser does not know the format, or takes too long. */
export function soundLength(file: File): Promise<number | null> {
  const address = URL.createObjectURL(file);
  const sound = document.createElement('audio');
  return new Promise<number | null>((resolve) => {
    const end = (seconds: number | null): void => {
      sound.onloadedmetadata = null;
      sound.onerror = null;
      sound.removeAttribute('src');
      URL.revokeObjectURL(address);
      resolve(seconds);
    };
    const limit = setTimeout(() => end(null), PATIENCE_MS);
    sound.onloadedmetadata = () => {
      clearTimeout(limit);
      end(Number.isFinite(sound.duration) && sound.duration > 0 ? sound.duration : null);
    };
    sound.onerror = () => {
      clearTimeout(limit);
      end(null);
    };
    sound.preload = 'metadata';
    sound.src = address;
  });
}
