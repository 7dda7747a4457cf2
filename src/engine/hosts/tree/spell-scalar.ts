/** Scalars of YAML and JSON as they are written. */

type Value = string | number | boolean;

/** What a scalar says, without the quotes that it is written in. */
export function withoutQuotes(written: string): string {
  const quote = /^["']/.exec(written)?.[0] ?? '';
  return quote !== '' && written.endsWith(quote) ? written.slice(1, -1) : written;
}

/** A value in the place of one that is written as `before`. */
export function spellScalar(value: Value, before: string, isJson: boolean): string {
  const quote = before.charAt(0);
  if (isJson) return quote === '"' ? JSON.stringify(String(value)) : JSON.stringify(value);
  if (quote === '"') return JSON.stringify(String(value));
  if (quote === "'") return `'${String(value).replace(/'/g, "''")}'`;
  return spellPlain(value);
}

/** A value that needs no quotes, or in quotes. */
export function spellPlain(value: Value): string {
  const text = String(value);
  const isPlain = typeof value !== 'string' || /^(?:[A-Za-z][A-Za-z-]*|\d+\.\d+\.\d+\.\d+(?:\/\d+)?)$/.test(text);
  return isPlain ? text : `'${text.replace(/'/g, "''")}'`;
}
