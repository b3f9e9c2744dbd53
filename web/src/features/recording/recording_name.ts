/** Of a room's name in a file's name, in UTF-16 units: files' names are bounded in bytes. */
const MOST_UNITS = 60;

/** The file name of a recording: the room and the local time at which it began. */
export function recordingName(room: string, begun: Date): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const day = `${begun.getFullYear()}-${two(begun.getMonth() + 1)}-${two(begun.getDate())}`;
  const time = `${two(begun.getHours())}.${two(begun.getMinutes())}`;
  const name =
    room
      .replace(/[^\p{L}\p{N}_-]+/gu, ' ')
      .slice(0, MOST_UNITS)
      .trim() || 'Roundelay';
  return `${name} ${day} ${time}.wav`;
}
