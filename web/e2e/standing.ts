// How a page stands when a test waits in vain: whether its main thread answers, whether it draws, whether something moves, what lies open. For the log.
import type { Page } from 'playwright-core';

const LOOK_MS = 2_000;

/** `selector`: of what was to be pressed. */
export async function standing(page: Page, selector: string): Promise<string> {
  const look = page.evaluate(
    async ([wanted, ms]) => {
      const boxes = new Set<string>();
      let frames = 0;
      const until = performance.now() + ms;
      const draw = (): void => {
        frames++;
        const box = document.querySelector(wanted)?.getBoundingClientRect();
        boxes.add(box ? `${box.x} ${box.y} ${box.width} ${box.height}` : 'not there');
        if (performance.now() < until) requestAnimationFrame(draw);
      };
      requestAnimationFrame(draw);
      await new Promise((resolve) => setTimeout(resolve, ms));
      const box = document.querySelector(wanted)?.getBoundingClientRect();
      const over = box && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      const open = [...document.querySelectorAll('dialog[open]')].map((dialog) => dialog.getAttribute('aria-label'));
      return { frames, boxes: [...boxes], over: over?.outerHTML.slice(0, 120), open, shown: document.visibilityState };
    },
    [selector, LOOK_MS] as const,
  );
  const silent = new Promise((resolve) => setTimeout(resolve, 5 * LOOK_MS, 'the main thread does not answer'));
  return JSON.stringify(await Promise.race([look, silent]));
}
