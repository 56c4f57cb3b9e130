// What script adds to any page; each part finds its place by a data- attribute, and the page works without it.

// A message or a list of errors takes the focus; old browsers do not know autofocus on a div.
const message = document.querySelector("[data-focus]");
if (message && document.activeElement !== message) message.focus();

// Who comes back to a list stands where they left it, and who follows a link to a part of a page stands at that part.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-way-back] a[href]");
  if (link) history.replaceState(Object.assign({}, history.state, { left: link.getAttribute("href") }), "");
});
const arrive = () => {
  const at = document.activeElement;
  if (![document.body, message].includes(at) && (at.hash || 1) !== location.hash) return; // went on already
  const left = history.state && history.state.left;
  const place = left
    ? document.querySelector(`[data-way-back] a[href="${CSS.escape(left)}"]`)
    : location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  if (place && place !== at && (left || place.tabIndex === -1)) place.focus();
};
addEventListener("pageshow", arrive);
addEventListener("hashchange", arrive);

// Buttons for what this device can do.
for (const place of document.querySelectorAll("[data-print]")) {
  place.hidden = false;
  place.querySelector("button").addEventListener("click", () => print());
}

for (const place of document.querySelectorAll("[data-share]")) {
  const { shareTitle: title, shareUrl: url } = place.dataset;
  place.hidden = !navigator.share;
  place.querySelector("button").addEventListener("click", () => navigator.share({ title, url }).catch(() => {}));
}

for (const place of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(place.dataset.copy);
  place.hidden = !navigator.clipboard;
  place.querySelector("button").addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      place.querySelector("[role=status]").textContent = place.dataset.copied;
    } catch (refused) {
      field.select();
    }
  });
}

// How many characters may still be written; spoken only when there are few left.
for (const field of document.querySelectorAll("[data-max]")) {
  const place = document.getElementById(field.id + "_count");
  const max = Number(field.dataset.max);
  let wait;
  const tell = () => {
    const left = max - field.value.replace(/\r?\n/g, "\r\n").length;
    place.setAttribute("aria-live", left < max / 10 ? "polite" : "off");
    place.textContent = (left < 0 ? place.dataset.over : place.dataset.left).replace("#", Math.abs(left).toLocaleString("nl"));
  };
  field.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(tell, 700);
  });
  if (field.value) tell();
}

// On paper nothing can be opened, so everything is.
addEventListener("beforeprint", () => {
  for (const each of document.querySelectorAll("details")) each.open = true;
});
