import type { RuleMeta } from '../../src/engine';

/** What package.json and package.nls.json say about the rules: generated from the engine's registry. */
export interface RuleSettings {
  /** `contributes.configuration`, the schema of `ec2Warden.rules`. */
  readonly properties: Readonly<Record<string, object>>;
  /** The texts that it refers to. */
  readonly texts: Readonly<Record<string, string>>;
}

const TEXT_PREFIX = 'rule.';

export function ruleSettings(rules: readonly RuleMeta[]): RuleSettings {
  return {
    properties: Object.fromEntries(
      rules.map(({ id, severity }) => [
        id,
        {
          type: 'string',
          enum: ['error', 'warning', 'information', 'hint', 'off'],
          default: severity,
          markdownDescription: `%${TEXT_PREFIX}${id}%`,
        },
      ]),
    ),
    texts: Object.fromEntries(
      rules.map(({ id, title, description, url }) => [
        `${TEXT_PREFIX}${id}`,
        `${title}. ${description} [${id}](${url})`,
      ]),
    ),
  };
}

/** Replaces the generated part of package.json; everything else stays as it is. */
export function withRuleProperties(manifest: string, { properties }: RuleSettings): string {
  const parsed = JSON.parse(manifest) as {
    contributes: { configuration: { properties: Record<string, { properties?: object }> }[] };
  };
  for (const { properties: settings } of parsed.contributes.configuration) {
    const rules = settings['ec2Warden.rules'];
    if (rules !== undefined) rules.properties = properties;
  }
  return `${JSON.stringify(parsed, undefined, 2)}\n`;
}

/** Replaces the generated part of package.nls.json; its keys are kept in order. */
export function withRuleTexts(texts: string, settings: RuleSettings): string {
  const others = Object.entries(JSON.parse(texts) as Record<string, string>).filter(
    ([key]) => !key.startsWith(TEXT_PREFIX),
  );
  const all = [...others, ...Object.entries(settings.texts)].sort(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify(Object.fromEntries(all), undefined, 2)}\n`;
}
