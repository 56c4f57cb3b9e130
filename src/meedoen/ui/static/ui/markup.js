// Buttons above a box to write in: they put the marks of simple markup around what is chosen, or take them away.
// The browser's own undo takes each back. After a press the writer is in the box again, at the words.

// Put `text` in the place of what is chosen, as if it were typed.
function type(box, text) {
  if (document.execCommand("insertText", false, text)) return;
  box.setRangeText(text, box.selectionStart, box.selectionEnd, "end"); // browsers that know no typing in a box
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

// Put text from `start` to `end`, and choose part of it, counted from `start`.
function replace(box, start, end, text, from, to) {
  box.setSelectionRange(start, end);
  if (text) type(box, text);
  else document.execCommand("delete");
  box.setSelectionRange(start + from, start + to);
}

function bold(box, words) {
  let { selectionStart: start, selectionEnd: end, value } = box;
  while (start < end && /\s/.test(value[start])) start++; // marks stand against the words
  while (end > start && /\s/.test(value[end - 1])) end--;
  const chosen = value.slice(start, end);
  if (value.slice(start - 2, start) === "**" && value.slice(end, end + 2) === "**") {
    replace(box, start - 2, end + 2, chosen, 0, chosen.length);
  } else if (chosen.length > 4 && chosen.startsWith("**") && chosen.endsWith("**")) {
    replace(box, start, end, chosen.slice(2, -2), 0, chosen.length - 4);
  } else {
    const said = chosen || words;
    replace(box, start, end, `**${said}**`, 2, 2 + said.length);
  }
}

// A mark at the start of each line; an empty line before, so that it is a part of its own.
function lines(box, mark) {
  const { value } = box;
  const start = value.lastIndexOf("\n", box.selectionStart - 1) + 1;
  let end = value.indexOf("\n", Math.max(start, box.selectionEnd - (box.selectionEnd > box.selectionStart ? 1 : 0)));
  if (end < 0) end = value.length;
  const chosen = value.slice(start, end).split("\n");
  const isMarked = chosen.every((line) => !line.trim() || line.startsWith(mark)) && chosen.some((line) => line.trim());
  if (isMarked) {
    const plain = chosen.map((line) => (line.startsWith(mark) ? line.slice(mark.length) : line)).join("\n");
    replace(box, start, end, plain, 0, plain.length);
    return;
  }
  const before = value.slice(0, start);
  const gap = before && !before.endsWith("\n\n") && !lineBefore(before).startsWith(mark) ? "\n" : "";
  const marked = chosen.map((line) => (line.trim() || chosen.length === 1 ? mark + line : line)).join("\n");
  replace(box, start, end, gap + marked, chosen.length === 1 ? gap.length + marked.length : gap.length, gap.length + marked.length);
}

function lineBefore(before) {
  return before.slice(before.lastIndexOf("\n", before.length - 2) + 1);
}

function link(box, words, address) {
  const { selectionStart: start, selectionEnd: end, value } = box;
  const chosen = value.slice(start, end).trim();
  if (/^https?:\/\/\S+$/.test(chosen)) {
    replace(box, start, end, `[${words}](${chosen})`, 1, 1 + words.length);
  } else {
    const said = chosen || words;
    replace(box, start, end, `[${said}](${address})`, said.length + 3, said.length + 3 + address.length);
  }
}

const marks = { bold, link, list: (box) => lines(box, "- "), quote: (box) => lines(box, "> ") };

for (const tools of document.querySelectorAll("[data-markup-tools]")) {
  const box = document.getElementById(tools.dataset.markupTools);
  if (!box) continue;
  tools.hidden = false;
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button || !marks[button.dataset.mark]) return;
    box.focus();
    const { mark, words, address } = button.dataset;
    marks[mark](box, words, address);
  });
}
