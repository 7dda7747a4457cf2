import { describe, expect, test } from 'vitest';
import { createEngine, type Document } from '.';
import { embeddedScripts } from './embedded-scripts';
import type { LocatedProgram } from './examine';
import { UNKNOWN } from './program/value';
import { scriptBuilder } from './text/source-map';

const CALL = 'curl -s http://169.254.169.254/latest/meta-data/instance-id';

function scriptsIn(text: string): ReturnType<ReturnType<typeof createEngine>['scripts']> {
  const document: Document = { uri: 'file:///w/user-data.sh', text };
  return createEngine().scripts(document);
}

describe('scripts of a document', () => {
  test('a script that another one writes is one, with its findings in its own coordinates', () => {
    const text = `#!/bin/sh\ncat >/opt/x.sh <<'EOF'\n#!/bin/sh\nID=$(${CALL})\nEOF\n`;
    const [script, ...rest] = scriptsIn(text);
    expect(rest).toEqual([]);
    expect(script).toMatchObject({ language: 'shell', text: `#!/bin/sh\nID=$(${CALL})\n` });
    expect(text.slice(script?.range.start, script?.range.end)).toBe(script?.text);
    expect(script?.findings.map(({ ruleId, range }) => [ruleId, script.text.slice(range.start, range.end)])).toEqual([
      ['imdsv1-call', CALL],
    ]);
  });

  test('the document itself is none of them', () => {
    expect(scriptsIn(`#!/bin/sh\n${CALL}\n`)).toEqual([]);
    expect(scriptsIn(`\uFEFF#!/bin/sh\n${CALL}\n`)).toEqual([]);
  });

  test('what a comment silences is not found', () => {
    const text = `#!/bin/sh\ncat >/opt/x.sh <<'EOF'\n#!/bin/sh\n# ec2-warden-disable-next-line imdsv1-call\n${CALL}\nEOF\n`;
    expect(scriptsIn(text).map(({ findings }) => findings)).toEqual([[]]);
  });
});

describe('what the document puts into a script', () => {
  /** The script `echo X; curl Y`, where the document has `first` and `second` in the places of X and Y. */
  function withExpressions(first: string, second: string): { document: string; located: LocatedProgram } {
    const document = `key: echo ${first}; curl ${second}`;
    const builder = scriptBuilder(document);
    let at = 'key: '.length;
    for (const [words, expression, placeholder] of [
      ['echo ', first, '\uE000'],
      ['; curl ', second, '\uE001'],
    ] as const) {
      builder.copy(at, at + words.length);
      at += words.length;
      builder.opaque(placeholder, at, at + expression.length);
      at += expression.length;
    }
    const placeholders = new Map([
      ['\uE000', UNKNOWN],
      ['\uE001', UNKNOWN],
    ]);
    const script = { language: 'shell', ...builder.build(), placeholders } as const;
    const program = { requests: [], permissions: [], mentionsOtherClouds: false, rewriter: {} } as never;
    return { document, located: { program, script, owner: undefined } };
  }

  test('is shown as it is written there, and findings move along', () => {
    const { document, located } = withExpressions('${First}', '${Second}');
    const { text } = located.script;
    const start = text.indexOf('curl');
    const finding = { ruleId: 'r', severity: 'warning', message: 'm', range: { start, end: text.length } } as const;
    const [script] = embeddedScripts(document, [located], () => [finding]);
    expect(script?.text).toBe('echo ${First}; curl ${Second}');
    const range = script?.findings[0]?.range;
    expect(script?.text.slice(range?.start, range?.end)).toBe('curl ${Second}');
  });

  test('is left out where it is long or has several lines', () => {
    const { document, located } = withExpressions('a\nb', 'x'.repeat(81));
    expect(embeddedScripts(document, [located], () => [])[0]?.text).toBe('echo …; curl …');
  });
});
