// The browser's part in knowing its tabs; null where it has none: then nobody is asked.
import type { TabSurroundings } from './other_tabs.js';

export function browserTabs(): TabSurroundings | null {
  if (!navigator.locks || typeof BroadcastChannel === 'undefined') return null;
  return {
    locks: navigator.locks,
    channel: (name) => new BroadcastChannel(name),
    after: (ms, call) => {
      const timer = setTimeout(call, ms);
      return () => clearTimeout(timer);
    },
    random: Math.random,
  };
}
