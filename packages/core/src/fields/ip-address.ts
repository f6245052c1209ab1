const IPV4 = /^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\.(?!$)|$)){4}$/;
const HEX_GROUP = /^[0-9a-f]{1,4}$/i;
const LONGEST_IPV6 = 45;

/** Whether `text` is an IPv4 address: four decimal numbers, without leading zeros. */
export function isIPv4(text: string): boolean {
  return text.length <= 15 && IPV4.test(text);
}

/** Whether `text` is an IPv6 address (RFC 4291 section 2.2), without brackets and without zone. */
export function isIPv6(text: string): boolean {
  if (text.length > LONGEST_IPV6) return false;
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const [head = '', tail] = halves;
  const headGroups = countGroups(head, tail === undefined);
  const tailGroups = tail === undefined ? 0 : countGroups(tail, true);
  if (headGroups < 0 || tailGroups < 0) return false;
  const groups = headGroups + tailGroups;
  return tail === undefined ? groups === 8 : groups <= 7;
}

/** How many groups of 16 bits `text` has, an IPv4 address at its end being two; -1 for others. */
function countGroups(text: string, mayEndInIPv4: boolean): number {
  if (text === '') return 0;
  const groups = text.split(':');
  const last = groups.at(-1)!;
  const isMixed = mayEndInIPv4 && last.includes('.');
  if (isMixed && !isIPv4(last)) return -1;
  const hexadecimal = isMixed ? groups.slice(0, -1) : groups;
  if (!hexadecimal.every((group) => HEX_GROUP.test(group))) return -1;
  return hexadecimal.length + (isMixed ? 2 : 0);
}
