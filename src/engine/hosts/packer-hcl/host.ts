/** Packer templates in HCL: what their provisioners run on the machine that becomes an image, its user data, and the image. */
import type { Resource } from '../../ec2/model';
import type { Embedded, Host } from '../host';
import { folderOf } from '../hcl/paths';
import { openConfiguration } from '../terraform/open';
import { scriptsOf } from '../terraform/user-data';
import { mentions } from '../embedding/mention';
import { resourcesOf } from './resources';

const NAME = /\.pkr\.(?:hcl|json)$/i;

const isPart = (uri: string): boolean => NAME.test(uri);

export const packerHcl: Host = {
  label: 'Packer template',
  recognises: ({ name, text }) =>
    NAME.test(name) ||
    (/\.hcl$/i.test(name) && /^[ \t]*(?:build|source[ \t]+"[\w-]+"[ \t]+"[^"\n]+")\s*\{/m.test(text)),
  couldMatter: (text) => mentions(text) || /\b(?:inline|user_data)\b|"amazon-(?:ebs|chroot|instance)/.test(text),
  wants: ({ name }) => ({ files: [], folders: [{ uri: folderOf(name), suffix: '.pkr.hcl' }] }),
  documents: (document, surroundings): readonly Embedded[] => {
    const opened = openConfiguration(document, surroundings, isPart);
    return opened ? scriptsOf(document, opened.body, opened.module) : [];
  },
  resources: (document, surroundings): readonly Resource[] => {
    const opened = openConfiguration(document, surroundings, isPart);
    return opened ? resourcesOf(opened.body, opened.module) : [];
  },
};
