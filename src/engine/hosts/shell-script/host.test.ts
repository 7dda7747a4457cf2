import { describe, expect, it } from 'vitest';
import { engine, findingsIn, fixed } from '../../testing/script';

const kindOf = (name: string, text: string, languageId?: string): string | undefined =>
  engine.lint({ uri: `file:///srv/${name}`, text, ...(languageId === undefined ? {} : { languageId }) }).kind;

describe('a shell script is known', () => {
  it.each([
    ['by its name', 'a.sh', ''],
    ['by its name in capitals', 'A.SH', ''],
    ['by bash', 'a.bash', ''],
    ['by zsh', 'a.zsh', ''],
    ['by ksh', 'a.ksh', ''],
    ['by its first line', 'install', '#!/bin/sh\n'],
    ['by its first line with options', 'install', '#!/bin/bash -xe\n'],
    ['by its first line with a blank', 'install', '#! /bin/bash\n'],
    ['by env', 'install', '#!/usr/bin/env bash\n'],
    ['by env with options', 'install', '#!/usr/bin/env -S bash -e\n'],
    ['by what runs a shell in a container', 'run', '#!/usr/bin/with-contenv bash\n'],
    ['by BusyBox', 'install', '#!/bin/busybox sh\n'],
    ['as a service of OpenRC', 'bootstrap', '#!/sbin/openrc-run\n'],
    ['by a shell elsewhere', 'install', '#!/usr/local/bin/zsh\n'],
    ['by its first line behind a byte order mark', 'install', '\uFEFF#!/bin/sh\n'],
    ['by its first line, whatever its name', 'user-data.txt', '#!/bin/bash\r\n'],
    ['as user data', 'user-data', 'echo hi\n'],
    ['as user_data', 'user_data', 'echo hi\n'],
    ['as userdata', 'UserData', 'echo hi\n'],
    ['as user data of something', 'user-data-web', 'echo hi\n'],
    ['as user data in a text file', 'user-data.txt', 'echo hi\n'],
    ['as a template of user data', 'user_data.tpl', 'echo hi\n'],
    ['as a template of a script', 'boot.sh.tpl', 'echo hi\n'],
    ['as one of Go', 'boot.sh.tmpl', 'echo {{ .Name }}\n'],
    ['as one of Jinja', 'boot.sh.j2', 'echo {{ name }}\n'],
  ])('%s', (_, name, text) => {
    expect(kindOf(name, text)).toBe('Shell script');
  });

  it('by the editor’s language', () => {
    expect(kindOf('boot', 'echo hi\n', 'shellscript')).toBe('Shell script');
    expect(kindOf('boot', 'echo hi\n', 'plaintext')).toBeUndefined();
  });

  it('by the path of a URI with a query', () => {
    expect(engine.lint({ uri: 'git:/srv/a.sh?%7B%22ref%22%3A%22HEAD%22%7D', text: '' }).kind).toBe('Shell script');
  });
});

describe('no shell script is', () => {
  it.each([
    ['a text file', 'notes.txt', 'echo hi\n'],
    ['a backup of a script', 'a.sh.orig', 'echo hi\n'],
    ['Python', 'a.py', '#!/usr/bin/env python3\n'],
    ['a program of another shell', 'a', '#!/usr/bin/fish\n'],
    ['a program whose name ends in sh', 'a', '#!/usr/bin/wish\n'],
    ['user data for Windows', 'user-data.txt', '<powershell>\nGet-Date\n</powershell>\n'],
    ['what is shown below a shebang', 'README', '\n#!/bin/sh\n'],
    ['a file of another language called user data', 'user-data.py', 'import os\n'],
    ['a module called user data', 'user-data.ts', 'export {};\n'],
    ['a folder called user data', 'user-data/notes.txt', 'echo hi\n'],
  ])('%s', (_, name, text) => {
    expect(kindOf(name, text)).not.toBe('Shell script');
  });
});

describe('line ends and byte order marks', () => {
  const CALL = 'curl http://169.254.169.254/latest/';
  it.each([
    ['CRLF', `#!/bin/sh\r\n${CALL}\r\necho hi\r\n`],
    ['CRLF behind a byte order mark', `\uFEFF#!/bin/sh\r\n${CALL}\r\n`],
    ['a byte order mark', `\uFEFF${CALL}\n`],
    ['mixed', `#!/bin/sh\n${CALL}\r\necho hi\n`],
  ])('%s: the finding is where it is', (_, text) => {
    expect(findingsIn(text).map(({ range }) => text.slice(range.start, range.end))).toEqual([CALL]);
  });

  it('a command that goes on over CRLF is one', () => {
    const text = `curl \\\r\n  -s \\\r\n  http://169.254.169.254/latest/\r\n`;
    expect(findingsIn(text).map(({ range }) => text.slice(range.start, range.end))).toEqual([text.trimEnd()]);
    expect(fixed(text)).toMatch(/^TOKEN=.*\r\ncurl -H "[^"]*" \\\r\n {2}-s \\\r\n {2}http:\/\/[^\n]*\r\n$/);
  });
});
