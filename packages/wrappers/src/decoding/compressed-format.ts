/**
 * How bytes are compressed: gzip (RFC 1952), deflate with the frame of zlib (RFC 1950) or without
 * (RFC 1951), Brotli (RFC 7932), Zstandard (RFC 8878).
 */
export type CompressedFormat = 'gzip' | 'deflate' | 'deflate-raw' | 'br' | 'zstd';
