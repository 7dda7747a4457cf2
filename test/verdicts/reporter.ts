/** Prints what the tables of templates prove of each rule, and fails the run where they prove too little. */
import type { Reporter, TestModule, Vitest } from 'vitest/node';
import { JUDGED, JUDGED_IN_SCRIPTS, type VerdictCase } from '../../src/engine/testing/verdict-tally';
import { tableOf, tooFew } from './table';

export default class VerdictReporter implements Reporter {
  private vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.vitest = vitest;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const cases = modules.flatMap((module) =>
      [...module.children.allTests()].flatMap((test): readonly VerdictCase[] => {
        const { verdictCase } = test.meta();
        return verdictCase && test.result().state === 'passed' ? [verdictCase] : [];
      }),
    );
    const rules = [...Object.keys(JUDGED), ...JUDGED_IN_SCRIPTS];
    this.vitest?.logger.log(`\n${tableOf(rules, cases).join('\n')}`);
    const missing = tooFew(rules, cases);
    if (missing.length === 0) return;
    this.vitest?.logger.error(
      `\nThe tables of templates prove too little:\n${missing.map((line) => `  ${line}\n`).join('')}`,
    );
    process.exitCode = 1;
  }
}
