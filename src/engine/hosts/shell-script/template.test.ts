import { describe, expect, it } from 'vitest';
import { editsReadAsMeant, scriptTexts, survivesDamage } from '../../testing/carriers';
import { FETCH, META, SEND } from '../../testing/rewritten';
import { findingsIn, fixed, judged } from '../../testing/script';

const CALL = `x=$(«curl -s ${META}/»)`;
const at = (name: string): string => `file:///srv/${name}`;

describe('calls are found in templates', () => {
  it.each([
    ['ERB', 'run.erb', `region=<%= p('region') %>\n${CALL}\n`],
    ['ERB, by its name', 'boot.sh.erb', `<%# how it begins -%>\nregion=<%= p('region') %>\n${CALL}\n`],
    ['ERB, a block', 'run', `<% @disks.each do |d| -%>\nmount <%= d.fetch('dev') %>\n<% end -%>\n${CALL}\n`],
    ['Jinja', 'boot.sh.j2', `{% if x.get('a') %}\n${CALL}\n{% endif %}\n`],
    ['Jinja, an expression', 'boot.sh.j2', `y={{ lookup('file', 'a') }}\n${CALL}\n`],
    ['Jinja, where a condition opens a line', 'boot.sh', `{%- if salt['grains.get']('a') %}\n${CALL}\n{%- endif %}\n`],
    ['Go', 'boot.sh.tmpl', `{{- range .Users }}\nadd {{ printf "%s" (index . 0) }}\n{{ end -}}\n${CALL}\n`],
    ['in an array', 'a.sh.j2', `a=(\n  b\n{% for x in y %}\n  {{ x }}\n{% endfor %}\n)\n${CALL}\n`],
    ['between parts of a case', 'a.sh.j2', `case $1 in\n{% if y %}\n  a) b ;;\n{% endif %}\n  c) ${CALL} ;;\nesac\n`],
    [
      'on a line that goes on',
      'a.sh.j2',
      `docker run \\\n{% if x %}\n  -v a \\\n{% endif %}\n  -e ID="$(«curl ${META}/»)" b\n`,
    ],
    ['on one line', 'a.sh.j2', `a="{% if x %}-a{% else %}-b{% endif %}"; ${CALL}\n`],
  ])('%s', (_, name, text) => {
    const script = `#!/bin/bash\n${text}`;
    expect(judged(script, 'imdsv1-call', at(name))).toBe(script);
  });

  it.each([
    [
      'texts that look like one',
      'a.sh',
      `docker ps --format '{{if .A}}{{.B}}{{end}}' # 169.254.169.254\nprintf '{%s}' a\n`,
    ],
    ['ones that send a token', 'a.sh.j2', `{% if x %}\n${FETCH}\ncurl ${SEND} ${META}/\n{% endif %}\n`],
  ])('not in %s', (_, name, text) => {
    expect(findingsIn(`#!/bin/sh\n${text}`, at(name))).toEqual([]);
  });
});

describe('a token is fetched where the template leaves it', () => {
  const SENT = `x=$(curl ${SEND} -s ${META}/)`;
  const SENDS = `y=$(curl ${SEND} -s ${META}/)`;
  it.each([
    ['ERB', 'run.erb', '<% if @a -%>', '<% end -%>'],
    ['ERB, unless', 'run.erb', '<% unless @a %>', '<% end %>'],
    ['Jinja', 'a.sh.j2', '{% if a %}', '{% endif %}'],
    ['Jinja, a loop', 'a.sh.j2', '{%- for a in b -%}', '{%- endfor -%}'],
    ['Go', 'a.sh', '{{ if .A }}', '{{ end }}'],
  ])('%s', (_, name, open, close) => {
    const before = `#!/bin/sh\n${open}\nx=$(curl -s ${META}/)\n${close}\ny=$(curl -s ${META}/)\n`;
    const after = `#!/bin/sh\n${FETCH}\n${open}\n${SENT}\n${close}\n${SENDS}\n`;
    expect(fixed(before, at(name))).toBe(after);
    expect(findingsIn(after, at(name))).toEqual([]);
  });

  it('in the branch that needs it', () => {
    const before = `#!/bin/sh\n{% if a %}\nx=$(curl -s ${META}/)\n{% elif b %}\nz=1\n{% else %}\nz=2\n{% endif %}\n`;
    expect(fixed(before, at('a.sh.j2'))).toBe(before.replace(/x=.*/, () => `${FETCH}\n${SENT}`));
  });

  it('in user data within a cloud-config', () => {
    const script = (lines: readonly string[]): string =>
      `#cloud-config\nwrite_files:\n  - path: /run/a\n    content: |\n${lines.map((line) => `      ${line}\n`).join('')}`;
    const call = `curl -s ${META}/`;
    const sent = `curl ${SEND} -s ${META}/`;
    expect(fixed(script(['#!/bin/sh', '{% if a %}', call, '{% endif %}', call]), at('cloud.cfg'))).toBe(
      script(['#!/bin/sh', FETCH, '{% if a %}', sent, '{% endif %}', sent]),
    );
  });
});

it('statements are conditions of the shell', () => {
  const script = `#!/bin/sh\n{% if a %}\n# 169.254.169.254\n{% endif %}\n`;
  expect(scriptTexts(script, 'a.sh.j2')).toEqual([
    expect.stringMatching(/^#!\/bin\/sh\nif \[ . \]; then :\n# 169\.254\.169\.254\n:; fi\n$/),
  ]);
});

const SAMPLE = `#!/bin/sh\n{% if a %}\necho EDIT {{ b }} TIDE\n{% endif %}\n# 169.254.169.254\n`;
describe('what is written is read', () => {
  editsReadAsMeant(SAMPLE, 'file:///srv/a.sh.j2');
  survivesDamage(SAMPLE.replace('# 169.254.169.254', `curl ${META}/`), '/srv/a.sh.j2');
});
