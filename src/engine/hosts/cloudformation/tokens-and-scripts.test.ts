/** Tokens required and the script's calls put right in one edit, in every way to write a script into a template. */
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../text/edits';
import { engine } from '../../testing/script';
import { FORMS } from './testing/forms';
import { at, parseTemplate, renderText } from './testing/render';

const SCRIPT = '#!/bin/bash\nset -e\nID=$(curl -s http://169.254.169.254/latest/meta-data/instance-id)\necho "${ID}"\n';

describe('requiring tokens and fixing the script in one', () => {
  it.each(FORMS.map((form) => [form.name, form] as const))('%s', (_, { write, path, file: uri }) => {
    const text = write(SCRIPT);
    if (text === undefined) throw new Error('the form cannot hold the script');
    const fixes = engine
      .lint({ uri, text })
      .findings.flatMap((finding) => (finding.ruleId === 'imdsv1-allowed' ? finding.fixes : []));
    expect(fixes.map(({ title }) => title)).toEqual([
      'Require tokens (IMDSv2) and send one in the user data',
      'Require tokens (IMDSv2), though its script still calls IMDSv1 in 1 place',
    ]);
    const after = applyEdits(text, fixes[0]?.edits() ?? []);
    const template = parseTemplate(after);
    expect(at(template, [...path.slice(0, -1), 'MetadataOptions'])).toEqual({ HttpTokens: 'required' });
    const script = renderText(at(template, path));
    expect(script.match(/api\/token/g)).toHaveLength(1);
    expect(script.replace(/^TOKEN=.*\n/m, '').replace(/ -H "X-aws-ec2-metadata-token: [^"]*"/, '')).toBe(
      renderText(at(parseTemplate(text), path)),
    );
    expect(engine.lint({ uri, text: after }).findings.map(({ ruleId }) => ruleId)).toEqual([]);
    expect(engine.fixAll({ uri, text: after })).toEqual([]);
  });
});
