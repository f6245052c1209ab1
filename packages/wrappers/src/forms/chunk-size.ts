/** How many bytes of a body, or of an uploaded file, are read at once at the most. */
export const CHUNK_SIZE = 65_536;
