import type { CancellationToken } from 'vscode-languageserver';
import type { Components } from './components';
import { editsOf, readPlannedAction } from './planned-action';
import type { FixAnswer } from './protocol';
import { toWorkspaceEdit } from './workspace-edit';

/** `ec2Warden/fixWithValue`: the edit of a fix with what the user typed for it, or what is wrong with that. */
export function fixWithValueHandler(components: Components) {
  const { engine, linter } = components;
  return async (params: unknown, token: CancellationToken): Promise<FixAnswer> => {
    const { action, value } = readParams(params);
    const planned = readPlannedAction(action);
    if (planned?.plan.act !== 'fix' || value === undefined) return {};
    const { plan, uri, version } = planned;
    const linted = await linter.lint(uri, token);
    if (linted?.version !== version) return {};
    const finding = linted.findings.find(({ id }) => id === plan.finding)?.finding;
    const problem = finding?.fixes[plan.index]?.input?.problem(value);
    if (problem !== undefined) return { problem };
    const edits = editsOf(engine, linted, { ...plan, value });
    const edit = edits && toWorkspaceEdit(linted, edits, components);
    return edit === undefined ? {} : { edit };
  };
}

function readParams(params: unknown): { readonly action?: unknown; readonly value?: string } {
  if (typeof params !== 'object' || params === null) return {};
  const { action, value } = params as Readonly<Record<string, unknown>>;
  return typeof value === 'string' ? { action, value: value.trim() } : {};
}
