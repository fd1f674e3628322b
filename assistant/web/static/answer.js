// An answer as elements.

import { el } from "./dom.js";

/** `actions` is {open(citation, button), ask(text)}. */
export function answerView(question, answer, text, actions) {
  const marks = (numbers) => markButtons(numbers, answer, text, actions);
  return [
    questionView(question, text),
    answer.outcome === "answered" ? null
      : el("p", { class: `outcome ${answer.outcome}` }, text.outcome[answer.outcome]),
    el("div", { class: "blocks", lang: answer.language }, answer.blocks.map((block) => blockView(block, marks, answer.language))),
    warningsView(answer, text),
    suggestionsView(answer, text, actions, answer.outcome === "clarify"),
    el("div", { lang: answer.language }, ["steps", "roles", "documents", "clauses"].map((group) => groupView(group, answer, text, marks))),
    sourcesView(answer, text, actions),
    answer.outcome === "clarify" ? null : suggestionsView(answer, text, actions, true),
    el("p", { class: "as-of" }, text.asOf(answer.as_of)),
  ].filter((part) => part !== null);
}

/** What has come of an answer so far; its marks come with its sources. */
export function partView(question, blocks, text) {
  const language = /^[\x20-\x7e]/.test(blocks[0].sentences[0].text) ? "en" : "";
  return [
    questionView(question, text),
    el("div", { class: "blocks" }, blocks.map((block) => blockView(block, () => [], language))),
  ];
}

function questionView(question, text) {
  return el("h2", { class: "question", tabindex: "-1" }, el("span", { class: "unseen" }, `${text.asked}: `), question);
}

function markButtons(numbers, answer, text, actions) {
  return numbers.map((n) => {
    const citation = answer.citations.find((one) => one.n === n);
    return el("button", {
      type: "button", class: "mark", "data-n": String(n), "aria-haspopup": "dialog",
      "aria-label": text.open(n, citation.title), title: citation.title,
      onclick: (event) => actions.open(citation, event.currentTarget),
    }, String(n));
  });
}

function blockView(block, marks, language) {
  const gap = language === "en" ? " " : "";
  const sentence = (one, name) =>
    el(name, { class: `sentence ${one.kind}` }, one.text, marks(one.citations));
  if (block.kind === "list")
    return el("ul", { class: "list" }, block.sentences.map((one) => sentence(one, "li")));
  return el("p", { class: block.kind }, block.sentences.flatMap((one) => [sentence(one, "span"), gap]));
}

function warningsView(answer, text) {
  if (answer.warnings.length === 0) return null;
  return el("aside", { class: "warnings", "aria-label": text.warnings, lang: answer.language },
    answer.warnings.map((warning) => el("p", {}, warning)));
}

function suggestionsView(answer, text, actions, wanted) {
  if (!wanted || answer.suggestions.length === 0) return null;
  return el("section", { class: "suggestions" },
    el("h3", {}, answer.outcome === "clarify" ? text.choose : text.suggestions),
    el("ul", { lang: answer.language }, answer.suggestions.map((suggestion) => el("li", {},
      el("button", { type: "button", class: "ask-this", onclick: () => actions.ask(suggestion) }, suggestion)))));
}

function groupView(group, answer, text, marks) {
  const items = answer[group];
  if (items.length === 0) return null;
  return el("section", { class: `group ${group}` }, el("h3", {}, text[group]),
    el("ul", { class: "items" }, items.map((item) => itemView(item, answer, text, marks))));
}

function itemView(item, answer, text, marks) {
  const requirement = item.requirement
    ? el("span", { class: `badge ${item.requirement}`, title: item.basis ?? null }, text.requirement[item.requirement] ?? item.requirement)
    : null;
  const owners = (item.owner ?? []).map((id) => {
    const role = answer.roles.find((one) => one.id === id);
    return role ? `${role.title} (${id})` : id;
  });
  return el("li", { class: "item" },
    el("span", { class: "id" }, item.id),
    el("div", { class: "what" },
      el("p", { class: "title" }, el("strong", {}, item.title), marks(item.citations), requirement),
      item.detail ? el("p", { class: "detail" }, item.detail) : null,
      owners.length ? el("p", { class: "detail" }, `${text.owner}: ${owners.join(text.joined)}`) : null));
}

function sourcesView(answer, text, actions) {
  if (answer.citations.length === 0) return null;
  return el("section", { class: "group cited" }, el("h3", {}, text.sources),
    el("ol", { class: "sources" }, answer.citations.map((citation) => el("li", {},
      el("button", { type: "button", class: "open-source", "aria-haspopup": "dialog", onclick: (event) => actions.open(citation, event.currentTarget) },
        el("span", { class: "n" }, String(citation.n)),
        el("span", { class: "what" }, el("span", { class: "title" }, citation.title),
          el("span", { class: "where" }, `${citation.locator} · ${citation.source}`)))))));
}

/** `fault` is {message, hint?, request_id?}. */
export function faultView(question, fault, text, retry) {
  return [
    questionView(question, text),
    el("div", { class: "fault", role: "alert" },
      el("h3", {}, text.faultTitle),
      el("p", {}, fault.message),
      fault.hint ? el("p", {}, fault.hint) : null,
      fault.request_id ? el("p", { class: "request-id" }, `${text.requestId}: `, el("code", {}, fault.request_id)) : null,
      el("button", { type: "button", class: "ask-this", onclick: retry }, text.again)),
  ];
}
