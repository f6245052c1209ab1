/** A broken rule: where, what, and how to mend it. */
export interface Problem {
  /** Relative to the workspace's root. */
  file: string;
  line?: number | undefined;
  message: string;
}

/** A problem as one line that editors and terminals can follow. */
export function formatProblem({ file, line, message }: Problem): string {
  return `${file}${line === undefined ? '' : `:${line}`}: ${message}`;
}
