/** Metadata options in words: what each is, what a change of it means, and what to advise. */
import type { InstanceRecord, MetadataOptionsChange } from '../../aws';
import { arnName } from '../kinds/words';
import { l10n } from '../l10n';

export const OPTIONS = ['tokens', 'endpoint', 'hopLimit', 'ipv6', 'instanceTags'] as const;
export type OptionName = (typeof OPTIONS)[number];

type Of = Pick<InstanceRecord, 'metadata' | 'instanceProfileArn' | 'tags'>;

export function optionName(option: OptionName): string {
  switch (option) {
    case 'tokens':
      return l10n.t('Tokens');
    case 'endpoint':
      return l10n.t('Metadata service');
    case 'hopLimit':
      return l10n.t('Hop limit');
    case 'ipv6':
      return l10n.t('IPv6 endpoint');
    case 'instanceTags':
      return l10n.t('Tags in metadata');
  }
}

/** Options as they are, without what AWS did not tell. */
export function optionsOf({ metadata }: Pick<InstanceRecord, 'metadata'>): MetadataOptionsChange {
  return Object.fromEntries(
    OPTIONS.flatMap((option) => (metadata[option] === undefined ? [] : [[option, metadata[option]]])),
  );
}

/** What of a change is not there already. */
export function differing({ metadata }: Pick<InstanceRecord, 'metadata'>, change: MetadataOptionsChange) {
  const entries = OPTIONS.filter((option) => change[option] !== undefined && change[option] !== metadata[option]);
  return Object.fromEntries(entries.map((option) => [option, change[option]])) as MetadataOptionsChange;
}

/** A line for each option: what it is, and what it becomes. */
export function changeInWords(before: MetadataOptionsChange, change: MetadataOptionsChange): readonly string[] {
  return OPTIONS.flatMap((option) => {
    const value = change[option];
    if (value === undefined) return [];
    return [`${optionName(option)}: ${String(before[option] ?? l10n.t('unknown'))} → ${String(value)}`];
  });
}

/** True where something that is answered now will not be any more, so that evidence is wanted. */
export function isStricter(change: MetadataOptionsChange): boolean {
  return change.tokens === 'required' || change.endpoint === 'disabled';
}

/** Keys of tags that may be in metadata (EC2 User Guide, "Enable access to tags in instance metadata"). */
const TAG_KEY = /^(?!\.{1,2}$|_index$)[\w+\-=.,:@]+$/;

/** The first tag for which AWS refuses tags in metadata. */
export function unfitTag({ tags }: Pick<InstanceRecord, 'tags'>): string | undefined {
  return Object.keys(tags).find((key) => !TAG_KEY.test(key));
}

/** What a change means beyond what its lines say; weaker security said plainly, and first. */
export function consequencesOf(instance: Of, change: MetadataOptionsChange): readonly string[] {
  const weaker = [
    ...(change.tokens === 'optional' ? [ofOptionalTokens(instance)] : []),
    ...(change.endpoint === 'enabled' ? [ofEndpointOn(instance, change)] : []),
    ...((change.hopLimit ?? 0) > Math.max(instance.metadata.hopLimit ?? 1, 1)
      ? [ofMoreHops(change.hopLimit ?? 0)]
      : []),
  ];
  const others = [
    ...(change.endpoint === 'disabled' ? [ofEndpointOff(instance)] : []),
    ...(change.hopLimit === 1
      ? [
          l10n.t(
            'With a hop limit of 1 tokens do not leave the instance: containers with a network of their own get none.',
          ),
        ]
      : []),
    ...(change.ipv6 === 'enabled'
      ? [l10n.t('Metadata is answered at fd00:ec2::254, too. Only instances of the Nitro System have that address.')]
      : []),
    ...(change.instanceTags === 'enabled' ? ofTags(instance) : []),
  ];
  return [...weaker.map((text) => l10n.t('Weaker security: {0}', text)), ...others];
}

function ofOptionalTokens({ instanceProfileArn: role }: Of): string {
  return role === undefined
    ? l10n.t('requests without a token (IMDSv1) are answered again. It has no role whose credentials could be stolen.')
    : l10n.t(
        'requests without a token (IMDSv1) are answered again. Whoever makes a program on it fetch an address can steal the credentials of its role {0}.',
        arnName(role),
      );
}

function ofEndpointOn({ metadata }: Of, { tokens = metadata.tokens }: MetadataOptionsChange): string {
  return tokens === 'required'
    ? l10n.t('metadata is answered again, to whoever has a token.')
    : l10n.t('metadata is answered again, also to requests without a token (IMDSv1).');
}

function ofMoreHops(hops: number): string {
  return l10n.t('tokens reach {0} hops far, so containers and what forwards for others can read metadata, too.', hops);
}

function ofEndpointOff({ instanceProfileArn: role }: Of): string {
  return role === undefined
    ? l10n.t('Nothing on it can read metadata any more, with or without a token; cloud-init finds no user data there.')
    : l10n.t(
        'Nothing on it can read metadata any more, with or without a token: its role {0} gives it no credentials, and cloud-init finds no user data there.',
        arnName(role),
      );
}

function ofTags(instance: Of): readonly string[] {
  const unfit = unfitTag(instance);
  return [
    l10n.t('Whatever runs on it can read its tags.'),
    ...(unfit === undefined
      ? []
      : [
          l10n.t(
            'AWS refuses it while a tag has a key with other characters than letters, digits and + - = . , _ : @, as “{0}” has.',
            unfit,
          ),
        ]),
  ];
}

/** What to advise, whatever it is now. */
export function adviceOn(option: OptionName): string {
  switch (option) {
    case 'tokens':
      return l10n.t('Advice: required, once nothing on it calls without a token');
    case 'endpoint':
      return l10n.t('Advice: disabled where nothing on it reads metadata, which is seldom');
    case 'hopLimit':
      return l10n.t('Advice: 1, or 2 where containers on it read metadata');
    case 'ipv6':
      return l10n.t('Advice: disabled, unless something on it has IPv6 only');
    case 'instanceTags':
      return l10n.t('Advice: disabled, unless something on it reads its own tags from metadata');
  }
}
