/**
 * A chat: server-sent events to every browser, and what it missed to one that comes back. Run it:
 * `node --import ./tools/source.mjs examples/events.ts`.
 */
import { type GatewayApp, MethodNotAllowed, NotFound } from '@werkstatt/core';
import { runSimple } from '@werkstatt/serving';
import { type EventWriter, eventStream, Request, Response } from '@werkstatt/wrappers';

interface Message {
  id: number;
  text: string;
}

/** How many messages are kept for those who come back. */
const KEPT = 100;
const messages: Message[] = [];
const readers = new Set<EventWriter>();
let count = 0;

function send(events: EventWriter, { id, text }: Message): void {
  // Not awaited: what a slow reader has not taken yet is kept for it, up to a limit.
  void events.send({ id, json: { text } });
}

function publish(text: string): void {
  const message = { id: ++count, text };
  messages.push(message);
  if (messages.length > KEPT) messages.shift();
  for (const events of readers) send(events, message);
}

/** Sends what was missed, then what comes. The function at its end is called when the reader left. */
function chat(events: EventWriter): () => void {
  const last = Number(events.lastEventId ?? 0);
  for (const message of messages) if (message.id > last) send(events, message);
  readers.add(events);
  return () => readers.delete(events);
}

/** Ends every stream, as before a new version starts: the browsers come back by themselves. */
function drain(): void {
  for (const events of readers) void events.close();
}

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>A chat</title>
<style>:root { color-scheme: light dark } body { font: 1rem/1.5 system-ui; margin: 2rem }</style>
<h1>A chat</h1>
<form><input name="text" aria-label="Message" autofocus required> <button>Send</button></form>
<p><output id="state">connecting</output></p>
<ol id="messages"></ol>
<script>
const state = document.getElementById('state');
const source = new EventSource('/events');
let connections = 0;
source.onopen = () => { state.textContent = 'connected ' + ++connections; };
source.onerror = () => { state.textContent = 'connecting'; };
source.onmessage = ({ data }) => {
  const item = document.createElement('li');
  item.textContent = JSON.parse(data).text;
  document.getElementById('messages').append(item);
};
document.querySelector('form').onsubmit = async (event) => {
  event.preventDefault();
  const form = event.target;
  await fetch('/messages', { method: 'POST', body: new URLSearchParams(new FormData(form)) });
  form.reset();
};
</script>`;

const noContent = () => new Response(null, { status: 204 });

export const application: GatewayApp = Request.application(async (request) => {
  const { path, method } = request;
  switch (path) {
    case '/':
      return new Response(page, { mimetype: 'text/html' });
    case '/events':
      return eventStream(request, chat, { retry: 500 });
    case '/readers':
      return Response.json(readers.size);
    case '/messages':
    case '/drain': {
      if (method !== 'POST') throw new MethodNotAllowed(undefined, { validMethods: ['POST'] });
      if (path === '/drain') drain();
      else publish((await request.form()).get('text') ?? '');
      return noContent();
    }
    default:
      throw new NotFound();
  }
});

if (import.meta.main) {
  await runSimple('localhost', 4000, application);
}
