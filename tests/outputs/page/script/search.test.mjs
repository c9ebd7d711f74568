import assert from "node:assert/strict";
import { test } from "node:test";

import { EMPTY, isFiltered, readState, writeState } from "../../../../pipeline/outputs/page/script/address.mjs";
import { render } from "../../../../pipeline/outputs/page/script/references.mjs";
import { Index } from "../../../../pipeline/outputs/page/script/search.mjs";

const PAPERS = [
  { key: "a", title: "Zebra moss", section: 0, year: 2020, category: "Theory", venue: "JGM", type: "thesis", openalex: 30 },
  { key: "b", title: "Moss lanterns", section: 0, year: 2031, category: "Field", venue: "JGM", type: "book", crossref: 12, code: "https://x" },
  { key: "c", title: "A field", section: 1, category: "Field", venue: "Other", type: "book", undecided: true, authors: [{ name: "Ada Okafor" }] },
];
const index = new Index(PAPERS, 2032);
const keys = (state) => index.find({ ...EMPTY, ...state }).hits.map((at) => PAPERS[at].key).join("");

const FOUND = [
  [{}, "abc"], [{ search: "moss" }, "ab"], [{ search: "okafor" }, "c"], [{ category: ["Field"] }, "bc"],
  [{ category: ["Field", "Theory"] }, "abc"], [{ type: ["book"], venue: ["JGM"] }, "b"], [{ section: [1] }, "c"],
  [{ from: 2021 }, "b"], [{ to: 2021 }, "a"], [{ from: 2020, to: 2031 }, "ab"], [{ code: true }, "b"],
  [{ undecided: true }, "c"], [{ retracted: true }, ""], [{ sort: "year" }, "bac"], [{ sort: "cited" }, "abc"],
  [{ sort: "rate" }, "bac"], [{ sort: "title" }, "cba"], [{ sort: "nonsense" }, "abc"],
];
for (const [state, expected] of FOUND) {
  test(`${JSON.stringify(state)} finds ${expected || "nothing"}`, () => assert.equal(keys(state), expected));
}

test("a choice counts what it would show beside the other choices", () => {
  const count = (state) => index.count({ ...EMPTY, ...state }, index.find({ ...EMPTY, ...state }).worded);
  const counts = count({ category: ["Field"], type: ["book"] });
  assert.deepEqual([...counts.category], [["Field", 2]]);
  assert.deepEqual([...counts.type], [["book", 2]]);
  assert.deepEqual([counts.code, counts.undecided], [1, 1]);
  assert.deepEqual([...count({ type: ["thesis"] }).type], [["thesis", 1], ["book", 2]]);
});

test("an abstract is found once it is there", () => {
  const grown = new Index(PAPERS, 2032);
  grown.addText(2, "Glow-worms");
  assert.deepEqual(grown.find({ ...EMPTY, search: "glow worms" }).hits, [2]);
});

const STATES = [{}, { search: 'a "b c"' }, { sort: "cited", category: ["A & B", "C"], section: [0, 2] }, { from: 1999, to: 2001, code: true }];
for (const state of STATES) {
  test(`an address gives back ${JSON.stringify(state)}`, () => {
    const whole = { ...EMPTY, ...state };
    assert.deepEqual(readState(writeState(whole)), whole);
  });
}

test("an address holds only what was chosen, and what makes no sense in it is nothing", () => {
  assert.equal(writeState(EMPTY), "");
  assert.deepEqual(readState("?from=x&code=yes&section=no&other=1"), EMPTY);
  assert.deepEqual([isFiltered(EMPTY), isFiltered({ ...EMPTY, sort: "year" }), isFiltered({ ...EMPTY, to: 2001 })], [false, false, true]);
});

test("references get their abstract back, whatever signs it holds", () => {
  const details = [{ abstract: "$& moss", bib: "@a{x}\n", ris: "AB  - \u{e000}\nER  -\n", csl: { id: "x", abstract: "\u{e000}" } }, { bib: "@a{y}\n", ris: "ER  -\n", csl: { id: "y" } }];
  assert.equal(render("bib", details), "@a{x}\n\n@a{y}\n");
  assert.equal(render("ris", details), "AB  - $& moss\nER  -\n\nER  -\n");
  assert.deepEqual(JSON.parse(render("csl", details)), [{ id: "x", abstract: "$& moss" }, { id: "y" }]);
});
