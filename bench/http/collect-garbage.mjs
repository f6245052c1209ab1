// Loaded before a server whose memory is measured: collects garbage when the process is told to.
process.on('SIGUSR2', () => {
  globalThis.gc();
  globalThis.gc();
});
