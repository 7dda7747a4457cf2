/** What plain data from a file must look like, with a path to what is wrong in it. */

/** Says what is wrong with a value, each with its path; nothing where it is right. */
export type Shape = (value: unknown, path: string) => readonly string[];

type Fields = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object with these keys and no other. */
export function object(required: Readonly<Record<string, Shape>>, optional: Readonly<Record<string, Shape>>): Shape {
  const known = new Map(Object.entries({ ...required, ...optional }));
  return (value, path) => {
    if (!isObject(value)) return [`${path} must be an object.`];
    const at = (key: string): string => (path === 'the plan' ? key : `${path}.${key}`);
    const missing = Object.keys(required).filter((key) => !Object.hasOwn(value, key));
    return [
      ...missing.map((key) => `${at(key)} is missing.`),
      ...Object.entries(value).flatMap(
        ([key, field]) => known.get(key)?.(field, at(key)) ?? [`${at(key)} is nothing that a plan has.`],
      ),
    ];
  };
}

/** As `shape`, and with at least one key. */
export function notEmpty(shape: Shape): Shape {
  return (value, path) =>
    isObject(value) && Object.keys(value).length === 0 ? [`${path} must set something.`] : shape(value, path);
}

export function list(each: Shape): Shape {
  return (value, path) =>
    Array.isArray(value)
      ? value.flatMap((item: unknown, index) => each(item, `${path}[${String(index)}]`))
      : [`${path} must be a list.`];
}

export const text: Shape = (value, path) => (typeof value === 'string' ? [] : [`${path} must be a text.`]);

export function textLike(pattern: RegExp, what: string): Shape {
  return (value, path) => (typeof value === 'string' && pattern.test(value) ? [] : [`${path} must be ${what}.`]);
}

export function oneOf(values: readonly unknown[]): Shape {
  return (value, path) =>
    values.includes(value) ? [] : [`${path} must be ${values.map((each) => JSON.stringify(each)).join(' or ')}.`];
}

/** A whole number from `least` to `most`. */
export function whole(least: number, most: number): Shape {
  return (value, path) =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
      ? []
      : [`${path} must be a whole number from ${String(least)} to ${String(most)}.`];
}
