/**
 * What a service control policy may look like (IAM User Guide, "Grammar of the IAM JSON policy language"; Organizations User Guide, "SCP syntax"), and what its
 * Deny statements say to a request. As far as denying goes.
 */
type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isStrings = (value: unknown): boolean =>
  typeof value === 'string' ||
  (Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string'));

/** The operators that our policies need, and the values that they take. */
const OPERATORS: Readonly<Record<string, RegExp>> = {
  StringEquals: /^/,
  StringNotEquals: /^/,
  ArnNotLike: /^arn:[^:]*:[^:]*:[^:]*:[^:]*:.+$/,
  NumericLessThan: /^-?\d+(\.\d+)?$/,
  Null: /^(true|false)$/,
};

/** What is wrong with a policy; empty where it fits. At most 5,120 characters without spaces outside of strings. */
export function wrongsOf(policy: unknown): readonly string[] {
  if (!isObject(policy)) return ['no object'];
  const wrongs = unknownKeys(policy, ['Version', 'Id', 'Statement'], 'policy');
  if (policy['Version'] !== '2012-10-17') wrongs.push('Version');
  if (JSON.stringify(policy).length > 5120) wrongs.push('too long');
  const statements = policy['Statement'];
  if (!Array.isArray(statements) || statements.length === 0) return [...wrongs, 'Statement'];
  const sids = new Set<unknown>();
  for (const statement of statements) {
    if (!isObject(statement)) wrongs.push('statement');
    else wrongs.push(...wrongsOfStatement(statement));
    const sid = isObject(statement) ? statement['Sid'] : undefined;
    if (sids.has(sid)) wrongs.push(`Sid ${String(sid)} twice`);
    sids.add(sid);
  }
  return wrongs;
}

function unknownKeys(value: Json, known: readonly string[], where: string): string[] {
  return Object.keys(value).flatMap((key) => (known.includes(key) ? [] : [`${where}: ${key}`]));
}

function wrongsOfStatement(statement: Json): readonly string[] {
  // No Principal, no NotPrincipal: a service control policy has none.
  const wrongs = unknownKeys(statement, ['Sid', 'Effect', 'Action', 'Resource', 'Condition'], 'statement');
  if (!/^[A-Za-z0-9]+$/.test(String(statement['Sid']))) wrongs.push('Sid');
  if (statement['Effect'] !== 'Deny' && statement['Effect'] !== 'Allow') wrongs.push('Effect');
  const { Action: action, Resource: resource, Condition: condition } = statement;
  if (!isStrings(action) || ![action].flat().every((each) => /^(\*|[a-z0-9-]+:[A-Za-z*?]+)$/.test(String(each))))
    wrongs.push('Action');
  if (
    !isStrings(resource) ||
    ![resource].flat().every((each) => /^(\*|arn:[^:]*:[^:]*:[^:]*:[^:]*:.+)$/.test(String(each)))
  ) {
    wrongs.push('Resource');
  }
  if (!isObject(condition)) return [...wrongs, 'Condition'];
  for (const [operator, keys] of Object.entries(condition)) {
    const value = OPERATORS[operator];
    if (value === undefined || !isObject(keys) || Object.keys(keys).length === 0) wrongs.push(operator);
    else {
      for (const [key, values] of Object.entries(keys)) {
        if (!/^[a-z0-9-]+:[\w/-]+$/i.test(key)) wrongs.push(key);
        if (!isStrings(values) || ![values].flat().every((each) => value.test(String(each))))
          wrongs.push(`${key}: ${String(values)}`);
      }
    }
  }
  return wrongs;
}

export interface Request {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string>>;
}

function like(pattern: string, text: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}

/** IAM User Guide, "IAM JSON policy elements: Condition operators": negated operators match where the key is absent, the others do not. */
function holds(operator: string, values: readonly string[], given: string | undefined): boolean {
  switch (operator) {
    case 'StringEquals':
      return given !== undefined && values.includes(given);
    case 'StringNotEquals':
      return given === undefined || !values.includes(given);
    case 'ArnNotLike':
      return given === undefined || !values.some((value) => like(value, given));
    case 'NumericLessThan':
      return given !== undefined && values.some((value) => Number(given) < Number(value));
    case 'Null':
      return values.includes(String(given === undefined));
    default:
      throw new Error(`Nobody uses ${operator}.`);
  }
}

/** The `Sid`s of the statements that deny a request: all conditions of a statement must hold. */
export function deniedBy(
  {
    Statement,
  }: { readonly Statement: readonly { Sid: string; Action: string; Resource: string; Condition: object }[] },
  { action, resource, context }: Request,
): readonly string[] {
  return Statement.filter(
    (statement) =>
      like(statement.Action, action) &&
      like(statement.Resource, resource) &&
      Object.entries(statement.Condition).every(([operator, keys]) =>
        Object.entries(keys as Record<string, string | string[]>).every(([key, values]) =>
          holds(operator, [values].flat(), context[key]),
        ),
      ),
  ).map(({ Sid }) => Sid);
}
