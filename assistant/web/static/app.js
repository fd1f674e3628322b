// One form, one answer, one source panel.

import { answerView, faultView, partView } from "./answer.js";
import { call, stream, tell } from "./calling.js";
import { Conversation, feedbackView } from "./conversation.js";
import { el } from "./dom.js";
import { citationView, passageView, quoteOnly } from "./source.js";
import { EXAMPLES, preferred, TEXTS } from "./text.js";

const LONGEST = 4000;
const $ = (id) => document.getElementById(id);
const form = $("ask"), message = $("message"), status = $("status"), panel = $("source");
const wide = matchMedia("(min-width: 64rem)");

let language = preferred(navigator.languages);
let shown = null; // shows the answer or fault again, in the current language
let busy = false;
const conversation = new Conversation();
const rated = new Map(); // message id to "up" or "down"
let opener = null;
let opened = null; // the citation in the panel

const text = () => TEXTS[language];

function speak(next) {
  language = next;
  document.documentElement.lang = next;
  for (const element of document.querySelectorAll("[data-text]"))
    element.textContent = text()[element.dataset.text];
  message.placeholder = EXAMPLES.find(([of]) => of === next)[1];
}

/** `answer` is null where there is none to judge. */
function show(view, answer = null) {
  shown = () => {
    place([...view(), ...(answer ? [feedbackView(answer, text(), rated, text().offline)] : [])]);
    $("turns").replaceChildren(...conversation.earlierView(text(), { open, ask: askThis }, answer));
    $("earlier").hidden = $("turns").childElementCount === 0;
    $("conversation").hidden = conversation.id === null;
  };
  shown();
}

function leave() {
  conversation.leave();
  closePanel();
  shown = null;
  for (const id of ["answer", "earlier", "conversation"]) $(id).hidden = true;
  $("examples").hidden = false;
  message.value = "";
  count();
  message.focus();
}

async function remove() {
  if (busy || !confirm(text().sure)) return;
  try {
    await tell(`api/conversations/${conversation.id}`, "DELETE", null, language, text().offline);
  } catch (fault) {
    if (fault instanceof Error) throw fault;
    if (fault.code !== "conversation_unknown") return say(fault.message, "complaint");
  }
  leave();
  say(text().removed, "");
}

function place(elements) {
  $("examples").hidden = true;
  $("answer").hidden = false;
  $("answer").replaceChildren(...elements);
}

function question() {
  const asked = message.value.normalize("NFC");
  if (asked.trim() === "") return [null, text().blank];
  return Array.from(asked).length > LONGEST ? [null, text().tooLong] : [asked, null];
}

async function ask(asked) {
  if (busy) return;
  setBusy(true);
  closePanel();
  const chosen = $("language").value;
  try {
    const answer = await stream("api/chat", {
      method: "POST",
      headers: { "Accept-Language": language, "Content-Type": "application/json" },
      body: JSON.stringify({ message: asked, language: chosen, ...(conversation.id && { conversation_id: conversation.id }) }),
    }, text().offline, hearing(asked));
    if (chosen === "auto") speak(answer.language);
    conversation.add(asked, answer);
    show(() => answerView(asked, answer, text(), { open, ask: askThis }), answer);
    say(text().done(answer.citations.length), "quiet");
  } catch (fault) {
    if (fault instanceof Error) throw fault; // a fault of this page: to the console, not to people
    if (fault.code === "conversation_unknown") conversation.id = null; // trying again begins another
    show(() => faultView(asked, fault, text(), () => ask(asked)));
    say("", "quiet");
  } finally {
    setBusy(false);
  }
  if (document.activeElement !== message || !wide.matches) reveal();
}

/** Shows sentences as they come; their sources can be opened once the answer is whole. */
function hearing(asked) {
  const blocks = [];
  return ({ block, kind, sentence }) => {
    blocks[block] ??= { kind, sentences: [] };
    blocks[block].sentences.push(sentence);
    place(partView(asked, blocks, text()));
  };
}

function setBusy(now) {
  busy = now;
  $("answer").setAttribute("aria-busy", String(now));
  document.body.classList.toggle("busy", now);
  form.querySelector(".send").setAttribute("aria-disabled", String(now));
  if (now) say(text().busy, "");
}

/** To the live region; "quiet" is heard but not seen. */
function say(words, manner) {
  status.className = `status ${manner}`;
  status.textContent = words;
}

function reveal() {
  const heading = $("answer").querySelector(".question");
  heading.focus({ preventScroll: true });
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  heading.scrollIntoView({ block: "start", behavior: still ? "auto" : "smooth" });
}

function askThis(asked) {
  message.value = asked;
  count();
  message.blur();
  return ask(asked);
}

async function open(citation, button) {
  opener?.classList.remove("current");
  opener = button;
  opener.classList.add("current");
  opened = citation;
  fill(el("p", { class: "notice" }, text().loading));
  document.body.classList.add("reading"); // first, or showing the panel scrolls the page to it
  if (!panel.open && wide.matches) panel.show();
  else if (!panel.open) panel.showModal();
  $("source-title").focus({ preventScroll: true });
  const address = `api/sources/${encodeURIComponent(citation.passage_id)}?language=${language}`;
  let body;
  try {
    body = passageView(citation, await call(address, { headers: { "Accept-Language": language } }, text().offline), text());
  } catch (fault) {
    if (fault instanceof Error) throw fault;
    body = quoteOnly(citation, fault, text());
  }
  if (opened !== citation) return; // another was opened meanwhile
  fill(body);
  $("source-title").focus({ preventScroll: true });
  $("source-body").querySelector("mark").scrollIntoView({ block: "nearest" });

  function fill(content) {
    $("source-body").replaceChildren(...citationView(citation, text(), content));
  }
}

function closePanel() {
  if (panel.open) panel.close();
}

function count() {
  const length = Array.from(message.value.normalize("NFC")).length;
  $("count").textContent = length > LONGEST - 500 ? `${length} / ${LONGEST}` : "";
  $("count").classList.toggle("over", length > LONGEST);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const [asked, complaint] = question();
  if (complaint) {
    say(complaint, "complaint");
    message.focus();
  } else ask(asked);
});
message.addEventListener("input", count);
message.addEventListener("keydown", (event) => {
  // While an input method composes, Enter picks a candidate; 229 is how Safari tells.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  form.requestSubmit();
});
$("language").addEventListener("change", (event) => {
  const chosen = event.target.value;
  closePanel();
  say("", "quiet");
  speak(chosen === "auto" ? preferred(navigator.languages) : chosen);
  shown?.();
});
$("new").addEventListener("click", () => {
  if (busy) return;
  leave();
  say(text().begun, "quiet");
});
$("delete").addEventListener("click", remove);
$("close").addEventListener("click", closePanel);
panel.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closePanel();
});
panel.addEventListener("close", () => {
  opened = null;
  document.body.classList.remove("reading");
  opener?.classList.remove("current");
  if (opener?.isConnected) opener.focus();
});
wide.addEventListener("change", closePanel); // beside the answer or over it: reopened as fits

for (const [of, example] of EXAMPLES)
  $("example-list").append(el("li", { lang: of },
    el("button", { type: "button", class: "ask-this", onclick: () => askThis(example) }, example)));
speak(language);
