import { secretsIn } from '../../secrets/detect';
import type { Range } from '../../text/range';
import { rulePage, type ProgramRule } from '../rule';

/** What PowerShell assigns without quotes is a command or an expression, never a text. */
function isExpression(text: string, { start }: Range): boolean {
  return /=\s*$/.test(text.slice(Math.max(0, start - 40), start));
}

const ADVICE =
  "where many can read it. Let the instance's role give access, or fetch it from Secrets Manager or Parameter Store.";

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
  check: ({ language, text = '' }) =>
    secretsIn(text)
      .filter(({ range }) => language !== 'powershell' || !isExpression(text, range))
      .map(({ range, what }) => ({
        range,
        sensitive: true,
        message: `${what} is written out here, ${ADVICE}`,
        messageElsewhere: `${what} gets into the script here, ${ADVICE}`,
        fixes: [],
      })),
};
