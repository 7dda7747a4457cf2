import type { MessagePort } from 'node:worker_threads';
import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { createEngine } from '../engine';
import { grammarsOfClient } from './client-files';
import { createServer } from './server';

/** The global scope of a dedicated worker: it posts and receives messages as a port does. Types of the DOM are not loaded here. */
declare const self: MessagePort;

// The entry of a web worker: the same server, talking by postMessage.
const connection = createConnection(new BrowserMessageReader(self), new BrowserMessageWriter(self));
createServer(connection, createEngine(grammarsOfClient(connection)));
connection.listen();
