import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { ForeignRequest } from './protocol';

/** Everything but the metadata service that a script can reach: an ordinary host, ECS's endpoint, and a forwarding proxy. */
export interface OtherHosts {
  records(): readonly ForeignRequest[];
  forget(): void;
}

function tokenSent(message: IncomingMessage): boolean {
  return Object.keys(message.headers).some((name) => name.startsWith('x-aws-ec2-metadata-token'));
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen({ host, port }, resolve);
  });
}

/** Starts them on the addresses that `enter.sh` gave to the loopback. */
export async function startOtherHosts(): Promise<OtherHosts> {
  let records: ForeignRequest[] = [];
  const ordinary = (): Server =>
    createServer((message, response) => {
      const url = `http://${message.headers.host ?? ''}${message.url ?? ''}`;
      records.push({ url, to: 'host', tokenSent: tokenSent(message) });
      response.writeHead(200, { 'content-type': 'text/plain', connection: 'close' }).end(`other ${message.url ?? ''}`);
    });
  // Forwards as an open forward proxy does: with X-Forwarded-For, for which the metadata service refuses token requests.
  const proxy = createServer((message, response) => {
    records.push({ url: message.url ?? '', to: 'proxy', tokenSent: tokenSent(message) });
    const headers = { ...message.headers, 'x-forwarded-for': '10.0.1.23', connection: 'close' };
    const onward = request(message.url ?? '', { method: message.method ?? 'GET', headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.writeHead(502).end());
    message.pipe(onward);
  });
  await listen(ordinary(), '198.51.100.7', 80);
  await listen(ordinary(), '169.254.170.2', 80);
  await listen(proxy, '127.0.0.1', 3128);
  return {
    records: () => records,
    forget: () => {
      records = [];
    },
  };
}
