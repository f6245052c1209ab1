/** A property of a thrown value, whose getter or proxy may throw in turn: then `undefined`. */
export function safeRead(value: unknown, key: string): unknown {
  try {
    return (value as Record<string, unknown> | null | undefined)?.[key];
  } catch {
    return undefined;
  }
}
