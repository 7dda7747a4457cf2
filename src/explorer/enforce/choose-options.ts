/** Which options to change, and to what: a list of all of them, gone through as often as wanted. */
import type { InstanceRecord, MetadataOptionsChange } from '../../aws';
import { l10n } from '../l10n';
import {
  adviceOn,
  changeInWords,
  differing,
  optionName,
  OPTIONS,
  optionsOf,
  unfitTag,
  type OptionName,
} from './options';
import { nameOf } from './question';

export interface Choice {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
}

export interface ChoiceUi {
  /** Undefined where it was closed. */
  pick<T extends Choice>(title: string, placeholder: string, choices: readonly T[]): Promise<T | undefined>;
  /** @param wrong why a text will not do; undefined where it will */
  askFor(title: string, value: string, wrong: (text: string) => string | undefined): Promise<string | undefined>;
}

type Value = NonNullable<MetadataOptionsChange[OptionName]>;

/** What differs from what is there, once somebody wants to see it as a whole; undefined where the list was closed. */
export async function chooseOptions(
  ui: ChoiceUi,
  instance: InstanceRecord,
): Promise<MetadataOptionsChange | undefined> {
  const title = l10n.t('Metadata options of {0}', nameOf(instance));
  const now = optionsOf(instance);
  let change: MetadataOptionsChange = {};
  for (;;) {
    const lines = changeInWords(now, change);
    const review = { label: `$(check) ${l10n.t('Review the Change…')}`, detail: lines.join(', ') };
    const options = OPTIONS.map((option) => ({
      option,
      label: optionName(option),
      description: valueInWords(now[option], change[option]),
      detail: adviceOn(option),
    }));
    const chosen = await ui.pick<Choice & { readonly option?: OptionName }>(
      title,
      l10n.t('Choose an option to change. What you do not choose stays as it is.'),
      [...(lines.length === 0 ? [] : [review]), ...options],
    );
    if (chosen === undefined) return undefined;
    if (chosen.option === undefined) return change;
    const value = await chooseValue(ui, instance, chosen.option, change[chosen.option] ?? now[chosen.option]);
    // Closed: back to the list.
    if (value !== undefined) change = differing(instance, { ...change, [chosen.option]: value });
  }
}

function valueInWords(now: Value | undefined, wanted: Value | undefined): string {
  const value = String(now ?? l10n.t('unknown'));
  return wanted === undefined ? value : `${value} → ${String(wanted)}`;
}

const VALUES = {
  tokens: ['required', 'optional'],
  endpoint: ['enabled', 'disabled'],
  ipv6: ['enabled', 'disabled'],
  instanceTags: ['enabled', 'disabled'],
} as const;

async function chooseValue(
  ui: ChoiceUi,
  instance: InstanceRecord,
  option: OptionName,
  now: Value | undefined,
): Promise<Value | undefined> {
  const title = `${optionName(option)} · ${nameOf(instance)}`;
  if (option === 'hopLimit') {
    const text = await ui.askFor(title, String(now ?? 1), (typed) =>
      isHopLimit(typed) ? undefined : l10n.t('A whole number from 1 to 64'),
    );
    return text === undefined || !isHopLimit(text) ? undefined : Number(text);
  }
  const unfit = option === 'instanceTags' ? unfitTag(instance) : undefined;
  const choices = VALUES[option].map((value) => ({
    value,
    label: value,
    ...(value === now ? { description: l10n.t('now') } : {}),
    ...(value === 'enabled' && unfit !== undefined ? { detail: l10n.t('AWS refuses it: its tag “{0}”', unfit) } : {}),
  }));
  return (await ui.pick(title, adviceOn(option), choices))?.value;
}

/** As AWS takes them: 1 to 64 (EC2 API Reference, ModifyInstanceMetadataOptions). */
function isHopLimit(text: string): boolean {
  return /^\d{1,2}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= 64;
}
