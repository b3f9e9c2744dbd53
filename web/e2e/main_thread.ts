// How long the page's main thread was busy at a time: in processor time of that thread, which is the same however busy the machine is.
import type { Page } from 'playwright-core';

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Processor time of the thread, in microseconds. */
  tdur?: number;
  args?: { name?: string };
}

/** The longest task of the page's main thread while `during` runs, in ms. The page must be the only one of its browser that does much. */
export async function longestTaskMs(page: Page, during: () => Promise<void>): Promise<number> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['toplevel', '__metadata'] } });
  try {
    await during();
  } finally {
    const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
    await session.send('Tracing.end');
    await complete;
    await session.detach();
  }
  const mains = new Set(events.filter((e) => e.name === 'thread_name' && e.args?.name === 'CrRendererMain').map((e) => `${e.pid}:${e.tid}`));
  const tasks = events.filter((e) => e.name.includes('RunTask') && e.tdur !== undefined && mains.has(`${e.pid}:${e.tid}`));
  if (tasks.length === 0) throw new Error('nothing was traced');
  return Math.max(...tasks.map((e) => (e.tdur ?? 0) / 1000));
}
