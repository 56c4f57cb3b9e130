// Reads the page with the device's own Dutch voice, sentence by sentence, and marks where it is.
import { localVoice, whenVoice } from "./voice.js";

const PARTS = "h1, h2, h3, h4, h5, h6, p, li, dt, dd, th, td, caption, figcaption, summary, blockquote, div";
const SILENT = "form, nav, script, svg, [aria-hidden=true], [data-read-aloud], [hidden]";

const box = document.querySelector("[data-read-aloud]");
const main = document.getElementById("inhoud");
if (box) whenVoice("nl", () => offer(box));

function offer(box) {
  const speech = window.speechSynthesis;
  const button = box.querySelector("[data-read]");
  const stop = box.querySelector("[data-stop]");
  const status = box.querySelector("[role=status]");
  const words = { start: button.textContent, pause: button.dataset.pause, resume: button.dataset.resume };
  let sentences = [];
  let place = 0;
  let turn = 0; // an utterance of an earlier turn, cancelled, must not start the next one
  let marked = null;

  const mark = (part) => {
    if (marked) marked.classList.remove("mee-being-read");
    marked = part;
    if (!part) return;
    part.classList.add("mee-being-read");
    part.scrollIntoView({ block: "nearest" });
  };

  const show = (text, reading) => {
    button.textContent = text;
    if (!reading && document.activeElement === stop) button.focus();
    stop.hidden = !reading;
  };

  const end = (text) => {
    turn += 1;
    speech.cancel();
    mark(null);
    sentences = [];
    place = 0;
    show(words.start, false);
    status.textContent = text;
  };

  const speak = () => {
    const mine = ++turn;
    const next = sentences[place];
    if (!next) return end(box.dataset.done);
    mark(next.part);
    const utterance = new SpeechSynthesisUtterance(next.text);
    const voice = localVoice(next.language) || localVoice("nl");
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.onend = utterance.onerror = () => {
      if (mine !== turn) return;
      place += 1;
      speak();
    };
    speech.speak(utterance);
  };

  button.addEventListener("click", () => {
    status.textContent = "";
    if (button.textContent === words.pause) {
      turn += 1;
      speech.cancel();
      show(words.resume, true);
    } else {
      if (!sentences.length) sentences = sentencesOf(main);
      show(words.pause, true);
      speak();
    }
  });
  stop.addEventListener("click", () => end(box.dataset.stopped));
  addEventListener("pagehide", () => speech.cancel());
  box.hidden = false;
}

/** What there is to read, in order: each sentence with the part of the page it stands in and its language. */
function sentencesOf(root) {
  const texts = new Map();
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const holder = walker.currentNode.parentElement;
    if (holder.closest(SILENT) || !holder.getClientRects().length) continue;
    const part = holder.closest(PARTS) || root;
    texts.set(part, (texts.get(part) || "") + walker.currentNode.data);
  }
  const sentences = [];
  for (const [part, text] of texts) {
    const language = part.closest("[lang]").lang;
    for (const sentence of text.replace(/\s+/g, " ").replace(/([.!?]) /g, "$1\n").split("\n")) {
      if (sentence.trim()) sentences.push({ part, language, text: sentence.trim() });
    }
  }
  return sentences;
}
