import { describe, expect, it } from 'vitest';
import { rulesIn as rulesInPowerShell, META } from './testing/powershell';
import { rulesIn } from './testing/script';

/** What is doubled forty times is longer than any memory. */
const TIMES = 40;
const again = (line: string): string => `${line}\n`.repeat(TIMES);

describe('what a program doubles again and again is not followed to its end', () => {
  it.each([
    ['a value', `A=x\n${again('A=$A$A')}curl ${META}/$A\n`],
    ['a value of which part is unknown', `A=$1\n${again('A="$A$(x)$A"')}curl ${META}/$A\n`],
    ['what is replaced', `A=x\n${again('A=${A//x/xx}')}curl ${META}/$A\n`],
    ['what is put in front', `A=x\n${again('A=${A/#x/$A}')}curl ${META}/$A\n`],
    ['positional parameters', `set -- a\n${again('set -- "$@" "$@"')}curl ${META}/ "$@"\n`],
    ['a heredoc', `A=x\n${again('A=$(cat <<E\n$A$A\nE\n)')}curl ${META}/$A\n`],
    ['what one or the other prints', `A=$(curl ${META}/${' || echo a'.repeat(TIMES)})\n`],
  ])('in shell: %s', (_, script) => {
    expect(rulesIn(script)).toContain('imdsv1-call');
  });

  it.each([
    ['a value', '$a + $a'],
    ['a text', '"$a$a"'],
    ['what is replaced', '$a -replace "x","xx"'],
    ['what a method replaces', '$a.Replace("x","xx")'],
  ])('in PowerShell: %s', (_, expression) => {
    const script = `$a = "x"\n${again(`$a = ${expression}`)}irm ("${META}/" + $a)\n`;
    expect(rulesInPowerShell(script)).toEqual(['imdsv1-call']);
  });

  it.each([
    ['a template', '"x"', '"${A}${A}"'],
    ['a template of which part is unknown', '"x${var.x}"', '"${A}${A}"'],
    ['join', '"x"', 'join("", [A, A])'],
    ['join of what is not known', '"x${var.x}"', 'join("", [A, A])'],
    ['format', '"x"', 'format("%s%s", A, A)'],
    ['concat', '["x"]', 'concat(A, A)'],
    ['replace', '"x"', 'replace(A, "x", "xx")'],
    ['jsonencode', '"\\"x"', 'jsonencode(A)'],
  ])('in Terraform: %s', (_, first, next) => {
    const locals = Array.from(
      { length: TIMES },
      (_, i) => `  a${String(i + 1)} = ${next.replace(/A/g, `local.a${String(i)}`)}\n`,
    );
    const script = `#!/bin/bash\\ncurl ${META}/\${jsonencode(local.a${String(TIMES)})}`;
    const text = `locals {\n  a0 = ${first}\n${locals.join('')}}\nresource "aws_instance" "a" {\n  user_data = "${script}"\n}\n`;
    expect(rulesIn(text, 'file:///srv/main.tf')).toContain('imdsv1-call');
  });
});
