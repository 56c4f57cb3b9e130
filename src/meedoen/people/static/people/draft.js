// Saves what somebody is writing while they write: after a pause, and when the page goes out of sight. The page says
// when it was saved; that is spoken the first time and when something is wrong, so that it never talks through typing.

const PAUSE = 2000; // ms without a key: a breath, not a word
const LONGEST = 20000; // ms of typing on without a pause
const AGAIN = 30000; // ms before another try when the line is down
const SMALL = 60000; // characters: a browser lets no more go on after the page is gone

for (const form of document.querySelectorAll("form[data-draft]")) {
  const status = form.querySelector("[data-draft-status]");
  const { draft, seen } = form.elements;
  let wait, since, isChanged, isBusy, isTold;

  const tell = (words, isNews) => {
    status.setAttribute("aria-live", isNews || !isTold ? "polite" : "off");
    if (status.textContent !== words) status.textContent = words;
    isTold = true;
  };

  const later = (pause) => {
    clearTimeout(wait);
    wait = setTimeout(save, Math.max(0, Math.min(pause, since + LONGEST - Date.now())));
  };

  async function save() {
    clearTimeout(wait);
    if (isBusy || !isChanged) return;
    isBusy = true;
    isChanged = false;
    const body = new URLSearchParams(new FormData(form));
    try {
      const answer = await fetch(form.dataset.draft, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
        keepalive: body.toString().length < SMALL,
      });
      const told = await answer.json();
      if (told.draft) {
        draft.value = told.draft;
        seen.value = told.seen;
        form.dispatchEvent(new Event("kept"));
      }
      if (told.said) tell(told.said, told.isNews);
    } catch (offline) {
      isChanged = true;
      since = Date.now() + AGAIN;
      tell(form.dataset.failed, true);
    }
    isBusy = false;
    if (isChanged) later(since > Date.now() ? AGAIN : PAUSE);
  }

  form.addEventListener("input", () => {
    if (!isChanged) since = Date.now();
    isChanged = true;
    later(PAUSE);
  });
  form.addEventListener("submit", () => {
    clearTimeout(wait);
    isChanged = false;
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
}
