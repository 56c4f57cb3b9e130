/* What a page must hold for everybody, asked in the page itself. Each function returns a list of sentences. */
(() => {
  const visible = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && element.checkVisibility({ visibilityProperty: true });
  };
  const clean = (text) => text.replace(/\s+/g, " ").trim();
  const referred = (element) =>
    (element.getAttribute("aria-labelledby") || "").split(/\s+/).filter(Boolean)
      .map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
  const words = (element) => clean(referred(element) || element.getAttribute("aria-label") || element.textContent);
  const told = (element) => `${element.tagName.toLowerCase()} "${(words(element) || element.id).slice(0, 60)}"`;

  const inSentence = (link) => {
    if (getComputedStyle(link).display !== "inline") return false;
    const block = link.closest("p, li, dd, td, th, figcaption, div, span.mee-hint");
    return block !== null && words(block).length > words(link).length + 2;
  };

  /* What Tab comes to, in the order of the page. A group of radio buttons is one stop: the chosen one, or any. */
  const stops = () => {
    const groups = new Set();
    return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
      .filter((element) => element.getAttribute("tabindex") !== "-1")
      .filter((element) => element.getClientRects().length && element.checkVisibility({ visibilityProperty: true }) && !element.disabled)
      .filter((element) => {
        if (element.type !== "radio") return true;
        const group = [...document.querySelectorAll(`input[type=radio][name="${element.name}"]`)].filter((other) => other.form === element.form);
        const stop = group.find((other) => other.checked) ?? group[0];
        if (element !== stop || groups.has(stop)) return false;
        return groups.add(stop);
      });
  };

  const notes = [];
  let known = true; // where the focus is now was told, or nothing was pressed yet

  return {
    headings() {
      const found = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")];
      const problems = [];
      const firsts = found.filter((heading) => heading.tagName === "H1");
      if (firsts.length !== 1) problems.push(`${firsts.length} headings of level 1`);
      let before = 0;
      for (const heading of found) {
        const level = Number(heading.tagName[1]);
        if (before && level > before + 1) problems.push(`level ${level} after ${before}: ${words(heading)}`);
        if (!words(heading)) problems.push(`an empty heading of level ${level}`);
        before = level;
      }
      return problems;
    },

    linkNames() {
      const targets = new Map();
      const problems = [];
      for (const link of document.querySelectorAll("a[href]")) {
        const name = words(link) || link.querySelector("img")?.alt || "";
        if (!name) problems.push(`a link to ${link.href} has no name`);
        const known = targets.get(name);
        if (known && known !== link.href) problems.push(`"${name}" leads to ${known} and to ${link.href}`);
        targets.set(name, link.href);
      }
      return problems;
    },

    /* Who speaks to the device says what stands there (2.5.3): the name begins with the words that are seen. */
    spokenNames() {
      const problems = [];
      for (const element of document.querySelectorAll("a[href], button, summary, [role=button]")) {
        if (!visible(element)) continue;
        const seen = clean(element.innerText);
        if (seen && !words(element).toLowerCase().startsWith(seen.toLowerCase()) && (element.hasAttribute("aria-label") || referred(element))) {
          problems.push(`"${seen}" is named "${words(element)}"`);
        }
      }
      for (const field of document.querySelectorAll("input:not([type=hidden]), select, textarea")) {
        const label = clean(field.labels?.[0]?.textContent ?? "");
        if (!label) problems.push(`${told(field)} has no label`);
        else if ((field.hasAttribute("aria-label") || referred(field)) && !words(field).startsWith(label)) {
          problems.push(`the field "${label}" is named "${words(field)}"`);
        }
      }
      return problems;
    },

    sideways() {
      const wide = document.documentElement.scrollWidth - innerWidth;
      if (wide <= 0) return [];
      const culprits = [...document.querySelectorAll("body *")]
        .filter((element) => element.getBoundingClientRect().right > innerWidth + 1 && !element.closest(".mee-table"))
        .slice(0, 3)
        .map(told);
      return [`${wide} pixels too wide: ${culprits.join("; ")}`];
    },

    /* Text that is cut off by its own box: what text spacing and large letters break first. */
    cutOff() {
      return [...document.querySelectorAll("body *")]
        .filter((element) => {
          const style = getComputedStyle(element);
          const hides = [style.overflowX, style.overflowY].some((way) => way === "hidden" || way === "clip");
          return hides && visible(element) && element.clientHeight > 2 && words(element)
            && (element.scrollHeight > element.clientHeight + 2 || element.scrollWidth > element.clientWidth + 2);
        })
        .map(told);
    },

    targets() {
      const problems = [];
      for (const target of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")) {
        if (!visible(target) || (target.tagName === "A" && inSentence(target))) continue;
        let box = target.getBoundingClientRect();
        if (target.matches("[type=radio], [type=checkbox]")) box = target.parentElement.getBoundingClientRect();
        if (target.matches(".nl-skip-link")) continue; // it takes its size when it takes focus
        if (target.matches("[aria-hidden=true] [tabindex='-1']")) continue; // a trap for robots, which people cannot reach
        if (box.width < 43.5 || box.height < 43.5) {
          problems.push(`${told(target)} is ${Math.round(box.width)} × ${Math.round(box.height)} pixels`);
        }
      }
      return problems;
    },

    landmarks() {
      const problems = [];
      for (const name of ["header", "main", "footer"]) {
        if (document.querySelectorAll(`body > ${name}`).length !== 1) problems.push(`not exactly one ${name}`);
      }
      const names = [...document.querySelectorAll("nav")].map((nav) => words(nav).slice(0, 60));
      if (new Set(names).size !== names.length) problems.push(`navigations: ${names.join(", ")}`);
      for (const nav of document.querySelectorAll("nav")) {
        if (!nav.getAttribute("aria-label") && !referred(nav)) problems.push(`a navigation without a name: ${told(nav)}`);
      }
      return problems;
    },

    /* Number the stops; returns their names. */
    markStops() {
      const found = stops();
      found.forEach((element, place) => (element.dataset.place = place));
      return found.map(told);
    },

    /* Where the focus is now: its number, and what is wrong with how it is seen. */
    focused() {
      const element = document.activeElement;
      if (!element || element === document.body || element === document.documentElement) return { place: -1, problems: [] };
      if (element.tagName === "IFRAME") return { place: -3, problems: [] }; // in a page inside this one, which has its own test
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      const problems = [];
      if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) problems.push("no ring");
      if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) problems.push("out of sight");
      /* Nothing may lie over it (2.4.12): asked in the middle of each of its lines, as far as they are on the screen. */
      const points = [...element.getClientRects()]
        .map((line) => [line.left + line.width / 2, line.top + line.height / 2])
        .filter(([x, y]) => x > 0 && y > 0 && x < innerWidth && y < innerHeight);
      const covered = points.filter(([x, y]) => {
        const top = document.elementFromPoint(x, y);
        if (!top || element.contains(top) || top.contains(element)) return false;
        return top.closest("label")?.control !== element;
      });
      if (covered.length) problems.push("covered");
      return { place: Number(element.dataset.place ?? -2), problems };
    },

    /* Note at each press of a key where the focus came by the one before, so that nobody has to ask in between. */
    listen() {
      addEventListener("keydown", () => (known ? (known = false) : notes.push(this.focused())), { capture: true });
    },

    /* Where the focus came by each press since this was asked last. */
    heard() {
      const told = [...notes, this.focused()];
      notes.length = 0;
      known = document.activeElement?.tagName !== "IFRAME"; // a press in there is not heard here
      return told;
    },
  };
})()
