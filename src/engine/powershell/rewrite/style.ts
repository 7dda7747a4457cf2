/** What inserted text has to look like to fit the script. */
import { TOKEN_HEADER, TOKEN_PATH, TTL_HEADER } from '../../imds/endpoint';

/** Names to hold the token in, and a client that sends it, best first. */
const TOKEN_NAMES = ['token', 'imdsToken', 'ec2ImdsToken'] as const;
const CLIENT_NAMES = ['imdsClient', 'ec2ImdsClient'] as const;

/** Uses of a variable that agree with its holding a metadata token: fetching it, sending it. */
function agreeing(name: string): RegExp {
  return new RegExp(
    [
      `(?:\\[string\\]\\s{0,9})?\\$${name}\\s*=\\s*(?:Invoke-RestMethod|irm)\\b[^\\n]{0,300}?/api/token\\b`,
      `metadata-token["']\\s*(?:=|\\]\\s*=|,)\\s*\\$${name}\\b`,
    ].join('|'),
    'gi',
  );
}

function isFree(name: string, text: string): boolean {
  return !new RegExp(`[$@{:]${name}\\b|Variable\\s+(?:-Name\\s+)?["']?${name}\\b`, 'i').test(
    text.replace(agreeing(name), ''),
  );
}

function freeName(names: readonly string[], text: string): string {
  const known = names.find((name) => isFree(name, text));
  if (known !== undefined) return known;
  const last = names[names.length - 1] ?? 'imdsToken';
  for (let i = 2; ; i++) if (isFree(`${last}${String(i)}`, text)) return `${last}${String(i)}`;
}

export interface Style {
  readonly quote: '"' | "'";
  /** The variable that holds a token that is fetched. */
  readonly token: string;
  readonly client: string;
}

export function styleOf(text: string): Style {
  const doubles = text.match(/"[^"'\n$`]*"/g)?.length ?? 0;
  const singles = text.match(/'[^"'\n]*'/g)?.length ?? 0;
  return {
    quote: singles > doubles ? "'" : '"',
    token: freeName(TOKEN_NAMES, text),
    client: freeName(CLIENT_NAMES, text),
  };
}

/** `@{"X-aws-ec2-metadata-token" = $token}`, without its braces. */
export function headerEntry({ quote }: Style, value: string): string {
  return `${quote}${TOKEN_HEADER}${quote} = ${value}`;
}

/** The command that fetches a token. */
export function fetchCommand({ quote }: Style, origin: string, ttlSeconds: number, carried: readonly string[]): string {
  const uri = `${origin}${TOKEN_PATH}`;
  const written = /^[\w:/.-]+$/.test(uri) ? uri : `${quote}${uri}${quote}`;
  const headers = `@{${quote}${TTL_HEADER}${quote} = ${quote}${String(ttlSeconds)}${quote}}`;
  return [`Invoke-RestMethod -Headers ${headers} -Method PUT -Uri ${written}`, ...carried].join(' ');
}

/** Blanks at the beginning of the line that a position is in. */
export function indentationAt(text: string, position: number): string {
  const start = text.lastIndexOf('\n', position - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, position))?.[0] ?? '';
}

export function startsLine(text: string, position: number): boolean {
  const start = text.lastIndexOf('\n', position - 1) + 1;
  return /^[ \t]*$/.test(text.slice(start, position));
}

/** Commands that may take longer than a short-lived token. */
const SLOW =
  /\b(?:Start-Sleep|Start-Process|Wait-\w+|Install-[\w-]+|Add-WindowsFeature|Add-Computer|Restart-\w+|Expand-Archive|Update-\w+|msiexec|choco|winget|npm|pip|git|docker|cfn-init|Invoke-Command|Start-DscConfiguration|Read-S3Object|Copy-S3Object|sc\.exe|dism)\b|-OutFile\b|\.DownloadFile\(|\b(?!curl\b|wget\b)[\w-]+\.exe\b|\baws\b/i;

export function mayTakeLong(text: string): boolean {
  return SLOW.test(text);
}
