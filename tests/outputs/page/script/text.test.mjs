import assert from "node:assert/strict";
import { test } from "node:test";

import { findMarks, findSnippet, fold, matches, parseQuery } from "../../../../pipeline/outputs/page/script/text.mjs";

const SAME = [
  ["Rubik’s Cube+", "rubik's cube+"], ["Rubik's", "RUBIKS"], ["self-supervised", "Self supervised"],
  ["multi‑modal", "multi modal"], ["Álvaro S. Hervella", "alvaro s. hervella"], ["Übergröße", "ubergrosse"],
  ["Bjørn Łukasz", "bjorn lukasz"], ["ﬁne–tuning", "fine tuning"], ["a\n  b", "a b"], ["snake_case", "snake case"],
];
for (const [one, other] of SAME) test(`${one} is folded like ${other}`, () => assert.equal(fold(one), fold(other)));

const ASKED = [
  ["deep learning", "Learning deeply: Deep nets", true],
  ["self supervised", "Self-supervised learning", true],
  ["self-supervised", "self supervised learning", true],
  ["rubiks", "Revisiting Rubik’s Cube", true],
  ['"medical image"', "Medical image analysis", true],
  ['"image medical"', "Medical image analysis", false],
  ['"art"', "the heart", false],
  ['"art"', "the art of it", true],
  ["“medical image”", "Medical-image analysis", true],
  ['"medical ima', "Medical image analysis", true],
  ['"medical ima"', "Medical image analysis", false],
  ["10.1007/978-3-030-78191-0_51", "10.1007/978-3-030-78191-0_51", true],
  ["https://doi.org/10.1007/978-3-030-78191-0_51", "10.1007/978-3-030-78191-0_51", true],
  ["10.1007/978-3-030-78191-0_52", "10.1007/978-3-030-78191-0_51", false],
  ["", "anything", true],
  ['""', "anything", true],
];
for (const [typed, text, fits] of ASKED) {
  test(`${typed || "nothing"} ${fits ? "finds" : "does not find"} ${text}`, () => {
    assert.equal(matches(fold(text), parseQuery(typed)), fits);
  });
}

const MARKED = [
  ["rubik", "Rubik’s Cube", ["Rubik"]],
  ["rubiks", "Rubik’s Cube", ["Rubik’s"]],
  ["self-supervised", "Self-Supervised", ["Self", "Supervised"]],
  ['"self supervised"', "A Self-Supervised net", ["Self-Supervised"]],
  ["a al", "Álvaro", ["Ál", "a"]],
  ["", "nothing is marked", []],
];
for (const [typed, text, parts] of MARKED) {
  test(`${typed || "nothing"} marks ${parts.join(" and ") || "nothing"}`, () => {
    assert.deepEqual(findMarks(text, parseQuery(typed)).map(([start, end]) => text.slice(start, end)), parts);
  });
}

test("a snippet is the text around the first hit", () => {
  const text = `${"word ".repeat(60)}lantern${" word".repeat(60)}`;
  const snippet = findSnippet(text, parseQuery("lantern"));
  assert.match(snippet, /^….*lantern.*…$/);
  assert.ok(snippet.length < 200);
  assert.equal(findSnippet(text, parseQuery("moss")), null);
});
