/* What a page must hold for everybody, asked in the page itself. Each function returns a list of sentences. */
(() => {
  const visible = (element) => {
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    return box.width > 1 && box.height > 1 && style.visibility !== "hidden" && !element.closest("[hidden]");
  };
  const words = (element) => (element.getAttribute("aria-label") || element.textContent).replace(/\s+/g, " ").trim();
  const told = (element) => `${element.tagName.toLowerCase()} "${words(element).slice(0, 60)}"`;

  const inSentence = (link) => {
    if (getComputedStyle(link).display !== "inline") return false;
    const block = link.closest("p, li, dd, td, th, figcaption, div, span.mee-hint");
    return block !== null && words(block).length > words(link).length + 2;
  };

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

    sideways() {
      const wide = document.documentElement.scrollWidth - innerWidth;
      if (wide <= 0) return [];
      const culprits = [...document.querySelectorAll("body *")]
        .filter((element) => element.getBoundingClientRect().right > innerWidth + 1 && !element.closest(".mee-table"))
        .slice(0, 3)
        .map(told);
      return [`${wide} pixels too wide: ${culprits.join("; ")}`];
    },

    targets() {
      const problems = [];
      for (const target of document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")) {
        if (!visible(target) || (target.tagName === "A" && inSentence(target))) continue;
        let box = target.getBoundingClientRect();
        if (target.matches("[type=radio], [type=checkbox]")) box = target.parentElement.getBoundingClientRect();
        if (target.matches(".nl-skip-link")) continue; // it takes its size when it takes focus
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
      const names = [...document.querySelectorAll("nav")].map((nav) => nav.getAttribute("aria-label"));
      if (new Set(names).size !== names.length || names.includes(null)) problems.push(`navigations: ${names.join(", ")}`);
      return problems;
    },
  };
})()
