// The source panel: a passage with the quote marked in it.

import { el } from "./dom.js";

/** The parts that need no request. */
export function citationView(citation, text, body) {
  const [confidence, levels] = text.confidence;
  const [applies, regions] = text.applies;
  const unchecked = citation.checked !== null && !citation.checked.startsWith("content");
  const facts = [
    [text.from, citation.source], [text.locator, citation.locator],
    [confidence, levels[citation.confidence]],
    [applies, regions[citation.applies_to] ?? citation.applies_to],
    [text.caution, citation.caution],
    [text.check, unchecked && citation.wording === "own" ? text.unchecked : null],
  ].filter(([, value]) => value);
  return [
    el("h2", { id: "source-title", tabindex: "-1" },
      el("span", { class: "n" }, String(citation.n)), citation.title),
    body,
    el("dl", { class: `facts ${citation.confidence}` }, facts.map(([name, value]) =>
      el("div", {}, el("dt", {}, name), el("dd", {}, value)))),
  ];
}

/** The passage; offsets count code points, not UTF-16 units. The first line is its heading. */
export function passageView(citation, passage, text) {
  const points = Array.from(passage.text);
  const quote = points.slice(citation.start, citation.end).join("");
  const mark = el("mark", {}, quote);
  const before = points.slice(0, citation.start).join("");
  const after = points.slice(citation.end).join("");
  return el("div", {},
    el("p", { class: "notice" }, passage.notice),
    el("blockquote", { class: "passage", lang: passage.language === "zh" ? "zh-Hans" : "en" },
      before, el("span", { class: "unseen" }, `${text.quoted}: `), mark, after));
}

/** What is left when the passage cannot be opened. */
export function quoteOnly(citation, fault, text) {
  return el("div", {},
    el("p", { class: "notice", role: "alert" }, `${text.sourceFault} ${fault.message ?? ""}`,
      fault.request_id ? el("code", {}, fault.request_id) : null),
    el("blockquote", { class: "passage" }, el("mark", {}, citation.quote)));
}
