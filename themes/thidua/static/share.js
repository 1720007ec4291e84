/* Copying a page's address, printing it, and saving it as one file. Browsers do the last two without this script too,
   so its buttons are hidden until it runs. */

const place = document.querySelector(".share");
const WIDEST = 1600;

/** A picture's bytes as an address that holds them: drawn anew, for the page may ask the network for nothing else. */
async function held(picture) {
  const image = new Image();
  image.src = picture.currentSrc || picture.src;
  await image.decode();
  const scale = Math.min(1, WIDEST / image.naturalWidth);
  const canvas = Object.assign(document.createElement("canvas"), {
    width: Math.round(image.naturalWidth * scale),
    height: Math.round(image.naturalHeight * scale),
  });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", 0.85);
}

/** The rules of the page's style sheets, but fonts, which would weigh more than the text. */
function rules() {
  const all = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  return all.filter((rule) => !(rule instanceof CSSFontFaceRule)).map((rule) => rule.cssText).join("\n");
}

/** A copy of a part of the page for another document, without its scripts. */
function copied(node, document) {
  const copy = document.importNode(node);
  if (!node.childNodes.length) {
    return copy;
  }
  copy.append(...[...node.childNodes].filter((child) => child.nodeName !== "SCRIPT").map((child) => copied(child, document)));
  return copy;
}

/** The page as the text of one file: its pictures inside, no script, and every link with its whole address. */
async function oneFile() {
  const copy = document.implementation.createHTMLDocument();
  copy.replaceChild(copied(document.documentElement, copy), copy.documentElement);
  const pictures = [...document.querySelectorAll("main img")];
  const copies = [...copy.querySelectorAll("main img")];
  for (const [n, picture] of pictures.entries()) {
    copies[n].closest("picture")?.querySelectorAll("source").forEach((source) => source.remove());
    copies[n].src = await held(picture);
    ["srcset", "sizes", "loading"].forEach((name) => copies[n].removeAttribute(name));
  }
  for (const link of copy.querySelectorAll("a[href]")) {
    link.href = new URL(link.getAttribute("href"), document.baseURI).href;
  }
  copy.querySelectorAll("link:not([rel=canonical]), .share, .skip").forEach((part) => part.remove());
  const style = `<style>${rules()}</style></head>`;
  return `<!doctype html>\n${copy.documentElement.outerHTML}`.replace("</head>", () => style);
}

async function save(name) {
  const file = URL.createObjectURL(new Blob([await oneFile()], { type: "text/html" }));
  const link = Object.assign(document.createElement("a"), { href: file, download: `${name}.html` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(file), 60_000);
}

/** Does something when a button is pressed, and says on the button how it went. */
function button(selector, act) {
  for (const pressed of place.querySelectorAll(selector)) {
    pressed.hidden = false;
    pressed.setAttribute("aria-live", "polite");
    pressed.addEventListener("click", async () => {
      const words = pressed.textContent;
      let after = pressed.dataset.done;
      try {
        await act(pressed);
      } catch {
        after = place.dataset.failed;
      }
      if (after) {
        pressed.textContent = after;
        setTimeout(() => { pressed.textContent = words; }, 3000);
      }
    });
  }
}

if (place) {
  const address = document.querySelector("link[rel=canonical]").href;
  button("[data-copy]", () => navigator.clipboard.writeText(address));
  button("[data-print]", () => print());
  button("[data-save]", (pressed) => save(pressed.dataset.save));
}
