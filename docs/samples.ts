/** A TypeScript block of a Markdown document. */
export interface Sample {
  /** The line of its first line of code, counted from 1. */
  line: number;
  code: string;
}

const FENCE = /^(`{3,}|~{3,})(.*)$/;

/**
 * The blocks of a Markdown document that are whole TypeScript modules: marked `ts`, and beginning
 * with an import. The others are excerpts, which nothing can compile by themselves.
 */
export function samplesOf(markdown: string): Sample[] {
  const samples: Sample[] = [];
  let open: { fence: string; info: string; line: number; code: string[] } | undefined;
  markdown.split('\n').forEach((text, index) => {
    const [, fence, info = ''] = FENCE.exec(text.trimStart()) ?? [];
    if (open === undefined) {
      if (fence !== undefined) open = { fence, info: info.trim(), line: index + 2, code: [] };
    } else if (fence?.startsWith(open.fence) && info.trim() === '') {
      const code = open.code.join('\n');
      if (open.info === 'ts' && /^import\b/.test(code)) samples.push({ line: open.line, code });
      open = undefined;
    } else {
      open.code.push(text);
    }
  });
  return samples;
}
