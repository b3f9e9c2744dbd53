// What a browser holds in memory: its anonymous and shared pages, of all its processes. A file that the system keeps in its cache does not count.
import { readdirSync, readFileSync } from 'node:fs';

const EVERY_MS = 50;

interface Process {
  parent: number;
  command: string;
}

function processes(): Map<number, Process> {
  const found = new Map<number, Process>();
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      found.set(Number(name), { parent, command: readFileSync(`/proc/${name}/cmdline`, 'utf8') });
    } catch {
      // It ended meanwhile.
    }
  }
  return found;
}

function megabytesOf(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const kilobytes = ['RssAnon', 'RssShmem'].map((field) => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1] ?? 0));
    return kilobytes.reduce((sum, each) => sum + each, 0) / 1_000;
  } catch {
    return 0;
  }
}

/** Of the browser whose profile lies in this folder, in MB. */
export function browserMegabytes(folder: string): number {
  const all = processes();
  const within = (pid: number): boolean => {
    for (let at: number | undefined = pid; at !== undefined && at > 1; at = all.get(at)?.parent) {
      if (all.get(at)?.command.includes(`--user-data-dir=${folder}`)) return true;
    }
    return false;
  };
  return [...all.keys()].filter(within).reduce((sum, pid) => sum + megabytesOf(pid), 0);
}

/** By how many MB it grew at most while `during` ran. */
export async function mostGrowth(folder: string, during: () => Promise<void>): Promise<number> {
  const before = browserMegabytes(folder);
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, browserMegabytes(folder))), EVERY_MS);
  try {
    await during();
  } finally {
    clearInterval(timer);
  }
  return Math.max(most, browserMegabytes(folder)) - before;
}
