import pc from 'picocolors';
import type { RuleMeta } from '../engine';
import { didYouMean } from './closest';
import { UsageError } from './fault';
import { type Surroundings, wantsColor } from './surroundings';

/**
 * `ec2-warden rules [ID]`: all rules, one a line, or all about one of them.
 * @throws UsageError for an id that no rule has
 */
export function printRules(id: string | undefined, rules: readonly RuleMeta[], { stdout, env }: Surroundings): void {
  const colors = pc.createColors(wantsColor(stdout, env));
  if (id !== undefined) {
    const rule = rules.find((candidate) => candidate.id === id);
    if (rule === undefined) {
      const ids = rules.map((candidate) => candidate.id);
      throw new UsageError(`There is no rule "${id}".${didYouMean(id, ids)} "ec2-warden rules" lists them all.`);
    }
    stdout.write(`${colors.bold(rule.id)}: ${rule.title}\n\n${rule.description}\n\n`);
    stdout.write(`severity  ${rule.severity}\nfix       ${rule.fix}\npage      ${rule.url}\n`);
    return;
  }
  const rows = rules.map(({ id, severity, fix, title }) => ({ cells: [id, severity, fix], title }));
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map(({ cells }) => cells[column]?.length ?? 0)));
  for (const { cells, title } of rows) {
    const [name = '', ...rest] = cells.map((cell, column) => cell.padEnd(widths[column] ?? 0));
    stdout.write(`${[colors.bold(name), ...rest, title].join('  ')}\n`);
  }
}
