// One paper: its row, and what opens below it.

import { draw, link, make, marked } from "./element.mjs";
import { findMarks, findSnippet } from "./text.mjs";

const AUTHORS_SHOWN = 6;

/** Citations of each year as small bars; what they say stands in words beside them. */
const sparkline = (years) => {
  const counted = Object.entries(years);
  if (counted.length < 2) return null;
  const first = Number(counted[0][0]);
  const last = Number(counted.at(-1)[0]);
  const most = Math.max(...counted.map(([, count]) => count), 1);
  const words = `Citations by year: ${counted.map(([year, count]) => `${year}: ${count}`).join(", ")}`;
  const bars = counted.map(([year, count]) => {
    const height = Math.max(1, Math.round((16 * count) / most));
    return draw("rect", { x: 5 * (Number(year) - first), y: 17 - height, width: 4, height });
  });
  const width = 5 * (last - first + 1);
  return draw("svg", { class: "spark", viewBox: `0 0 ${width} 17`, width, height: 17, role: "img", "aria-label": words },
    draw("title", {}, words), ...bars);
};

const badges = (paper) => (paper.badges ?? []).map(([kind, words]) => make("span", { class: `badge ${kind}` }, words));

const authorsLine = (paper, query) => {
  const names = (paper.authors ?? []).map((author) => author.name);
  const shown = names.slice(0, AUTHORS_SHOWN);
  const hidden = names.slice(AUTHORS_SHOWN).filter((name) => findMarks(name, query).length);
  const parts = [...shown, ...(hidden.length ? ["…", ...hidden] : [])].flatMap((name, at) => [
    at ? ", " : "", ...marked(name, query)]);
  return [parts, names.length > AUTHORS_SHOWN ? " et al." : ""];
};

const facts = (paper, query) => {
  const counts = [["OpenAlex", paper.openalex], ["Crossref", paper.crossref]].filter(([, n]) => n !== undefined);
  const told = counts.map(([name, n]) => `${n.toLocaleString("en")} (${name})`).join(", ");
  return [
    paper.category && make("span", { class: "category" }, marked(paper.category, query)),
    told && make("span", { class: "counts" }, `Cited ${told} `, paper.years && sparkline(paper.years)),
    paper.free && link(paper.free, paper.pdf ? "Free PDF" : "Free copy"),
    paper.code && link(paper.code, "Code"),
  ].filter(Boolean);
};

/** The row of a paper. */
export const renderPaper = (paper, { query, abstract, isOpen, isChosen, isPinned }) => {
  const id = `paper-${paper.key}`;
  const where = [paper.venue, paper.year].filter(Boolean);
  const isTold = [paper.title, paper.venue, paper.category, ...(paper.authors ?? []).map((author) => author.name)]
    .some((text) => text && findMarks(text, query).length);
  const snippet = !isTold && !isOpen && abstract ? findSnippet(abstract, query) : null;
  const title = make("h3", { lang: paper.lang }, link(paper.url, marked(paper.title, query)));
  return make("li", { class: "paper", id, "data-key": paper.key },
    make("input", { type: "checkbox", class: "choose", checked: isChosen, "aria-label": `Select ${paper.title}` }),
    make("div", { class: "body" },
      isPinned && make("p", { class: "pin" }, "The address names this paper; the filters would hide it."),
      title, (paper.badges ?? []).length ? make("p", { class: "badges" }, badges(paper)) : null,
      paper.authors?.length ? make("p", { class: "authors" }, authorsLine(paper, query)) : null,
      where.length ? make("p", { class: "where" }, paper.venue ? make("span", { class: "venue" }, marked(paper.venue, query)) : "",
        where.length > 1 ? ", " : "", paper.year ? String(paper.year) : "") : null,
      paper.note && make("p", { class: "note" }, paper.note),
      snippet && make("p", { class: "snippet" }, "Abstract: ", marked(snippet, query)),
      make("p", { class: "facts" },
        make("button", { type: "button", class: "open", "aria-expanded": isOpen ? "true" : "false", "aria-controls": `more-${paper.key}` },
          "Details", make("span", { class: "hidden-label" }, ` of ${paper.title}`)),
        facts(paper, query)),
      make("div", { class: "more", id: `more-${paper.key}`, hidden: !isOpen })));
};

const definition = (name, content) => (content ? [make("dt", {}, name), make("dd", {}, content)] : []);

const paperLinks = (keys, byKey) => keys.length
  ? make("ul", {}, keys.map((key) => make("li", {}, link(`#paper-${key}`, byKey.get(key)?.title ?? key)))) : null;

const authorLinks = (paper) => (paper.authors ?? []).flatMap(({ name, orcid }, at) => [
  at ? ", " : "", name,
  orcid ? [" ", make("a", { class: "orcid", href: `https://orcid.org/${orcid}` }, "ORCID", make("span", { class: "hidden-label" }, ` of ${name}`))] : ""]);

/** What opens below a row. */
export const renderDetails = (paper, details, { byKey, citedBy, query }) => [
  details.abstract ? make("p", { class: "abstract", lang: paper.lang }, marked(details.abstract, query)) : null,
  make("dl", {},
    definition("Authors", paper.authors?.some((author) => author.orcid) || (paper.authors ?? []).length > AUTHORS_SHOWN ? authorLinks(paper) : null),
    definition("Kind", paper.type),
    definition("DOI", paper.doi && link(`https://doi.org/${encodeURI(paper.doi)}`, paper.doi)),
    definition("Versions", details.versions?.length
      ? make("ul", {}, details.versions.map(([words, url]) => make("li", {}, link(url, words)))) : null),
    definition("Notices", details.notices?.length
      ? make("ul", {}, details.notices.map(([words, url]) => make("li", {}, link(url, words)))) : null),
    definition("Topics", (details.topics ?? []).join(", ")),
    definition("Cites in this list", paperLinks(details.cites ?? [], byKey)),
    definition("Cited in this list by", paperLinks(citedBy ?? [], byKey)),
    definition("Why this match", make("ul", {}, (details.why ?? []).map((words) => make("li", {}, words))))),
  details.bib
    ? make("div", { class: "bib" }, make("pre", { tabindex: "0", role: "region", "aria-label": `BibTeX of ${paper.title}` }, details.bib.trimEnd()))
    : make("p", { class: "note" }, "No citation key yet: nobody is known as its author."),
  make("p", { class: "actions" },
    details.bib && make("button", { type: "button", class: "copy" }, "Copy BibTeX", make("span", { class: "hidden-label" }, ` of ${paper.title}`)),
    make("a", { class: "permalink", href: `#paper-${paper.key}` }, "Link to this paper", make("span", { class: "hidden-label" }, `: ${paper.title}`))),
].filter(Boolean);
