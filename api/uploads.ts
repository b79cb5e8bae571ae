import { readdir, stat, unlink } from 'node:fs/promises';
import path from 'node:path';

/** An uploaded file that nobody has imported by then was a try. */
const keptDays = 7;

/** Removes files that were uploaded for an import and never imported. */
export async function removeOldUploads(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    const { mtimeMs } = await stat(file);
    if (Date.now() - mtimeMs > keptDays * 86_400_000) await unlink(file);
  }
}
