import { findingsIn, marked, unmarked } from '../../../testing/script';
import { DEFAULT_SETTINGS } from '../../../settings';

export const STACK = 'file:///srv/stack.yaml';

/** What rules over resources say of templates that are about scripts. */
const SCRIPTS_ONLY = { ...DEFAULT_SETTINGS, rules: { 'imdsv1-allowed': 'off' as const } };

/** Lints a marked template; equal to it where all that is found is what is marked, and it is metadata requests without a token. */
export function judgedCalls(template: string, uri = STACK): string {
  const text = unmarked(template);
  const findings = findingsIn(text, uri, SCRIPTS_ONLY);
  const others = findings.filter(({ ruleId }) => ruleId !== 'imdsv1-call').map(({ ruleId }) => ruleId);
  return marked(text, findings) + others.map((id) => `\n(also ${id})`).join('');
}

/** A template with these resources, as YAML text. */
export function template(resources: string, sections = ''): string {
  return `${sections}Resources:\n${resources}`;
}
