/** Profiles: who they are, connecting, logging in, sessions kept for other tools. */
import { l10n, Position, Range, type QuickPickItem, QuickPickItemKind, Uri, window, workspace } from 'vscode';
import type { IdentityExplanation, Place } from '../../aws';
import { factsOf } from '../model/failure-node';
import type { TreeNode } from '../model/node';
import type { CommandContext, NodeCommand } from './context';

export async function openPlace(place: unknown): Promise<void> {
  const { file, line } = place as Place;
  const document = await workspace.openTextDocument(Uri.file(file));
  const at = new Position(line, 0);
  await window.showTextDocument(document, { selection: new Range(at, at) });
}

export function openProfile({ tree }: CommandContext): NodeCommand {
  return async (node) => {
    const [place] = tree.profiles()?.profiles.find(({ name }) => name === node.profile)?.places ?? [];
    if (place !== undefined) await openPlace(place);
  };
}

/** Opens the file of the profiles, or a new one that will be saved there. */
export function openConfig({ aws, tree }: CommandContext): () => Promise<void> {
  return async () => {
    const files = (tree.profiles() ?? (await (await aws()).profiles())).files;
    const file = Uri.file(files.config);
    try {
      await window.showTextDocument(file);
    } catch {
      // It is not there yet.
      await window.showTextDocument(file.with({ scheme: 'untitled' }));
    }
  };
}

/** The name of a profile from a node or, in links of failures, as it is. */
const profileOf = (from: unknown): string | undefined =>
  typeof from === 'string' ? from : (from as TreeNode | undefined)?.profile;

export function connect({ tree }: CommandContext): (from: unknown) => Promise<void> {
  return async (from) => {
    const name = profileOf(from);
    const connection = name === undefined ? undefined : tree.connectionOf(name);
    if (name === undefined || connection === undefined) return;
    const wasConnected = connection.connection().is === 'connected';
    if (!wasConnected) connection.reset();
    await connection.connect(wasConnected);
    const now = connection.connection();
    if (now.is === 'connected') for (const inventory of connection.inventories()) inventory.refresh();
    if (now.is === 'failed' && wasConnected) showFailure(now.error);
  };
}

export function showFailure(error: unknown): void {
  const advice = factsOf(error)?.advice ?? '';
  const message = error instanceof Error ? error.message : String(error);
  void window.showErrorMessage(advice === '' ? message : `${message} ${advice}`);
}

export function login(from: unknown): void {
  const name = profileOf(from);
  if (name === undefined) return;
  // No shell reads the name.
  const terminal = window.createTerminal({
    name: l10n.t('Log in: {0}', name),
    shellPath: 'aws',
    shellArgs: ['sso', 'login', '--profile', name],
  });
  terminal.show();
}

export function saveSession({ aws, tree }: CommandContext): NodeCommand {
  return async (node) => {
    const now = tree.connectionOf(node.profile ?? '')?.connection();
    if (now?.is !== 'connected') return;
    try {
      const name = await (await aws()).saveSession(now.session);
      void window.showInformationMessage(
        l10n.t('The session is saved as profile {0}: use it with AWS_PROFILE or --profile.', name),
      );
    } catch (error) {
      showFailure(error);
    }
  };
}

interface Step extends QuickPickItem {
  readonly place?: Place;
}

/** Tells why a profile is who it is; without a profile, what the CLI would use here. */
export function explain({ aws, tree }: CommandContext): (from: unknown) => Promise<void> {
  return async (from) => {
    const library = await aws();
    const name = profileOf(from);
    const now = name === undefined ? undefined : tree.connectionOf(name)?.connection();
    const [explanation, keys] = await Promise.all([
      library.explain(name),
      now?.is === 'connected' ? library.keyNotes(now.session).catch(() => []) : [],
    ]);
    const notes = [...explanation.notes, ...keys.map((message) => ({ kind: 'old-keys' as const, message }))];
    const chosen = await window.showQuickPick(stepsOf({ ...explanation, notes }), {
      title: explanation.summary,
      placeHolder: l10n.t('Choose a line to open the file that it comes from'),
      matchOnDescription: true,
    });
    if (chosen?.place !== undefined) await openPlace(chosen.place);
  };
}

const STATE_ICONS = {
  used: 'check',
  overridden: 'debug-step-over',
  absent: 'dash',
  broken: 'error',
  unknown: 'question',
};

function stepsOf({ chain, roles, region, problem, notes }: IdentityExplanation): Step[] {
  const part = (label: string): Step => ({ label, kind: QuickPickItemKind.Separator });
  const at = (place: Place | undefined): Partial<Step> =>
    place === undefined ? {} : { place, detail: `${place.file}:${place.line + 1}` };
  return [
    ...(problem === undefined ? [] : [{ label: `$(error) ${problem.message}`, ...at(problem.place) }]),
    part(l10n.t('Where credentials come from, in order')),
    ...chain.map(({ provider, state, message, place }) => ({
      label: `$(${STATE_ICONS[state]}) ${message}`,
      description: provider,
      ...at(place),
    })),
    ...(roles.length === 0 ? [] : [part(l10n.t('Roles'))]),
    ...roles.map(({ profile, message, place }) => ({
      label: `$(account) ${profile}`,
      description: message,
      ...at(place),
    })),
    part(l10n.t('Region')),
    { label: `$(globe) ${region.region}`, description: region.message, ...at(region.place) },
    ...(notes.length === 0 ? [] : [part(l10n.t('Notes'))]),
    ...notes.map(({ message, place }) => ({ label: `$(info) ${message}`, ...at(place) })),
  ];
}
