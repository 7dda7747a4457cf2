import { cloudFormation } from './cloudformation.mjs';
import { LANGUAGES, lengthOf } from './shape.mjs';
import { terraform } from './terraform.mjs';

/**
 * @typedef {object} Template
 * @property {keyof typeof LANGUAGES} language
 * @property {string} name
 * @property {string} text
 */

/** A hundred templates that look like public ones, the same every time. @returns {readonly Template[]} */
export const likePublicOnes = () =>
  /** @type {const} */ (['terraform', 'yaml', 'json']).flatMap((language) =>
    Array.from({ length: LANGUAGES[language] }, (_, index) => {
      const length = lengthOf(language, index);
      return language === 'terraform'
        ? { language, name: 'main.tf', text: terraform(index, length) }
        : { language, name: `template.${language}`, text: cloudFormation(language, index, length) };
    }),
  );
