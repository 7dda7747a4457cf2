/** CloudFormation and SAM templates, in YAML and in JSON, by their content whatever they are called. */
import { mentions } from '../embedding/mention';
import type { Host, HostDocument } from '../host';
import { resourcesOf } from './resources';
import { scriptsOf } from './scripts';
import { templateOf } from './template';

/** Files in which a template is only a text. */
const OTHER_FILE =
  /\.(?:tf|tftpl|tofu|hcl|tfvars|sh|bash|zsh|ksh|ps1|psm1|py|rb|js|mjs|cjs|jsx|ts|tsx|go|java|cs|kt|php|pl|rs|md|mdx|rst|adoc|html?|xml|css|sql|tfstate)$/i;
const TYPE = /["']?\bType["']?\s{0,20}:\s{0,20}["']?(?:AWS|Alexa|Custom)::\w/;
/** A comment or blank, and then a key, a brace, or what begins a YAML document. */
const DATA =
  /^\uFEFF?(?:\s|#(?!!)[^\n]*(?:\n|$)|\/\/[^\n]*(?:\n|$)|\{%[^\n]*(?:\n|$))*(?:---|%YAML|\{|["']?[A-Za-z_][\w.:-]*["']?[ \t]*:)/;
const EC2 = /\bAWS::(?:EC2|AutoScaling|IAM|SSM|ImageBuilder)::/;

function recognises({ name, text, languageId }: HostDocument): boolean {
  if (!text.includes('::') || languageId === 'shellscript' || languageId === 'terraform') return false;
  return !OTHER_FILE.test(name) && TYPE.test(text) && DATA.test(text);
}

export const cloudFormation: Host = {
  label: 'CloudFormation template',
  recognises,
  couldMatter: (text) => mentions(text) || EC2.test(text),
  documents: (document) => {
    const template = templateOf(document);
    return template ? scriptsOf(template) : [];
  },
  resources: (document) => {
    const template = templateOf(document);
    return template ? resourcesOf(template) : [];
  },
};
