import type { MetadataRequest, Program } from '../../program/program';
import type { Settings } from '../../settings';
import { rulePage, type ProgramFinding, type ProgramRule } from '../rule';

/** A finding that remembers its request, so that several can be put right together. */
interface CallFinding extends ProgramFinding {
  readonly request: MetadataRequest;
}

function isCallFinding(finding: ProgramFinding): finding is CallFinding {
  return 'request' in finding;
}

function toFinding(request: MetadataRequest, program: Program, settings: Settings): CallFinding {
  const { held, address, client, endpoint, range } = request;
  const related = [];
  if (held?.set) related.push({ range: held.set, message: `${held.name} gets a token here.` });
  if (address && (address.end <= range.start || address.start >= range.end)) {
    related.push({ range: address, message: 'The address is set here.' });
  }
  const reason = held
    ? `${held.name} holds a token, but this request does not send it.`
    : 'It gets 401 where IMDSv2 is required.';
  return {
    request,
    range,
    message: `${client} calls the instance metadata service without a token (IMDSv1). ${reason}`,
    // Which cloud is this? A bare request for the root may be asking just that.
    ...(endpoint.kind === 'root' && program.mentionsOtherClouds ? { severity: 'information' as const } : {}),
    related,
    fixes: [
      {
        title: held ? `Send the token in ${held.name}` : 'Fetch a token and send it (IMDSv2)',
        rewrite: () => program.rewriter.sendToken([request], settings.tokenTtlSeconds),
      },
    ],
  };
}

export const imdsv1Call: ProgramRule = {
  meta: {
    id: 'imdsv1-call',
    title: 'Metadata request without a token',
    description:
      'A request to the EC2 instance metadata service that carries no session token (IMDSv1). Where IMDSv1 is allowed, anything that can make this host send a request can read the credentials of its role; where it is not, the request fails.',
    severity: 'warning',
    fix: 'safe',
    url: rulePage('imdsv1-call'),
  },
  check: (program, settings) =>
    program.requests
      .filter(({ token, fallback, endpoint }) => token.state === 'none' && !fallback && endpoint.kind !== 'token')
      .map((request) => toFinding(request, program, settings)),
  together: (program, findings, settings) =>
    program.rewriter.sendToken(
      findings.filter(isCallFinding).map(({ request }) => request),
      settings.tokenTtlSeconds,
    ),
};
