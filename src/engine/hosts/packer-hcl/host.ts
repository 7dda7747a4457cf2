/** Packer templates in HCL: what their provisioners run on the machine that becomes an image, and its user data. */
import type { Embedded, Host } from '../host';
import { folderOf } from '../hcl/paths';
import { openConfiguration } from '../terraform/open';
import { scriptsOf } from '../terraform/user-data';
import { mentions } from '../embedding/mention';

const NAME = /\.pkr\.(?:hcl|json)$/i;

export const packerHcl: Host = {
  label: 'Packer template',
  recognises: ({ name, text }) =>
    NAME.test(name) ||
    (/\.hcl$/i.test(name) && /^[ \t]*(?:build|source[ \t]+"[\w-]+"[ \t]+"[^"\n]+")\s*\{/m.test(text)),
  couldMatter: (text) => mentions(text) || /\b(?:inline|user_data)\b/.test(text),
  wants: ({ name }) => ({ files: [], folders: [{ uri: folderOf(name), suffix: '.pkr.hcl' }] }),
  documents: (document, surroundings): readonly Embedded[] => {
    const opened = openConfiguration(document, surroundings, (uri) => NAME.test(uri));
    return opened ? scriptsOf(document, opened.body, opened.module) : [];
  },
};
