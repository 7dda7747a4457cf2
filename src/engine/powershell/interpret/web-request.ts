/** Invoke-RestMethod and Invoke-WebRequest (Microsoft Learn, Microsoft.PowerShell.Utility 5.1 and 7). */
import { knownText, UNKNOWN_TEXT, type Text } from '../../program/value';
import type { Binding, Bound, Parameters } from './arguments';
import type { Invocation } from './command';
import { valueOf, type Datum } from './datum';
import { headersOf } from './header';
import { textAt, type Machine } from './machine';
import type { Node } from '../syntax/parse';
import type { PowerShellHeader, PowerShellRequest } from './request';

/** Parameters of Windows PowerShell 5.1, of which a beginning is enough. */
const NAMES =
  `uri headers method body outfile infile contenttype timeoutsec usebasicparsing useragent websession sessionvariable credential
usedefaultcredentials certificatethumbprint certificate maximumredirection proxy proxycredential proxyusedefaultcredentials passthru
transferencoding disablekeepalive erroraction errorvariable warningaction warningvariable informationaction informationvariable outvariable
outbuffer pipelinevariable verbose debug`.split(/\s+/);
/** Those that came later have to be written out, lest they make an abbreviation of the others ambiguous. */
const LATER =
  `custommethod noproxy skipcertificatecheck skipheadervalidation skiphttperrorcheck statuscodevariable responseheadersvariable
authentication token allowunencryptedauthentication form followrellink maximumfollowrellink httpversion maximumretrycount retryintervalsec
connectiontimeoutseconds operationtimeoutseconds resume preserveauthorizationonredirect preservehttpmethodonredirect sslprotocol unixsocket
allowinsecureredirect progressaction`.split(/\s+/);
const SHORT = { ea: 'erroraction', ev: 'errorvariable', wa: 'warningaction', wv: 'warningvariable', ov: 'outvariable', ob: 'outbuffer', pv: 'pipelinevariable', vb: 'verbose', db: 'debug', cm: 'custommethod', sv: 'sessionvariable', rhv: 'responseheadersvariable' }; // prettier-ignore
const SWITCHES =
  `usebasicparsing usedefaultcredentials passthru disablekeepalive proxyusedefaultcredentials verbose debug noproxy
skipcertificatecheck skipheadervalidation skiphttperrorcheck allowunencryptedauthentication followrellink resume preserveauthorizationonredirect
preservehttpmethodonredirect allowinsecureredirect`.split(/\s+/);

export const WEB_PARAMETERS: Parameters = {
  names: NAMES,
  switches: new Set(SWITCHES),
  aliases: { ...Object.fromEntries(LATER.map((name) => [name, name])), ...SHORT },
  positional: ['uri'],
};

/** Parameters that decide whether and how the service is reached, and what becomes of a failure. */
const CARRIED = ['timeoutsec', 'connectiontimeoutseconds', 'operationtimeoutseconds', 'noproxy', 'maximumretrycount', 'retryintervalsec', 'usebasicparsing', 'erroraction']; // prettier-ignore

interface Headers {
  readonly headers: readonly PowerShellHeader[];
  readonly hidden: boolean;
  readonly table: number | undefined;
  readonly made: Node | undefined;
}

/** All that the headers may be. */
function headerChoices(
  given: Datum | undefined,
  session: Datum | undefined,
  open: boolean,
  machine: Machine,
): readonly Headers[] {
  const sessions = (session ?? []).flatMap((each) => ('id' in each ? (machine.state.objects.get(each.id) ?? []) : []));
  const inSession = headersOf(sessions);
  const hidden = open || inSession.hidden || (session !== undefined && sessions.length === 0);
  const choices: Datum = given ?? [{ kind: 'null' }];
  return choices.map((alternative) => {
    const object = 'id' in alternative ? machine.state.objects.get(alternative.id) : undefined;
    const own = object ? headersOf([object]) : { headers: [], hidden: alternative.kind !== 'null' };
    return {
      headers: [...own.headers, ...inSession.headers],
      hidden: hidden || own.hidden,
      table: 'id' in alternative ? alternative.id : undefined,
      made: object?.made,
    };
  });
}

function methodOf(values: ReadonlyMap<string, Bound>, open: boolean): string | undefined {
  const given = values.get('custommethod') ?? values.get('method');
  if (!given) return open ? undefined : 'GET';
  const [text, ...more] = valueOf(given.datum);
  const known = text && more.length === 0 ? knownText(text) : undefined;
  if (known === '' || /^default$/i.test(known ?? '')) return 'GET';
  return known?.toUpperCase();
}

export function webRequest(
  name: string,
  { node, name: client, nameNode }: Invocation,
  binding: Binding,
  machine: Machine,
): Datum {
  const { values, open } = binding;
  const uri = values.get('uri');
  const urls: readonly Text[] = uri ? valueOf(uri.datum) : [UNKNOWN_TEXT];
  const given = values.get('headers');
  const isHidden = open || machine.presetsParameters;
  const choices = headerChoices(given?.datum, values.get('websession')?.datum, isHidden, machine);
  const carried = CARRIED.flatMap((parameter) => {
    const bound = values.get(parameter);
    const written = bound && !bound.splatted ? textAt(machine, bound.whole) : '';
    return written === '' || /[$`\n(]/.test(written) ? [] : [written];
  });
  const form = ({ table, made }: Headers): PowerShellRequest['form'] => ({
    kind: 'cmdlet',
    nameEnd: nameNode.end,
    headers: given?.node,
    table,
    made,
    carried,
    method: (values.get('custommethod') ?? values.get('method'))?.node,
    address: uri?.node,
    proxied: values.has('proxy'),
  });
  const method = methodOf(values, open);
  const readings = urls.flatMap((url) =>
    choices.map((choice): PowerShellRequest => ({
      client,
      node,
      method,
      url,
      headers: choice.headers,
      mayHideHeaders: choice.hidden,
      form: form(choice),
    })),
  );
  const answer = machine.request(readings, machine);
  if (name !== 'invoke-webrequest') return answer;
  return answer.map((each) => (each.kind === 'answer' ? { ...each, raw: 'content' } : each));
}
