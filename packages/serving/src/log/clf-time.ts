const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/**
 * A function that writes times of the common log format, `21/Nov/2026:10:00:00 +0100`, in local
 * time. It remembers the last second, since many lines share one.
 */
export function clfClock(): (time: number) => string {
  let lastSecond = Number.NaN;
  let text = '';
  return (time) => {
    const second = Math.floor(time / 1000);
    if (second !== lastSecond) {
      text = clfTime(new Date(second * 1000));
      lastSecond = second;
    }
    return text;
  };
}

function clfTime(date: Date): string {
  const day = `${two(date.getDate())}/${MONTHS[date.getMonth()]}/${date.getFullYear()}`;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${day}:${time} ${zone(-date.getTimezoneOffset())}`;
}

function zone(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
