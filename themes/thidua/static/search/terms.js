/* The words of a text and the terms of a query, read as plugins/bulletins/search/terms.py reads texts. */

const WORD = /[\p{L}\p{N}]+|[.!?;\n]/gu;
const MARKS = /[\u0300-\u036f]+/g;
const OLD_PLACE = /([òóỏõọ])([ae])(?!\p{L})|([ùúủũụ])y(?!\p{L})/gu;
const TONES = "òóỏõọ";
const U_TONES = "ùúủũụ";
const NEW_PLACE = { a: "àáảãạ", e: "èéẻẽẹ", y: "ỳýỷỹỵ" };
const ROMAN = /^x{0,3}(ix|iv|v?i{0,3})$/;
const COUNTED = ["tinh", "thanh pho", "don vi", "co quan", "huyen", "xa", "phuong", "so", "nganh", "truong", "doanh nghiep",
  "cong ty"];

/** Stands among words for what parts neighbours: the end of a sentence or of a line. */
export const BREAK = "";

/** A word as it is compared: lower case, NFC, its tone in one place. */
export function spelled(word) {
  const lower = word.toLowerCase().normalize("NFC").replaceAll("ð", "đ");
  return lower.replace(OLD_PLACE, (match, o, last, u, at) => {
    if (o) return "o" + NEW_PLACE[last][TONES.indexOf(o)];
    return lower[at - 1] === "q" ? match : "u" + NEW_PLACE.y[U_TONES.indexOf(u)];
  });
}

/** The words of a text in NFC with the places where each begins and ends, and BREAK where neighbours part. */
export const located = (text) =>
  [...text.matchAll(WORD)].map(({ 0: word, index }) => ({ word: ".!?;\n".includes(word) ? BREAK : spelled(word), start: index, end: index + word.length }));

/** The words of a text, with BREAK where neighbours part. */
export const words = (text) => located(text.normalize("NFC")).map(({ word }) => word);

/** A word without its marks and with d for đ. */
export const bare = (word) => word.normalize("NFD").replace(MARKS, "").replaceAll("đ", "d").normalize("NFC");

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit += 1) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1;
  return n;
});

/** CRC-32 of a text in UTF-8. */
export function crc32(text) {
  let sum = 0xffffffff;
  for (const byte of new TextEncoder().encode(text)) sum = TABLE[(sum ^ byte) & 255] ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}

/** The shard of a bare term, of so many: a power of two. */
export function shardOf(term, shards) {
  const [first, second] = term.split(" ");
  return ((second ? crc32(first) * 31 + crc32(second) : crc32(first)) & (shards - 1)) >>> 0;
}

/** The value of a Roman numeral up to 39, or of digits; 0 for anything else. */
function value(numeral) {
  if (/^[0-9]{1,3}$/.test(numeral)) return Number(numeral);
  if (!numeral || !ROMAN.test(numeral)) return 0;
  const letters = [...numeral].map((letter) => ({ i: 1, v: 5, x: 10 })[letter]);
  return letters.reduce((sum, one, n) => sum + (one < letters[n + 1] ? -one : one), 0);
}

/** The designation of a bloc that begins at this word (“khối#5” for “khoi thi dua so v”), and where it ends; or null. */
export function designation(found, start) {
  const folded = found.slice(start, start + 7).map(bare);
  const kind = { khoi: "khối", cum: "cụm" }[folded[0]];
  if (!kind) return null;
  let at = folded[1] === "thi" && folded[2] === "dua" ? 3 : 1;
  const numbered = folded[at] === "so";
  if (numbered) at += 1;
  const number = value(folded[at] ?? "");
  const after = folded.slice(at + 1, at + 3);
  const counts = !numbered && /^[0-9]/.test(folded[at] ?? "") && [after[0], after.join(" ")].some((one) => COUNTED.includes(one));
  return number && !counts ? { term: `${kind}#${number}`, end: start + at + 1 } : null;
}

const SYLLABLE = /^(?:[bcdghklmnpqrstvx]|ch|gh|gi|kh|ng|ngh|nh|ph|qu|th|tr)?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?$/;

/** What a mistyped syllable may stand for: letters that Telex left behind, a doubled letter, two that changed places. */
function mended(word) {
  const folded = bare(word);
  if (SYLLABLE.test(folded) || /[^a-z]/.test(folded)) return null;
  const telex = folded.replace(/([aeo])\1|([aou])w|dd/g, (pair) => pair[0]).replace(/w$/, "");
  const swaps = [...folded.slice(1)].map((_, n) => folded.slice(0, n) + folded[n + 1] + folded[n] + folded.slice(n + 2));
  const guesses = [telex, telex.replace(/[sfrxj]/, ""), telex.replace(/[sfrxj](?=[^sfrxj]*$)/, ""), folded.replace(/(.)\1/, "$1"), ...swaps];
  return guesses.find((guess) => guess !== folded && SYLLABLE.test(guess)) ?? null;
}

const MOST_PAIRS = 10;
const MOST_WORDS = 24;

/** What a query asks for: designations of blocs, runs of words that stand side by side, and the same as pairs. */
export function parse(text) {
  const found = words(text).slice(0, MOST_WORDS);
  const blocs = new Set();
  const runs = [[]];
  for (let at = 0; at < found.length; ) {
    const bloc = designation(found, at);
    if (bloc) blocs.add(bloc.term);
    else if (found[at]) runs.at(-1).push(found[at]);
    if (bloc || !found[at]) runs.push([]);
    at = bloc ? bloc.end : at + 1;
  }
  return asked(blocs, runs.filter((run) => run.length));
}

const asked = (blocs, runs) => ({
  blocs: [...blocs],
  runs,
  pairs: runs.flatMap((run) => run.slice(1).map((word, n) => [run[n], word])).slice(0, MOST_PAIRS),
  lone: runs.filter((run) => run.length === 1).flat(),
});

/** The query with its runs of words as `change` gives them; null if that changes nothing. */
function changed({ blocs, runs }, change) {
  const others = runs.map(change);
  return others.flat().join(" ") === runs.flat().join(" ") ? null : asked(blocs, others);
}

/** The query with mistyped syllables mended; null if there is nothing to mend. */
export const mend = (query) => changed(query, (run) => run.map((word) => mended(word) ?? word));

/** Abbreviations as queries are compared with them: the words of each long form by the bare abbreviation. */
export const longForms = (abbreviations) =>
  new Map(Object.entries(abbreviations).map(([short, long]) => [bare(spelled(short)), words(long).filter(Boolean)]));

/** The query with abbreviations spelled out; null if it has none. */
export const spelledOut = (query, forms) => changed(query, (run) => run.flatMap((word) => forms.get(bare(word)) ?? [word]));

/** The query with abbreviations in the place of what they stand for, the longest first; null if there is none. */
export function abbreviated(query, forms) {
  const pairs = [...forms].map(([short, long]) => [` ${long.map(bare).join(" ")} `, ` ${short} `]);
  pairs.sort(([a], [b]) => b.length - a.length);
  const shorten = (text) => pairs.reduce((shorter, [long, short]) => shorter.replaceAll(long, short), text);
  return changed(query, (run) => {
    const shorter = shorten(` ${run.map(bare).join(" ")} `).trim();
    return shorter === run.map(bare).join(" ") ? run : shorter.split(" ");
  });
}
