/* The lightbox: links to photos open here. Its program comes with the first click; until then, without this script, and
   where the program cannot be had, the links lead to the photos' own pages. */

const PROGRAM = new URL("photoswipe/photoswipe-lightbox.esm.min.js", import.meta.url);
const VIEWER = new URL("photoswipe/photoswipe.esm.min.js", import.meta.url);
const STYLE = new URL("photoswipe/photoswipe.css", import.meta.url);
const LINKS = "a[data-pswp-src]";
const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
const lightboxes = new Map();

/* A policy that lets through what PhotoSwipe draws its buttons with, and nothing that could run. */
if (globalThis.trustedTypes && !trustedTypes.defaultPolicy) {
  const icon = /^(?:<svg [^<>]*>(?:<(?:path|use|circle) [^<>]*>|<\/(?:path|use|circle)>)*<\/svg>)?$/;
  trustedTypes.createPolicy("default", { createHTML: (html) => (icon.test(html) && !/\bon\w+=/i.test(html) ? html : null) });
}

/** The style sheet of the lightbox, once. */
let styled;
function style() {
  styled ??= new Promise((loaded, failed) => {
    const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: STYLE, onload: loaded, onerror: failed });
    document.querySelector('link[rel="stylesheet"]').before(sheet);
  });
  return styled;
}

/** The caption and the credit below a link's picture, or the words the link itself carries. */
function caption(link) {
  const below = link?.closest("figure")?.querySelector("figcaption");
  return below ? [...below.childNodes].map((node) => node.cloneNode(true)) : [link?.dataset.caption ?? ""];
}

/** Tab goes round inside the dialog, from its last button to its first. */
function keepInside(event) {
  const buttons = [...event.currentTarget.querySelectorAll("button")].filter((button) => button.offsetParent && !button.disabled);
  const [first, last] = event.shiftKey ? [buttons.at(-1), buttons[0]] : [buttons[0], buttons.at(-1)];
  if (event.key === "Tab" && (document.activeElement === last || !buttons.includes(document.activeElement))) {
    event.preventDefault();
    first?.focus();
  }
}

/** Whether the page behind the dialog can be reached. */
function closeOff(dialog, closed) {
  for (const beside of document.body.children) {
    beside.inert = closed && beside !== dialog;
  }
}

function lightbox(Lightbox, place) {
  const words = place.dataset;
  const made = new Lightbox({
    pswpModule: () => import(VIEWER),
    showHideAnimationType: calm ? "none" : "zoom",
    zoomAnimationDuration: calm ? 0 : 333,
    wheelToZoom: true,
    bgOpacity: 1,
    closeTitle: words.close,
    zoomTitle: words.zoom,
    arrowPrevTitle: words.previous,
    arrowNextTitle: words.next,
    errorMsg: words.failed,
    gallery: place,
    children: LINKS,
  });
  made.on("uiRegister", () => {
    made.pswp.ui.registerElement({
      name: "caption",
      className: "pswp__caption",
      appendTo: "root",
      order: 9,
      onInit(element, pswp) {
        element.setAttribute("aria-live", "polite");
        pswp.on("change", () => element.replaceChildren(...caption(pswp.currSlide.data.element)));
      },
    });
  });
  made.on("initialLayout", () => {
    const { element, container } = made.pswp;
    element.setAttribute("aria-label", words.name);
    element.setAttribute("aria-modal", "true");
    element.addEventListener("keydown", keepInside);
    closeOff(element, true);
    container.setAttribute("aria-roledescription", words.slides);
    for (const slide of container.children) {
      slide.setAttribute("aria-roledescription", words.slide);
    }
    element.querySelector(".pswp__button--close")?.focus();
  });
  // Before the focus goes back to the link it came from.
  made.on("close", () => closeOff(made.pswp.element, false));
  return made;
}

async function open(place, link) {
  try {
    const [{ default: Lightbox }] = await Promise.all([import(PROGRAM), import(VIEWER), style()]);
    if (!lightboxes.has(place)) {
      lightboxes.set(place, lightbox(Lightbox, place));
    }
    lightboxes.get(place).loadAndOpen([...place.querySelectorAll(LINKS)].indexOf(link), { gallery: place });
  } catch {
    location.assign(link.href);
  }
}

for (const place of document.querySelectorAll("[data-lightbox]")) {
  place.addEventListener("click", (event) => {
    const link = event.target.closest(LINKS);
    if (link && event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) {
      event.preventDefault();
      open(place, link);
    }
  });
}
