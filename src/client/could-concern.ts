/**
 * What a script or template mentions that concerns an EC2 instance or its credentials. Wider than any test of the engine (a test holds the two against
 * each other), and as cheap: it decides only whether a language server is started.
 */
const OF_INTEREST =
  /169\.254|fd00:|instance-data|2852039166|0xa9|0251\.|aws|amazon|ec2|\.ssh\b|\.pem\b|id_(?:rsa|dsa|ecdsa|ed25519)|b64|base64|user_?data|templatefile|cloudinit|inline|security-group|autoscaling|\bsource\b["\s]*[=:]\s*"\.|secret|passw|passphrase|api_?key|_key\b|token|private key|akia|signature|gh[pousr]_|glpat-|xox[abprs]-|npm_|hvs\.|_live_|mysql|mariadb|:\/\/[^\s:/@]{1,60}:|[A-Za-z0-9+/]{64}/i;

const CONFIGURATION = /\/\.ec2-warden\.ya?ml$/;

/** @param path of its URI */
export function couldConcern(path: string, text: string): boolean {
  return OF_INTEREST.test(text) || CONFIGURATION.test(path);
}
