import { describe, expect, it } from 'vitest';
import { isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import { DENSITIES, LANGUAGES, LENGTHS, VARIETY, count } from '../bench/picture/shape.mjs';
import { likePublicOnes } from '../bench/picture/templates.mjs';

const TEMPLATES = likePublicOnes();
const cloudFormation = TEMPLATES.filter(({ language }) => language !== 'terraform');

/** Whether a number is that of public templates, give or take a share of it. */
const near = (actual: number, wanted: number, share: number): boolean => Math.abs(actual - wanted) <= wanted * share;

describe('the templates that bench/checkov.mjs makes', () => {
  it.each(['terraform', 'yaml', 'json'] as const)('are as long and as dense in %s as public ones', (language) => {
    const texts = TEMPLATES.filter((template) => template.language === language).map(({ text }) => text);
    expect(texts).toHaveLength(LANGUAGES[language]);
    const bytes = texts.join('').length;
    const steps = LENGTHS[language];
    const mean = steps.reduce((sum, length) => sum + length, 0) / steps.length;
    expect({ mean: bytes / texts.length, near: near(bytes / texts.length, mean, 0.1) }).toMatchObject({ near: true });
    for (const [what, wanted] of Object.entries(DENSITIES[language]) as [keyof (typeof DENSITIES)['yaml'], number][]) {
      const actual = (texts.reduce((sum, text) => sum + count(language, text)[what], 0) / bytes) * 1000;
      expect({ what, actual, near: near(actual, wanted, 0.35) }).toMatchObject({ near: true });
    }
  });

  it('can be read', () => {
    for (const { language, text } of cloudFormation) {
      expect(parseDocument(text, { strict: true, logLevel: 'silent' }).errors).toEqual([]);
      if (language === 'json') expect(() => JSON.parse(text) as unknown).not.toThrow();
    }
  });

  it('differ from one another as much as public ones', () => {
    const types = new Set<unknown>();
    const places = new Set<string>();
    const visit = (node: unknown, place: string): void => {
      if ((node as Node | null)?.tag?.match(/^!\w/)) places.add(place);
      if (isSeq(node))
        node.items.forEach((item, index) => {
          visit(item, `${place}.${index}`);
        });
      if (!isMap(node)) return;
      for (const { key, value } of node.items) {
        const name = isScalar(key) ? String(key.value) : '';
        if (/^(?:Ref$|Fn::)/.test(name)) places.add(place);
        visit(value, `${place}.${name}`);
      }
    };
    for (const { text } of cloudFormation) {
      const resources = parseDocument(text, { logLevel: 'silent' }).get('Resources');
      for (const { value } of isMap(resources) ? resources.items : []) {
        if (!isMap(value)) continue;
        types.add(value.get('Type'));
        visit(value.get('Properties'), '');
      }
    }
    expect({ types: types.size, near: near(types.size, VARIETY.types, 0.1) }).toMatchObject({ near: true });
    expect({ places: places.size, near: near(places.size, VARIETY.places, 0.25) }).toMatchObject({ near: true });
  });
});
