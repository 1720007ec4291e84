// What makes the form quicker; all of it works without. Comboboxes, focal points, buttons of the text, keeping.
"use strict";
const form = document.querySelector("form.editor");

for (const box of document.querySelectorAll(".combo")) {
  const input = box.querySelector("input");
  const list = box.appendChild(document.createElement("ul"));
  let asked = 0;
  list.id = `${input.id}-l`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Tên trong danh bạ");
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]])
    input.setAttribute(name, value);
  const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
  const mark = (option) => {
    for (const one of list.children) one.setAttribute("aria-selected", String(one === option));
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };
  const take = (option) => { input.value = option.dataset.name; close(); input.dispatchEvent(new Event("change", { bubbles: true })); };
  const find = async () => {
    const mine = ++asked;
    close(); // names of what was typed before are not to be chosen
    const hits = await (await fetch(`${box.dataset.find}?q=${encodeURIComponent(input.value)}`)).json();
    if (mine !== asked || document.activeElement !== input) return;
    list.replaceChildren(...hits.map((hit, n) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${n}`;
      option.dataset.name = hit.name;
      option.setAttribute("role", "option");
      option.append(hit.name, Object.assign(document.createElement("small"), { textContent: hit.by }));
      option.addEventListener("mousedown", (event) => { event.preventDefault(); take(option); });
      return option;
    }));
    list.hidden = !hits.length;
    input.setAttribute("aria-expanded", String(!!hits.length));
  };
  input.addEventListener("input", find);
  input.addEventListener("blur", () => { asked++; close(); });
  input.addEventListener("keydown", (event) => {
    const options = [...list.children];
    const at = options.findIndex((one) => one.id === input.getAttribute("aria-activedescendant"));
    if (event.key === "ArrowDown" && list.hidden) { find(); event.preventDefault(); return; }
    if (list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") mark(options[(at + (event.key === "ArrowDown" ? 1 : Math.max(at, 0) - at - 1) + options.length) % options.length]);
    else if (event.key === "Enter" && at >= 0) take(options[at]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
}

for (const picture of document.querySelectorAll(".picture")) {
  const input = document.getElementById(picture.dataset.focus);
  const spot = picture.appendChild(document.createElement("button"));
  spot.type = "button";
  spot.className = "spot";
  spot.setAttribute("aria-label", "Điểm chính của ảnh: dùng phím mũi tên để dời");
  const read = () => (/^([\d.]+)% ([\d.]+)%$/.exec(input.value.trim()) || [0, 50, 50]).slice(1).map(Number);
  const show = () => { [spot.style.left, spot.style.top] = read().map((share) => `${share}%`); };
  const set = (x, y) => { input.value = [x, y].map((share) => `${Math.min(100, Math.max(0, Math.round(share)))}%`).join(" "); show(); input.dispatchEvent(new Event("change", { bubbles: true })); };
  picture.querySelector("img").addEventListener("click", (event) => {
    const box = event.target.getBoundingClientRect();
    set((event.clientX - box.left) / box.width * 100, (event.clientY - box.top) / box.height * 100);
  });
  spot.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-2, 0], ArrowRight: [2, 0], ArrowUp: [0, -2], ArrowDown: [0, 2] }[event.key];
    if (step) { const [x, y] = read(); set(x + step[0], y + step[1]); event.preventDefault(); }
  });
  input.addEventListener("input", show);
  show();
}

for (const tools of document.querySelectorAll(".tools")) {
  const text = document.getElementById(tools.dataset.for);
  tools.hidden = false;
  tools.addEventListener("click", ({ target: { dataset } }) => {
    const at = text.value.lastIndexOf("\n", text.selectionStart - 1) + 1;
    if (dataset.before) text.setRangeText(dataset.before, at, at, "end");
    else if (dataset.line) text.setRangeText(`\n\n${dataset.line}\n\n`, text.selectionStart, text.selectionEnd, "end");
    text.focus();
    text.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

if (form) {
  let waiting, reached = true;
  const keep = async () => {
    const data = new FormData(form);
    for (const name of ["~photos", "~attachments"]) data.delete(name);
    const answer = await fetch(form.dataset.keep, { method: "POST", body: data }).catch(() => ({}));
    reached = answer.ok || answer.status === 404; // of a bulletin that was moved, Save shows where it is and keeps what is typed
    document.getElementById("kept").textContent = answer.ok ? "Phần đang gõ đã được giữ lại, chưa lưu vào tệp." : reached ? "Chưa giữ được phần đang gõ: bản tin không còn ở chỗ cũ. Bấm Lưu để giữ lại và xem bản tin nay ở đâu." : answer.status === 500 ? "Chưa giữ, chưa lưu được: máy không đọc hoặc không ghi được. Đừng tắt trang này: xem ổ đĩa, đường mạng, rồi gõ tiếp và bấm Lưu." : "Chưa giữ, chưa lưu được: cửa sổ lệnh đã đóng? Đừng tắt trang này: chạy lại lệnh edit, mở bản tin, chép phần vừa gõ sang.";
  };
  for (const event of ["input", "change"]) form.addEventListener(event, () => { clearTimeout(waiting); waiting = setTimeout(keep, 800); });
  // Where it cannot be kept it cannot be saved: what is typed would only make room for a page that says so.
  form.addEventListener("submit", (event) => { clearTimeout(waiting); if (!reached) { event.preventDefault(); keep(); } });
}
