/** Files of the workspace and instances that live: from the one to the other, and where they differ. */
import { commands, Disposable, l10n, Uri, window, workspace } from 'vscode';
import { showFailure } from '../commands/identity';
import type { EvidenceTools } from '../enforce/evidence';
import { registerShowInstancesAction, SHOW_INSTANCES_COMMAND } from './code-actions';
import type { AskDeclared } from './declares';
import { registerDriftHover } from './drift-hover';
import { leadingTo } from './leading-to';
import { showInstances, type ShowTools } from './show-instances';
import type { Place } from './target';
import { createUserDataReader } from './user-data-reader';
import { createWorkspaceFiles } from './workspace-files';

export type FindInWorkspace = NonNullable<EvidenceTools['findInWorkspace']>;

export interface Counterparts {
  readonly findInWorkspace: FindInWorkspace;
  readonly dispose: () => void;
}

/** Evidence does not wait longer for files, and says that it did not see them. */
const WAIT_MS = 4000;

export function registerCounterparts(context: ShowTools['context'], ask: AskDeclared): Counterparts {
  const files = createWorkspaceFiles(ask, (message) => context.output.warn(message));
  const reader = createUserDataReader(context.aws, Date.now);
  const show = async (uri?: Uri, place?: Place): Promise<void> => {
    const editor = window.activeTextEditor;
    const chosen = uri ?? editor?.document.uri;
    if (chosen === undefined) {
      void window.showInformationMessage(l10n.t('Open a script or template first.'));
      return;
    }
    try {
      await showInstances(
        { context, ask, files, read: reader.read },
        chosen,
        place ?? editor?.selection.active ?? START,
      );
    } catch (error) {
      showFailure(error);
    }
  };
  const registrations = Disposable.from(
    commands.registerCommand(SHOW_INSTANCES_COMMAND, show),
    registerShowInstancesAction(),
    registerDriftHover(context.tree, ask, reader),
  );
  return {
    findInWorkspace: async (_session, { name, tags }, userData, signal) => {
      if (workspace.workspaceFolders === undefined) return [];
      const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), WAIT_MS));
      const read = await Promise.race([files.all(signal), late]);
      return read && leadingTo(read, { name, tags, userData }, (uri) => workspace.asRelativePath(Uri.parse(uri)));
    },
    dispose: () => void registrations.dispose(),
  };
}

const START: Place = { line: 0, character: 0 };
