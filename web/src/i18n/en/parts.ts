export const parts = {
  roundelay: 'Roundelay',
  close: 'Close',
  trying: 'Trying ...',
  tryingAgainInS: ({ max }: { max: number }) => `Trying again in ${max} s.`,
  tryNow: 'Try now',
  news: 'News',
  putAway: 'Put away',
  copied: 'Copied',
  copy: 'Copy',
  holdTheLinkThenCopy: 'Hold the link, then Copy',
  pressC: 'Press ⌘ + C',
  pressCtrlC: 'Press Ctrl + C',
};
