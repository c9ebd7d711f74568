// Text as a reader types it: folded for the search, and where its folded words stand in what is shown.

const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", þ: "th", ı: "i" };
const SPECIAL = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");
const APOSTROPHES = /['’‘ʼ`´]/g;
const BETWEEN_WORDS = /[\s\p{Pd}_]/gu;
const MARK = /\p{M}/gu;
const ALNUM = /[\p{L}\p{N}]/u;
const DOI_ADDRESS = /^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:)/i;

const foldAnything = (text) => text.replace(APOSTROPHES, "").normalize("NFKD").replace(MARK, "").toLowerCase()
  .replace(SPECIAL, (letter) => LETTERS[letter]).replace(BETWEEN_WORDS, " ");

const folded = new Map();
const foldLetter = (letter) => {
  let small = folded.get(letter);
  if (small === undefined) folded.set(letter, (small = foldAnything(letter)));
  return small;
};

/** Text without case, accents, apostrophes and hyphens: `Rubik’s Cube+` and `rubik's cube+` are one. */
export const fold = (text) => {
  // Plain ASCII, nearly all of an abstract, needs no look at its accents.
  const small = /^[\x00-\x7f]*$/.test(text)
    ? text.toLowerCase().replace(/['`]/g, "").replace(/[-_\s]/g, " ") : foldAnything(text);
  return small.replace(/ {2,}/g, " ").trim();
};

/** What is asked: words that must all occur somewhere, and phrases that must occur as they stand. */
export const parseQuery = (typed) => {
  const words = [];
  const phrases = [];
  const text = typed.replace(/[“”„‟″]/g, '"');
  for (const [, phrase, closing, token] of text.matchAll(/"([^"]*)("|$)|([^\s"]+)/g)) {
    if (token === undefined) {
      // While the closing quotation mark is still to come, the last word may be half typed.
      if (fold(phrase)) phrases.push({ text: fold(phrase), whole: closing === '"' });
    } else if (/^10\.\d/.test(token) || DOI_ADDRESS.test(token)) {
      phrases.push({ text: fold(token.replace(DOI_ADDRESS, "")), whole: false });
    } else words.push(...fold(token).split(" ").filter(Boolean));
  }
  return { words: [...new Set(words)], phrases };
};

const isInWord = (text, at) => at >= 0 && at < text.length && ALNUM.test(text[at]);

const findPhrase = (text, { text: phrase, whole }, from = 0) => {
  for (let at = text.indexOf(phrase, from); at >= 0; at = text.indexOf(phrase, at + 1)) {
    const startsWord = !isInWord(text, at - 1) || !isInWord(text, at);
    const end = at + phrase.length;
    if (startsWord && (!whole || !isInWord(text, end) || !isInWord(text, end - 1))) return at;
  }
  return -1;
};

/** Whether folded text holds all that is asked. */
export const matches = (text, { words, phrases }) =>
  words.every((word) => text.includes(word)) && phrases.every((phrase) => findPhrase(text, phrase) >= 0);

/** Folded text with the place in the original at which each of its letters begins, and that at which it ends. */
const foldWithPlaces = (text) => {
  let small = "";
  const starts = [];
  const ends = [];
  let at = 0;
  for (const letter of text) {
    const part = foldLetter(letter);
    if (part !== " " || !small.endsWith(" ")) {
      for (let i = 0; i < part.length; i += 1) {
        starts.push(at);
        ends.push(at + letter.length);
      }
      small += part;
    }
    at += letter.length;
  }
  return { small, starts, ends };
};

/** Where text has what is asked: [start, end) pairs, ascending, none overlapping another. */
export const findMarks = (text, { words, phrases }) => {
  if (!words.length && !phrases.length) return [];
  const plain = fold(text);
  if (![...words, ...phrases.map((phrase) => phrase.text)].some((part) => plain.includes(part))) return [];
  const { small: letters, starts, ends } = foldWithPlaces(text);
  const found = [];
  const add = (at, length) => found.push([starts[at], ends[at + length - 1]]);
  for (const word of words) {
    for (let at = letters.indexOf(word); at >= 0; at = letters.indexOf(word, at + word.length)) add(at, word.length);
  }
  for (const phrase of phrases) {
    for (let at = findPhrase(letters, phrase); at >= 0; at = findPhrase(letters, phrase, at + 1)) add(at, phrase.text.length);
  }
  found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const joined = [];
  for (const [start, end] of found) {
    const last = joined.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else if (end > start) joined.push([start, end]);
  }
  return joined;
};

/** The part of a long text around its first mark. */
export const findSnippet = (text, query, room = 90) => {
  const [first] = findMarks(text, query);
  if (!first) return null;
  const start = Math.max(0, first[0] - room);
  const end = Math.min(text.length, first[1] + room);
  return `${start > 0 ? "…" : ""}${text.slice(start, end).trim()}${end < text.length ? "…" : ""}`;
};
