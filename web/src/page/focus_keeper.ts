// The keyboard's place on the page. A button that goes (because it was pressed, often) would drop the focus to nowhere: then the part around it that
// says so (data-keeps-focus) takes it, or the page's title. A button that is only switched off gets it back when it is switched on again.

const KEEPER = '[data-keeps-focus]';

export function keepFocus(): void {
  /** What had the focus last, and the parts that it lay in, from within. */
  let last: HTMLElement | null = null;
  let around: Element[] = [];
  let waiting: HTMLButtonElement | null = null;

  document.addEventListener('focusin', (event) => {
    last = event.target as HTMLElement;
    around = [];
    for (let part = last.parentElement; part; part = part.parentElement) if (part.matches(KEEPER)) around.push(part);
  });
  // Whoever presses beside everything gives the focus up herself.
  document.addEventListener('pointerdown', () => {
    last = null;
    waiting = null;
  });

  const look = (): void => {
    if (waiting && !waiting.disabled && waiting.isConnected) {
      if (document.activeElement === last) waiting.focus({ preventScroll: true });
      waiting = null;
    }
    if (!last || (document.activeElement !== document.body && document.activeElement !== null && document.activeElement !== last)) return;
    const off = last instanceof HTMLButtonElement && last.disabled;
    if (last.isConnected && !off) return;
    const lost = last;
    const next = around.find((part) => part.isConnected) ?? document.querySelector('h1');
    if (!(next instanceof HTMLElement)) return;
    if (!next.hasAttribute('tabindex')) next.tabIndex = -1;
    next.focus({ preventScroll: true });
    waiting = off && lost.isConnected ? (lost as HTMLButtonElement) : null;
  };
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] });
}
