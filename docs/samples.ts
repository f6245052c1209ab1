/** A TypeScript block of a Markdown document. */
export interface Sample {
  /** The line of its first line of code, counted from 1. */
  line: number;
  code: string;
}

const FENCE = /^(`{3,}|~{3,})(.*)$/;

/**
 * The blocks of a Markdown document whose info string is `ts`. One that cannot be compiled by
 * itself, such as a bare signature, says so: `ts fragment`.
 */
export function samplesOf(markdown: string): Sample[] {
  const samples: Sample[] = [];
  let open: { fence: string; info: string; line: number; code: string[] } | undefined;
  markdown.split('\n').forEach((text, index) => {
    const [, fence, info = ''] = FENCE.exec(text.trimStart()) ?? [];
    if (open === undefined) {
      if (fence !== undefined) open = { fence, info: info.trim(), line: index + 2, code: [] };
    } else if (fence?.startsWith(open.fence) && info.trim() === '') {
      if (open.info === 'ts') samples.push({ line: open.line, code: open.code.join('\n') });
      open = undefined;
    } else {
      open.code.push(text);
    }
  });
  return samples;
}
