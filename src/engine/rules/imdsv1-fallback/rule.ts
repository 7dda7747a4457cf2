import { rulePage, type ProgramRule } from '../rule';

export const imdsv1Fallback: ProgramRule = {
  meta: {
    id: 'imdsv1-fallback',
    title: 'Falls back to a metadata request without a token',
    description:
      'A metadata request without a token that is kept for when no token could be had. It keeps IMDSv1 in use: as long as it is there, tokens cannot be required without a risk, and whoever can make the token request fail gets the old behaviour.',
    severity: 'information',
    fix: 'suggestion',
    url: rulePage('imdsv1-fallback'),
  },
  check: (program) =>
    program.requests
      .filter(({ token, fallback, endpoint }) => token.state === 'none' && fallback && endpoint.kind !== 'token')
      .map((request) => ({
        range: request.range,
        message: `${request.client} calls the instance metadata service without a token (IMDSv1) when no token was had. Every instance answers IMDSv2: this is not needed.`,
        fixes: [{ title: 'Delete the fallback to IMDSv1', rewrite: () => program.rewriter.deleteFallback(request) }],
      })),
};
