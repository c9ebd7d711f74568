"use strict";
{
  const get = (id) => document.getElementById(id);
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const papers = [...document.querySelectorAll(".paper")].map((node) => ({
    node, title: node.querySelector("h3").lastChild.textContent,
    text: fold(`${node.textContent} ${node.dataset.ids}`), ...node.dataset,
  }));
  const sections = [...document.querySelectorAll("main section")];
  const homes = sections.map((section) => [section.querySelector("ol"), [...section.querySelectorAll(".paper")]]);
  const sorted = get("sorted");
  const count = get("count");
  const filters = ["section", "status", "type"];
  const orders = {
    year: (a, b) => b.year - a.year,
    cited: (a, b) => b.cited - a.cited,
    title: (a, b) => a.title.localeCompare(b.title),
  };

  const filter = () => {
    const words = fold(get("search").value).split(/\s+/).filter(Boolean);
    const wanted = filters.map((name) => [name, get(name).value]).filter(([, value]) => value);
    let shown = 0;
    for (const paper of papers) {
      const fits = wanted.every(([name, value]) => paper[name] === value) && words.every((word) => paper.text.includes(word));
      paper.node.hidden = !fits;
      shown += fits;
    }
    for (const section of sections) section.hidden = !section.querySelector(".paper:not([hidden])");
    count.textContent = shown === papers.length ? `${shown} papers` : `${shown} of ${papers.length} papers`;
  };

  const sort = () => {
    const order = orders[get("sort").value];
    if (order) sorted.append(...[...papers].sort(order).map((paper) => paper.node));
    // Whole sections at once: ten thousand single moves take the browser many seconds.
    else for (const [home, nodes] of homes) home.append(...nodes);
    filter();
  };

  let waiting;
  get("search").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 120);
  });
  for (const name of filters) get(name).addEventListener("change", filter);
  get("sort").addEventListener("change", sort);
  get("controls").addEventListener("submit", (event) => event.preventDefault());

  document.addEventListener("click", async (event) => {
    const button = event.target.closest(".copy");
    if (!button) return;
    const key = button.previousElementSibling;
    try {
      await navigator.clipboard.writeText(key.textContent);
      count.textContent = `Copied ${key.textContent}`;
    } catch {
      // Pages without https may not write to the clipboard; a selection is one keystroke away from it.
      getSelection().selectAllChildren(key);
      count.textContent = `Press Ctrl+C to copy ${key.textContent}`;
    }
  });

  // An address such as index.html?search=retina&sort=cited can be shared.
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (["search", "sort", ...filters].includes(name)) get(name).value = value;
  }
  document.documentElement.classList.add("js");
  if (get("sort").value) sort();
  else filter();
}
