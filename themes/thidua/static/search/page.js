/* The search page: the form asks the index, results are made of text nodes; without this script the lists remain. */
import { excerpt, marks, pieces } from "./excerpt.js";
import { find, Index, shown } from "./query.js";
import { parse } from "./terms.js";

const FACETS = { nam: "y", khoi: "b", "don-vi": "u", loai: "k" };
const PAGE = 10;
const PAUSE = 400;

const form = document.getElementById("form-tim-kiem");
const place = document.getElementById("ket-qua");
const status = document.getElementById("tinh-trang");
const { index: about, words, addresses, abbreviations } = JSON.parse(document.getElementById("chi-muc").textContent);

async function load(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return answer.json();
}

const index = new Index(about, (path) => load(addresses.file.replace("{name}", path)), abbreviations);
const { title } = document;
let asked = 0;

const say = (word, values = {}) => words[word].replace(/\{(\w+)\}/g, (_, name) => values[name]);

function element(name, ...children) {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}

/** Pieces of text, every other one in a `mark`. */
const marked = (parts) => parts.map((part, n) => (n % 2 ? element("mark", part) : part));

/** The day of a ceremony in words, as far as it is known. */
function day(told) {
  const [year, month, date] = (told.ceremony?.date ?? "").split("-").map(Number);
  return date ? say("day", { day: date, month, year }) : month ? say("month", { month, year }) : year ? say("year", { year }) : "";
}

const described = new Map();

/** Fill in a result once its bulletin is here. */
async function describe(item, id, query) {
  if (!described.has(id)) described.set(id, load(addresses.bulletin.replace("{id}", id)));
  let told;
  try {
    told = await described.get(id);
  } catch {
    described.delete(id);
    item.querySelector("a").textContent = id;
    return;
  }
  const title = told.title.normalize("NFC");
  item.querySelector("a").replaceChildren(...marked(pieces(title, marks(title, query, false).places)));
  const blocs = (told.organizations ?? []).filter(({ type }) => type === "bloc").map(({ name }) => name);
  item.append(element("p", [day(told), blocs.join(", ")].filter(Boolean).join(" · ")), element("p", ...marked(excerpt(told, query))));
  item.children[1].className = "result-facts";
}

const seen = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (isIntersecting) {
      seen.unobserve(target);
      target.fill();
    }
  }
}, { rootMargin: "200px" });

/** A list that grows by some results at a time; gives the first link of those that came. */
async function grow(list, hits, query) {
  const ids = await index.ids(hits.map(({ number }) => number));
  const items = ids.map((id) => {
    const link = element("a", words.loading);
    link.href = addresses.page.replace("{id}", id);
    const item = element("li", element("h3", link));
    item.fill = () => describe(item, id, query);
    seen.observe(item);
    return item;
  });
  list.append(...items);
  return items[0]?.querySelector("a");
}

/** A list of hits, ten at first, with a button for more. */
async function listed(hits, query) {
  const list = element("ol");
  list.className = "results";
  await grow(list, hits.slice(0, PAGE), query);
  const more = element("button", words.more);
  more.type = "button";
  more.addEventListener("click", async () => {
    try {
      (await grow(list, hits.slice(list.children.length, list.children.length + PAGE), query))?.focus();
      more.hidden = list.children.length >= hits.length;
    } catch {
      status.textContent = words.failed;
    }
  });
  more.hidden = hits.length <= PAGE;
  return [list, more];
}

/** The whole answer below the form. */
async function answer(found, query, again) {
  const { full, scattered, near } = shown(found);
  const told = found.mended ?? query;
  const first = await listed([...full, ...scattered], told);
  const parts = full.length + scattered.length ? [element("h2", words.results), ...first] : [];
  if (near.length) parts.push(element("h2", words.near), ...(await listed(near, told)));
  if (!found.wide) {
    const wider = element("button", words.wider);
    wider.type = "button";
    wider.addEventListener("click", again);
    parts.push(wider);
  }
  const counts = [["found", full], ["scattered", scattered], ["nearly", near]].filter(([, hits]) => hits.length);
  const said = counts.map(([word, hits]) => say(word, { count: hits.length })).join(" ");
  const mended = found.mended ? say("mended", { query: found.mended.runs.flat().join(" ") }) : "";
  return { parts, said: [mended, said || words.nothing].filter(Boolean).join(" ") };
}

/** Ask the index what the form asks. */
async function search(wide = false) {
  const turn = (asked += 1);
  const data = new FormData(form);
  const query = parse(String(data.get("q") ?? ""));
  document.title = [data.get("q"), title].filter(Boolean).join(" – ");
  const facets = Object.entries(FACETS).flatMap(([name, sign]) => (data.get(name) ? [`@${sign}${data.get(name)}`] : []));
  if (!query.runs.length && !query.blocs.length && !facets.length) {
    place.replaceChildren();
    status.textContent = String(data.get("q") ?? "").trim() ? words.nothing : "";
    return;
  }
  status.textContent = words.searching;
  try {
    const { parts, said } = await answer(await find(index, query, facets, wide), query, async () => {
      await search(true);
      status.focus();
    });
    if (turn !== asked) return;
    place.replaceChildren(...parts);
    status.textContent = said;
  } catch {
    if (turn !== asked) return;
    place.replaceChildren();
    status.textContent = words.failed;
  }
}

/** The address of what the form asks. */
function address() {
  const filled = [...new FormData(form)].filter(([, value]) => value);
  return filled.length ? `?${new URLSearchParams(filled)}` : location.pathname;
}

/** Bring the form to what the address asks. */
async function read() {
  const wanted = new URLSearchParams(location.search);
  if (wanted.has("khoi") || wanted.has("don-vi")) await choices();
  for (const field of form.elements) if (field.name) choose(field, wanted.get(field.name) ?? "");
  if (Object.keys(FACETS).some((name) => wanted.get(name))) filters.open = true;
  await search();
}

const filters = document.getElementById("loc-ket-qua");
let choosing;

/** Put a value into a field. A list that does not have it gets it: a search is never wider than its address says. */
function choose(field, value) {
  field.value = value;
  if (field.options && field.value !== value) field.add(new Option(value, value, true, true));
}

/** Blocs and units to choose from, fetched when somebody wants to. */
function choices() {
  choosing ??= load(addresses.file.replace("{name}", "loc.json")).then((lists) => {
    for (const [name, options] of Object.entries(lists)) {
      form.elements[name].append(...options.map(([id, text]) => new Option(text, id)));
    }
  }).catch(() => (choosing = undefined));
  return choosing;
}

let waiting;
form.addEventListener("input", ({ target }) => {
  clearTimeout(waiting);
  if (target.type !== "search") return;
  waiting = setTimeout(() => {
    history.replaceState(null, "", address());
    search();
  }, PAUSE);
});

function ask(event) {
  event.preventDefault();
  clearTimeout(waiting);
  if (address() !== (location.search || location.pathname)) history.pushState(null, "", address());
  search();
}

form.addEventListener("submit", ask);
form.addEventListener("change", (event) => event.target.matches("select") && ask(event));
filters.addEventListener("toggle", choices);
addEventListener("popstate", read);
filters.hidden = false;
read();
