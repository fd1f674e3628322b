// The conversation on the page: its id, what was said before, and what the reader thinks of it.

import { answerView } from "./answer.js";
import { tell } from "./calling.js";
import { el } from "./dom.js";

export class Conversation {
  id = null;
  turns = []; // {asked, answer}, oldest first; the last one is shown as the answer

  add(asked, answer) {
    this.id = answer.conversation_id;
    this.turns.push({ asked, answer });
  }

  /** The next question begins another one. */
  leave() {
    this.id = null;
    this.turns = [];
  }

  /** The turns but `latest`, newest first, each folded. */
  earlierView(text, actions, latest) {
    return this.turns.filter(({ answer }) => answer !== latest).reverse().map(({ asked, answer }) =>
      el("details", { class: "turn" }, el("summary", {}, asked),
        el("div", { class: "answer" }, answerView(asked, answer, text, actions).slice(1))));
  }
}

/** Two buttons and, after a bad mark, a place to say why; `rated` maps message ids to ratings. */
export function feedbackView(answer, text, rated, offline) {
  const address = `api/messages/${answer.message_id}/feedback`;
  const said = el("p", { class: "said", role: "status" });
  const why = el("form", { class: "why", hidden: true, onsubmit: comment },
    el("label", {}, text.why, el("textarea", { rows: "2", maxlength: "4000" })),
    el("button", { type: "submit", class: "ask-this" }, text.sendWhy));
  const buttons = ["up", "down"].map((rating) => el("button", {
    type: "button", class: "rate", "aria-pressed": String(rated.get(answer.message_id) === rating),
    onclick: () => rate(rating),
  }, text[rating]));
  return el("div", { class: "feedback" },
    el("div", { class: "rates", role: "group", "aria-label": text.helped }, text.helped, buttons), why, said);

  async function rate(rating) {
    if (!await send({ rating }, text.thanks)) return;
    rated.set(answer.message_id, rating);
    buttons.forEach((button, n) => button.setAttribute("aria-pressed", String(n === (rating === "up" ? 0 : 1))));
    why.hidden = rating === "up";
  }

  async function comment(event) {
    event.preventDefault();
    const words = why.querySelector("textarea").value;
    if (words.trim() === "") return;
    why.hidden = await send({ rating: "down", comment: words }, text.thanks);
    if (why.hidden) buttons[1].focus();
  }

  async function send(body, thanks) {
    try {
      await tell(address, "POST", body, document.documentElement.lang, offline);
      said.textContent = thanks;
      return true;
    } catch (fault) {
      if (fault instanceof Error) throw fault;
      said.textContent = fault.message;
      return false;
    }
  }
}
