// Elements from data: text is always text, and an address is http(s) or this page's own.

import { findMarks } from "./text.mjs";

const SVG = "http://www.w3.org/2000/svg";

const fill = (node, attributes, children) => {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
};

export const make = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);
export const draw = (tag, attributes = {}, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

/** A link, or its text alone where the address is none that a reader should follow. */
export const link = (address, ...children) =>
  /^(?:https?:\/\/|#)/.test(address ?? "") ? make("a", { href: address }, ...children) : make("span", {}, ...children);

/** Text with what was searched for marked in it. */
export const marked = (text, query) => {
  const parts = [];
  let at = 0;
  for (const [start, end] of findMarks(text, query)) {
    parts.push(text.slice(at, start), make("mark", {}, text.slice(start, end)));
    at = end;
  }
  return [...parts, text.slice(at)];
};
