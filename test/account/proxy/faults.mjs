import { errorReply } from './reply.mjs';

/** @typedef {import('./call.mjs').Call} Call */
/** @typedef {import('./proxy.mjs').Rule} Rule */

/**
 * Which calls a fault strikes: all that have what is given here.
 * @typedef {object} Where
 * @property {string} [action]
 * @property {string} [region]
 * @property {string} [account]
 * @property {number} [times] how often; always when left out
 * @property {number} [after] how many of the calls are let through first
 */

/** @param {Where} where @param {Rule} strike @returns {Rule} */
function struck({ action, region, account, times = Infinity, after = 0 }, strike) {
  let seen = 0;
  return (call, forward) => {
    if (action !== undefined && call.action !== action) return undefined;
    if (region !== undefined && call.region !== region) return undefined;
    if (account !== undefined && call.account !== account) return undefined;
    seen += 1;
    return seen > after && seen <= after + times ? strike(call, forward) : undefined;
  };
}

/** @param {{ status: number, code: string, message: string }} error @returns {(where?: Where) => Rule} */
function answering(error) {
  return (where = {}) => struck(where, (call) => errorReply(call, error));
}

/** EC2 User Guide, "Request throttling for the Amazon EC2 API"; SDKs retry it. */
export const throttled = answering({ status: 503, code: 'RequestLimitExceeded', message: 'Request limit exceeded.' });

/** EC2 API Reference, "Server error codes". */
export const internalError = answering({
  status: 500,
  code: 'InternalError',
  message: 'An internal error has occurred',
});
export const unavailable = answering({
  status: 503,
  code: 'Unavailable',
  message: 'The service is unavailable. Please try again shortly.',
});

/** A session token after its end: `ExpiredToken` of STS and IAM, `RequestExpired` of EC2 (EC2 API Reference, "Client error codes"). @param {Where} [where] @returns {Rule} */
export function expiredToken(where = {}) {
  return struck(where, (call) =>
    errorReply(
      call,
      call.protocol === 'ec2'
        ? { status: 400, code: 'RequestExpired', message: 'Request has expired.' }
        : { status: 403, code: 'ExpiredToken', message: 'The security token included in the request is expired' },
    ),
  );
}

/** Keys that AWS does not know. @param {Where} [where] @returns {Rule} */
export function unknownKey(where = {}) {
  return struck(where, (call) =>
    errorReply(
      call,
      call.protocol === 'ec2'
        ? {
            status: 401,
            code: 'AuthFailure',
            message: 'AWS was not able to validate the provided access credentials',
          }
        : {
            status: 403,
            code: 'InvalidClientTokenId',
            message: 'The security token included in the request is invalid.',
          },
    ),
  );
}

/** A permission that the caller does not have, in AWS's words of 2024. @param {Where} [where] @returns {Rule} */
export function denied(where = {}) {
  return struck(where, (call) => {
    const prefix = { monitoring: 'cloudwatch' }[call.service] ?? call.service;
    const who = `arn:aws:sts::${call.account}:assumed-role/Engineer/ec2-warden`;
    const words = `User: ${who} is not authorized to perform: ${prefix}:${call.action} because no identity-based policy allows the ${prefix}:${call.action} action`;
    return errorReply(
      call,
      call.protocol === 'ec2'
        ? {
            status: 403,
            code: 'UnauthorizedOperation',
            message: `You are not authorized to perform this operation. ${words}`,
          }
        : { status: 403, code: 'AccessDenied', message: words },
    );
  });
}

/**
 * An account that enforces IMDSv2 lets no instance go back to IMDSv1 (EC2 User Guide, "Modify instance metadata options for existing instances", Troubleshooting).
 * @returns {Rule}
 */
export function imdsv2Enforced() {
  return (call) =>
    call.action === 'ModifyInstanceMetadataOptions' && call.parameters.get('HttpTokens') === 'optional'
      ? errorReply(call, {
          status: 400,
          code: 'UnsupportedOperation',
          message: "You can't launch instances with IMDSv1 because httpTokensEnforced is enabled for this account.",
        })
      : undefined;
}

/** A gateway between here and AWS that answers in AWS's place. @param {Where} [where] @returns {Rule} */
export function htmlPage(where = {}) {
  const body = Buffer.from('<!doctype html>\n<html lang=en>\n<title>502 Bad Gateway</title>\n<h1>Bad Gateway</h1>\n');
  return struck(where, () => ({ status: 502, headers: { 'content-type': 'text/html' }, body }));
}

/** The connection ends in the middle of an answer. @param {Where} [where] @returns {Rule} */
export function cut(where = {}) {
  return struck(where, async (_call, forward) => {
    const reply = await forward();
    return { ...reply, cutAfter: Math.floor(reply.body.length / 2) };
  });
}

/** The connection ends without an answer. @param {Where} [where] @returns {Rule} */
export function hungUp(where = {}) {
  return struck(where, () => ({ status: 0, headers: {}, body: Buffer.alloc(0), cutAfter: 0 }));
}

/** An answer that ends in the middle although its transfer was whole. @param {Where} [where] @returns {Rule} */
export function truncated(where = {}) {
  return struck(where, async (_call, forward) => {
    const reply = await forward();
    return { ...reply, body: reply.body.subarray(0, Math.floor(reply.body.length / 2)) };
  });
}

/** The first byte comes late. @param {number} waitMs @param {Where} [where] @returns {Rule} */
export function slow(waitMs, where = {}) {
  return struck(where, async (_call, forward) => ({ ...(await forward()), waitMs }));
}

/** How far a caller's clock may be off: "Elements of an AWS API request signature". */
const TOLERANCE_MS = 5 * 60_000;

/**
 * The server's clock goes ahead of the caller's (or behind it): AWS refuses what was signed too far from its own time, and says that time in the header
 * `Date`, by which SDKs put themselves right.
 * @param {number} minutes @param {Where} [where] @returns {Rule}
 */
export function clockSkew(minutes, where = {}) {
  return struck(where, (call, forward) => {
    const now = Date.now() + minutes * 60_000;
    const off = Math.abs(now - (call.signedAt?.getTime() ?? now));
    const date = new Date(now).toUTCString();
    if (off < TOLERANCE_MS) return forward().then((reply) => ({ ...reply, headers: { ...reply.headers, date } }));
    const error =
      call.protocol === 'ec2'
        ? { status: 400, code: 'RequestExpired', message: 'Request has expired.' }
        : { status: 403, code: 'SignatureDoesNotMatch', message: 'Signature expired: the clock is not right.' };
    const reply = errorReply(call, error);
    return { ...reply, headers: { ...reply.headers, date } };
  });
}
