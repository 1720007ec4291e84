/* What a result shows of a bulletin: the passage that has most of the query, with its words marked as written. */
import { bare, designation, located } from "./terms.js";

const INLINE = /<\/?(?:a|abbr|b|cite|code|del|em|i|ins|mark|q|s|small|span|strong|sub|sup|u)\b[^>]*>/g;
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", nbsp: "\u00a0" };
const [BEFORE, LENGTH] = [70, 240];

/** The words of safe HTML, a block a line. Nothing is parsed as HTML: that is not allowed under Trusted Types. */
export const plain = (html) =>
  html.replaceAll("\n", " ").replace(INLINE, "").replace(/<[^>]*>/g, "\n")
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name) => ENTITIES[name]);

/** Every passage of a bulletin's JSON in which a query may stand. */
function passages(told) {
  const texts = (list, ...keys) => (list ?? []).map((item) => keys.flatMap((key) => item[key] ?? []).filter(Boolean).join(", "));
  return [
    told.lead,
    ...plain(told.content_html ?? "").split("\n"),
    ...texts(told.people, "name", "role", "capacity"),
    ...texts(told.organizations, "name"),
    ...texts(told.documents, "symbol", "title", "issuer"),
    ...[told.themes, told.results, told.limitations, told.directions, told.anniversaries].flatMap((list) => texts(list, "text")),
    ...[told.commitments, ...(told.instructions ?? [])].flatMap((points) => texts(points?.list, "text")),
    ...texts(told.announced, "text", "place"),
    ...texts(told.decisions, "what", "by", "document"),
    ...texts(told.awards, "for", "by", "presented_by", "recipients"),
    ...texts(told.movements, "name"),
    ...texts(told.targets, "of", "attain"),
    ...texts(told.scoring?.criteria, "name"),
    ...texts(told.photos, "caption"),
    ...texts([told.ceremony, told.ceremony?.place].filter(Boolean), "name", "province"),
    ...texts(told.bylines, "name"),
    ...texts(told.instructions, "by"),
    ...texts(told.photos, "alt"),
    told.title,
  ].map((text) => (text ?? "").trim()).filter(Boolean);
}

/** The words of a passage that the query asks for, or else (`loose`) those that stand in it apart; and how much that is. */
export function marks(text, query, loose = true) {
  const found = located(text);
  const folded = found.map(({ word }) => bare(word));
  const pairs = new Set(query.pairs.map((pair) => pair.map(bare).join(" ")));
  const lone = new Set(query.lone.map(bare));
  const marked = new Set();
  const held = new Set();
  folded.forEach((word, n) => {
    const bloc = query.blocs.length ? designation(folded, n) : null;
    if (bloc && query.blocs.includes(bloc.term)) {
      held.add(bloc.term);
      for (let at = n; at < bloc.end; at += 1) marked.add(at);
    }
    const pair = word && folded[n + 1] ? `${word} ${folded[n + 1]}` : "";
    if (pairs.has(pair)) held.add(pair) && marked.add(n).add(n + 1);
    if (lone.has(word)) held.add(word) && marked.add(n);
  });
  if (loose && !marked.size) {
    const words = new Set(query.runs.flat().map(bare));
    folded.forEach((word, n) => words.has(word) && held.add(`${word} `) && marked.add(n));
  }
  const score = [...held].reduce((sum, term) => sum + (term.endsWith(" ") ? 0.1 : 1), 0);
  return { score, places: [...marked].sort((a, b) => a - b).map((n) => found[n]) };
}

/** A text in pieces, every other one to be marked; places that only a blank parts are marked as one. */
export function pieces(text, places) {
  const parts = [""];
  let at = 0;
  for (const { start, end } of places) {
    const between = text.slice(at, start);
    if (parts.length > 1 && between === " ") parts[parts.length - 2] += between + text.slice(start, end);
    else parts.splice(-1, 1, parts.at(-1) + between, text.slice(start, end), "");
    at = end;
  }
  parts[parts.length - 1] += text.slice(at);
  return parts;
}

/** The passage of a bulletin to show for a query, in pieces, every other one to be marked. */
export function excerpt(told, query) {
  let [best, text] = [{ score: 0, places: [] }, told.lead];
  for (const passage of passages(told)) {
    const found = marks(passage.normalize("NFC"), query);
    if (found.score > best.score) [best, text] = [found, passage.normalize("NFC")];
  }
  const first = best.places[0]?.start ?? 0;
  const from = first > BEFORE ? text.indexOf(" ", first - BEFORE) + 1 : 0;
  const to = text.length > from + LENGTH ? text.lastIndexOf(" ", from + LENGTH) : text.length;
  const within = best.places.filter(({ start, end }) => start >= from && end <= to);
  const parts = pieces(text.slice(from, to), within.map(({ start, end }) => ({ start: start - from, end: end - from })));
  if (from) parts[0] = `… ${parts[0]}`;
  if (to < text.length) parts[parts.length - 1] += " …";
  return parts;
}
