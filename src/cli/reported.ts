import type { FileAccess, Finding } from '../engine';
import { defect, type Problem } from './fault';
import type { OtherText, ReportedFinding, ReportedFix } from './outcome';

/**
 * A finding with its fixes worked out, which the engine does when asked: a defect in one is to lose the fixes of that finding, and not the report.
 * @param problems what failed is added there
 */
export function reported(finding: Finding, file: string, problems: Problem[]): ReportedFinding {
  const { ruleId, severity, message, range, related, sensitive, resource } = finding;
  let fixes: readonly ReportedFix[] = [];
  try {
    fixes = finding.fixes.map((fix): ReportedFix => {
      const { title, safety, input } = fix;
      const elsewhere = fix.elsewhere?.() ?? [];
      return { title, safety, asks: input !== undefined, edits: fix.edits(), elsewhere };
    });
  } catch (error) {
    problems.push({ file, message: `the fix of ${ruleId} failed: ${defect(error)}` });
  }
  return {
    ...{ ruleId, severity, message, range, related, fixes },
    ...(sensitive === undefined ? {} : { sensitive }),
    ...(resource === undefined ? {} : { resource }),
  };
}

/** The texts of other files that findings point into. */
export async function otherTexts(
  findings: readonly ReportedFinding[],
  files: FileAccess,
): Promise<readonly OtherText[]> {
  const uris = new Set<string>();
  for (const { related, fixes } of findings) {
    for (const { uri } of related) if (uri !== undefined) uris.add(uri);
    for (const { elsewhere } of fixes) for (const { uri } of elsewhere) uris.add(uri);
  }
  const texts: OtherText[] = [];
  for (const uri of uris) {
    const text = await files.read(uri);
    if (text !== undefined) texts.push({ uri, text });
  }
  return texts;
}
