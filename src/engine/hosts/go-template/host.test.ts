import { describe, expect, it } from 'vitest';
import { editsReadAsMeant, survivesDamage } from '../../testing/carriers';
import { FETCH, META, SEND } from '../../testing/rewritten';
import { engine, fixed, judged, unmarked } from '../../testing/script';

const URI = 'file:///srv/userdata/cloud-config-worker';

describe('texts of a file of definitions', () => {
  const TEXT = `{{ define "instance-script" -}}
{{- $BUCKET := .Bucket -}}
. /etc/environment
ID=$(«curl -s ${META}/instance-id»)
{{ if .Copy }}
aws s3 cp {{ $BUCKET }} /tmp
{{ end }}
{{ end }}

{{ define "instance" -}}
{ "Fn::Base64": "curl ${META}/" }
{{ end }}

{{ define "s3" -}}
#cloud-config
runcmd:
  - «curl -s ${META}/»
{{ end }}
`;

  it('scripts by their names, and what says what it is', () => {
    expect(engine.lint({ uri: URI, text: unmarked(TEXT) }).kind).toBe('Go template with user data');
    expect(judged(TEXT, 'imdsv1-call', URI)).toBe(TEXT);
  });

  it('are fixed each as what it is', () => {
    const after = fixed(unmarked(TEXT), URI);
    expect(after).toContain(`\n. /etc/environment\n${FETCH}\nID=$(curl ${SEND} -s`);
    expect(after).toContain(`runcmd:\n  - '${FETCH}'\n  - 'curl ${SEND} -s ${META}/'\n{{ end }}`);
  });
});

describe('what is written is read', () => {
  const SAMPLE = `{{ define "boot-script" }}
echo 169.254.169.254
echo EDIT one
{{ end }}
{{ define "cloud" }}
#cloud-config
runcmd:
  - echo EDIT two
  - echo 169.254.169.254
{{ end }}
`;
  editsReadAsMeant(SAMPLE, URI);
  survivesDamage(SAMPLE.replaceAll('echo EDIT', `curl ${META}/`), '/srv/userdata/cloud-config');
});
