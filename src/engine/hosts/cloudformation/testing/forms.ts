/** Ways to write a script into a template. */

export interface Form {
  readonly name: string;
  /** The template, or undefined where the form cannot hold the script. */
  readonly write: (script: string) => string | undefined;
  readonly path: readonly (string | number)[];
  /** How the document is called. */
  readonly file: string;
}

const indent = (text: string, margin: string): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? '' : margin + line))
    .join('\n')
    .replace(/[^\S\n]+$/, '');

const USER_DATA = ['Resources', 'Server', 'Properties', 'UserData'] as const;

const resource = (userData: string): string =>
  `AWSTemplateFormatVersion: '2010-09-09'\nResources:\n  Server:\n    Type: AWS::EC2::Instance\n    Properties:\n      UserData: ${userData}\n      InstanceType: t3.micro # kept\n`;

function yaml(name: string, value: (script: string) => string | undefined): Form {
  const write = (script: string): string | undefined => {
    const written = value(script);
    return written && resource(written);
  };
  return { name, path: USER_DATA, file: 'file:///srv/stack.yaml', write };
}

function json(name: string, value: (script: string) => unknown, space?: number | string): Form {
  return {
    name,
    path: USER_DATA,
    file: 'file:///srv/stack.template',
    write: (script) => {
      const Properties = { UserData: value(script), InstanceType: 't3.micro' };
      return JSON.stringify(
        { AWSTemplateFormatVersion: '2010-09-09', Resources: { Server: { Type: 'AWS::EC2::Instance', Properties } } },
        undefined,
        space,
      );
    },
  };
}

/** In `Fn::Sub`, where the character stands for a reference. */
const sub = (script: string): string => script.replace(/\$\{/g, '${!').replaceAll('\uE000', '${AWS::Region}');
const lines = (script: string): readonly string[] => script.match(/[^\n]*\n|[^\n]+$/g) ?? [];
const isPlain = (script: string): boolean => !script.includes('\uE000');
const endsLine = (script: string): boolean => script.endsWith('\n') && !script.endsWith('\n\n') && /^\S/.test(script);
const block =
  (head: string, margin = '        ', write: (script: string) => string = sub) =>
  (script: string): string | undefined =>
    endsLine(script) && !/[^\S\n]\n|\t/.test(script)
      ? `${head}\n${indent(write(script), margin).replace(/\n$/, '')}`
      : undefined;
const literal = (script: string): string => script;
const whenPlain =
  (form: (script: string) => string | undefined) =>
  (script: string): string | undefined =>
    isPlain(script) ? form(script) : undefined;
const joined = (script: string): unknown => ({
  'Fn::Join': [
    '',
    lines(script).flatMap((line) =>
      line
        .split(/(\uE000)/)
        .flatMap((part): unknown[] => (part === '' ? [] : part === '\uE000' ? [{ Ref: 'AWS::Region' }] : [part])),
    ),
  ],
});
const single = (text: string): string => `'${text.replace(/'/g, "''")}'`;

export const FORMS: readonly Form[] = [
  yaml('!Base64 with a literal block', whenPlain(block('!Base64 |', undefined, literal))),
  yaml('Fn::Base64 with a literal block', whenPlain(block('\n        Fn::Base64: |', '          ', literal))),
  yaml('Fn::Base64 with !Sub', block('\n        Fn::Base64: !Sub |', '          ')),
  yaml('!Base64 with Fn::Sub', block('!Base64\n        Fn::Sub: |', '          ')),
  yaml('Fn::Base64 with Fn::Sub', block('\n        Fn::Base64:\n          Fn::Sub: |', '            ')),
  yaml('a block with an indentation of its own', block('\n        Fn::Base64: !Sub |2', '          ')),
  yaml('a block with one blank of indentation', block('\n        Fn::Base64:\n         Fn::Sub: |', '          ')),
  yaml('list form of Sub', (script) => {
    const written = block('\n        Fn::Base64: !Sub\n          - |', '            ')(script);
    return written === undefined ? undefined : `${written}\n          - Name: !Ref AWS::StackName`;
  }),
  yaml('double quotes', (script) => `\n        Fn::Base64: !Sub ${JSON.stringify(sub(script))}`),
  yaml(
    'double quotes without Sub',
    whenPlain((script) => `!Base64 ${JSON.stringify(script)}`),
  ),
  yaml('flow style', (script) => `{ 'Fn::Base64': { 'Fn::Sub': ${JSON.stringify(sub(script))} } }`),
  yaml(
    'Join of quoted lines',
    whenPlain((script) => {
      const items = lines(script).map((line) => `          - ${JSON.stringify(line)}`);
      return `\n        Fn::Base64: !Join\n        - ''\n        -\n${items.join('\n')}`;
    }),
  ),
  yaml(
    'Join with a line break as delimiter',
    whenPlain((script) => {
      const items = script.split('\n').map((line) => `            - ${single(line)}`);
      return `\n        Fn::Base64:\n          Fn::Join:\n          - "\\n"\n          - # the script\n${items.join('\n')}`;
    }),
  ),
  yaml(
    'Join in dashes behind dashes',
    whenPlain((script) => {
      const [first = '', ...rest] = script.split('\n').map(single);
      return `\n        Fn::Base64: !Join\n          - "\\n"\n          - - ${first}\n${rest.map((line) => `            - ${line}`).join('\n')}`;
    }),
  ),
  yaml('Join with Sub in its elements', (script) => {
    const items = script.split('\n').map((line) => `            - !Sub ${JSON.stringify(sub(line))}`);
    return `\n        Fn::Base64: !Join\n          - "\\n"\n          -\n${items.join('\n')}`;
  }),
  yaml(
    'Join in brackets',
    (script) => `!Base64 {"Fn::Join": ${JSON.stringify((joined(script) as Record<string, unknown>)['Fn::Join'])}}`,
  ),
  {
    ...yaml('a block with CRLF', block('\n        Fn::Base64: !Sub |', '          ')),
    write: (script) => {
      const written = block('!Base64\n        Fn::Sub: |', '          ')(script);
      return written && resource(written).replaceAll('\n', '\r\n');
    },
  },
  json('JSON, one string', (script) => ({ 'Fn::Base64': { 'Fn::Sub': sub(script) } }), 2),
  json('JSON, one line', (script) => ({ 'Fn::Base64': { 'Fn::Sub': sub(script) } })),
  json('JSON, Join', (script) => ({ 'Fn::Base64': joined(script) }), 4),
  json('JSON with tabs, Join', (script) => ({ 'Fn::Base64': joined(script) }), '\t'),
  json('JSON, Join on one line', (script) => ({ 'Fn::Base64': joined(script) })),
  json(
    'JSON, Join in Join',
    (script) => {
      const all = lines(script);
      const half = Math.floor(all.length / 2);
      const part = (some: readonly string[]): unknown => joined(some.join(''));
      return { 'Fn::Base64': { 'Fn::Join': ['', [part(all.slice(0, half)), part(all.slice(half))]] } };
    },
    2,
  ),
];
