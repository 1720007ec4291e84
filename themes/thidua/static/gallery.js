/* The lightbox: links to photos open here. Without this script they lead to the photos' own pages. */
import PhotoSwipeLightbox from "./photoswipe/photoswipe-lightbox.esm.min.js";

const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;

/** The caption and the credit below a link's picture, or the words the link itself carries. */
function caption(link) {
  const below = link?.closest("figure")?.querySelector("figcaption");
  return below ? [...below.childNodes].map((node) => node.cloneNode(true)) : [link?.dataset.caption ?? ""];
}

/** Tab goes round inside the dialog, from its last button to its first. */
function keepInside(event) {
  const buttons = [...event.currentTarget.querySelectorAll("button")].filter((one) => one.offsetParent && !one.disabled);
  const [first, last] = event.shiftKey ? [buttons.at(-1), buttons[0]] : [buttons[0], buttons.at(-1)];
  if (event.key === "Tab" && (document.activeElement === last || !buttons.includes(document.activeElement))) {
    event.preventDefault();
    first?.focus();
  }
}

/** Whether the page behind the dialog can be reached. */
function closeOff(dialog, closed) {
  for (const one of document.body.children) {
    one.inert = closed && one !== dialog;
  }
}

function open(place) {
  const words = place.dataset;
  const lightbox = new PhotoSwipeLightbox({
    gallery: place,
    children: "a[data-pswp-src]",
    pswpModule: () => import("./photoswipe/photoswipe.esm.min.js"),
    showHideAnimationType: calm ? "none" : "zoom",
    zoomAnimationDuration: calm ? 0 : 333,
    wheelToZoom: true,
    bgOpacity: 1,
    closeTitle: words.close,
    zoomTitle: words.zoom,
    arrowPrevTitle: words.previous,
    arrowNextTitle: words.next,
    errorMsg: words.failed,
  });
  lightbox.on("uiRegister", () => {
    lightbox.pswp.ui.registerElement({
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
  lightbox.on("initialLayout", () => {
    const { element, container } = lightbox.pswp;
    element.setAttribute("aria-label", words.name);
    element.setAttribute("aria-modal", "true");
    element.addEventListener("keydown", keepInside);
    closeOff(element, true);
    container.setAttribute("aria-roledescription", words.slides);
    for (const slide of container.children) {
      slide.setAttribute("aria-roledescription", words.slide);
    }
  });
  // Before the focus goes back to the link it came from.
  lightbox.on("close", () => closeOff(lightbox.pswp.element, false));
  lightbox.init();
}

document.querySelectorAll("[data-lightbox]").forEach(open);
