import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Document, type Engine, type Finding, type Fix, NOTHING_DECLARED, type TextEdit } from '../../src/engine';
import { checkFindings, checkFixed, checkReal } from './procedure';
import { openSandbox, type Sandbox } from './sandbox/sandbox';
import { parseVectors, type Vector } from './vector';

// The procedure itself: it must let a right fix pass and stop each kind of wrong one.

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

const PUT = '-X PUT http://169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 300"';
const SENT = '-H "X-aws-ec2-metadata-token: $TOKEN"';
const PATH = 'http://169.254.169.254/latest/meta-data';

function vectorOf(script: string, stdout: string, keys = 'finds: imdsv1-call@2'): Vector {
  const [vector] = parseVectors('procedure', `=== example\n${keys}\n--- script\n${script}\n--- stdout\n${stdout}\n`);
  if (vector === undefined) throw new Error('no vector');
  return vector;
}

/** An engine that turns one text into another, as one finding with one fix, and finds nothing in any other text. */
function engineThat(before: string, after: string): Engine {
  const whole = (document: Document): TextEdit[] =>
    document.text === before ? [{ range: { start: 0, end: before.length }, newText: after }] : [];
  const fix: Fix = {
    title: 'Fix',
    safety: 'safe',
    edits: () => [{ range: { start: 0, end: before.length }, newText: after }],
  };
  const start = before.indexOf('curl');
  const finding: Finding = {
    ruleId: 'imdsv1-call',
    severity: 'warning',
    message: '',
    range: { start, end: start + 4 },
    related: [],
    fixes: [fix],
  };
  return {
    rules: [],
    configurationOf: () => Promise.resolve(undefined),
    prepare: (document) => Promise.resolve(document),
    couldMatter: () => true,
    lint: ({ text }) => ({ kind: 'Shell script', findings: text === before ? [finding] : [], failures: [] }),
    fixAll: whole,
    scripts: () => [],
    declared: () => NOTHING_DECLARED,
    suppress: () => undefined,
  };
}

const plain = `#!/bin/sh\nID=$(curl -sf ${PATH}/instance-id)\necho "$ID"\n`;
const plainOutput = 'i-0123456789abcdef0';

async function outcomeOf(fixed: string, vector = vectorOf(plain, plainOutput)): Promise<string> {
  const engine = engineThat(vector.document, fixed);
  checkFindings(engine, vector);
  return checkFixed(engine, sandbox, vector, 'dash').then(
    () => 'held',
    (error: unknown) => String(error).split('\n')[0] ?? '',
  );
}

describe('a vector', () => {
  test('that shows nothing wrong when it runs is not real', async () => {
    const harmless = vectorOf('#!/bin/sh\necho "curl"', 'curl');
    await expect(checkReal(sandbox, harmless, 'dash')).rejects.toThrow(/refused requests of the original/);
  });

  test('whose output is not what it says is not real', async () => {
    await expect(checkReal(sandbox, vectorOf(plain, 'something else'), 'dash')).rejects.toThrow();
  });

  test('with a key that nobody knows is not read', () => {
    expect(() => vectorOf(plain, plainOutput, 'finds: imdsv1-call@2\nfinish: now')).toThrow(/no such key: finish/);
  });

  test('whose findings are elsewhere is told', () => {
    const elsewhere = vectorOf(plain, plainOutput, 'finds: imdsv1-call@3');
    expect(() => checkFindings(engineThat(plain, plain), elsewhere)).toThrow(/lines and fixes/);
  });
});

describe('a fix', () => {
  test('that is right holds', async () => {
    const fixed = `#!/bin/sh\nTOKEN=$(curl -sSf ${PUT})\nID=$(curl ${SENT} -sf ${PATH}/instance-id)\necho "$ID"\n`;
    expect(await outcomeOf(fixed)).toBe('held');
  });

  test.each([
    ['changes nothing that matters', plain.replace('echo', 'echo '), /refused requests/],
    ['sends an unknown token', plain.replace('-sf', `-sf -H "X-aws-ec2-metadata-token: made-up"`), /refused requests/],
    ['prints something else', `#!/bin/sh\necho fixed\n`, /output and status/],
    [
      'leaves a file behind',
      `#!/bin/sh\nTOKEN=$(curl -sf ${PUT})\nID=$(curl ${SENT} -sf ${PATH}/instance-id)\necho "$ID" | tee id\n`,
      /files and calls/,
    ],
    [
      'ends where the original goes on',
      `#!/bin/sh\nTOKEN=$(curl -sf ${PUT}) || exit 1\nID=$(curl ${SENT} -sf ${PATH}/instance-id)\necho "$ID"\n`,
      /with no metadata service/,
    ],
  ])('that %s does not', async (_what, fixed, reason) => {
    expect(await outcomeOf(fixed)).toMatch(reason);
  });

  test('that sends the token to another host does not', async ({ skip }) => {
    skip(!sandbox.isolated, 'no private namespace');
    const script = `#!/bin/sh\ncurl -sf ${PATH}/instance-id\ncurl -sf http://app.example.internal/x\necho`;
    const vector = vectorOf(script, `${plainOutput}other /x`);
    const fixed = vector.document
      .replaceAll('curl -sf', `curl ${SENT} -sf`)
      .replace('#!/bin/sh\n', `#!/bin/sh\nTOKEN=$(curl -sf ${PUT})\n`);
    expect(await outcomeOf(fixed, vector)).toMatch(/tokens sent elsewhere/);
  });

  test('that lets a token grow old in a loop does not', async () => {
    const script = `#!/bin/sh\nuntil curl -sf ${PATH}/spot/termination-time; do sleep 600; done\necho`;
    const vector = vectorOf(script, '2025-11-22T08:22:00Z', 'finds: imdsv1-call@2\ninterrupted: 2\nabsent: skip');
    const sent = vector.document.replace('curl -sf', `curl ${SENT} -sf`);
    const outside = sent.replace('#!/bin/sh\n', `#!/bin/sh\nTOKEN=$(curl -sf ${PUT})\n`);
    expect(await outcomeOf(outside, vector)).toMatch(/refused requests/);
    const inside = sent.replace('until curl', `until TOKEN=$(curl -sf ${PUT}) && curl`);
    expect(await outcomeOf(inside, vector)).toBe('held');
  });

  test('whose fixed form is fixed again does not', async () => {
    const vector = vectorOf(plain, plainOutput);
    const engine: Engine = {
      ...engineThat(plain, plain),
      fixAll: () => [{ range: { start: 0, end: 0 }, newText: '# again\n' }],
    };
    await expect(checkFixed(engine, sandbox, vector, 'dash')).rejects.toThrow(/after "fix all"/);
  });
});
