// The texts of the language that the page is in, and how it writes numbers and times.

export const language = document.documentElement.lang;

const reply = await fetch(`page/${language}.json`);
const texts = await reply.json();

/** Returns the text of a key, with its places {name} filled by the values. */
export function t(key, values = {}) {
  const text = texts[key] ?? key;
  return text.replaceAll(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));
}

export function has(key) {
  return key in texts;
}

const numbers = new Intl.NumberFormat(language);
const when = new Intl.DateTimeFormat(language, {
  month: "short",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});
const full = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "medium" });
const short = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" });
const seconds = new Intl.DateTimeFormat(language, {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});
const secondsOfDay = new Intl.DateTimeFormat(language, {
  month: "short",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});
const date = new Intl.DateTimeFormat(language, { dateStyle: "medium" });

const written = (format) => (unix) => format.format(new Date(unix * 1000));
export const number = (value) => numbers.format(value);
export const whenOf = written(when);
export const fullTime = written(full);
export const shortTime = written(short);
export const secondsTime = written(seconds);
export const shortSeconds = written(secondsOfDay);
export const dateOf = written(date);

export function size(bytes) {
  if (bytes < 1024) return `${number(bytes)} B`;
  if (bytes < 1048576) return `${number(Math.round(bytes / 1024))} KB`;
  return `${number(Math.round(bytes / 104857.6) / 10)} MB`;
}
