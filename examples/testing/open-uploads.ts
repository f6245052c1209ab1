import { readdirSync, readlinkSync } from 'node:fs';

/**
 * What a process has in its folder for temporary files: how many files there are, and how many
 * descriptors of such, be their names gone already or not. Linux only.
 */
export function openUploads(pid: number, folder: string): { names: number; descriptors: number } {
  const descriptors = `/proc/${pid}/fd`;
  const targets = readdirSync(descriptors).map((fd) => targetOf(`${descriptors}/${fd}`));
  // What loads TypeScript keeps a folder there.
  const entries = readdirSync(folder, { withFileTypes: true });
  return {
    names: entries.filter((entry) => entry.isFile()).length,
    descriptors: targets.filter((target) => target.startsWith(`${folder}/`)).length,
  };
}

function targetOf(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return ''; // closed since it was listed
  }
}
