import { describe, expect, it } from 'vitest';
import { UsageError } from './fault';
import { ruleSeverities } from './rule-option';
import { testEngine } from './testing/engine';

const { rules } = testEngine;

describe('--rule', () => {
  it('sets severities, the last one for a rule', () => {
    expect(ruleSeverities([], rules)).toEqual({});
    expect(ruleSeverities(['imdsv1-call=error', 'credentials-permissions=off', 'imdsv1-call=hint'], rules)).toEqual({
      'imdsv1-call': 'hint',
      'credentials-permissions': 'off',
    });
  });

  it.each([
    ['imdsv1-call', '--rule imdsv1-call: write it as ID=SEVERITY, for example --rule imdsv1-call=error.'],
    [
      'imds-v1-call=error',
      '--rule imds-v1-call=error: there is no rule "imds-v1-call". Did you mean imdsv1-call? "ec2-warden rules" lists them all.',
    ],
    ['x=error', '--rule x=error: there is no rule "x". "ec2-warden rules" lists them all.'],
    [
      'imdsv1-call=eror',
      '--rule imdsv1-call=eror: there is no severity "eror". Did you mean error? Choose from error, warning, information, hint, off.',
    ],
    [
      'imdsv1-call=',
      '--rule imdsv1-call=: there is no severity "". Choose from error, warning, information, hint, off.',
    ],
    [
      'constructor=error',
      '--rule constructor=error: there is no rule "constructor". "ec2-warden rules" lists them all.',
    ],
  ])('refuses %j with a sentence', (option, sentence) => {
    expect(() => ruleSeverities([option], rules)).toThrow(new UsageError(sentence));
  });
});
