// What a visitor types stays on their own device until they sent it, and is in the form again when they come back.
// Each open page writes a text of its own, so that two pages lose nothing. Where a browser keeps nothing, nothing happens.

export const TEXT = "meedoen:tekst:";
export const OFF = "meedoen:teksten-uit";
const SENT = "meedoen:verstuurd"; // per tab: what was sent from it, until the site shows that it arrived
const LIFE = 30 * 24 * 3600 * 1000; // ms
const PAUSE = 400; // ms without a key

export let shelf = null;
let sending = null;
try {
  shelf = localStorage;
  sending = sessionStorage;
  shelf.getItem(OFF);
} catch (forbidden) {
  shelf = null;
}

const load = (key) => {
  try {
    return JSON.parse(shelf.getItem(key));
  } catch (broken) {
    return null;
  }
};
export const put = ({ key, at, values }) => {
  try {
    shelf.setItem(key, JSON.stringify({ at, values }));
    return true;
  } catch (full) {
    return false;
  }
};

// All that is kept under a beginning, the newest first; what is too old goes.
export function kept(beginning) {
  const found = [];
  for (const key of Object.keys(shelf)) {
    if (!key.startsWith(TEXT)) continue;
    const text = load(key);
    if (!text || !text.values || !(Date.now() - text.at < LIFE)) shelf.removeItem(key);
    else if (key.startsWith(beginning)) found.push({ key, at: text.at, values: text.values });
  }
  return found.sort((one, other) => other.at - one.at);
}

const when = (at) => {
  const moment = new Date(at);
  const day = moment.toLocaleDateString("nl", { weekday: "long", day: "numeric", month: "long", year: "numeric" });
  return `${day}, ${moment.getHours()}.${String(moment.getMinutes()).padStart(2, "0")} uur`;
};

// A tick with a value of its own stands among others of its name, such as whom to tell; another one is a yes or no.
const isOneOfSome = (field) => field.type === "checkbox" && field.hasAttribute("value") && field.value !== "on";

// A form with data-device, the name under which its texts are kept; data-device-before has those of what was brought to
// it since: texts that were left there are found here. Who is signed in has drafts at the site: there a
// text from before is only offered.
function attend(form) {
  const beginning = `${TEXT}${form.dataset.device}:`;
  const before = (form.dataset.deviceBefore || "").split(" ").filter(Boolean).map((name) => `${TEXT}${name}:`);
  const isOwn = !("draft" in form.dataset);
  const fields = Array.from(form.elements).filter(
    (field) => field.name && field.tabIndex !== -1 && !/^(hidden|email|password|file|submit|button)$/.test(field.type),
  );
  const boxes = fields.filter((field) => field.type === "textarea" || field.name === "title");
  const place = form.querySelector("[data-device-told]");
  const freshKey = () => beginning + Math.random().toString(36).slice(2);

  let current = { key: freshKey(), at: 0 }; // the text that this page writes, and when it last did
  let isBack = null; // what was put back, to tell so
  let offered = [];
  let gone = null;
  let taken = null; // what who is signed in took from the device, until their draft is saved
  let wait;
  let isChanged = false;
  let isMine = false; // something was typed in this page

  const read = () => {
    const values = {};
    for (const field of fields) {
      if (isOneOfSome(field)) values[field.name] = (values[field.name] || []).concat(field.checked ? field.value : []);
      else if (field.type === "checkbox") values[field.name] = field.checked;
      else if (field.type !== "radio" || field.checked) values[field.name] = field.value;
    }
    return values;
  };
  const words = (values) => boxes.map((box) => (values[box.name] || "").trim()).join("\n").trim();
  const fill = (values) => {
    for (const field of fields) {
      const value = values[field.name];
      if (value === undefined) continue;
      const stood = field.value;
      if (isOneOfSome(field)) field.checked = Array.isArray(value) && value.includes(field.value);
      else if (field.type === "checkbox") field.checked = value;
      else if (field.type === "radio") field.checked = field.value === value;
      else field.value = value;
      if (field.type === "select-one" && field.selectedIndex < 0) field.value = stood;
      const fold = field.type === "checkbox" && field.checked && field.closest("details");
      if (fold) fold.open = true;
    }
    for (const box of boxes) box.dispatchEvent(new Event("input", { bubbles: true })); // counts, and drafts at the site
    clearTimeout(wait);
    isChanged = false;
  };

  const save = () => {
    clearTimeout(wait);
    const stored = load(current.key);
    const isOthers = stored && stored.at !== current.at; // another page wrote in it: both stay
    if (!(isChanged || (isMine && isOthers)) || !isOwn || shelf.getItem(OFF)) return;
    isChanged = false;
    const values = read();
    if (isOthers) current = { key: freshKey(), at: 0 };
    if (!words(values)) {
      shelf.removeItem(current.key);
      return;
    }
    const text = { key: current.key, at: Math.max(Date.now(), current.at + 1), values };
    if (put(text)) current = text;
  };

  const show = (name, { text, press }) => {
    const part = document.importNode(form.querySelector(`template[data-device-words="${name}"]`).content, true);
    for (const spot of part.querySelectorAll("[data-at]")) spot.textContent = when(text.at);
    for (const spot of part.querySelectorAll("[data-begins]")) spot.textContent = words(text.values).slice(0, 80);
    for (const button of part.querySelectorAll("[data-press] button")) {
      button.type = "button";
      button.addEventListener("click", () => press[button.parentNode.dataset.press]());
    }
    place.appendChild(part);
  };

  const tell = (focus) => {
    place.textContent = "";
    if (isBack) show("back", { text: isBack, press: { discard } });
    if (gone) show("gone", { text: gone.text, press: { restore } });
    for (const text of offered) {
      show("offer", { text, press: { take: () => take(text), discard: () => discard(text) } });
    }
    const target = focus && place.querySelector(`[data-press="${focus}"] button`);
    if (target) target.focus();
  };

  function discard(text) {
    if (text) {
      shelf.removeItem(text.key);
      offered = offered.filter((each) => each !== text);
      gone = { text };
    } else {
      gone = { text: { key: current.key, at: isBack.at, values: read() }, isHere: true };
      shelf.removeItem(current.key);
      form.reset();
      isBack = null;
      fill({});
    }
    tell("restore");
  }

  function restore() {
    const { text, isHere } = gone;
    gone = null;
    put(text);
    if (isHere && !words(read())) {
      current = text;
      isBack = text;
      fill(text.values);
      tell("discard");
    } else {
      offered.unshift(text);
      tell("take");
    }
  }

  // Nothing that stands in a box gives way: the text comes below it. Only a page that shows a kept text again, to
  // change it, shows the other one in its place; what was typed there since stays on the device as one of its own.
  function take(text) {
    save();
    let { values } = text;
    if ("deviceChanges" in form.dataset) {
      current = text;
    } else if (words(read())) {
      values = {};
      for (const box of boxes) {
        const theirs = text.values[box.name] || "";
        const both = box.type === "textarea" ? `${box.value.trim()}\n\n${theirs}`.trim() : box.value;
        values[box.name] = box.value.trim() ? both : theirs;
      }
    }
    offered = offered.filter((each) => each !== text);
    fill(values);
    if (isOwn) {
      const before = current.at;
      isChanged = true;
      save();
      if (current.key !== text.key && current.at !== before) shelf.removeItem(text.key);
    } else {
      taken = text;
    }
    tell();
    boxes[boxes.length - 1].focus();
  }

  offered = [beginning, ...before].flatMap(kept).sort((one, other) => other.at - one.at);
  const here = words(read());
  const same = offered.filter((text) => words(text.values) === here);
  offered = offered.filter((text) => same.indexOf(text) < 0);
  if (same.length) {
    if (isOwn) current = same[0];
    for (const text of same) if (text !== current) shelf.removeItem(text.key);
  } else if (!here && offered.length && isOwn) {
    isBack = current = offered.shift();
    fill(current.values);
  }
  if (isBack || offered.length) tell();
  const hint = form.querySelector("[data-device-hint]");
  if (hint) hint.hidden = Boolean(shelf.getItem(OFF));

  const typed = () => {
    isChanged = isMine = true;
    clearTimeout(wait);
    wait = setTimeout(save, PAUSE);
  };
  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  form.addEventListener("kept", () => {
    if (taken) shelf.removeItem(taken.key);
    taken = null;
  });
  form.addEventListener("submit", () => {
    save();
    const text = taken || current;
    try {
      sending.setItem(SENT, JSON.stringify({ key: text.key, at: text.at }));
    } catch (full) {
      // it is in the form again then, and sent twice it is still placed once
    }
  });
  document.addEventListener("visibilitychange", save);
  addEventListener("pagehide", save);
}

if (shelf) {
  for (const form of document.querySelectorAll("form[data-device]")) attend(form);
  const sent = document.querySelector("[data-device-sent]") && JSON.parse(sending.getItem(SENT));
  if (sent) {
    sending.removeItem(SENT);
    const text = load(sent.key);
    if (text && text.at === sent.at) shelf.removeItem(sent.key);
  }
}
