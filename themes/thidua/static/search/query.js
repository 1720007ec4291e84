/* Asking the index: which shards a query needs, and in which order the bulletins come that stand in them. */
import { abbreviated, bare, longForms, mend, shardOf, spelledOut } from "./terms.js";

const SIGNS = String.fromCharCode(...Array.from({ length: 92 }, (_, n) => 35 + n)).replace(/[\\|~]/g, "");
const NUMBERS = new Map([...SIGNS].map((sign, n) => [sign, n]));
const [BASE, ONE, TWO] = [89, 83, 5];
const WEIGHTS = [1, 1.4, 3, 5];
const [PAIR, BLOC, WORD] = [1, 2, 0.3];

/** How much of the query a bulletin holds. */
export const [PARTLY, WORDS, FOLDED, EXACT] = [0, 1, 2, 3];

/** The groups of a term: for each volume the places where it stands, with the heaviest weight. */
export function* groups(value) {
  for (const group of value.split(" ")) {
    let [at, run, volume] = [0, 0, -1];
    while (at < group.length) {
      const first = NUMBERS.get(group[at]);
      if (first === undefined) {
        run += 1;
        at += 1;
        continue;
      }
      const rest = (n) => NUMBERS.get(group[at + n]);
      const size = first < ONE ? 1 : first < BASE - 1 ? 2 : 3;
      const number = [first, ONE + (first - ONE) * BASE + rest(1), ONE + TWO * BASE + rest(1) * BASE + rest(2)][size - 1];
      at += size;
      if (volume < 0) volume = number;
      else yield [volume, number, WEIGHTS[run]];
    }
  }
}

/** The index as it stands published; `load(path)` fetches a file of it and gives its JSON. `abbreviations` have long forms. */
export class Index {
  constructor(about, load, abbreviations = {}) {
    this.forms = longForms(abbreviations);
    this.about = about;
    this.load = load;
    this.firsts = [];
    this.count = about.volumes.reduce((sum, size) => (this.firsts.push(sum), sum + size), 0);
    this.files = new Map();
  }

  file(name, numbering) {
    const path = `${name}.json?${numbering}`;
    if (!this.files.has(path)) {
      const loading = this.load(path);
      loading.catch(() => this.files.delete(path));
      this.files.set(path, loading);
    }
    return this.files.get(path);
  }

  /** The shards in which a bare term may lie. */
  shards(term) {
    const [main, newest] = this.about.numbering;
    const tiers = [["i", this.about.shards, main]];
    if (this.about.newest) tiers.push(["n", this.about.newest, newest]);
    return Promise.all(tiers.map(([tier, count, numbering]) => {
      const width = (count - 1).toString(16).length;
      return this.file(`${tier}/${shardOf(term, count).toString(16).padStart(width, "0")}`, numbering);
    }));
  }

  /** Every spelling of a bare term, each with its groups. */
  async spellings(term) {
    const all = new Map();
    for (const shard of await this.shards(term)) {
      for (const [key, value] of Object.entries(shard)) {
        if (key === term || (key.length === term.length && bare(key) === term)) all.set(key, `${all.get(key) ?? ""} ${value}`);
      }
    }
    return [...all].map(([key, value]) => [key, [...groups(value.trimStart())]]);
  }

  /** The bulletins in which a term stands, by number: how much that says, and whether it stands there as it was asked. */
  async postings(asked) {
    const folded = asked.map(bare);
    const marked = asked.some((word, n) => word !== folded[n]);
    const best = new Map();
    for (const [spelling, places] of await this.spellings(folded.join(" "))) {
      const parts = spelling.split(" ");
      const same = parts.filter((part, n) => part === asked[n]).length / parts.length;
      const exact = !marked || same === 1;
      const rarity = Math.log(1 + this.count / places.length) * (exact ? 1 : 0.15 + 0.45 * same);
      for (const [volume, place, weight] of places) {
        const number = this.firsts[volume] + place;
        const known = best.get(number);
        const score = rarity * weight;
        best.set(number, { score: Math.max(score, known?.score ?? 0), exact: exact || Boolean(known?.exact) });
      }
    }
    return best;
  }

  /** The ids of bulletins by their numbers. */
  async ids(numbers) {
    const [main, newest] = this.about.numbering;
    return Promise.all(numbers.map(async (number) => {
      const volume = this.firsts.findLastIndex((first) => first <= number);
      const isNewest = this.about.newest && volume === this.firsts.length - 1;
      return (await this.file(`v/${volume}`, isNewest ? newest : main))[number - this.firsts[volume]];
    }));
  }

  /** The numbers of bulletins that have all these facets; null where there are none to have. */
  async having(facets) {
    const sets = await Promise.all(facets.map((facet) => this.postings([facet])));
    return sets.length ? new Set([...sets[0].keys()].filter((number) => sets.every((set) => set.has(number)))) : null;
  }
}

/** Bulletins as hits: how much of the query each holds, its score, its number; the best first. */
function ranked(asked, singles, allowed) {
  const hits = new Map();
  const add = (postings, factor, counted) => {
    for (const [number, { score, exact }] of postings) {
      if (allowed && !allowed.has(number)) continue;
      const hit = hits.get(number) ?? { number, score: 0, exact: 0, folded: 0, words: 0 };
      hit.score += score * factor;
      if (counted) [hit.exact, hit.folded] = [hit.exact + exact, hit.folded + 1];
      else hit.words += 1;
      hits.set(number, hit);
    }
  };
  for (const { postings, factor } of asked) add(postings, factor, true);
  const loose = asked.filter(({ pair }) => !pair);
  for (const postings of singles) add(postings, WORD, false);
  for (const hit of hits.values()) {
    const scattered = singles.length && hit.words === singles.length && loose.every(({ postings }) => postings.has(hit.number));
    hit.level = hit.exact === asked.length ? EXACT : hit.folded === asked.length ? FOLDED : scattered ? WORDS : PARTLY;
  }
  return [...hits.values()].sort((a, b) => b.level - a.level || b.score - a.score || b.number - a.number);
}

/**
 * The hits of a query among the bulletins that have the facets, the best first.
 *
 * Words by themselves are asked for only where no bulletin has all pairs, or where `wide` wants it: their shards are the
 * larger ones. `mended` is the query that was asked in the place of one that was mistyped, or abbreviated otherwise than
 * the bulletins are.
 */
export async function find(index, query, facets, wide = false) {
  const [allowed, asked] = await Promise.all([index.having(facets), ask(index, query)]);
  if (!asked.length) return { hits: newest(allowed), mended: null, wide: true };
  let hits = ranked(asked, [], allowed);
  if (!wide && isFull(hits)) return { hits, mended: null, wide: !query.pairs.length };
  for (const other of isFull(hits) ? [] : [mend(query), spelledOut(query, index.forms), abbreviated(query, index.forms)]) {
    const others = other ? ranked(await ask(index, other), [], allowed) : [];
    if (isFull(others)) return { hits: others, mended: other, wide: !other.pairs.length };
  }
  const words = [...new Set(query.runs.filter((run) => run.length > 1).flat())];
  hits = ranked(asked, await Promise.all(words.map((word) => index.postings([word]))), allowed);
  return { hits, mended: null, wide: true };
}

const isFull = (hits) => hits.length > 0 && hits[0].level >= FOLDED;

const newest = (allowed) => [...(allowed ?? [])].sort((a, b) => b - a).map((number) => ({ number, score: 0, level: EXACT }));

function ask(index, query) {
  const terms = [
    ...query.blocs.map((bloc) => [[bloc], BLOC, false]),
    ...query.pairs.map((pair) => [pair, PAIR, true]),
    ...query.lone.map((word) => [[word], PAIR, false]),
  ];
  return Promise.all(terms.map(async ([term, factor, pair]) => ({ postings: await index.postings(term), factor, pair })));
}

const ENOUGH = 3;

/** The hits to show: those that hold the whole query, and, where they are few, the near ones. */
export function shown({ hits }) {
  const full = hits.filter(({ level }) => level >= FOLDED);
  const scattered = hits.filter(({ level }) => level === WORDS);
  const least = (hits[0]?.score ?? 0) / 2;
  const near = full.length + scattered.length < ENOUGH ? hits.filter((hit) => hit.level === PARTLY && hit.score >= least) : [];
  return { full, scattered, near };
}
