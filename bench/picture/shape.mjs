// What templates of public repositories look like, as counted in 300 of them that have resources of EC2 (146 of Terraform, 154 of CloudFormation, each from
// a repository of its own where there was one; read, not kept). The templates that a bench makes take their lengths, languages and densities from here.

/** Of 100: how many there are of each language. */
export const LANGUAGES = { terraform: 49, yaml: 39, json: 12 };

/**
 * Their lengths in bytes, in 20 steps: the middle of each twentieth, from the shortest to the longest.
 * @type {Readonly<Record<keyof typeof LANGUAGES, readonly number[]>>}
 */
export const LENGTHS = {
  terraform: [
    511, 616, 803, 908, 1068, 1307, 1502, 1628, 1955, 2083, 2325, 2538, 2796, 3285, 3791, 4974, 6069, 7481, 11708,
    22738,
  ],
  yaml: [
    627, 1103, 1209, 1313, 1981, 3259, 4152, 4852, 5353, 6341, 8802, 9973, 11908, 13653, 16815, 21393, 27428, 35115,
    39862, 92661,
  ],
  json: [
    1201, 2503, 3490, 3981, 4123, 5109, 8159, 8633, 11187, 13072, 14807, 16966, 18749, 20459, 26258, 35270, 41746,
    50737, 80842, 85547,
  ],
};

/**
 * What stands in a thousand bytes of them: resources; parameters or variables that are declared; references and functions; Terraform's `count`, `for_each` and
 * `dynamic`; bytes of scripts and of other long texts.
 * @type {Readonly<Record<keyof typeof LANGUAGES, Density>>}
 */
export const DENSITIES = {
  terraform: { resources: 1.26, parameters: 0.15, references: 5.6, repeated: 0.69, script: 41 },
  yaml: { resources: 0.83, parameters: 0.64, references: 4.7, repeated: 0, script: 165 },
  json: { resources: 0.67, parameters: 0.37, references: 3.3, repeated: 0, script: 0 },
};

/**
 * How much they differ from one another, in about 50 templates of CloudFormation: types of resources (95, 97 and 108 in three samples) and places of references and
 * functions within the properties of resources (1,127, 635 and 784).
 */
export const VARIETY = { types: 100, places: 635 };

/** @typedef {{ resources: number, parameters: number, references: number, repeated: number, script: number }} Density */

/**
 * The length of one template.
 * @param {keyof typeof LANGUAGES} language
 * @param {number} index from 0, of so many as LANGUAGES says
 */
export function lengthOf(language, index) {
  const steps = LENGTHS[language];
  return steps[Math.floor(((index + 0.5) / LANGUAGES[language]) * steps.length)] ?? 0;
}

/**
 * Counts in a template what DENSITIES speaks of, by its text alone, as the public ones were counted.
 * @param {keyof typeof LANGUAGES} language
 * @param {string} text
 * @returns {Density}
 */
export function count(language, text) {
  const found = (/** @type {RegExp} */ pattern) => text.match(pattern)?.length ?? 0;
  if (language === 'terraform') {
    return {
      resources: found(/^\s*resource\s+"/gm),
      parameters: found(/^\s*variable\s+"/gm),
      references: found(/\bvar\.|\blocal\./g),
      repeated: found(/\bdynamic\s+"|for_each|\bcount\s*=/g),
      script: [...text.matchAll(/<<-?\s*"?(\w+)"?\n([\s\S]*?)^\s*\1/gm)].reduce(
        (all, [, , in_]) => all + (in_ ?? '').length,
        0,
      ),
    };
  }
  return {
    resources: found(/"?Type"?\s*:\s*['"]?(?:AWS|Custom)::(?!SSM::Parameter::Value|EC2::[A-Za-z:]*::?Id\b)\w/g),
    parameters: found(
      /"?Type"?\s*:\s*['"]?(?:String|Number|CommaDelimitedList|List<|AWS::[A-Za-z0-9:]*(?:Id|Name|KeyName|<[^>]*>)\b)/g,
    ),
    references: found(
      /!(?:Ref|Sub|GetAtt|Join|If|Select|FindInMap|ImportValue|Equals|Not|Or|And|Base64|Split|GetAZs|Cidr)\b|"?(?:Fn::\w+|Ref)"?\s*:/g,
    ),
    repeated: 0,
    script: language === 'yaml' ? bytesOfBlocks(text.split('\n')) : 0,
  };
}

/** Bytes in block scalars. @param {readonly string[]} lines */
function bytesOfBlocks(lines) {
  const columns = (/** @type {string} */ line) => line.length - line.trimStart().length;
  let bytes = 0;
  /** @type {number | undefined} */
  let within;
  for (const line of lines) {
    if (within !== undefined && (line.trim() === '' || columns(line) > within)) bytes += line.length + 1;
    else within = /(?:^|[:-]\s+|!Sub\s+)[|>][-+\d]*\s*$/.test(line) ? columns(line) : undefined;
  }
  return bytes;
}
