import { rulePage, type RuleMeta } from './rule';

/** What is wrong with a configuration file itself. */
export const INVALID_CONFIGURATION: RuleMeta = {
  id: 'invalid-configuration',
  title: 'Configuration that has no effect',
  description:
    'A line of .ec2-warden.yaml that names a setting or rule that does not exist, or gives it a value that it cannot have. It has no effect: what it was to silence or to raise stays as it is.',
  severity: 'error',
  fix: 'none',
  url: rulePage('invalid-configuration'),
};
