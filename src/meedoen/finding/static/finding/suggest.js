// Words below the field while somebody types: a combobox with a listbox (ARIA pattern, list without automatic choice).
// Nothing is chosen or sent by itself; without this script the field works as it is.

const PAUSE = 150; // ms without a key

for (const form of document.querySelectorAll("form[data-suggest]")) {
  const field = form.querySelector("input[name=q]");
  const list = document.createElement("ul");
  const told = document.createElement("p");
  let wait, at = -1;

  list.id = `${field.id}_words`;
  list.className = "mee-suggestions mee-plain";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.label);
  list.hidden = true;
  told.className = "mee-hidden";
  told.setAttribute("role", "status");
  field.parentNode.append(list, told);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id]])
    field.setAttribute(name, value);

  const close = () => {
    list.hidden = true;
    at = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };

  const point = (next) => {
    const options = list.children;
    options[at]?.setAttribute("aria-selected", "false");
    at = (next + options.length + 1) % (options.length + 1);
    if (at === options.length) {
      at = -1;
      field.removeAttribute("aria-activedescendant");
      return;
    }
    options[at].setAttribute("aria-selected", "true");
    options[at].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", options[at].id);
  };

  const take = (option) => {
    field.value = option.textContent;
    close();
    field.focus();
  };

  const show = (words) => {
    close();
    list.replaceChildren(
      ...words.map((word, number) => {
        const option = document.createElement("li");
        option.id = `${list.id}_${number}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.textContent = word;
        return option;
      }),
    );
    told.textContent = words.length ? form.dataset.told.replace("#", words.length) : "";
    if (!words.length) return;
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
  };

  const ask = async () => {
    const text = field.value;
    if (text.trim().length < 2) return show([]);
    try {
      const answer = await fetch(`${form.dataset.suggest}?${new URLSearchParams({ q: text })}`);
      const { words } = await answer.json();
      if (field.value === text && document.activeElement === field) show(words.filter((word) => word !== text));
    } catch {
      close(); // the line is down: the field still works
    }
  };

  close();
  field.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(ask, PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      point(event.key === "ArrowDown" ? at + 1 : at < 0 ? list.children.length - 1 : at - 1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      take(list.children[at]);
    }
  });
  field.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => event.target.closest("[role=option]") && take(event.target));
}
