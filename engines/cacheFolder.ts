import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** Where downloads and builds are kept between checkouts: `$XDG_CACHE_HOME/dunwell`, else `~/.cache/dunwell`. */
export function cacheFolder(...parts: string[]): string {
  const base = process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache');
  const folder = path.join(base, 'dunwell', ...parts);
  mkdirSync(folder, { recursive: true });
  return folder;
}
