/** Names of devices on Windows, whatever folder they are looked for in, and with any extension. */
const DEVICE = /^(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[1-9\u00b9\u00b2\u00b3])$/i;

/** Whether Windows takes a file name for a device: `con`, `CON.txt`, `con  .tar.gz`. */
export function isDeviceName(name: string): boolean {
  const dot = name.indexOf('.');
  return DEVICE.test((dot < 0 ? name : name.slice(0, dot)).trimEnd());
}

/**
 * Whether Windows would open something else than a file of that very name: a device, a stream or
 * drive (`:`), or, since it drops dots and blanks at the end, the file of another name.
 */
export function isUnsafeOnWindows(name: string): boolean {
  return (
    name.includes('\\') ||
    name.includes(':') ||
    name.endsWith(' ') ||
    (name.endsWith('.') && name !== '.') ||
    isDeviceName(name)
  );
}
