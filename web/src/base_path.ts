// The path under which the server is, for instance "/sing/" behind a proxy that serves other things too. The server writes it into the page
// (base_path of its configuration); a worker finds it in its own address. Everything else speaks of paths as if the server were at "/".

interface World {
  document?: { querySelector(selector: string): { getAttribute(name: string): string | null } | null };
  location?: { pathname: string };
}

function found({ document: page, location: place }: World): string {
  const told = page?.querySelector('meta[name="base-path"]')?.getAttribute('content');
  return told ?? /^(\/.*)?\/(?=assets\/[^/]*$)/.exec(place?.pathname ?? '')?.[0] ?? '/';
}

const BASE = found(globalThis as World);

/** Where a path of this server is: "/r/abc" as "/sing/r/abc". */
export function under(path: string, base = BASE): string {
  return base + path.slice(1);
}

/** The same back; what is not below the base path stays as it is. */
export function withoutBase(path: string, base = BASE): string {
  if (path.startsWith(base)) return path.slice(base.length - 1);
  return `${path}/` === base ? '/' : path;
}
