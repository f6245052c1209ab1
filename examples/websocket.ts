/**
 * WebSocket messages, sent back as they come, by the package `ws`. Run it:
 * `node --import ./tools/source.mjs examples/websocket.ts`.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { BadRequest, type Environ, Forbidden, type GatewayApp, NotFound } from '@werkstatt/core';
import { runSimple } from '@werkstatt/serving';
import { Request, Response } from '@werkstatt/wrappers';
import { type WebSocket, WebSocketServer } from 'ws';

/** Every open WebSocket is in `sockets.clients`. */
export const sockets: WebSocketServer = new WebSocketServer({
  noServer: true,
  // Octets of one message, which is held in memory.
  maxPayload: 1_048_576,
});

function echo(socket: WebSocket): void {
  socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
  // A message that is malformed or too large: ws closes the connection.
  socket.on('error', () => {});
}

/**
 * Makes an upgrade of the gateway protocol what `ws` expects of `node:http`. It answers a broken
 * handshake itself, and closes the connection.
 */
function acceptWebSocket(environ: Environ, accepted: (socket: WebSocket) => void): void {
  const upgrade = environ['gateway.upgrade'];
  if (upgrade === undefined) throw new BadRequest('Here is a WebSocket: ask for an upgrade.');
  const fields = environ['gateway.raw_headers']!();
  const headers = Object.fromEntries(fields.map(([name, value]) => [name.toLowerCase(), value]));
  const { REQUEST_METHOD: method, REQUEST_URI: url } = environ;
  const { socket, head } = upgrade();
  const request = { method, url, headers, socket } as unknown as IncomingMessage;
  sockets.handleUpgrade(request, socket as unknown as Duplex, head as Buffer, accepted);
}

/** Any page of the web may open a WebSocket, with its reader's cookies: only ours shall. */
function checkOrigin({ HTTP_ORIGIN: origin, HTTP_HOST: host }: Environ): void {
  const foreign = origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host);
  if (foreign) throw new Forbidden('This WebSocket is for pages of this server.');
}

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>An echo</title>
<style>:root { color-scheme: light dark } body { font: 1rem/1.5 system-ui; margin: 2rem }</style>
<h1>An echo</h1>
<form><input name="text" aria-label="Message" autofocus required> <button>Send</button></form>
<p><output id="state">connecting</output></p>
<ol id="messages"></ol>
<script>
const state = document.getElementById('state');
const socket = new WebSocket(location.origin.replace('http', 'ws') + '/echo');
socket.onopen = () => { state.textContent = 'connected'; };
socket.onclose = ({ code }) => { state.textContent = 'closed: ' + code; };
socket.onmessage = ({ data }) => {
  const item = document.createElement('li');
  item.textContent = data;
  document.getElementById('messages').append(item);
};
document.querySelector('form').onsubmit = (event) => {
  event.preventDefault();
  socket.send(new FormData(event.target).get('text'));
  event.target.reset();
};
</script>`;

const site = Request.application(({ path }) => {
  if (path !== '/') throw new NotFound();
  return new Response(page, { mimetype: 'text/html' });
});

const webSocket = Request.application(({ environ }) => {
  checkOrigin(environ);
  acceptWebSocket(environ, echo);
  // The connection is no longer the server's: no response.
  return () => [];
});

export const application: GatewayApp = (environ, startResponse) =>
  environ.PATH_INFO === '/echo' ? webSocket(environ, startResponse) : site(environ, startResponse);

if (import.meta.main) {
  await runSimple('localhost', 4000, application);
}
