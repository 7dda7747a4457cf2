/*
 * Takes the place of Node's `net` in the bundles (scripts/build.mjs). vscode-jsonrpc loads that module for the transports
 * that we do not use, pipes and sockets; without it the linter cannot open a connection even by mistake, and a test can say so.
 */

function refuse(): never {
  throw new Error(
    'EC2 Warden talks to editors over standard input and output or Node IPC; there are no sockets in it.',
  );
}

export { refuse as createConnection, refuse as createServer };
