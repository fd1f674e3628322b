// Requests. Each throws {message, hint?, request_id?}; `offline` is what to say without a connection.

/** A JSON body. */
export async function call(address, options, offline) {
  return json(await reached(address, "application/json", options, offline), offline);
}

/** Says something that is answered with nothing. */
export async function tell(address, method, body, language, offline) {
  const headers = { "Accept-Language": language, ...(body && { "Content-Type": "application/json" }) };
  const response = await reached(address, "application/json", { method, headers, body: body && JSON.stringify(body) }, offline);
  if (!response.ok) await json(response, offline);
}

/** A reply in events: `heard` gets each {block, kind, sentence}; the result is the whole answer. */
export async function stream(address, options, offline, heard) {
  const response = await reached(address, "text/event-stream, application/json;q=0.5", options, offline);
  if (!response.headers.get("content-type").startsWith("text/event-stream")) return json(response, offline);
  for await (const [name, data] of events(response, offline)) {
    if (name === "delta") heard(data);
    if (name === "done") return data;
    if (name === "error") throw data;
  }
  throw lost(response, offline);
}

async function reached(address, accept, options, offline) {
  try {
    return await fetch(address, { ...options, headers: { ...options.headers, Accept: accept } });
  } catch {
    throw { message: offline };
  }
}

async function json(response, offline) {
  let body;
  try {
    body = await response.json();
  } catch {
    throw lost(response, offline);
  }
  if (!response.ok) throw body.error ?? lost(response, offline);
  return body;
}

const lost = (response, offline) => ({ message: offline, request_id: response.headers.get("x-request-id") });

/** [name, data] of each server-sent event; comments are passed over. */
async function* events(response, offline) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read().catch(() => { throw lost(response, offline); });
    if (done) return;
    text += value;
    const whole = text.split("\n\n");
    text = whole.pop();
    for (const event of whole) {
      const name = /^event: (.*)$/m.exec(event), data = /^data: (.*)$/m.exec(event);
      if (name && data) yield [name[1], JSON.parse(data[1])];
    }
  }
}
