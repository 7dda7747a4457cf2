import { describe, expect, it } from 'vitest';
import { editsReadAsMeant, scriptTexts, survivesDamage } from '../../testing/carriers';
import { FETCH, META, SEND } from '../../testing/rewritten';
import { engine, findingsIn, fixed, judged, offered, unmarked } from '../../testing/script';

const CALL = `«curl -s ${META}/»`;
const at = (name: string): string => `file:///srv/${name}`;

describe('scripts are found', () => {
  it.each([
    ['Python, three quotes', 'a.py', `USER_DATA = """#!/bin/bash\n${CALL}\n"""\n`],
    ['Python, three apostrophes', 'a.py', `x = '''\n#!/bin/bash\n${CALL}\n'''\n`],
    ['Python, behind an escaped line end', 'a.py', `x = """\\\n#!/bin/bash\n${CALL}\n"""\n`],
    ['Python, raw', 'a.py', `x = r'''#!/bin/sh\n${CALL}\n'''\n`],
    ['Python, a format', 'a.py', `x = f"""#!/bin/sh\nX={name}\n«curl ${META}/{path}»\n"""\n`],
    ['Python, formatted', 'a.py', `x = """#!/bin/sh\nX=%s\n${CALL}\n""" % name\n`],
    ['Python, one line', 'a.py', `x = "#!/bin/sh\\n${CALL}\\n"\n`],
    ['Python, user data of another kind', 'a.py', `x = """#cloud-config\nruncmd:\n  - ${CALL}\n"""\n`],
    ['troposphere', 'a.py', `UserData=Base64(Join('', ['#!/bin/bash\\n', Ref(X), '\\n', '${CALL}\\n']))\n`],
    ['CDK in Python', 'a.py', `user_data.add_commands('set -e', "${CALL}", name)\n`],
    ['CDK in TypeScript', 'a.ts', `ud.addCommands('set -e', \`«curl ${META}/\${path}»\`);\n`],
    [
      'CDK with comments',
      'a.ts',
      `ud.addCommands(\n  // the id (and\n  'set -e', // first,\n  /* ask */ '${CALL}' // of it\n);\n`,
    ],
    ['CDK with an address from an earlier line', 'a.ts', `ud.addCommands('M=${META}', '«curl $M/»');\n`],
    ['a template literal', 'a.ts', `const x = \`#!/bin/bash\n\${y}\n${CALL}\n\`;\n`],
    ['a list of lines, one with an end', 'a.js', `const x = ['#!/bin/sh\\n', 'a', '${CALL}'].join("\\n");\n`],
    ['a list of lines, joined by what is before', 'a.py', `x = "\\n".join(["#!/bin/sh\\n", "a", "${CALL}"])\n`],
    ['a list of lines', 'a.js', `const x = ['#!/bin/bash', '${CALL}'].join('\\n');\n`],
    ['Jenkins', 'Jenkinsfile', `steps {\n  sh '${CALL}'\n  sh "«curl ${META}/\${path}»"\n}\n`],
    ['Jenkins, over lines', 'Jenkinsfile', `sh '''\n  set -e\n  ${CALL}\n'''\n`],
    ['Jenkins, for its output', 'ci.groovy', `def id = sh(returnStdout: true, script: "${CALL}").trim()\n`],
    ['Ruby, a heredoc', 'a.rb', `x = <<~EOS\n  #!/bin/sh\n  ${CALL}\nEOS\n`],
    [
      'Vagrant, a heredoc',
      'Vagrantfile',
      `config.vm.provision "shell", inline: <<-SHELL\n    apt-get update\n    ${CALL}\n  SHELL\n`,
    ],
    ['Vagrant, a text', 'Vagrantfile', `config.vm.provision :shell, inline: "${CALL}"\n`],
    [
      'Chef',
      'a.rb',
      `bash 'ask' do\n  cwd "/tmp"\n  code <<-EOH\n    «sudo -u #{user} curl -s ${META}/»\n  EOH\nend\n`,
    ],
    ['Chef, a command', 'a.rb', `execute "ask #{x}" do\n  user 'root'\n  command "${CALL}"\nend\n`],
    ['Python, for a shell', 'a.py', `i = subprocess.check_output("${CALL}", shell=True)\nos.system('${CALL}')\n`],
    ['Python, with what it puts in', 'a.py', `p = os.popen(f"«curl -s ${META}/{x}» | head")\n`],
    ['JavaScript, for a shell', 'a.js', `const i = execSync('${CALL}').toString();\n`],
    ['Ruby, for a shell', 'a.rb', `i = shell_out("${CALL}").stdout\nj = system '${CALL}'\n`],
    ['Ruby, in backticks', 'a.rb', `i = \`${CALL}\`.strip\n`],
    ['Perl', 'a.pl', `my $i = \`${CALL}\`;\nchomp (my $z = \`«curl $url/x ${META}/»\`);\ns/'//g;\n\`${CALL}\`;\n`],
    ['Ruby, by %x', 'a.rb', `i = %x(${CALL}).strip\nj = %x{«curl -s ${META}/#{x}» | head}\nk = 5 %x\n`],
    ['Ruby, for Facter', 'a.rb', `setcode '${CALL}'\nx = Facter::Core::Execution.execute("${CALL}")\n`],
    ['Groovy, a command', 'a.groovy', `def a = "${CALL}".execute().text\ndef b = '${CALL}'\nb.execute()\n`],
    [
      'Python, word by word',
      'a.py',
      `i = check_output([«"curl", "-s", "${META}/id"»], timeout=2)\nsubprocess.run([«'wget', '-qO-', url + x, f'${META}/{y}'»])\n`,
    ],
    [
      'Python, for asyncio',
      'a.py',
      `p = await asyncio.create_subprocess_exec(«"curl", "-s", "${META}/"», stdout=PIPE)\n`,
    ],
    ['JavaScript, word by word', 'a.js', `spawnSync('«curl', ['-s', '${META}/a'»]);\n`],
    ['Ruby, a heredoc as it stands', 'Vagrantfile', `s.inline = <<-'SCRIPT'\n    #!/bin/sh\n    ${CALL}\n  SCRIPT\n`],
  ])('%s', (_, name, text) => {
    expect(judged(text, 'imdsv1-call', at(name))).toBe(text);
    expect(engine.lint({ uri: at(name), text: unmarked(text) }).kind).toBe('Program with scripts');
  });
});

describe('nothing is found', () => {
  it.each([
    ['in a comment', 'a.py', `# """#!/bin/sh\n# curl ${META}/\n`],
    ['in a comment of JavaScript', 'a.ts', `/* \`#!/bin/sh\ncurl ${META}/\` */\n`],
    ['in the program itself', 'a.py', `curl = "${META}/"\nrequests.get("${META}/")\n`],
    ['in a text', 'a.py', `"""Ask by curl ${META}/"""\n`],
    ['in a script of another language', 'a.py', `x = """#!/usr/bin/python3\ncurl ${META}/\n"""\n`],
    ['in a string that is not closed', 'a.ts', `const x = '#!/bin/sh\ncurl ${META}/\n`],
    ['in a regular expression', 'a.ts', `const r = /"#!\\/bin\\/sh/;\nconst s = "curl ${META}/";\n`],
    ['with a token', 'a.ts', `ud.addCommands('${FETCH}', 'curl ${SEND} ${META}/');\n`],
    ['in other steps of Jenkins', 'Jenkinsfile', `echo 'curl ${META}/'\npush 'curl ${META}/'\n`],
    [
      'in what Chef gives to others',
      'a.rb',
      `python 'a' do\n  code "curl ${META}/"\nend\nx 'a' do\n  command "curl ${META}/"\nend\n`,
    ],
    ['in backticks in a text of Ruby', 'a.rb', `x = <<TEXT\nask by \`curl ${META}/\`\nTEXT\n`],
    ['in what no shell runs', 'a.py', `subprocess.run(["echo", "curl ${META}/"])\nprint("curl ${META}/")\n`],
    ['in a text in backticks of Markdown', 'a.rb', `x = "run \`curl ${META}/\` by hand"\ny = "or \`"\n`],
    ['in a text of Perl', 'a.pl', `print "run \`curl ${META}/\` by hand";\n# \`curl ${META}/\`\n`],
    ['in a list of words that nothing runs', 'a.py', `blocked = ["curl", "-s", "${META}/"]\n`],
    [
      'in words with a token',
      'a.py',
      `subprocess.run(["curl", "-H", f"X-aws-ec2-metadata-token: {token}", "${META}/"])\n`,
    ],
    ['in a text of Groovy', 'a.groovy', `def a = "curl ${META}/"\nprintln a\n`],
    ['in cmd', 'Jenkinsfile', `bat 'curl ${META}/'\n`],
  ])('%s', (_, name, text) => {
    expect(findingsIn(text, at(name))).toEqual([]);
  });
});

it('escapes are read', () => {
  const mention = '# 169.254.169.254';
  expect(scriptTexts(`x = "#!/bin/sh\\n${mention}\\t\\x41\\u0042\\d\\"'"`, 'a.py')).toEqual([
    `#!/bin/sh\n${mention}\tAB\\d"'`,
  ]);
  expect(scriptTexts(`x = r"""#!/bin/sh\n${mention} \\n"""`, 'a.py')).toEqual([`#!/bin/sh\n${mention} \\n`]);
  expect(scriptTexts(`x = f"""#!/bin/sh\n${mention} {{a}}"""`, 'a.py')).toEqual([`#!/bin/sh\n${mention} {a}`]);
  expect(scriptTexts(`x = \`#!/bin/sh\n${mention} \\\`\\\${a}\`;`, 'a.ts')).toEqual([`#!/bin/sh\n${mention} \`\${a}`]);
  expect(scriptTexts(`x = <<~X\n    #!/bin/sh\n      ${mention}\n  X\n`, 'a.rb')).toEqual([
    `#!/bin/sh\n  ${mention}\n`,
  ]);
});

describe('a fix', () => {
  const quoted = (text: string): string => text.replaceAll('"', '\\"');
  it.each([
    [
      'of Python',
      'a.py',
      `x = """#!/bin/sh\ncurl -s ${META}/\n"""\n`,
      `x = """#!/bin/sh\n${FETCH}\ncurl ${SEND} -s ${META}/\n"""\n`,
    ],
    [
      'of a format',
      'a.py',
      `x = f"""#!/bin/sh\ncurl -s ${META}/{path}\n"""\n`,
      `x = f"""#!/bin/sh\n${FETCH}\ncurl ${SEND} -s ${META}/{path}\n"""\n`,
    ],
    [
      'of a string on one line',
      'a.py',
      `x = "#!/bin/sh\\ncurl -s ${META}/\\n"\n`,
      `x = "#!/bin/sh\\n${quoted(FETCH)}\\ncurl ${quoted(SEND)} -s ${META}/\\n"\n`,
    ],
    [
      'of a template literal',
      'a.ts',
      `x = \`#!/bin/sh\ncurl -s ${META}/\${path}\n\`;\n`,
      `x = \`#!/bin/sh\n${FETCH}\ncurl ${SEND} -s ${META}/\${path}\n\`;\n`,
    ],
    [
      'of the CDK',
      'a.ts',
      `ud.addCommands(\n  'set -e',\n  'curl -s ${META}/',\n);\n`,
      `ud.addCommands(\n  'set -e',\n  '${FETCH}',\n  'curl ${SEND} -s ${META}/',\n);\n`,
    ],
    [
      'of the CDK, behind a comment',
      'a.ts',
      `ud.addCommands(\n  'set -e',\n  // its id\n  'curl -s ${META}/',\n);\n`,
      `ud.addCommands(\n  'set -e',\n  // its id\n  '${FETCH}',\n  'curl ${SEND} -s ${META}/',\n);\n`,
    ],
    [
      'of Jenkins, on one line',
      'Jenkinsfile',
      `sh "curl -s ${META}/"\n`,
      `sh "${quoted(FETCH).replace('$', '\\$')}; curl ${quoted(SEND).replace('$', '\\$')} -s ${META}/"\n`,
    ],
    [
      'of Jenkins, over lines',
      'Jenkinsfile',
      `sh '''\n  curl -s ${META}/\n'''\n`,
      `sh '''\n  ${FETCH}\n  curl ${SEND} -s ${META}/\n'''\n`,
    ],
    [
      'of Ruby',
      'a.rb',
      `x = <<~EOS\n  #!/bin/sh\n  curl -s ${META}/\nEOS\n`,
      `x = <<~EOS\n  #!/bin/sh\n  ${FETCH}\n  curl ${SEND} -s ${META}/\nEOS\n`,
    ],
    [
      'of a command for a shell',
      'a.py',
      `i = os.popen("curl -s ${META}/i").read()\n`,
      `i = os.popen("${quoted(FETCH)}; curl ${quoted(SEND)} -s ${META}/i").read()\n`,
    ],
    [
      'of a command in backticks',
      'a.rb',
      `i = \`curl -s ${META}/i\`.strip\n`,
      `i = \`${FETCH}; curl ${SEND} -s ${META}/i\`.strip\n`,
    ],
    [
      'of a command by %x',
      'a.rb',
      `i = %x(curl -s ${META}/#{i} | head)\n`,
      `i = %x(${FETCH}; curl ${SEND} -s ${META}/#{i} | head)\n`,
    ],
    [
      'of a list of parts of lines',
      'a.rb',
      `x = ["#!/bin/sh\\n", "aws ", Ref('R'), " ec2 --id ", Ref('E'), " --i $(curl ${META}/i)\\n"]\n`,
      `x = ["#!/bin/sh\\n", "${quoted(FETCH)}\\n", "aws ", Ref('R'), " ec2 --id ", Ref('E'), " --i $(curl ${quoted(SEND)} ${META}/i)\\n"]\n`,
    ],
    [
      'of such a list in quotes that know no escapes',
      'a.rb',
      `x = ["#!/bin/sh\\n", 'aws --region ', Ref('R'), " x $(curl ${META}/i)\\n", "b ", Ref('B')]\n`,
      `x = ["#!/bin/sh\\n", "${quoted(FETCH)}\\n", 'aws --region ', Ref('R'), " x $(curl ${quoted(SEND)} ${META}/i)\\n", "b ", Ref('B')]\n`,
    ],
  ])('%s', (_, name, text, expected) => {
    expect(fixed(text, at(name))).toBe(expected);
    expect(findingsIn(expected, at(name))).toEqual([]);
  });

  it.each([
    ['Groovy', 'a.groovy', `b = "curl ${META}/".execute()\n`],
    ['Python, word by word', 'a.py', `subprocess.run(["curl", "${META}/"])\n`],
    ['Python, split', 'a.py', `run(shlex.split("curl ${META}/"))\n`],
    ['Facter', 'a.rb', `setcode 'curl ${META}/'\n`],
    ['Facter, a call', 'a.rb', `Facter::Core::Execution.exec('curl ${META}/')\n`],
  ])('is not there where no shell sees the command: %s', (_, name, text) => {
    expect(offered(text, at(name))).toEqual([]);
  });

  it('is not there where the text is changed afterwards', () => {
    expect(offered(`x = """#!/bin/sh\ncurl -s ${META}/%s\n""" % y\n`, at('a.py'))).toEqual([]);
    expect(offered(`x = """#!/bin/sh\ncurl -s ${META}/{y}\n""".format(y=1)\n`, at('a.py'))).toEqual([]);
  });
});

describe.each([
  ['a.py', `a = """#!/bin/sh\n# 169.254.169.254\necho EDIT one\n"""\nb = f'''#!/bin/sh\n# 169.254.169.254 {x}\necho EDIT two\n'''\nc = "#!/bin/sh\\necho EDIT three\\n# 169.254.169.254"\nd = r'''#!/bin/sh\n# 169.254.169.254\necho EDIT four\n'''\nu.add_commands('echo EDIT five', 'echo 169.254.169.254')\n`], // prettier-ignore
  ['a.ts', `const a = \`#!/bin/sh\n# 169.254.169.254 \${x}\necho EDIT one\n\`;\nu.addCommands('echo EDIT two', \`echo 169.254.169.254\`);\n`], // prettier-ignore
  ['Jenkinsfile', `sh 'echo EDIT one TIDE 169.254.169.254'\nsh "echo EDIT two TIDE $x 169.254.169.254"\nsh """\n  # 169.254.169.254\n  echo EDIT three \${y}\n"""\n`], // prettier-ignore
  ['a.rb', `a = <<~EOS\n  #!/bin/sh\n  # 169.254.169.254\n  echo EDIT one #{x}\nEOS\nb = "#!/bin/sh\\necho EDIT two\n# 169.254.169.254"\n`], // prettier-ignore
])('what is written is read in %s', (name, sample) => {
  editsReadAsMeant(sample, name);
  survivesDamage(sample.replaceAll('echo EDIT', `curl ${META}/`), `/srv/${name}`);
});
