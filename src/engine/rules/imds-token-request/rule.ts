import type { TokenRequestProblem } from '../../program/program';
import { rulePage, type ProgramRule } from '../rule';

const REASONS: Readonly<Record<TokenRequestProblem, string>> = {
  'no-ttl':
    'A token request needs the header X-aws-ec2-metadata-token-ttl-seconds; without it the metadata service answers 400.',
  'ttl-range': 'The lifetime of a token is 1 to 21600 seconds; for any other the metadata service answers 400.',
  'dated-path': 'Tokens come from /latest/api/token only; for a dated version the metadata service answers 403.',
  'not-put': 'A token is asked for by PUT; the metadata service refuses any other method here.',
};

export const imdsTokenRequest: ProgramRule = {
  meta: {
    id: 'imds-token-request',
    title: 'Token request that must fail',
    description:
      'A request for a metadata token that the service refuses: no lifetime or one outside 1 to 21600 seconds, a dated path, or a method other than PUT. Scripts that do not notice go on without a token.',
    severity: 'error',
    fix: 'safe',
    url: rulePage('imds-token-request'),
  },
  check: (program, settings) =>
    program.requests.flatMap((request) =>
      request.problem === undefined
        ? []
        : [
            {
              range: request.range,
              message: REASONS[request.problem],
              fixes: [
                {
                  title: 'Make it a valid token request',
                  rewrite: () => program.rewriter.repairTokenRequest(request, settings.tokenTtlSeconds),
                },
              ],
            },
          ],
    ),
};
