import { CodeActionKind } from 'vscode-languageserver';
import { FIX_ALL_KIND } from './protocol';

/** Exactly the kinds that `textDocument/codeAction` answers with. */
export const CODE_ACTION_KINDS: readonly CodeActionKind[] = [CodeActionKind.QuickFix, FIX_ALL_KIND];

/**
 * True where a client that asked for `only` wants actions of `kind`. Kinds are a hierarchy separated by dots: `source` asks for
 * `source.fixAll.ec2-warden` too (LSP 3.17, CodeActionKind). A client that asks for nothing in particular is shown quick fixes; source
 * actions concern the whole file and have to be asked for.
 */
export function wantsKind(only: readonly CodeActionKind[] | undefined, kind: CodeActionKind): boolean {
  if (only === undefined || only.length === 0) return kind === CodeActionKind.QuickFix;
  return only.some((asked) => asked === CodeActionKind.Empty || asked === kind || kind.startsWith(`${asked}.`));
}
