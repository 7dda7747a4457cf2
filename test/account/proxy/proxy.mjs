import { createServer, request as sendRequest, Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { readCall } from './call.mjs';
import { errorReply } from './reply.mjs';

/** @typedef {import('./call.mjs').Call} Call */
/** @typedef {import('./reply.mjs').Reply} Reply */

/**
 * Answers a call in the emulator's place, or changes its answer; undefined leaves the call to the next rule.
 * @typedef {(call: Call, forward: (changed?: URLSearchParams) => Promise<Reply>) => Promise<Reply> | Reply | undefined} Rule
 */

/**
 * A call that was made.
 * @typedef {object} Recorded
 * @property {string} service
 * @property {string} action
 * @property {string} region
 * @property {string} account
 * @property {URLSearchParams} parameters
 * @property {number} at milliseconds, `performance.now()` of its arrival
 * @property {number} status 0 for one that was cut or still is on its way
 */

/**
 * @typedef {object} Proxy
 * @property {string} endpoint
 * @property {Recorded[]} calls all of them, in the order of their arrival; to be emptied by whoever wants to start anew
 * @property {(rule: Rule) => () => void} use puts a rule before all others; gives the function that takes it out again
 * @property {() => void} clear takes out all rules that `use` put in
 * @property {() => Promise<void>} close
 */

/**
 * A proxy in front of an emulated account, on the loopback interface.
 * @param {string} upstream the emulator's endpoint
 * @param {readonly Rule[]} [standing] rules that stay, behind those of `use`
 * @returns {Promise<Proxy>} whoever opens it closes it
 */
export async function openProxy(upstream, standing = []) {
  const target = new URL(upstream);
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  /** @type {Rule[]} */
  let rules = [];
  /** @type {Recorded[]} */
  const calls = [];
  /** @type {Map<string, string>} */
  const accounts = new Map();

  /** @param {Call} call @returns {Promise<Reply>} */
  async function ask(call) {
    const reply = await send(target, agent, call);
    if (call.action.startsWith('AssumeRole')) remember(reply.body.toString('utf8'));
    return reply;
  }

  /** @param {string} answer to AssumeRole */
  function remember(answer) {
    const [, key] = /<AccessKeyId>([^<]+)</.exec(answer) ?? [];
    const [, account] = /<Arn>arn:[^:]+:sts::(\d{12}):/.exec(answer) ?? [];
    if (key !== undefined && account !== undefined) accounts.set(key, account);
  }

  /** @param {Call} call @param {readonly Rule[]} [left] the rules that have not been asked @returns {Promise<Reply>} */
  async function replyTo(call, left = [...rules, ...standing]) {
    for (const [index, rule] of left.entries()) {
      const reply = rule(call, (changed) => replyTo(withParameters(call, changed), left.slice(index + 1)));
      if (reply !== undefined) return reply;
    }
    return ask(call);
  }

  const server = createServer((request, response) => {
    const at = performance.now();
    /** @type {Buffer[]} */
    const chunks = [];
    request.on('data', (/** @type {Buffer} */ chunk) => chunks.push(chunk));
    request.on('end', () => {
      const call = readCall(request, Buffer.concat(chunks), (key) => accounts.get(key));
      const { service, action, region, account, parameters } = call;
      const recorded = { service, action, region, account, parameters, at, status: 0 };
      calls.push(recorded);
      replyTo(call)
        .catch((/** @type {unknown} */ error) =>
          errorReply(call, {
            status: 502,
            code: 'BadGateway',
            message: `The proxy of the tests failed: ${String(error)}`,
          }),
        )
        .then((reply) => {
          recorded.status = reply.cutAfter === undefined ? reply.status : 0;
          return write(response, reply);
        })
        .catch(() => response.destroy());
    });
  });
  server.keepAliveTimeout = 30_000;
  const port = await new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  return {
    endpoint: `http://127.0.0.1:${port}`,
    calls,
    use: (rule) => {
      rules = [rule, ...rules];
      return () => {
        rules = rules.filter((other) => other !== rule);
      };
    },
    clear: () => {
      rules = [];
    },
    close: () =>
      new Promise((resolve) => {
        agent.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** @param {Call} call @param {URLSearchParams} [parameters] @returns {Call} */
function withParameters(call, parameters) {
  return parameters === undefined
    ? call
    : {
        ...call,
        action: parameters.get('Action') ?? call.action,
        parameters,
        body: Buffer.from(parameters.toString()),
      };
}

/** @param {URL} target @param {Agent} agent @param {Call} call @returns {Promise<Reply>} */
function send(target, agent, { method, path, headers: given, body }) {
  return new Promise((resolve, reject) => {
    const headers = { ...given, 'content-length': String(body.length) };
    const outgoing = sendRequest(
      { agent, hostname: target.hostname, port: target.port, method, path, headers },
      (answer) => {
        /** @type {Buffer[]} */
        const chunks = [];
        answer.on('data', (/** @type {Buffer} */ chunk) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () => {
          const { 'content-type': type = 'text/xml', 'smithy-protocol': protocol } = answer.headers;
          resolve({
            status: answer.statusCode ?? 502,
            headers: {
              'content-type': type,
              ...(protocol === undefined ? {} : { 'smithy-protocol': String(protocol) }),
            },
            body: Buffer.concat(chunks),
          });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** @param {import('node:http').ServerResponse} response @param {Reply} reply */
async function write(response, { status, headers, body, waitMs = 0, cutAfter }) {
  if (waitMs > 0) await sleep(waitMs, undefined, { ref: false });
  if (cutAfter === 0) {
    response.destroy();
    return;
  }
  if (headers['date'] !== undefined) response.sendDate = false;
  response.writeHead(status, { ...headers, 'content-length': String(body.length) });
  if (cutAfter === undefined) response.end(body);
  else response.write(body.subarray(0, cutAfter), () => response.destroy());
}
