/** What CloudFormation makes of a template's user data, by its documented rules and with none of the host's code: what a fix leaves is held against it. */
import { parse, type CollectionTag, type ScalarTag } from 'yaml';

/** What stands in a rendered text for what nobody knows before the stack is there. */
export const PUT_IN = '\uE000';

const SHORT = [
  'Base64',
  'Sub',
  'Join',
  'GetAtt',
  'If',
  'Select',
  'Split',
  'FindInMap',
  'ImportValue',
  'Equals',
  'Not',
  'And',
  'Or',
];
const kinds = ['Ref', 'Condition', ...SHORT].flatMap((name): (ScalarTag | CollectionTag)[] => {
  const key = SHORT.includes(name) ? `Fn::${name}` : name;
  const tag = `!${name}`;
  const collection = (value: unknown): unknown => ({ [key]: (value as { toJSON(): unknown }).toJSON() });
  return [
    { tag, resolve: (value: string) => ({ [key]: value }) },
    { tag, collection: 'seq', resolve: collection },
    { tag, collection: 'map', resolve: collection },
  ];
});

export function parseTemplate(text: string): unknown {
  const data = text.trimStart().startsWith('{')
    ? (JSON.parse(text) as unknown)
    : (parse(text, { customTags: kinds }) as unknown);
  return JSON.parse(JSON.stringify(data));
}

/** The text that an expression gives, with what is not known as one character. */
export function renderText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const [entry] = Object.entries(value as Record<string, unknown>);
  if (!entry) throw new Error('no text');
  const [name, argument] = entry;
  if (name === 'Fn::Base64') return renderText(argument);
  if (name === 'Fn::Join') {
    const [delimiter, items] = argument as [string, unknown[]];
    return items.map(renderText).join(delimiter);
  }
  if (name === 'Fn::Sub') {
    const [template] = Array.isArray(argument) ? (argument as [string]) : [argument as string];
    return template.replace(/\$\{(!?)([^}]*)\}/g, (_, literal: string, inner: string) =>
      literal === '' ? PUT_IN : `\${${inner}}`,
    );
  }
  return PUT_IN;
}

/** The value at a path of keys and indexes. */
export function at(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((found, key) => (found as Record<string | number, unknown>)[key], value);
}
