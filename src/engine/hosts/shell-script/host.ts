import { IDENTITY, scriptBuilder, type Codec } from '../../text/source-map';
import { holdsSecret } from '../../secrets/hint';
import { mayCallEc2 } from '../../program/ec2-calls';
import { placeholderTable } from '../../program/placeholders';
import { isJinjaUserData, isShellProgram } from '../embedding/language';
import { coverTemplate, ERB, GO_TEMPLATE, JINJA, type Dialect } from '../embedding/template';
import type { Host, HostDocument, Script } from '../host';

const EXTENSION = /\.(?:sh|bash|dash|ksh|zsh|ash)$/i;
/** Names that user data and templates of scripts go by, where what stands behind them is no other language (`TEMPLATE`). */
const USER_DATA = /(?:^|\/)user[-_]?data[^/]*$|\.sh\.\w+$/i;
const TEMPLATE = /\.(?:tpl|tftpl|template|tmpl|txt|erb|j2)$/i;

/** Other formats that user data comes in, by their first line. */
const NO_SHELL =
  /^\uFEFF?(?:#cloud-config|#cloud-boothook|#include|Content-Type:|MIME-Version:|<powershell>|<script>|\s*(?:\[|\{(?![{%#])|<(?!%))|---)/i;

/** What a rule could want in a shell script: the metadata service's address, credential files, names of architectures. */
const COULD_MATTER =
  /169\.254|fd00:0?ec2|instance-data|2852039166|0xa9|0251\.|\.aws\b|\.ssh\b|\.pem\b|id_(?:rsa|dsa|ecdsa|ed25519)|x86[_-]64|amd64|aarch64|arm64/i;

function recognises({ name, text, languageId }: HostDocument): boolean {
  // A shebang counts in the first line only.
  if ((/^\uFEFF?#!/.test(text) || isJinjaUserData(text)) && isShellProgram(text)) return true;
  if (languageId === 'shellscript') return true;
  const [path = ''] = name.split(/[?#]/, 1);
  if (EXTENSION.test(path)) return true;
  if (!USER_DATA.test(path)) return false;
  return !NO_SHELL.test(text) && (TEMPLATE.test(path) || !/\.\w+$/.test(path));
}

const CRLF: Codec = { encode: (text) => text.replace(/\n/g, '\r\n') };

/** The script without byte order mark and carriage returns, which an editor shows as nothing. */
export function plainScript(text: string): Script {
  const bom = text.startsWith('\uFEFF') ? 1 : 0;
  if (!text.includes('\r\n')) {
    if (bom === 0) return { language: 'shell', text, map: IDENTITY };
    const builder = scriptBuilder(text);
    builder.copy(bom, text.length);
    return { language: 'shell', ...builder.build() };
  }
  const builder = scriptBuilder(text, CRLF);
  let at = bom;
  for (let end = text.indexOf('\r\n', at); end !== -1; end = text.indexOf('\r\n', at)) {
    builder.copy(at, end);
    builder.unit('\n', end, end + 2);
    at = end + 2;
  }
  builder.copy(at, text.length);
  return { language: 'shell', ...builder.build() };
}

/** What a script that is a template itself is written in. */
function dialectOf({ name, text, placeholders }: HostDocument): Dialect | undefined {
  if (isJinjaUserData(text)) return JINJA;
  // What is in another document has been rendered by that.
  if (placeholders) return undefined;
  if (/<%[^\n]{0,300}%>/.test(text)) return ERB;
  if (/\{%[-+]?[ \t]*[a-z]+\b[^\n]{0,300}%\}/.test(text) || /\.(?:j2|jinja2?)$/i.test(name)) return JINJA;
  return /^[ \t]*\{\{-?[ \t]*(?:if|range|with|end)\b[^\n]{0,300}\}\}[ \t\r]*$/m.test(text) ? GO_TEMPLATE : undefined;
}

function scriptOf(document: HostDocument): Script {
  const { text, placeholders } = document;
  const dialect = dialectOf(document);
  if (!dialect) return { ...plainScript(text), ...(placeholders ? { placeholders } : {}) };
  const template = coverTemplate(text, { ...dialect, isShell: true });
  const table = placeholderTable(placeholders);
  return { language: 'shell', ...template.read(plainScript(template.text), table), placeholders: table.values };
}

export const shellScript: Host = {
  label: 'Shell script',
  recognises,
  couldMatter: (text) => COULD_MATTER.test(text) || mayCallEc2(text) || holdsSecret(text),
  scripts: (document) => [
    {
      ...scriptOf(document),
      ...(document.oneLine ? { oneLine: true } : {}),
      ...(document.fixed ? { fixed: true } : {}),
    },
  ],
};
