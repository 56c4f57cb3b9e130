// The page of preferences: how many texts lie on this device, and the ways to be rid of them.
import { OFF, TEXT, kept, put, shelf } from "./device.js";

function manage(place) {
  const told = place.querySelector("[role=status]");
  const press = (name) => place.querySelector(`[data-press="${name}"]`);
  let gone = [];
  const tell = (said) => {
    const count = kept(TEXT).length;
    const isOff = Boolean(shelf.getItem(OFF));
    const words = place.dataset;
    told.textContent = [said, isOff ? words.isOff : count ? words.many.replace("#", count) : words.none].filter(Boolean).join(" ");
    press("forget").hidden = !count;
    press("undo").hidden = !gone.length;
    press("off").hidden = isOff;
    press("on").hidden = !isOff;
  };
  const forget = () => {
    const texts = kept(TEXT);
    for (const { key } of texts) shelf.removeItem(key);
    if (texts.length) gone = texts;
  };
  const deeds = {
    forget: () => (forget(), ["undo", place.dataset.gone]),
    undo: () => (shelf.removeItem(OFF), gone.forEach(put), (gone = []), ["forget", ""]),
    off: () => (forget(), shelf.setItem(OFF, "ja"), ["on", ""]),
    on: () => (shelf.removeItem(OFF), ["off", ""]),
  };
  for (const name of Object.keys(deeds)) {
    const button = press(name).querySelector("button");
    button.type = "button";
    button.addEventListener("click", () => {
      const [next, said] = deeds[name]();
      tell(said);
      press(next).querySelector("button").focus();
    });
  }
  tell();
  place.hidden = false;
}

if (shelf) for (const place of document.querySelectorAll("[data-device-all]")) manage(place);
