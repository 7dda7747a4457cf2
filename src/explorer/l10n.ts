/**
 * Texts for people in the words of VS Code's `l10n.t`, for parts that know nothing of VS Code: `l10n.t('{0} instances', count)`. Until somebody
 * translates, texts are as they are written.
 */

type Argument = string | number;
type Translate = (message: string, ...args: Argument[]) => string;

let translate: Translate = (message, ...args) =>
  message.replaceAll(/\{(\d+)\}/g, (whole, index: string) => String(args[Number(index)] ?? whole));

export const l10n = {
  t: (message: string, ...args: Argument[]): string => translate(message, ...args),
};

/** Called once, when the extension is activated. */
export function translateWith(translator: Translate): void {
  translate = translator;
}
