// The pace at which meters are drawn: together, and not at each frame of the screen, which would cost a slow computer the time that its sound needs.

/** About 20 times a second. */
const PAUSE_MS = 40;

const drawers = new Set<(time: number) => void>();
let running = false;

function draw(time: number): void {
  for (const drawer of drawers) drawer(time);
  running = drawers.size > 0;
  if (running) setTimeout(() => requestAnimationFrame(draw), PAUSE_MS);
}

/** Calls `drawer` until the returned function is called. */
export function drawOften(drawer: (time: number) => void): () => void {
  drawers.add(drawer);
  if (!running) requestAnimationFrame(draw);
  running = true;
  return () => drawers.delete(drawer);
}
