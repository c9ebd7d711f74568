// The address: every choice can be shared, and none that is not made stands in it.

import { CHOICES, FLAGS } from "./search.mjs";

const YEARS = ["from", "to"];

export const EMPTY = Object.freeze({
  search: "", sort: "", section: [], category: [], venue: [], type: [],
  from: 0, to: 0, code: false, open: false, retracted: false, undecided: false,
});

/** Read `?search=…&type=…`; what it names and nobody knows is left aside. */
export const readState = (text) => {
  const given = new URLSearchParams(text);
  const state = { ...EMPTY, search: given.get("search") ?? "", sort: given.get("sort") ?? "" };
  for (const name of Object.keys(CHOICES)) {
    const values = given.getAll(name).filter(Boolean);
    state[name] = name === "section" ? values.map(Number).filter(Number.isInteger) : values;
  }
  for (const name of Object.keys(FLAGS)) state[name] = given.get(name) === "1";
  for (const name of YEARS) state[name] = Number.parseInt(given.get(name) ?? "", 10) || 0;
  return state;
};

/** Write a state as `?search=…`, or nothing. */
export const writeState = (state) => {
  const said = new URLSearchParams();
  for (const name of ["search", "sort", ...YEARS]) if (state[name]) said.set(name, state[name]);
  for (const name of Object.keys(CHOICES)) for (const value of state[name]) said.append(name, value);
  for (const name of Object.keys(FLAGS)) if (state[name]) said.set(name, "1");
  const text = said.toString();
  return text && `?${text}`;
};

/** Whether a state hides papers. */
export const isFiltered = (state) => writeState({ ...state, sort: "" }) !== "";
