// The buttons for long texts: headings, steps, a table, a callout and words in another language. Only pages on which such texts are written ask for this;
// the buttons that every box has are in ../markup.js. The browser's own undo takes each back.

function replace(box, start, end, text, from, to) {
  box.setSelectionRange(start, end);
  if (!document.execCommand("insertText", false, text)) {
    box.setRangeText(text, start, end, "end"); // browsers that know no typing in a box
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
  box.setSelectionRange(start + from, start + to);
}

function lineBefore(before) {
  return before.slice(before.lastIndexOf("\n", before.length - 2) + 1);
}

// Lines with a number before each, or without.
function numbers(box) {
  const { value } = box;
  const start = value.lastIndexOf("\n", box.selectionStart - 1) + 1;
  let end = value.indexOf("\n", Math.max(start, box.selectionEnd - (box.selectionEnd > box.selectionStart ? 1 : 0)));
  if (end < 0) end = value.length;
  const chosen = value.slice(start, end).split("\n");
  const isMarked = chosen.every((line) => /^\d+\. /.test(line));
  const before = value.slice(0, start);
  const gap = !isMarked && before && !before.endsWith("\n\n") && !/^\d+\. /.test(lineBefore(before)) ? "\n" : "";
  const next = gap ? 1 : (parseInt(lineBefore(before), 10) || 0) + 1;
  const text = chosen.map((line, place) => (isMarked ? line.replace(/^\d+\. /, "") : `${next + place}. ${line}`)).join("\n");
  replace(box, start, end, gap + text, gap.length + text.length, gap.length + text.length);
}

// A heading takes the place of another one on the same line.
function heading(box, mark) {
  const { value, selectionStart } = box;
  const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
  let end = value.indexOf("\n", start);
  if (end < 0) end = value.length;
  const line = value.slice(start, end);
  const plain = line.replace(/^#+ /, "");
  const before = value.slice(0, start);
  const gap = before && !before.endsWith("\n\n") ? "\n" : "";
  const text = line === mark + plain ? plain : gap + mark + plain;
  replace(box, start, end, text, text.length, text.length);
}

// Two columns and a row below the one that the writer is in; the first head is chosen, to type over.
function table(box, words, cell) {
  const { value, selectionEnd } = box;
  let end = value.indexOf("\n", selectionEnd);
  if (end < 0) end = value.length;
  const gap = value.slice(0, end).trim() ? (value.slice(0, end).endsWith("\n") ? "\n" : "\n\n") : "";
  const text = `${gap}| ${words} 1 | ${words} 2 |\n| --- | --- |\n| ${cell} | ${cell} |\n`;
  replace(box, end, end, text, gap.length + 2, gap.length + 4 + words.length);
}

// A mark before each line and above them the kind, which is chosen, to type another over it; or all of it away.
function callout(box, kind) {
  const { value } = box;
  const start = value.lastIndexOf("\n", box.selectionStart - 1) + 1;
  let end = value.indexOf("\n", Math.max(start, box.selectionEnd - (box.selectionEnd > box.selectionStart ? 1 : 0)));
  if (end < 0) end = value.length;
  const chosen = value.slice(start, end).split("\n");
  if (/^> \[[^\]]*\]$/.test(chosen[0])) {
    const plain = chosen.slice(1).map((line) => line.replace(/^> ?/, "")).join("\n");
    replace(box, start, end, plain, 0, plain.length);
    return;
  }
  const before = value.slice(0, start);
  const gap = before && !before.endsWith("\n\n") ? "\n" : "";
  const after = value.slice(end);
  const text = `${gap}> [${kind}]\n${chosen.map((line) => `> ${line}`).join("\n")}${after && !after.startsWith("\n\n") ? "\n" : ""}`;
  replace(box, start, end, text, gap.length + 3, gap.length + 3 + kind.length);
}

// Brackets and the name of a language around what is chosen; the name is chosen, to type another over it.
function language(box, name, words) {
  const { selectionStart: start, selectionEnd: end, value } = box;
  const said = value.slice(start, end).trim() || words;
  replace(box, start, end, `[${name}: ${said}]`, 1, 1 + name.length);
}

const marks = {
  numbers,
  table,
  callout,
  language,
  heading: (box) => heading(box, "## "),
  subheading: (box) => heading(box, "### "),
};

for (const tools of document.querySelectorAll("[data-markup-tools]")) {
  const box = document.getElementById(tools.dataset.markupTools);
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!box || !button || !marks[button.dataset.mark]) return;
    box.focus();
    const { mark, words, address } = button.dataset;
    marks[mark](box, words, address);
  });
}
