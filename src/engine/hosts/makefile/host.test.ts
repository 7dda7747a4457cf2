import { describe, expect, it } from 'vitest';
import { editsReadAsMeant, scriptTexts, survivesDamage } from '../../testing/carriers';
import { FETCH, META, SEND } from '../../testing/rewritten';
import { engine, findingsIn, fixed, judged } from '../../testing/script';

const URI = 'file:///srv/Makefile';
const make = (text: string): string => text.replaceAll('$', '$$$$');

describe('a makefile is known', () => {
  it.each(['Makefile', 'makefile', 'GNUmakefile', 'Makefile.inc', 'rules.mk', 'deploy.mak', 'web.Makefile'])(
    '%s',
    (name) => {
      expect(engine.lint({ uri: `file:///srv/${name}`, text: '' }).kind).toBe('Makefile');
    },
  );
});

describe('calls are found', () => {
  it.each([
    ['in a recipe', `id:\n\t«curl -s ${META}/»\n`],
    ['behind marks', `id:\n\t@«curl -s ${META}/»\n\t-@ «curl ${META}/a»\n`],
    ['behind a semicolon', `id: ; «curl -s ${META}/»\n`],
    ['over lines', `id:\n\tID=$$(«curl \\\n\t  -s ${META}/»); \\\n\techo $$ID\n`],
    ['with a variable in the path', `id:\n\t«curl ${META}/$(ITEM)»\n`],
    [
      'with an address from a variable',
      `HOST ?= 169.254.169.254\nM := http://$(HOST)/latest\nid:\n\t«curl $(M)/meta-data/»\n`,
    ],
    ['with an address from the environment', `export M = ${META}\nid:\n\t«curl $$M/»\n`],
    ['in a variable', `ID := $(shell «curl -s ${META}/»)\n`],
    ['in a variable, in braces', `ID = \${shell «curl -s ${META}/» | awk '{print $$1}'}\n`],
    ['in a variable, over lines', `ID := $(shell «curl -s \\\n  ${META}/»)\n`],
    ['in a variable by !=', `ID != «curl -s ${META}/»\n`],
    ['in a function within a recipe', `id:\n\techo "$(shell «curl -s ${META}/»)"\n`],
    ['in a condition', `ifeq ($(shell «curl -s ${META}/»),)\nendif\n`],
    ['in a canned recipe', `define id\n\t«curl -s ${META}/»\nendef\n`],
    ['in one shell', `.ONESHELL:\nid:\n\tM=${META}\n\t«curl $$M/»\n`],
    ['with another prefix', `.RECIPEPREFIX = >\nid:\n>«curl -s ${META}/»\n`],
  ])('%s', (_, text) => {
    expect(judged(text, 'imdsv1-call', URI)).toBe(text);
  });
});

describe('nothing is found', () => {
  it.each([
    ['in a comment', `# curl ${META}/\nid:\n\t# curl ${META}/\n# $(shell curl ${META}/)\n`],
    ['behind a comment', `X := y # $(shell curl ${META}/)\n`],
    ['in a variable', `ID = curl ${META}/\n`],
    ['in a dollar that is escaped', `id:\n\techo '$$(shell curl ${META}/)'\n`],
    ['with a token', `id:\n\t${make(FETCH)} && curl ${make(SEND)} ${META}/\n`],
    ['where a line before has set the address, in a shell of its own', `id:\n\tM=${META}\n\tcurl $$M/\n`],
    ['with another shell', `SHELL = /usr/bin/python3\nid:\n\tcurl ${META}/\n`],
    ['at an address that is set twice', `M = ${META}\nM = http://example.com\nid:\n\tcurl $(M)\n`],
  ])('%s', (_, text) => {
    expect(findingsIn(text, URI)).toEqual([]);
  });
});

it('recipes are read as the shell gets them', () => {
  const text = `A = b\nid: ; @x 169.254.169.254 $$A\n\t-y $(A) 169.254.169.254 \\\n\tz\n`;
  expect(scriptTexts(text, 'Makefile')).toEqual(['x 169.254.169.254 $A', 'y b 169.254.169.254 \\\nz']);
  expect(scriptTexts(`.SHELLFLAGS = -euo pipefail -c\n${text}`, 'Makefile')[0]).toBe(
    'set -e\nset -o pipefail\nx 169.254.169.254 $A',
  );
  expect(scriptTexts(`.ONESHELL:\na:\n\t@x\n\ty 169.254.169.254\nb:\n\tz 169.254.169.254\n`, 'Makefile')).toEqual([
    'x\ny 169.254.169.254',
    'z 169.254.169.254',
  ]);
});

describe('a fix', () => {
  it.each([
    ['in a recipe', `id:\n\t@curl -s ${META}/ > id\n`, `id:\n\t@${make(FETCH)}; curl ${make(SEND)} -s ${META}/ > id\n`],
    [
      'in a variable',
      `ID := $(shell curl -s ${META}/)\n`,
      `ID := $(shell ${make(FETCH)}; curl ${make(SEND)} -s ${META}/)\n`,
    ],
    [
      'over lines',
      `id:\n\tID=$$(curl -s ${META}/); \\\n\techo $$ID\n`,
      `id:\n\t${make(FETCH)}; ID=$$(curl ${make(SEND)} -s ${META}/); \\\n\techo $$ID\n`,
    ],
    [
      'in one shell',
      `.ONESHELL:\nid:\n\tset -e\n\tcurl -s ${META}/\n`,
      `.ONESHELL:\nid:\n\tset -e\n\t${make(FETCH)}\n\tcurl ${make(SEND)} -s ${META}/\n`,
    ],
  ])('%s', (_, text, expected) => {
    expect(fixed(text, URI)).toBe(expected);
    expect(findingsIn(expected, URI)).toEqual([]);
  });
});

describe('what is written is read', () => {
  const SAMPLE = `X = $(shell echo EDIT one TIDE 169.254.169.254)
all: dep
\t@echo EDIT two TIDE 169.254.169.254
\techo three $(X) \\
\techo EDIT four \\
\t169.254.169.254
dep: ; echo EDIT five TIDE 169.254.169.254
`;
  editsReadAsMeant(SAMPLE, 'Makefile');
  editsReadAsMeant(`.ONESHELL:\na:\n\techo 169.254.169.254\n\techo EDIT one\n\techo two\n`, 'Makefile');
  survivesDamage(SAMPLE.replaceAll('echo EDIT', `curl ${META}/`), '/srv/Makefile');
});
