// The page: joins the form, the index and the rows.

import { EMPTY, isFiltered, readState, writeState } from "./address.mjs";
import { make } from "./element.mjs";
import { renderDetails, renderPaper } from "./paper.mjs";
import { FORMATS, render } from "./references.mjs";
import { CHOICES, FLAGS, Index } from "./search.mjs";

/** Rows at first, and with each further step: a screen is a dozen, and a hundred are laid out in a few milliseconds. */
const ROWS = 30;
const MORE_ROWS = 100;

const get = (id) => document.getElementById(id);
const { papers, sections } = JSON.parse(get("data").textContent);
const index = new Index(papers);
const places = new Map(papers.map((paper, at) => [paper.key, at]));
const byKey = new Map(papers.map((paper) => [paper.key, paper]));
const [form, results, output, more] = ["controls", "results", "count", "more"].map(get);
const opened = new Set();
const chosen = new Set();
let details = [];
let citedBy = new Map();
let state = readState(location.search);
let found = null;
let shown = 0;

const say = (words) => {
  get("said").textContent = words;
};

/** Key of the paper that the address names, if the list has it. */
const anchored = () => {
  let name = "";
  try {
    name = decodeURIComponent(location.hash);
  } catch {
    return null; // no address of ours
  }
  const key = name.replace(/^#paper-/, "");
  return name.startsWith("#paper-") && places.has(key) ? key : null;
};

const rowOf = (at, options = {}) => {
  const paper = papers[at];
  const isOpen = opened.has(paper.key);
  const row = renderPaper(paper, {
    query: found.query, abstract: details[at]?.abstract, isOpen, isChosen: chosen.has(paper.key), ...options,
  });
  if (isOpen) fillDetails(row, at);
  return row;
};

const fillDetails = (row, at) => {
  const box = row.querySelector(".more");
  if (details[at]) {
    box.replaceChildren(...renderDetails(papers[at], details[at], { byKey, citedBy: citedBy.get(papers[at].key), query: found.query }));
  } else box.replaceChildren(make("p", {}, "Loading …"));
};

/** Lay out further rows, with the list's headings where its own order is kept. */
const addRows = (number) => {
  const fragment = document.createDocumentFragment();
  const end = Math.min(found.hits.length, shown + number);
  let list = shown ? results.lastElementChild : null;
  for (; shown < end; shown += 1) {
    const at = found.hits[shown];
    const heading = state.sort ? null : papers[at].section;
    if (!list || (heading !== null && String(heading) !== list.dataset.section)) {
      const words = heading === null || heading === undefined ? get("sort").selectedOptions[0].dataset.heading : sections[heading];
      fragment.append(make("h2", {}, words ?? "Papers"));
      list = make("ol", { role: "list", "data-section": heading });
      fragment.append(list);
    }
    list.append(rowOf(at));
  }
  results.append(fragment);
  more.hidden = shown >= found.hits.length;
  if (!more.hidden) more.textContent = `Show more (${(found.hits.length - shown).toLocaleString("en")})`;
};

const showRows = () => {
  const key = anchored();
  results.replaceChildren();
  shown = 0;
  if (key !== null && !found.hits.includes(places.get(key))) {
    results.append(make("h2", {}, "Linked paper"), make("ol", { role: "list", "data-section": "pinned" }, rowOf(places.get(key), { isPinned: true })));
  }
  const reach = key === null ? 0 : found.hits.indexOf(places.get(key)) + 1;
  if (found.hits.length) addRows(Math.max(ROWS, reach));
  else {
    results.append(make("p", { class: "nothing" }, "No paper fits. ", make("button", { type: "button", class: "clear" }, "Clear the search and all filters")));
    more.hidden = true;
  }
};

const selection = () => (chosen.size ? papers.map((_, at) => at).filter((at) => chosen.has(papers[at].key)) : found.hits);

const tellTaken = () => {
  const number = selection().length.toLocaleString("en");
  get("taken").textContent = chosen.size ? `${number} selected` : isFiltered(state) ? `${number} found` : `all ${number}`;
  get("unselect").hidden = !chosen.size;
};

/** Counts beside the choices: what each would show. */
const tellCounts = () => {
  const counted = index.count(state, found.worded);
  for (const name of Object.keys(CHOICES)) {
    const counts = counted[name];
    for (const option of form.querySelectorAll(`[data-choice="${name}"]`)) {
      const value = name === "section" ? Number(option.value) : option.value;
      tell(option, counts.get(value) ?? 0);
    }
  }
  for (const name of ["from", "to"]) {
    for (const option of get(name)?.options ?? []) if (option.value) tell(option, counted.year.get(Number(option.value)) ?? 0);
  }
  for (const name of Object.keys(FLAGS)) if (get(name)) tell(get(name), counted[name]);
};

const tell = (control, number) => {
  if (control.localName === "option") {
    const words = `${control.dataset.words} (${number})`;
    if (control.textContent !== words) control.textContent = words;
    return;
  }
  const label = control.parentElement;
  const told = label.querySelector(".number");
  if (told.textContent !== String(number)) told.textContent = number;
  label.classList.toggle("none", !number && !control.checked);
};

const find = () => {
  found = index.find(state);
  const all = `${papers.length.toLocaleString("en")} paper${papers.length === 1 ? "" : "s"}`;
  output.textContent = found.hits.length === papers.length ? all : `${found.hits.length.toLocaleString("en")} of ${all}`;
  for (const clear of document.querySelectorAll("#clear")) clear.hidden = !isFiltered(state);
  showRows();
  tellTaken();
  // A venue has a thousand options in a long list; they can follow the answer.
  clearTimeout(find.waiting);
  find.waiting = setTimeout(tellCounts, 60);
};

const writeAddress = () => {
  const address = `${location.pathname}${writeState(state)}${location.hash}`;
  try {
    history.replaceState(null, "", address);
  } catch {
    // Some viewers of local files allow no change of the address; the page works all the same.
  }
};

/** The form as a state, and a state as the form. */
const readForm = () => {
  const next = { ...EMPTY, search: get("search").value, sort: get("sort").value };
  for (const name of Object.keys(CHOICES)) {
    const select = get(name);
    const values = select ? [select.value] : [...form.querySelectorAll(`[data-choice="${name}"]:checked`)].map((box) => box.value);
    next[name] = values.filter((value) => value !== "").map((value) => (name === "section" ? Number(value) : value));
  }
  for (const name of ["from", "to"]) next[name] = Number(get(name)?.value) || 0;
  for (const name of Object.keys(FLAGS)) next[name] = Boolean(get(name)?.checked);
  return next;
};

const writeForm = () => {
  get("search").value = state.search;
  for (const name of ["sort", "from", "to"]) if (get(name)) get(name).value = state[name] || "";
  // An address may name an order that this list has not, such as by citations where nothing was counted.
  if (!get("sort").value) get("sort").value = state.sort = "";
  for (const name of Object.keys(CHOICES)) {
    if (get(name)) get(name).value = state[name][0] ?? "";
    for (const box of form.querySelectorAll(`input[data-choice="${name}"]`)) box.checked = state[name].includes(box.value);
  }
  for (const name of Object.keys(FLAGS)) if (get(name)) get(name).checked = state[name];
};

const setState = (next) => {
  state = next;
  writeForm();
  writeAddress();
  find();
};

const change = () => {
  state = readForm();
  writeAddress();
  find();
};

const copy = async (text, words) => {
  try {
    await navigator.clipboard.writeText(text);
    say(`Copied ${words}.`);
  } catch {
    // A page without https may not write to the clipboard; what is selected is one keystroke away from it.
    const box = make("textarea", { readonly: true, "aria-label": "Text to copy" });
    box.value = text;
    get("said").replaceChildren("Press Ctrl+C to copy: ", box);
    box.select();
  }
};

const detailsOf = (chosenPlaces) => chosenPlaces.map((at) => details[at]).filter((one) => one?.bib);

const download = (format) => {
  const some = detailsOf(selection());
  const { file, media, name } = FORMATS[format];
  const address = URL.createObjectURL(new Blob([render(format, some)], { type: media }));
  make("a", { href: address, download: file }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  say(`${some.length} ${some.length === 1 ? "reference" : "references"} as ${name}${without(some)}.`);
};

const without = (some) => {
  const left = selection().length - some.length;
  return left ? `; ${left} without a citation key left out` : "";
};

const toggle = (row, isOpen = !opened.has(row.dataset.key)) => {
  const at = places.get(row.dataset.key);
  if (isOpen) opened.add(row.dataset.key);
  else opened.delete(row.dataset.key);
  row.querySelector(".open").setAttribute("aria-expanded", isOpen);
  row.querySelector(".more").hidden = !isOpen;
  row.querySelector(".snippet")?.remove();
  if (isOpen) fillDetails(row, at);
};

const select = (row, isChosen) => {
  if (isChosen) chosen.add(row.dataset.key);
  else chosen.delete(row.dataset.key);
  row.querySelector(".choose").checked = isChosen;
  tellTaken();
};

/** Show and open the paper that the address names. */
const goToAnchor = () => {
  const key = anchored();
  if (key === null) return;
  opened.add(key);
  showRows();
  const row = get(`paper-${key}`);
  row.scrollIntoView({ block: "start" });
  row.querySelector(".open").focus({ preventScroll: true });
};

const onClick = (event) => {
  const row = event.target.closest(".paper");
  const target = event.target.closest("button, .permalink");
  if (!target) return;
  if (target.matches(".open")) toggle(row);
  else if (target.matches(".copy")) copy(details[places.get(row.dataset.key)].bib, `the BibTeX of ${row.dataset.key}`);
  else if (target.matches(".permalink")) copy(target.href, "the address");
  else if (target.matches(".clear, #clear")) {
    setState({ ...EMPTY, sort: state.sort });
    get("search").focus();
  } else if (target.matches("#more")) addRows(MORE_ROWS);
  else if (target.matches("#unselect")) {
    chosen.clear();
    for (const box of results.querySelectorAll(".choose")) box.checked = false;
    tellTaken();
  } else if (target.matches("[data-format]")) download(target.dataset.format);
  else if (target.matches("#copy-all")) {
    const some = detailsOf(selection());
    copy(render("bib", some), `${some.length} BibTeX entries${without(some)}`);
  }
};

const move = (step) => {
  const rows = [...results.querySelectorAll(".paper")];
  const at = rows.indexOf(document.activeElement?.closest(".paper"));
  const next = rows[at < 0 ? 0 : at + step];
  if (!next && step > 0 && !more.hidden) {
    addRows(MORE_ROWS);
    move(step);
  } else if (next) {
    next.querySelector(".open").focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }
};

const onKey = (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const isTyping = event.target.matches("input:not([type=checkbox]), select, textarea");
  if (event.key === "Escape" && event.target === get("search")) {
    if (state.search) setState({ ...state, search: "" });
    else event.target.blur();
    return;
  }
  if (isTyping) return;
  const row = document.activeElement?.closest(".paper");
  if (event.key === "/") get("search").focus();
  else if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else if (row && event.key === "o") toggle(row);
  else if (row && event.key === "x") select(row, !chosen.has(row.dataset.key));
  else if (row && event.key === "c" && details[places.get(row.dataset.key)]?.bib) {
    copy(details[places.get(row.dataset.key)].bib, `the BibTeX of ${row.dataset.key}`);
  } else return;
  event.preventDefault();
};

/** Read what opens below the rows, and index the abstracts in steps that no keystroke has to wait for. */
const readDetails = () => {
  details = JSON.parse(get("details").textContent);
  citedBy = new Map();
  details.forEach(({ cites = [] }, at) => {
    for (const key of cites) citedBy.set(key, [...(citedBy.get(key) ?? []), papers[at].key]);
  });
  for (const row of results.querySelectorAll(".paper")) {
    if (opened.has(row.dataset.key)) fillDetails(row, places.get(row.dataset.key));
  }
  let at = 0;
  const step = () => {
    const end = performance.now() + 12;
    while (at < papers.length && performance.now() < end) {
      index.addText(at, details[at].abstract);
      at += 1;
    }
    if (at < papers.length) setTimeout(step);
    else {
      if (state.search) find();
      document.documentElement.dataset.ready = "all";
    }
  };
  step();
};

const start = () => {
  form.hidden = false;
  get("take").hidden = false;
  get("keys").hidden = false;
  // On a phone the filters would push the papers off the screen.
  if (matchMedia("(min-width: 60rem)").matches) get("filters").open = true;
  writeForm();
  find();
  form.addEventListener("input", change);
  form.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  results.addEventListener("change", (event) => {
    if (event.target.matches(".choose")) select(event.target.closest(".paper"), event.target.checked);
  });
  addEventListener("hashchange", goToAnchor);
  addEventListener("popstate", () => {
    const next = readState(location.search);
    if (writeState(next) !== writeState(state)) setState(next);
  });
  addEventListener("beforeprint", () => addRows(Infinity));
  new IntersectionObserver((seen) => {
    if (seen.some((one) => one.isIntersecting) && !more.hidden) addRows(MORE_ROWS);
  }, { rootMargin: "600px" }).observe(more);
  document.documentElement.dataset.ready = "rows";
  document.addEventListener("DOMContentLoaded", () => {
    // After the first paint: the details are most of the page.
    requestAnimationFrame(() => setTimeout(() => {
      readDetails();
      goToAnchor();
    }));
  });
};

start();
