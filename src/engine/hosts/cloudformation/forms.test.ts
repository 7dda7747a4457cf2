/** A script in every form that a template can give it is found, fixed and edited as it is in a file of its own. */
import fc from '../../../../test/fast-check';
import { describe, expect, it } from 'vitest';
import { editsOf } from '../../testing/arbitrary-edits';
import { FETCH, META, SEND } from '../../testing/rewritten';
import { engine, findingsIn, fixed } from '../../testing/script';
import { applyEdits } from '../../text/edits';
import { NO_GRAMMARS } from '../../grammar/grammars';
import { cloudFormation } from './host';
import { FORMS, type Form } from './testing/forms';
import { at, parseTemplate, PUT_IN, renderText } from './testing/render';

const SURROUNDINGS = { grammars: NO_GRAMMARS, files: new Map<string, string>() };

/** Scripts, with what stands for a reference. */
const SCRIPTS: readonly (readonly [name: string, script: string])[] = [
  ['one call', `#!/bin/bash\ncurl ${META}/instance-id\n`],
  ['a substitution', `#!/bin/bash -e\nyum update -y\nID=$(curl -s ${META}/instance-id)\necho "$ID"\n`],
  ['two calls', `#!/bin/bash\nA=$(curl ${META}/a)\nB=\`curl ${META}/b\`\necho "\${A} \${B}"\n`],
  ['a function', `#!/bin/bash\nget() {\n  curl -s "${META}/$1"\n}\nget instance-id\n`],
  ['a loop', `#!/bin/sh\nuntil curl -sf ${META}/instance-id; do\n  sleep 1\ndone\n`],
  ['a here-document', `#!/bin/bash\ncat > /x.sh <<'EOF'\n#!/bin/sh\ncurl ${META}/instance-id\nEOF\nsh /x.sh\n`],
  ['a reference beside the call', `#!/bin/bash\naws --region ${PUT_IN} s3 ls\ncurl -s ${META}/instance-id\n`],
  ['a reference in the line', `#!/bin/bash\ncurl -s ${META}/instance-id > /var/${PUT_IN}\n`],
  ['tokens already', `#!/bin/bash\n${FETCH}\ncurl ${SEND} ${META}/a\ncurl ${META}/b\n`],
  ['nothing to find', `#!/bin/bash\n${FETCH}\ncurl ${SEND} ${META}/a\n# curl ${META}/b\n`],
];

const shown = (script: string): string => script.replaceAll(PUT_IN, 'region');

function rendered(template: string, form: Form): string {
  return renderText(at(parseTemplate(template), form.path));
}

let cases = 0;

describe.each(FORMS)('$name', (form) => {
  it.each(SCRIPTS)('%s', (_, script) => {
    const template = form.write(script);
    if (template === undefined) return;
    cases++;
    expect(rendered(template, form)).toBe(script);
    const inFile = findingsIn(shown(script)).map(({ ruleId }) => ruleId);
    const found = engine.lint({ uri: form.file, text: template });
    expect(found.failures).toEqual([]);
    const ofScripts = found.findings.filter(({ ruleId }) => inFile.includes(ruleId) || ruleId === 'imdsv1-call');
    expect(ofScripts.map(({ ruleId }) => ruleId)).toEqual(inFile);
    expect(ofScripts.every(({ resource }) => resource === 'Server')).toBe(true);
    const after = fixed(template, form.file);
    expect(shown(rendered(after, form))).toBe(fixed(shown(script)));
    expect(fixed(after, form.file)).toBe(after);
    if (inFile.length === 0) expect(after).toBe(template);
  });

  it('random edits of the script read as what was meant, or are refused', () => {
    let written = 0;
    const unit = fc.constantFrom('a', ' ', '$', '{', '}', '!', '"', "'", '\\', '\n', '漢', PUT_IN);
    const someScript = fc
      .string({ unit, maxLength: 30 })
      .map((text) => `#!/bin/sh\n${text.trimEnd()}\ncurl ${META}/a\n`);
    const newText = fc.string({
      unit: fc.constantFrom('a', ' ', '$', '{', '}', '!', '"', "'", '\\', '\n'),
      maxLength: 5,
    });
    fc.assert(
      fc.property(
        someScript.chain((script) => fc.tuple(fc.constant(script), editsOf(script, newText))),
        ([script, edits]) => {
          const template = form.write(script);
          if (template === undefined || rendered(template, form) !== script) return;
          const [embedded] = cloudFormation.documents?.({ name: form.file, text: template }, SURROUNDINGS) ?? [];
          if (!embedded) throw new Error('no script');
          const { document, map } = embedded;
          const isPutIn = /[\uE000-\uE0FF]/g;
          expect(document.text.replace(isPutIn, PUT_IN)).toBe(script);
          const mapped = map.toHostEdits(edits);
          if (!mapped || edits.length === 0) return;
          written++;
          const after = applyEdits(template, mapped);
          expect(rendered(after, form)).toBe(applyEdits(script, edits));
          expect(at(parseTemplate(after), ['Resources', 'Server', 'Properties', 'InstanceType'])).toBe('t3.micro');
        },
      ),
      { numRuns: 150 },
    );
    expect(written).toBeGreaterThan(0);
  });
});

it('many cases were there to hold', () => {
  expect(cases).toBeGreaterThan(180);
});
