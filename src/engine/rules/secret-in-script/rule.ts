import { secretsIn } from '../../secrets/detect';
import { rulePage, type ProgramRule } from '../rule';

export const secretInScript: ProgramRule = {
  meta: {
    id: 'secret-in-script',
    title: 'Secret in a script',
    description:
      'A key, token or password written out in user data. Everybody who may describe the instance, and everything that runs on it, can read user data; so can whoever reads the template.',
    severity: 'error',
    fix: 'none',
    url: rulePage('secret-in-script'),
  },
  check: ({ text = '' }) =>
    secretsIn(text).map(({ range, what }) => ({
      range,
      sensitive: true,
      message: `${what} is written out here, where many can read it. Let the instance's role give access, or fetch it from Secrets Manager or Parameter Store.`,
      fixes: [],
    })),
};
