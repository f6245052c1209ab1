/** The CPU core that serves. */
export const SERVER_CORE = 0;

/** The one that loads it. */
export const LOAD_CORE = 1;
