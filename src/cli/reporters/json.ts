import { lineIndex } from '../../engine';
import { placeOf } from '../place';
import type { Reporter } from './report';

/** The format `json`, documented in docs/command-line.md; its shape is public interface. */
export const json: Reporter = ({ outcomes }) => {
  const findings = outcomes.flatMap(({ input, text, findings }) => {
    if (findings.length === 0) return [];
    const index = lineIndex(text);
    return findings.map(({ ruleId, severity, message, range, resource, fixes }) => ({
      ruleId,
      severity,
      message,
      file: input.file,
      ...placeOf(index, range),
      ...(resource === undefined ? {} : { resource }),
      fixes: fixes.map(({ title, safety }) => ({ title, safety })),
    }));
  });
  return `${JSON.stringify({ findings }, undefined, 2)}\n`;
};
