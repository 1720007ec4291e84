/* The filter of a long index: lines of this page that do not hold what is typed are hidden. Marks and case do not count. */

const box = document.querySelector("[data-filter]");
const bare = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replaceAll("đ", "d");

if (box) {
  const [input, output] = [box.querySelector("input"), box.querySelector("output")];
  const groups = [...document.querySelectorAll("[data-filtered]")].map((list) => {
    const lines = [...list.children].map((line) => ({ line, words: bare(line.textContent) }));
    return { section: list.closest("section"), lines };
  });
  box.hidden = false;
  input.addEventListener("input", () => {
    const wanted = bare(input.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { section, lines } of groups) {
      for (const { line, words } of lines) {
        line.hidden = !wanted.every((word) => words.includes(word));
      }
      const left = lines.filter(({ line }) => !line.hidden).length;
      section.hidden = left === 0;
      shown += left;
    }
    output.value = wanted.length ? (shown ? output.dataset.some.replace("{count}", shown) : output.dataset.none) : "";
  });
}
