/** Small templates with the verdict on each resource, in YAML and in JSON alike. */
import { expect, it } from 'vitest';
import { engine } from '../../../../testing/script';
import { tally } from '../../../../testing/verdict-tally';
import type { Finding } from '../../../../index';
import { parseTemplate } from '../../testing/render';

/** What is found, as `rule resource` or, where the severity is not the rule's own, `rule resource severity`; in order of the alphabet. */
export type Case = readonly [name: string, template: string, verdicts: readonly string[]];

/** Rules that speak of other things than the case is about. */
const ASIDE: readonly string[] = [];

const STACK = 'file:///srv/stack.yaml';

export function findingsOf(text: string, uri = STACK): readonly Finding[] {
  const { findings, failures, kind } = engine.lint({ uri, text });
  expect(failures).toEqual([]);
  expect(kind).toBe('CloudFormation template');
  return findings;
}

export function verdictsOf(text: string, aside: readonly string[] = ASIDE): readonly string[] {
  return findingsOf(text)
    .filter(({ ruleId, severity }) => !aside.includes(ruleId) && !aside.includes(`${ruleId} ${severity}`))
    .map(({ ruleId, resource, severity }) => {
      const own = engine.rules.find(({ id }) => id === ruleId)?.severity;
      return `${ruleId} ${resource ?? '-'}${severity === own ? '' : ` ${severity}`}`;
    })
    .sort();
}

/** The same template in JSON. */
export function asJson(yaml: string): string {
  return JSON.stringify(parseTemplate(yaml), undefined, 2);
}

/** Each case holds in YAML, in JSON and in JSON on one line. */
export function judges(cases: readonly Case[], aside: readonly string[] = ASIDE): void {
  it.each(cases)('%s', (_, template, verdicts) => {
    const expected = [...verdicts].sort();
    tally(
      'CloudFormation',
      { uri: STACK, text: template },
      verdicts,
      (id) => !aside.some((each) => each.startsWith(id)),
    );
    expect(verdictsOf(template, aside)).toEqual(expected);
    if (/#|<<:|&/.test(template)) return;
    const json = asJson(template);
    expect(verdictsOf(json, aside)).toEqual(expected);
    expect(verdictsOf(JSON.stringify(JSON.parse(json)), aside)).toEqual(expected);
  });
}

const indent = (text: string, by: number): string => text.replace(/^(?=.)/gm, ' '.repeat(by));

/** A template with these sections, each as YAML text, and resources `A`, `B`, ... of which each is a type and its properties. */
export function stack(
  resources: Readonly<Record<string, readonly [type: string, properties: string]>>,
  sections = '',
): string {
  const body = Object.entries(resources).map(
    ([id, [type, properties]]) => `  ${id}:\n    Type: AWS::${type}\n    Properties:\n${indent(properties, 6)}\n`,
  );
  return `${sections}${sections === '' || sections.endsWith('\n') ? '' : '\n'}Resources:\n${body.join('')}`;
}

/** A group with these rules, each as the inside of a flow map. */
export function group(...ingress: readonly string[]): string {
  const items = ingress.map((rule) => `  - ${/^[!{]/.test(rule) ? rule : `{ ${rule} }`}\n`);
  return stack({ G: ['EC2::SecurityGroup', `GroupDescription: a\nSecurityGroupIngress:\n${items.join('')}`] });
}
