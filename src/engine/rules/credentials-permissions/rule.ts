import { rulePage, type ProgramRule } from '../rule';

export const credentialsPermissions: ProgramRule = {
  meta: {
    id: 'credentials-permissions',
    title: 'Credential files open to others',
    description:
      'A command that gives group or others access to AWS credentials, SSH keys or other private keys. Every account and every service on the host can then use them.',
    severity: 'warning',
    fix: 'safe',
    url: rulePage('credentials-permissions'),
  },
  check: (program) =>
    program.permissions.map(({ range, target, mode, opensTo, fix }) => ({
      range,
      message: `${mode} gives ${opensTo} access to ${target}.`,
      fixes: [{ title: 'Leave access to the owner only', rewrite: () => fix }],
    })),
};
