import { secretsIn } from './detect';

/** Words without which no secret is told from other text, and the long runs of base64 that may hold some. */
const HINT =
  /secret|passw|passphrase|key|token|signature|\bgh[pousr]_|glpat-|\bxox[abprs]-|\bnpm_|\bhvs\.|_live_|\bmysql|\bmariadb|\s(?:-[a-z]{0,9}u|--(?:proxy-)?user)[ =]{0,3}["']?[^\s:"']{1,60}:|:\/\/[^\s:/@]{1,60}:|[A-Za-z0-9+/]{64}/i;

/** True where a text holds a secret; cheap for the many that do not look like it. */
export function holdsSecret(text: string): boolean {
  return HINT.test(text) && secretsIn(text).length > 0;
}
