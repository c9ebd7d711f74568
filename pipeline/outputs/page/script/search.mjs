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

const readers = Object.entries(CHOICES);
const flags = Object.entries(FLAGS);
/** Between two fields, so that no phrase reaches from one into the next. */
const END = " \u0001 ";

const searchable = (paper, abstract) => fold([
  paper.title, ...(paper.authors ?? []).map((author) => author.name), paper.venue, paper.short, paper.listed,
  paper.category, paper.key, paper.doi, paper.arxiv, abstract].filter(Boolean).join(END));

export class Index {
  /** Papers in list order; what only the details know is added later. */
  constructor(papers, year = new Date().getFullYear()) {
    this.papers = papers;
    this.texts = [];
    this.orders = orders(year);
    this.sorted = { "": papers.map((_, at) => at) };
  }

  /** The folded text of a paper, worked out when it is first searched. */
  text(at) {
    this.texts[at] ??= searchable(this.papers[at]);
    return this.texts[at];
  }

  /** Let the search find a paper by its abstract too. */
  addText(at, abstract) {
    this.texts[at] = searchable(this.papers[at], abstract);
  }

  /** Places of the papers in an order, worked out once. */
  inOrder(name) {
    const order = this.orders[name];
    if (!order) return this.sorted[""];
    this.sorted[name] ??= [...this.sorted[""]].sort((a, b) => order(this.papers[a], this.papers[b]));
    return this.sorted[name];
  }

  /** What is shown for a state: the hits in order, what they were found by, and all papers with the words asked for. */
  find(state) {
    const query = parseQuery(state.search);
    const isAsked = query.words.length > 0 || query.phrases.length > 0;
    const order = this.inOrder(state.sort);
    const worded = isAsked ? order.filter((at) => matches(this.text(at), query)) : order;
    const tests = testsOf(state);
    const hits = tests.length ? worded.filter((at) => tests.every(([, test]) => test(this.papers[at]))) : worded;
    return { hits, worded, query };
  }

  /** For every choice how many of the papers with the words asked for it would show. */
  count(state, worded) {
    const tests = testsOf(state);
    const counts = { year: new Map() };
    for (const [name] of readers) counts[name] = new Map();
    for (const [name] of flags) counts[name] = 0;
    for (const at of worded) {
      const paper = this.papers[at];
      const missed = tests.filter(([, test]) => !test(paper));
      if (missed.length > 1) continue;
      // A choice counts what it would show beside all other choices: its own does not hide its alternatives.
      const isCounted = (name) => !missed.length || missed[0][0] === name;
      for (const [name, read] of readers) if (isCounted(name)) add(counts[name], read(paper));
      for (const [name, read] of flags) if (isCounted(name) && read(paper)) counts[name] += 1;
      if (isCounted("year")) add(counts.year, paper.year);
    }
    return counts;
  }
}

/** What the choices of a state ask of a paper: (name, test) pairs. */
const testsOf = (state) => {
  const tests = [
    ...readers.filter(([name]) => state[name].length).map(([name, read]) => [name, (paper) => state[name].includes(read(paper))]),
    ...flags.filter(([name]) => state[name]),
  ];
  if (state.from || state.to) {
    tests.push(["year", ({ year }) => year && (!state.from || year >= state.from) && (!state.to || year <= state.to)]);
  }
  return tests;
};

const add = (map, value) => {
  if (value !== undefined && value !== null) map.set(value, (map.get(value) ?? 0) + 1);
};
