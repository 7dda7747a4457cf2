import { rulePage, type ProgramRule } from '../rule';

export const imdsThroughProxy: ProgramRule = {
  meta: {
    id: 'imds-through-proxy',
    title: 'Metadata request through a proxy',
    description:
      'A metadata request that a proxy set in the script would get. The proxy answers for its own host or not at all, sees the token and the credentials, and adds a header for which the metadata service refuses to give a token.',
    severity: 'warning',
    fix: 'safe',
    url: rulePage('imds-through-proxy'),
  },
  check: (program) =>
    program.requests.flatMap((request) =>
      request.proxy === undefined
        ? []
        : [
            {
              range: request.range,
              message: `${request.proxy.name} sends this metadata request to the proxy. The metadata service answers only on the instance itself.`,
              ...(request.proxy.set
                ? { related: [{ range: request.proxy.set, message: `${request.proxy.name} is set here.` }] }
                : {}),
              fixes: [
                { title: 'Keep the request away from the proxy', rewrite: () => program.rewriter.bypassProxy(request) },
              ],
            },
          ],
    ),
};
