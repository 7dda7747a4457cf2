import ignore from 'ignore';
import { describe, expect, test } from 'vitest';
import { createEngine } from '../engine';
import { PATTERNS } from './languages';

const engine = createEngine(() => Promise.reject(new Error('no grammar is needed')));
const CALL = 'curl http://169.254.169.254/latest/meta-data/';

/** `*.{a,b}` as `*.a` and `*.b`: all else of these globs is as in `.gitignore`. */
function expanded(pattern: string): readonly string[] {
  const [, before = '', list, behind = ''] = /^(.*)\{([^}]*)\}(.*)$/.exec(pattern) ?? [];
  if (list === undefined) return [pattern];
  return list.split(',').flatMap((each) => expanded(`${before}${each}${behind}`));
}

const shown = ignore().add(PATTERNS.flatMap(expanded));

describe('what VS Code has no language for, the linter is shown by its name', () => {
  test.each([
    ['web.service', `[Service]\nExecStart=/usr/bin/${CALL}\n`],
    ['web.service.d/override.conf', `[Service]\nExecStart=/usr/bin/${CALL}\n`],
    ['etc/cron.d/web', `* * * * * root ${CALL}\n`],
    ['etc/crontab', `* * * * * root ${CALL}\n`],
    ['etc/init/web.conf', `start on runlevel\nexec ${CALL}\n`],
    ['.ebextensions/01-web.config', `commands:\n  a:\n    command: ${CALL}\n`],
    ['Jenkinsfile', `sh '${CALL}'\n`],
    ['Jenkinsfile.release', `sh '${CALL}'\n`],
    ['Vagrantfile', `config.vm.provision "shell", inline: "${CALL}"\n`],
    ['cloud.cfg.d/90-web.cfg', `runcmd:\n  - ${CALL}\n`],
    ['web.template', `Resources:\n  A:\n    Type: AWS::EC2::Instance\n`],
    ['cloud-init.tpl', `#cloud-config\nruncmd:\n  - ${CALL}\n`],
    ['web.sh.j2', `${CALL}\n`],
    ['web.ps1.tpl', 'Invoke-RestMethod http://169.254.169.254/latest/meta-data/\n'],
    ['worker.ign', `{"contents": "#!/bin/sh\\n${CALL}\\n"}`],
  ])('%s', (name, text) => {
    expect(engine.lint({ uri: `file:///srv/${name}`, text }).kind).toBeDefined();
    expect(shown.ignores(name)).toBe(true);
  });

  test.each(['notes.txt', 'web.service.ts', 'src/init.conf', 'app.config'])('not %s', (name) => {
    expect(shown.ignores(name)).toBe(false);
  });
});
