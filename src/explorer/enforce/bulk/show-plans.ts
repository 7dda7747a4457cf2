/** Plans as documents to read, and saved where somebody wants them. */
import { l10n, Uri, ViewColumn, window, workspace } from 'vscode';
import type { Documents } from '../../view/documents';
import { SCHEME } from '../../view/places';
import type { PlanFiles } from './plan-of';

interface File {
  readonly name: string;
  readonly text: string;
}

/** Shows both forms of each plan side by side, then asks which are to be saved, and where. */
export async function showPlans(documents: Documents, plans: readonly PlanFiles[]): Promise<void> {
  for (const { json, script } of plans) {
    await show(documents, json, ViewColumn.Active);
    await show(documents, script, ViewColumn.Beside);
  }
  for (const plan of plans) await offerToSave(plan);
}

async function show(documents: Documents, { name, text }: File, column: ViewColumn): Promise<void> {
  const uri = Uri.from({ scheme: SCHEME, path: `/${name}` });
  documents.keep(uri, text);
  await window.showTextDocument(await workspace.openTextDocument(uri), {
    preview: false,
    viewColumn: column,
    // The next one opens beside the same.
    preserveFocus: column === ViewColumn.Beside,
  });
}

async function offerToSave({ account, count, json, script }: PlanFiles): Promise<void> {
  const files = new Map<string, File>([
    [l10n.t('Save the Plan…'), json],
    [l10n.t('Save the Script…'), script],
  ]);
  while (files.size > 0) {
    const message = l10n.t('A plan for {0} instances of account {1}. Nothing was changed.', count, account);
    const chosen = await window.showInformationMessage(message, ...files.keys());
    const file = chosen === undefined ? undefined : files.get(chosen);
    if (chosen === undefined || file === undefined) return;
    if (await save(file)) files.delete(chosen);
  }
}

async function save({ name, text }: File): Promise<boolean> {
  const [folder] = workspace.workspaceFolders ?? [];
  const place = await window.showSaveDialog({
    ...(folder === undefined ? {} : { defaultUri: Uri.joinPath(folder.uri, name) }),
    title: l10n.t('Save the plan'),
  });
  if (place === undefined) return false;
  await workspace.fs.writeFile(place, new TextEncoder().encode(text));
  return true;
}
