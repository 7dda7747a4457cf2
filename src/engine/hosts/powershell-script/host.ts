import { compose, scriptBuilder } from '../../text/source-map';
import type { Range } from '../../text/range';
import type { Embedded, Host, HostDocument, Script } from '../host';
import type { Piece } from '../piece';
import { plainScript } from '../shell-script/host';
import { blocksIn, isUserData } from './user-data';

/** Scripts and modules, and templates of them. */
const EXTENSION = /\.(?:ps1|psm1)(?:\.(?:tpl|tftpl|tmpl|template|j2|erb|txt))?$/i;
const SHEBANG = /^\uFEFF?#![^\n]*\b(?:pwsh|powershell)\b/;

const METADATA_SERVICE = /169\.254|fd00:0?ec2|instance-data|2852039166|0xa9|0251\./i;
/** User data can be read by whoever may describe the instance, so what must not be in it matters too. */
const SECRET =
  /passw|secret|api_?key|token|AKIA|PRIVATE KEY|SecureString|X-Amz-Signature|gh[pousr]_|glpat-|xox[abprs]-|hvs\.|_live_/i;

function recognises({ name, text, languageId }: HostDocument): boolean {
  return (
    languageId === 'powershell' ||
    EXTENSION.test(name.replace(/[?#][^]*/, '')) ||
    SHEBANG.test(text) ||
    isUserData(text)
  );
}

function scripts({ text, placeholders, oneLine, fixed }: HostDocument): readonly Script[] {
  const common = {
    ...(placeholders ? { placeholders } : {}),
    ...(oneLine ? { oneLine } : {}),
    ...(fixed ? { fixed } : {}),
  };
  if (!isUserData(text)) return [{ ...plainScript(text), language: 'powershell', ...common }];
  return blocksIn(text, 'powershell').map((range) => {
    const block = blockAt(text, range);
    const plain = plainScript(block.text);
    return { ...plain, map: compose(plain.map, block.map), language: 'powershell', ...common };
  });
}

function blockAt(text: string, { start, end }: Range): Piece {
  const builder = scriptBuilder(text);
  builder.copy(start, end);
  return builder.build();
}

/** The batch files in user data. */
function documents({ text, placeholders }: HostDocument): readonly Embedded[] {
  if (!isUserData(text)) return [];
  return blocksIn(text, 'script').map((range) => {
    const { text: block, map } = blockAt(text, range);
    return { document: { name: '', text: block, languageId: 'bat', ...(placeholders ? { placeholders } : {}) }, map };
  });
}

export const powershellScript: Host = {
  label: 'PowerShell script',
  recognises,
  couldMatter: (text) => METADATA_SERVICE.test(text) || (isUserData(text) && SECRET.test(text)),
  grammar: 'powershell',
  scripts,
  documents,
};
