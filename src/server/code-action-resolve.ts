import { type CancellationToken, type CodeAction, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { Components } from './components';
import { editsOf, readPlannedAction } from './planned-action';
import { toWorkspaceEdit } from './workspace-edit';

/**
 * `codeAction/resolve`: computes the edits of an action that somebody chose.
 * @throws ResponseError (ContentModified) when the document is no longer the one that the action was offered for.
 */
export function codeActionResolveHandler(components: Components) {
  const { engine, linter } = components;
  return async (action: CodeAction, token: CancellationToken): Promise<CodeAction> => {
    const planned = readPlannedAction(action.data);
    if (planned === undefined) return action;
    const linted = await linter.lint(planned.uri, token);
    const edits = linted?.version === planned.version ? editsOf(engine, linted, planned.plan) : undefined;
    const edit = linted && edits && toWorkspaceEdit(linted, edits, components);
    if (edit === undefined) {
      throw new ResponseError(LSPErrorCodes.ContentModified, 'The document has changed since this action was offered.');
    }
    return { ...action, edit };
  };
}
