import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import manifest from '../../package.json';
import { engine, judge, placesOf } from './running';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

const pages = [
  ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'],
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => `docs/${path.replaceAll('\\', '/')}`),
];

/** GitHub's names for headings. */
function anchorsOf(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}

test.each(pages)('every link of %s within the repository leads somewhere', (page) => {
  const broken = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = '']) => {
    if (/^(?:https?|mailto):/.test(link)) return [];
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? page : join(dirname(page), path);
    if (!existsSync(join(ROOT, target))) return [link];
    return anchor !== undefined && !anchorsOf(read(target)).includes(anchor) ? [link] : [];
  });
  expect(broken).toEqual([]);
});

test('every page of the documentation is reached from its index', () => {
  const unreached = pages.filter((page) => /^docs\/[^/]+\.md$/.test(page) && page !== 'docs/README.md');
  expect(unreached.filter((page) => !read('docs/README.md').includes(`](${page.slice('docs/'.length)})`))).toEqual([]);
});

test('the index of rules says what the rules say, in their order', () => {
  const fixes = { safe: 'safe fix', suggestion: 'fix as a suggestion', none: 'no automatic fix' };
  const rows = read('docs/rules/README.md')
    .split('\n')
    .filter((line) => line.startsWith('| ['));
  expect(rows).toEqual(
    engine.rules.map(
      ({ id, title, severity, fix }) => `| [${id}](${id}.md) | ${title} | ${severity} | ${fixes[fix]} |`,
    ),
  );
});

describe('docs/settings.md', () => {
  const rows = read('docs/settings.md')
    .split('\n')
    .flatMap((line) => {
      const [, name, shared, value] = /^\| (?:`([\w.]+)` )?\| (?:`([\w.]+)` )?\| `(.+?)` \|/.exec(line) ?? [];
      return value === undefined ? [] : [{ name, shared, value }];
    });

  test('names every setting of the manifest, with its default', () => {
    const settings = manifest.contributes.configuration.flatMap(({ properties }) =>
      Object.entries(properties as Record<string, { default: unknown }>).map(([name, schema]) => [
        name,
        JSON.stringify(schema.default),
      ]),
    );
    expect(rows.flatMap(({ name, value }) => (name === undefined ? [] : [[name, value]])).sort()).toEqual(
      settings.sort(),
    );
  });

  test('names every key of the configuration file', () => {
    interface Schema {
      readonly properties?: Readonly<Record<string, Schema>>;
    }
    const { properties = {} } = JSON.parse(read('schemas/configuration.schema.json')) as Schema;
    const keys = Object.entries(properties).flatMap(([key, { properties: inner }]) =>
      key === 'ports' ? Object.keys(inner ?? {}).map((name) => `ports.${name}`) : [key],
    );
    expect(rows.flatMap(({ shared }) => shared ?? []).sort()).toEqual(keys.sort());
  });

  test('its configuration file has nothing wrong in it', async () => {
    const [, file = ''] = /```yaml\n([^]*?)```/.exec(read('docs/settings.md')) ?? [];
    expect(file).not.toBe('');
    expect(placesOf(await judge({ page: 'invalid-configuration', language: 'yaml' }, file))).toEqual([]);
  });
});

test('docs/other-editors.md names every setting that the server asks for', () => {
  const page = read('docs/other-editors.md');
  const names = manifest.contributes.configuration.flatMap(({ properties }) => Object.keys(properties));
  const asked = names.filter((name) => /^ec2Warden\.(?:lint|rules|network)/.test(name));
  expect(asked.filter((name) => !page.includes(`\`${name.replace('ec2Warden.', '')}\``))).toEqual([]);
});

describe('docs/silencing.md', () => {
  const directives = [...read('docs/silencing.md').matchAll(/^\| `ec2-warden-([\w-]+) RULE/gm)].map(
    ([, name = '']) => name,
  );
  const CALL = 'curl http://169.254.169.254/latest/meta-data/';

  test('names them all', () => {
    expect(directives).toEqual(['disable-next-line', 'disable-line', 'disable', 'disable-file']);
  });

  test.each(directives)('%s silences', async (directive) => {
    const comment = `# ec2-warden-${directive} imdsv1-call -- why`;
    const script = directive === 'disable-line' ? `${CALL} ${comment}\n` : `${comment}\n${CALL}\n`;
    expect(placesOf(await judge({ page: 'x', language: 'sh' }, script))).toEqual([]);
  });

  test.each(['#', '//', '/*', '<!--', ';', '--', 'REM'])('%s is a comment sign', async (sign) => {
    const script = `${CALL} ${sign === '#' ? '' : '# '}${sign} ec2-warden-disable-line imdsv1-call\n`;
    expect(read('docs/silencing.md')).toContain(sign);
    expect(placesOf(await judge({ page: 'x', language: 'sh' }, script))).toEqual([]);
  });
});

test('the picture of the README is small, and not in the package', () => {
  expect(read('README.md')).toContain('](media/fix.png)');
  expect(statSync(join(ROOT, 'media/fix.png')).size).toBeLessThan(60_000);
  expect(read('.vscodeignore').split('\n')).not.toContain('!media/fix.png');
});

test('ARCHITECTURE.md names every folder of the source', () => {
  const map = read('ARCHITECTURE.md');
  const folders = ['src', 'src/engine'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? [entry.name] : [],
    ),
  );
  expect(folders.filter((name) => !new RegExp(`^ +${name}/`, 'm').test(map))).toEqual([]);
});
