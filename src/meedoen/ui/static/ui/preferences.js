// The page of preferences: the sample follows each choice before it is saved.
import { whenVoice } from "./voice.js";

const form = document.querySelector("[data-preferences]");
const sample = document.querySelector("[data-sample]");
form.addEventListener("change", (event) => {
  if (event.target.name in sample.dataset) sample.dataset[event.target.name] = event.target.value;
});

// Somebody who asks to be read to hears why that may not work here.
const missing = document.querySelector("[data-no-voice]");
let found = false;
whenVoice("nl", () => {
  found = true;
  missing.hidden = true;
});
form.addEventListener("change", (event) => {
  if (event.target.name === "aloud") missing.hidden = found || event.target.value !== "yes";
});
