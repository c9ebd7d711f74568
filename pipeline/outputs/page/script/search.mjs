// The index: which papers fit what is asked and chosen, in which order, and how many each further choice would leave.

import { fold, matches, parseQuery } from "./text.mjs";

/** Choices of one value each, and of yes or no; a paper's value of each. */
export const CHOICES = {
  section: (paper) => paper.section,
  category: (paper) => paper.category,
  venue: (paper) => paper.venue,
  type: (paper) => paper.type,
};
export const FLAGS = {
  code: (paper) => Boolean(paper.code),
  open: (paper) => Boolean(paper.free),
  retracted: (paper) => Boolean(paper.retracted),
  undecided: (paper) => Boolean(paper.undecided),
};

export const count = (paper) => paper.openalex ?? paper.crossref ?? -1;
export const countAYear = (paper, year) =>
  count(paper) < 0 || !paper.year ? -1 : count(paper) / Math.max(1, year - paper.year + 1);

const byTitle = new Intl.Collator("en", { sensitivity: "base", numeric: true });
/** Orders besides that of the list. */
export const orders = (year) => ({
  year: (a, b) => (b.year ?? 0) - (a.year ?? 0),
  cited: (a, b) => count(b) - count(a),
  rate: (a, b) => countAYear(b, year) - countAYear(a, year),
  title: (a, b) => byTitle.compare(a.title, b.title),
});

const searchable = (paper) =>
  [paper.title, ...(paper.authors ?? []).map((author) => author.name), paper.venue, paper.short, paper.listed,
    paper.category, paper.key, paper.doi, paper.arxiv].filter(Boolean).map(fold).join("\n");

export class Index {
  /** Papers in list order; what only the details know is added later. */
  constructor(papers, year = new Date().getFullYear()) {
    this.papers = papers;
    this.texts = papers.map(searchable);
    this.orders = orders(year);
    this.sorted = { "": papers.map((_, at) => at) };
  }

  /** Add text of a paper that is not shown at first, its abstract. */
  addText(at, text) {
    if (text) this.texts[at] += `\n${fold(text)}`;
  }

  /** Places of the papers in an order, worked out once. */
  inOrder(name) {
    const order = this.orders[name];
    if (!order) return this.sorted[""];
    this.sorted[name] ??= [...this.sorted[""]].sort((a, b) => order(this.papers[a], this.papers[b]));
    return this.sorted[name];
  }

  /** What is shown for a state: the hits in order, and for every choice how many papers it would show. */
  find(state) {
    const query = parseQuery(state.search);
    const isAsked = query.words.length > 0 || query.phrases.length > 0;
    const tests = [
      ...Object.entries(CHOICES).filter(([name]) => state[name].length).map(([name, read]) =>
        [name, (paper) => state[name].includes(read(paper))]),
      ...Object.entries(FLAGS).filter(([name]) => state[name]).map(([name, read]) => [name, read]),
    ];
    if (state.from || state.to) {
      tests.push(["year", ({ year }) => year && (!state.from || year >= state.from) && (!state.to || year <= state.to)]);
    }
    const counts = { year: new Map() };
    for (const name of Object.keys(CHOICES)) counts[name] = new Map();
    for (const name of Object.keys(FLAGS)) counts[name] = 0;
    const hits = [];
    for (const at of this.inOrder(state.sort)) {
      if (isAsked && !matches(this.texts[at], query)) continue;
      const paper = this.papers[at];
      const missed = tests.filter(([, test]) => !test(paper)).map(([name]) => name);
      if (missed.length > 1) continue;
      if (!missed.length) hits.push(at);
      // A choice counts what it would show beside all other choices: its own does not hide its alternatives.
      const isCounted = (name) => !missed.length || missed[0] === name;
      for (const [name, read] of Object.entries(CHOICES)) if (isCounted(name)) add(counts[name], read(paper));
      for (const [name, read] of Object.entries(FLAGS)) if (isCounted(name) && read(paper)) counts[name] += 1;
      if (isCounted("year")) add(counts.year, paper.year);
    }
    return { hits, counts, query };
  }
}

const add = (map, value) => {
  if (value !== undefined && value !== null) map.set(value, (map.get(value) ?? 0) + 1);
};
