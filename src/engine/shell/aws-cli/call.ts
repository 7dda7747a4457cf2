/** A call of EC2 by AWS's command line, as its arguments say it. AWS CLI User Guide, "Command structure" and "Command line options". */
import type { Source } from '../../program/source';
import { knownPrefix, knownText, type Text } from '../../program/value';
import type { SeenCommand } from '../analyse';
import type { Field } from '../expand';
import { dropPrefix } from '../options';
import type { Command } from '../syntax';

/** One argument of an option. */
export interface Argument {
  readonly text: Text;
  readonly field: Field;
}

export interface Ec2Call {
  /** `authorize-security-group-ingress` */
  readonly operation: string;
  /** The word that says it. */
  readonly named: Field;
  /** By name without its dashes; one without arguments is a flag. */
  readonly options: ReadonlyMap<string, readonly Argument[]>;
  readonly node: Command;
  readonly source: Source;
}

/** Options of every command that take an argument, where nothing of the operation follows. */
const GLOBAL = new Set([
  ...['profile', 'region', 'output', 'query', 'endpoint-url', 'endpoint', 'ca-bundle', 'color', 'cli-binary-format'],
  ...['cli-read-timeout', 'cli-connect-timeout', 'cli-error-format'],
]);

/** The call that a command makes, where it makes one of EC2 on AWS. */
export function ec2Call({ invocation }: SeenCommand): Ec2Call | undefined {
  const { name, args, node, source, context } = invocation;
  if (name !== 'aws' || context.dead) return undefined;
  const operands: Field[] = [];
  const options = new Map<string, Argument[]>();
  let open: Argument[] | undefined;
  let left = 0;
  for (const field of args) {
    const prefix = knownPrefix(field.text);
    if (prefix.startsWith('--')) {
      const equals = prefix.indexOf('=');
      const option = prefix.slice(2, equals === -1 ? undefined : equals);
      open = [];
      options.set(option, open);
      left = GLOBAL.has(option) ? 1 : Infinity;
      if (equals !== -1) {
        open.push({ text: dropPrefix(field.text, equals + 1), field });
        left = GLOBAL.has(option) ? 0 : left;
      }
    } else if (open && left > 0 && (operands.length === 2 || left === 1)) {
      open.push({ text: field.text, field });
      left--;
    } else if (operands.length < 2) operands.push(field);
  }
  const [service, named] = operands;
  const operation = named && knownText(named.text);
  if (!service || knownText(service.text) !== 'ec2' || !named || operation === undefined) return undefined;
  if (options.has('dry-run') || options.has('generate-cli-skeleton') || goesElsewhere(options)) return undefined;
  return { operation, named, options, node, source };
}

/** An emulator, or another cloud that speaks the same. */
function goesElsewhere(options: Ec2Call['options']): boolean {
  const [url] = options.get('endpoint-url') ?? options.get('endpoint') ?? [];
  return url !== undefined && !/\.amazonaws\.com(?:\.cn)?(?:[:/]|$)/.test(knownText(url.text) ?? '');
}
