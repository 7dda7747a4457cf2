import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answer } from './answer';
import type { RequestRecord, ServiceState } from './protocol';
import { tokenStore } from './tokens';

export interface Listen {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
}

/** What the service is told of the machine it stands in for. */
export interface Surroundings {
  /** Seconds of each call of `sleep` that the script has made so far; they also move the service's clock. */
  sleeps(): readonly number[];
}

/** A metadata service for tests. */
export interface MetadataService {
  /** Ports in the order of the addresses asked for. */
  readonly ports: readonly number[];
  /** Puts the service into a state, forgets its records and counts connections anew. Tokens given out stay good. */
  configure(state: ServiceState): Promise<void>;
  /** What was asked since `configure`, connections that were dropped excepted. */
  records(): readonly RequestRecord[];
  close(): Promise<void>;
}

const NO_SLEEPS: Surroundings = { sleeps: () => [] };

/**
 * Starts a metadata service that answers as the EC2 User Guide says, on every address given.
 * @throws Error where an address cannot be listened on.
 */
export async function startMetadataService(
  addresses: readonly Listen[],
  surroundings: Surroundings = NO_SLEEPS,
): Promise<MetadataService> {
  let state: ServiceState = { tokens: 'optional', presence: 'up' };
  let records: RequestRecord[] = [];
  let connections = 0;
  let waiting: NodeJS.Timeout | undefined;
  const asleep = (): number => surroundings.sleeps().reduce((sum, seconds) => sum + seconds, 0);
  const tokens = tokenStore(() => Date.now() + asleep() * 1000);

  const isDown = (): boolean => {
    const { down } = state;
    if (down === undefined) return false;
    if ('connections' in down) return connections <= down.connections;
    return 'sleeps' in down && surroundings.sleeps().length < down.sleeps;
  };

  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const header = (name: string): string | undefined => request.headersDistinct[name]?.[0];
    const method = request.method ?? '';
    const target = request.url ?? '';
    const { interruptedAfterSleeps } = state;
    const interrupted = interruptedAfterSleeps !== undefined && surroundings.sleeps().length >= interruptedAfterSleeps;
    const { status, body, headers, token } = answer({ method, target, header }, state, tokens, interrupted);
    const forwarded = header('x-forwarded-for') !== undefined;
    records.push({ method, path: target, host: header('host') ?? '', token, status, forwarded });
    response.writeHead(status, {
      ...headers,
      connection: 'close',
      'content-length': Buffer.byteLength(body),
      server: 'EC2ws',
    });
    response.end(method === 'HEAD' ? undefined : body);
    request.resume();
  };

  const servers = addresses.map(() =>
    createServer(handle).on('connection', (socket) => {
      connections++;
      if (isDown()) socket.destroy();
    }),
  );
  const ports: number[] = [];
  for (const [index, server] of servers.entries()) {
    const { host, port } = addresses[index] ?? { host: '127.0.0.1', port: 0 };
    ports.push(await listen(server, host, port));
  }

  const setListening = async (on: boolean): Promise<void> => {
    for (const [index, server] of servers.entries()) {
      if (on && !server.listening) await listen(server, addresses[index]?.host ?? '127.0.0.1', ports[index] ?? 0);
      if (!on) await stop(server);
    }
  };

  return {
    ports,
    async configure(next) {
      clearTimeout(waiting);
      state = next;
      records = [];
      connections = 0;
      const { down, presence } = next;
      const late = down !== undefined && 'milliseconds' in down ? down.milliseconds : undefined;
      await setListening(presence === 'up' && late === undefined);
      if (presence === 'up' && late !== undefined) waiting = setTimeout(() => void setListening(true), late);
    },
    records: () => records,
    async close() {
      clearTimeout(waiting);
      await setListening(false);
    },
  };
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, () => {
      server.off('error', reject);
      // A server that listens on TCP has an AddressInfo (node:net, server.address()).
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    if (!server.listening) {
      resolve();
      return;
    }
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
