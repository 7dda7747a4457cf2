import { randomUUID } from 'node:crypto';

/** @typedef {import('./call.mjs').Call} Call */

/**
 * What is sent back.
 * @typedef {object} Reply
 * @property {number} status
 * @property {Record<string, string>} headers
 * @property {Buffer} body
 * @property {number} [waitMs] before the first byte
 * @property {number} [cutAfter] bytes of the body, after which the connection is cut; 0 sends nothing at all
 */

/** @param {string} text */
export function escapeXml(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** An answer of the EC2 Query API. @param {string} action @param {string} content XML @returns {Reply} */
export function ec2Reply(action, content) {
  const head = `<?xml version="1.0" encoding="UTF-8"?>\n<${action}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">`;
  return xml(200, `${head}<requestId>${randomUUID()}</requestId>${content}</${action}Response>`);
}

/**
 * An error as the service of the call spells errors: "Making requests using the Query API" (EC2), "Common error types" (STS, IAM), AWS JSON 1.0
 * and Smithy RPC v2 CBOR (the newer services).
 * @param {Call} call
 * @param {{ status: number, code: string, message: string }} error
 * @returns {Reply}
 */
export function errorReply(call, { status, code, message }) {
  const id = randomUUID();
  const written = `<Code>${code}</Code><Message>${escapeXml(message)}</Message>`;
  switch (call.protocol) {
    case 'ec2':
      return xml(
        status,
        `<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error>${written}</Error></Errors><RequestID>${id}</RequestID></Response>`,
      );
    case 'query':
    case 'rest': {
      const type = status < 500 ? 'Sender' : 'Receiver';
      return xml(
        status,
        `<ErrorResponse><Error><Type>${type}</Type>${written}</Error><RequestId>${id}</RequestId></ErrorResponse>`,
      );
    }
    case 'json': {
      const body = Buffer.from(JSON.stringify({ __type: code, message }));
      return { status, headers: { 'content-type': 'application/x-amz-json-1.0' }, body };
    }
    case 'cbor': {
      const parts = [Buffer.from([0xa2]), ...['__type', code, 'message', message].map(cborText)];
      const headers = { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' };
      return { status, headers, body: Buffer.concat(parts) };
    }
  }
}

/** A text string of CBOR (RFC 8949, major type 3). @param {string} text */
function cborText(text) {
  const bytes = Buffer.from(text);
  const head = Buffer.alloc(3);
  head.writeUInt8(0x79, 0);
  head.writeUInt16BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}

/** @param {number} status @param {string} text @returns {Reply} */
function xml(status, text) {
  return { status, headers: { 'content-type': 'text/xml;charset=UTF-8' }, body: Buffer.from(text) };
}
