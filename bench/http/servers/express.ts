/** Express, with its own parsers and its sendFile. */
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import express from 'express';
import { asyncPieces, FILE, HELLO, LARGE, pieces } from '../payloads.ts';
import { listen } from './listen.ts';

const app = express();

app.get('/', (_, response) => response.type('text').send(HELLO));
app.post('/echo', express.json(), (request, response) => response.json(request.body));
app.post('/upload', express.raw({ limit: '1mb' }), (request, response) =>
  response.type('text').send(String((request.body as Buffer).length)),
);
app.get('/large', (_, response) => response.type('text').send(LARGE));
app.get('/stream', (_, response) => Readable.from(pieces()).pipe(response.type('text')));
app.get('/stream-async', (_, response) => Readable.from(asyncPieces()).pipe(response.type('text')));
app.get('/64-kib.txt', (_, response) => response.sendFile(FILE));

listen(createServer(app));
