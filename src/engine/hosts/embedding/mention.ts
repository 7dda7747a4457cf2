/** Whether a file that carries scripts says anything that a rule is about. Nearly none does, and it is asked at every keystroke. */

import { mayCallEc2 } from '../../program/ec2-calls';

const METADATA_SERVICE = /169\.254|fd00:0?ec2|instance-data|2852039166|0xa9|0251\./i;
const CREDENTIAL_FILE = /\.aws\b|\.ssh\b|\.pem\b|id_(?:rsa|dsa|ecdsa|ed25519)/i;
/** Commands that set modes; a manifest that only names a key file is of no interest. In quotes `\n` may stand before them. */
const SETS_MODES = /(?:chmod|install|mkdir|umask)\b/;

let asked: { readonly text: string; readonly answer: boolean } | undefined;

/** A cheap test of the raw text. Many hosts ask it of the same text in turn, so the last answer is kept. */
export function mentions(text: string): boolean {
  if (asked?.text === text) return asked.answer;
  const answer =
    METADATA_SERVICE.test(text) || mayCallEc2(text) || (SETS_MODES.test(text) && CREDENTIAL_FILE.test(text));
  asked = { text, answer };
  return answer;
}

/** True for a text with what counts wherever it runs, files with credentials that it opens and calls of EC2, that asks nothing of the metadata service. */
export function mattersAnywhere(text: string): boolean {
  return !METADATA_SERVICE.test(text) && (mayCallEc2(text) || (SETS_MODES.test(text) && CREDENTIAL_FILE.test(text)));
}

/** True where a mode that is no command's may matter. */
export function namesCredentialFile(text: string): boolean {
  return CREDENTIAL_FILE.test(text);
}
