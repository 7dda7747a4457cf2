import { ErrorCodes, type ExecuteCommandParams, ResponseError } from 'vscode-languageserver';
import type { Components } from './components';
import { SHOW_DOCUMENTATION_COMMAND } from './protocol';

/** `workspace/executeCommand`: opens the page of a rule in the user's browser, by way of the client. */
export function executeCommandHandler({ connection, rule }: Components) {
  return async ({ command, arguments: args }: ExecuteCommandParams): Promise<null> => {
    const ruleId: unknown = args?.[0];
    const meta = command === SHOW_DOCUMENTATION_COMMAND && typeof ruleId === 'string' ? rule(ruleId) : undefined;
    if (meta === undefined) throw new ResponseError(ErrorCodes.InvalidParams, `There is nothing to do for ${command}.`);
    await connection.window.showDocument({ uri: meta.url, external: true });
    return null;
  };
}
