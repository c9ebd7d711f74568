// References as files: the entries that the build has written, put together for the papers of a selection.

// The abstract stands once in the data; in the entries this sign stands for it.
const ABSTRACT = "\u{e000}";

export const FORMATS = {
  bib: { name: "BibTeX", file: "papers.bib", media: "application/x-bibtex" },
  ris: { name: "RIS", file: "papers.ris", media: "application/x-research-info-systems" },
  csl: { name: "CSL-JSON", file: "papers.json", media: "application/vnd.citationstyles.csl+json" },
};

/** Return the text of a file with these papers, given by their details. */
export const render = (format, details) => {
  if (format === "bib") return details.map(({ bib }) => bib).join("\n");
  if (format === "ris") return details.map(({ ris, abstract }) => ris.replaceAll(ABSTRACT, () => abstract)).join("\n");
  const items = details.map(({ csl, abstract }) => (csl.abstract ? { ...csl, abstract } : csl));
  return `${JSON.stringify(items, null, 2)}\n`;
};
