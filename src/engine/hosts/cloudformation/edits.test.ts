import fc from '../../../../test/fast-check';
import { describe, expect, it } from 'vitest';
import { FETCH, META, SEND } from '../../testing/rewritten';
import { engine, fixed } from '../../testing/script';
import { STACK, template } from './testing/judged';

const JSON_STACK = 'file:///srv/stack.json';
const CALL = `curl ${META}/instance-id`;
const FIXED = `curl ${SEND} ${META}/instance-id`;

describe('edits fit the template', () => {
  it.each([
    [
      'a line of a block',
      template(
        `  A:\n    Type: AWS::EC2::Instance\n    Properties:\n      UserData:\n        Fn::Base64: !Sub |\n          #!/bin/sh\n          ${CALL}\n    DependsOn: B\n`,
      ),
      `          ${CALL}\n`,
      `          ${FETCH}\n          ${FIXED}\n`,
      STACK,
    ],
    [
      'an element of a list of strings',
      `{"Resources": {"A": {"Type": "AWS::EC2::Instance", "Properties": {"UserData": {"Fn::Base64": {"Fn::Join": ["", [\n  "#!/bin/sh\\n",\n  "${CALL}\\n"\n]]}}}}}}`,
      `  "${CALL}\\n"`,
      `  ${JSON.stringify(`${FETCH}\n`)},\n  ${JSON.stringify(`${FIXED}\n`)}`,
      JSON_STACK,
    ],
    [
      'an item of an SSM document',
      template(
        `  A:\n    Type: AWS::SSM::Document\n    Properties:\n      Content:\n        schemaVersion: '2.2'\n        mainSteps:\n          - action: aws:runShellScript\n            inputs:\n              runCommand:\n                - "${CALL}"\n`,
      ),
      `                - "${CALL}"\n`,
      `                - ${JSON.stringify(FETCH)}\n                - ${JSON.stringify(FIXED)}\n`,
      STACK,
    ],
    [
      'an item of an Image Builder component in a text',
      template(
        `  A:\n    Type: AWS::ImageBuilder::Component\n    Properties:\n      Data: |\n        schemaVersion: 1.0\n        phases:\n          - name: build\n            steps:\n              - action: ExecuteBash\n                inputs:\n                  commands:\n                    - ${CALL}\n`,
      ),
      `                    - ${CALL}\n`,
      `                    - '${FETCH}'\n                    - '${FIXED}'\n`,
      STACK,
    ],
  ])('%s', (_, text, before, after, uri) => {
    expect(text).toContain(before);
    expect(fixed(text, uri)).toBe(text.replace(before, () => after));
  });
});

describe('broken templates', () => {
  const inYaml = template(
    `  A:\n    Type: AWS::EC2::Instance\n    Metadata:\n      AWS::CloudFormation::Init: &init\n        a: { commands: { b: { command: [sh, -c, "${CALL}"] } } }\n    Properties:\n      UserData:\n        Fn::Base64: !Join\n          - ''\n          - - !Sub ["\${P}", { P: !If [C, 1, 2] }]\n            - "${CALL}\\n"\n  'Fn::ForEach::L': [X, !Ref L, { 'B\${X}': { Type: AWS::EC2::SecurityGroup, Properties: *init } }]\n`,
    'Parameters:\n  P: { Type: String, Default: a }\nMappings:\n  M: { a: { b: c } }\nConditions:\n  C: !Equals [!Ref P, a]\n',
  );

  it.each([
    ['YAML', inYaml, STACK],
    [
      'JSON',
      JSON.stringify({
        Resources: {
          A: {
            Type: 'AWS::EC2::Instance',
            Properties: { UserData: { 'Fn::Base64': { 'Fn::Join': ['', [CALL, { Ref: 'P' }]] } } },
          },
        },
      }),
      JSON_STACK,
    ],
  ])('%s never throws, and edits stay within the text', (_, whole, uri) => {
    const change = fc.record({
      from: fc.nat(whole.length),
      length: fc.nat(12),
      by: fc.constantFrom('', '"', '}', ']', ': ', '\n', '- ', '!Sub ', '*init', '&init ', '{', '[', "'", '|\n'),
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), fc.nat(whole.length), (changes, end) => {
        let text = whole;
        for (const { from, length, by } of changes) text = text.slice(0, from) + by + text.slice(from + length);
        for (const broken of [text, whole.slice(0, end), text.slice(0, end)]) {
          const { findings, failures } = engine.lint({ uri, text: broken });
          expect(failures).toEqual([]);
          for (const { fixes } of findings) {
            for (const { range } of fixes.flatMap((fix) => fix.edits())) {
              expect(range.start).toBeGreaterThanOrEqual(0);
              expect(range.end).toBeLessThanOrEqual(broken.length);
            }
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
