/**
 * Long answers of EC2 read in portions. The SDK reads an answer in one turn of the event loop, and one of a thousand instances stops everything else in the
 * editor's extensions for 200 ms. Here the SDK is handed a few items of the list at a time, as answers of their own, and what it makes of them is put together.
 */
import type { EC2Client } from '@aws-sdk/client-ec2';
import { collectBody, HttpResponse } from '@smithy/core/protocols';
import type { $ClientProtocol, MetadataBearer } from '@smithy/types';
import { nextTurn } from './abortable';

/** Bytes; the SDK takes about 3 ms for as many. */
const PORTION = 64 * 1024;

/** How far into an answer its list may begin. */
const HEAD = 4096;

/** The root element, elements of text, and the list's own. Answers have neither comments nor sections of CDATA. */
const BEFORE_LIST = /^(?:<\?xml[^>]*>)?\s*<\w+Response[^<>]*>\s*(?:<\w+>[^<>]*<\/\w+>\s*|<\w+\/>\s*)*<(\w+)>\s*$/;

/**
 * An answer cut into answers with some items of its list each, all else being the same in each. Gives the whole where it is short, or anything but a list of
 * items right below the root.
 */
export function* portionsOf(answer: Buffer, size: number): Generator<Buffer, undefined, undefined> {
  const start = answer.length <= size ? -1 : answer.indexOf('<item>');
  const [, set] = (start < 0 || start > HEAD ? undefined : BEFORE_LIST.exec(answer.toString('utf8', 0, start))) ?? [];
  const end = set === undefined ? -1 : answer.lastIndexOf(`</${set}>`);
  if (start < 0 || end < start || answer.indexOf('<item>', end) >= 0) {
    yield answer;
    return undefined;
  }
  const head = answer.subarray(0, start);
  const tail = answer.subarray(end);
  const whole = (from: number, to: number): Buffer => Buffer.concat([head, answer.subarray(from, to), tail]);
  let from = start;
  let depth = 0;
  let opened = start;
  let closed = answer.indexOf('</item>', start);
  while (closed >= 0 && closed < end) {
    if (opened >= 0 && opened < closed) {
      depth += 1;
      opened = answer.indexOf('<item>', opened + 1);
      continue;
    }
    depth -= 1;
    const after = closed + '</item>'.length;
    if (depth === 0 && after - from >= size) {
      yield whole(from, after);
      from = after;
    }
    closed = answer.indexOf('</item>', after);
  }
  if (from < end) yield whole(from, end);
  return undefined;
}

/** Adds the lists of another portion of the same answer. */
function append(answer: object, portion: object): void {
  const known = answer as Record<string, unknown>;
  for (const [name, value] of Object.entries(portion)) {
    const list = known[name];
    if (Array.isArray(list) && Array.isArray(value)) for (const item of value) list.push(item);
    else known[name] ??= value;
  }
}

type Protocol = $ClientProtocol<unknown, HttpResponse>;

/** Has a client read long answers in portions, with turns for everything else in between. */
export function readInPortions(client: EC2Client, size = PORTION): void {
  // The SDK's own type is a union of older and newer spellings of the same.
  const protocol = client.config.protocol as unknown as Pick<Protocol, 'deserializeResponse'>;
  const read = protocol.deserializeResponse.bind(protocol);
  protocol.deserializeResponse = async <Output extends MetadataBearer>(
    ...[operation, context, response]: Parameters<Protocol['deserializeResponse']>
  ): Promise<Output> => {
    const { statusCode, headers } = response;
    if (statusCode !== 200) return read<Output>(operation, context, response);
    const bytes = await collectBody(response.body, context);
    const part = (body: Uint8Array): Promise<Output> =>
      read<Output>(operation, context, new HttpResponse({ statusCode, headers: { ...headers }, body }));
    const portions = portionsOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), size);
    const { value: first = bytes } = portions.next();
    const answer = await part(first);
    for (const body of portions) {
      await nextTurn();
      append(answer, await part(body));
    }
    return answer;
  };
}
