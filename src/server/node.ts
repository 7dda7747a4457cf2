import { type Connection, createConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-languageserver/node';
import { setFlagsFromString } from 'node:v8';
import { createEngine } from '../engine';
import { LOCAL_FILES } from './node-files';
import { GRAMMARS_BESIDE } from './node-grammars';
import { createServer } from './server';

/** `ipc`: VS Code's client, over the channel that Node opens to a forked process. `stdio`: every other editor. */
export type Transport = 'ipc' | 'stdio';

/** Starts the language server in this process; it ends the process when the client says so or is gone. */
export function startServer(transport: Transport = 'stdio'): void {
  const connection = connect(transport);
  // What is known of the version of now lives until the next keystroke, from which V8 concludes that its like should be born among the old, where it stays
  // for long after. Without: a keystroke in 1,000 lines of JSON took 7.7 ms of a processor at p95 instead of 12.8, in a shell script 8.7 instead of 10.
  setFlagsFromString('--no-allocation-site-pretenuring');
  createServer(connection, createEngine(GRAMMARS_BESIDE), LOCAL_FILES);
  connection.listen();
}

function connect(transport: Transport): Connection {
  return transport === 'ipc'
    ? createConnection(new IPCMessageReader(process), new IPCMessageWriter(process))
    : createConnection(process.stdin, process.stdout);
}

/** Editors name the transport on the command line in the way of vscode-languageserver's own servers. */
function runFromCommandLine(args: readonly string[]): void {
  if (args.includes('--node-ipc')) startServer('ipc');
  else if (args.includes('--stdio')) startServer('stdio');
  else {
    process.stderr.write('This is the language server of EC2 Warden. Editors start it with --stdio.\n');
    process.exitCode = 2;
  }
}

// The bundle is CommonJS: VS Code forks it as the main module, `ec2-warden lsp` requires it and calls startServer().
if (typeof require === 'function' && require.main === module) runFromCommandLine(process.argv.slice(2));
