// Reads the page with the device's own Dutch voice, and marks the sentence.
import { localVoice, whenVoice } from "./voice.js";

const PARTS = "h1, h2, h3, h4, h5, h6, p, li, dt, dd, th, td, caption, figcaption, summary, blockquote, div";
const SILENT = "form, nav, script, svg, [aria-hidden=true], [data-read-aloud], [hidden]";

const box = document.querySelector("[data-read-aloud]");
const main = document.getElementById("inhoud");
if (box) whenVoice("nl", offer);

function offer() {
  const speech = speechSynthesis;
  const button = box.querySelector("[data-read]");
  const stop = box.querySelector("[data-stop]");
  const status = box.querySelector("[role=status]");
  const words = { start: button.textContent, ...button.dataset };
  let sentences;
  let place = 0;
  let turn = 0; // a cancelled one starts nothing
  const marks = CSS.highlights;
  let marked;

  const mark = (sentence) => {
    if (marks) marks.clear();
    if (marked) marked.part.classList.remove("mee-being-read");
    marked = sentence;
    if (!sentence) return;
    sentence.part.classList.add("mee-being-read");
    if (marks) marks.set("mee-sentence", new Highlight(sentence.range));
    const { top, bottom } = sentence.range.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight) scrollBy(0, top - 99);
  };

  const show = (text, reading) => {
    button.textContent = text;
    if (!reading && document.activeElement === stop) button.focus();
    stop.hidden = !reading;
  };

  const end = (text) => {
    turn++;
    speech.cancel();
    mark();
    sentences = null;
    place = 0;
    show(words.start, false);
    status.textContent = text;
  };

  const speak = () => {
    const mine = ++turn;
    const next = sentences[place];
    if (!next) return end(box.dataset.done);
    mark(next);
    const utterance = new SpeechSynthesisUtterance(next.text);
    const voice = localVoice(next.part.closest("[lang]").lang) || localVoice("nl");
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.onend = utterance.onerror = () => {
      if (mine !== turn) return;
      place++;
      speak();
    };
    speech.speak(utterance);
  };

  button.addEventListener("click", () => {
    status.textContent = "";
    if (button.textContent === words.pause) {
      turn++;
      speech.cancel();
      show(words.resume, true);
    } else {
      if (!sentences) sentences = sentencesNow();
      show(words.pause, true);
      speak();
    }
  });
  stop.addEventListener("click", () => end(box.dataset.stopped));
  addEventListener("pagehide", () => speech.cancel());
  box.hidden = false;
}

// All there is to read.
function sentencesNow() {
  const parts = new Map();
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const holder = node.parentElement;
    if (holder.closest(SILENT) || !holder.getClientRects().length) continue;
    const part = holder.closest(PARTS) || main;
    if (!parts.has(part)) parts.set(part, []);
    for (let at = 0; at < node.length; at++) parts.get(part).push([node, at]);
  }
  const sentences = [];
  parts.forEach((places, part) => {
    const text = places.map(([node, at]) => node.data[at]).join("");
    const next = /(?=\S)[^]*?(?:[.!?](?=\s)|(?=\s*$))/g;
    for (let found; (found = next.exec(text)); ) {
      const range = new Range();
      const [node, at] = places[next.lastIndex - 1];
      range.setStart(...places[found.index]);
      range.setEnd(node, at + 1);
      sentences.push({ part, range, text: found[0].replace(/\s+/g, " ") });
    }
  });
  return sentences;
}
