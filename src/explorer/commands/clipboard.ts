/** Copying what nodes hold, and the console's page of them. */
import { env, l10n, Uri, window } from 'vscode';
import type { ResourceRecord } from '../../aws';
import type { TreeNode } from '../model/node';
import type { CommandContext, NodeCommand } from './context';

async function copy(texts: readonly (string | undefined)[]): Promise<void> {
  const known = texts.filter((text): text is string => text !== undefined && text !== '');
  if (known.length === 0) {
    void window.showInformationMessage(l10n.t('There is nothing to copy.'));
    return;
  }
  await env.clipboard.writeText(known.join('\n'));
  window.setStatusBarMessage(
    known.length === 1 ? l10n.t('Copied: {0}', known[0] ?? '') : l10n.t('{0} lines were copied', known.length),
    4000,
  );
}

const recordOf = ({ resource }: TreeNode): ResourceRecord | undefined => resource?.();

export const copyId: NodeCommand = (_node, all) => copy(all.map((node) => recordOf(node)?.id ?? node.value));

export const copyArn: NodeCommand = (_node, all) => copy(all.map((node) => recordOf(node)?.arn));

export const copyAddress: NodeCommand = (_node, all) => copy(all.map((node) => addressOf(recordOf(node))));

/** The public address where there is one. */
function addressOf(record: ResourceRecord | undefined): string | undefined {
  if (record?.kind === 'instance') return record.publicAddress ?? record.privateAddress;
  if (record?.kind !== 'network-interface') return undefined;
  const [first] = record.addresses;
  return first?.publicAddress ?? first?.address;
}

export const copySsh: NodeCommand = (_node, all) =>
  copy(
    all.map((node) => {
      const record = recordOf(node);
      const address = addressOf(record);
      if (record?.kind !== 'instance' || address === undefined) return undefined;
      const key = record.keyName === undefined ? '' : ` -i ~/.ssh/${shellWord(`${record.keyName}.pem`)}`;
      return `ssh${key} ec2-user@${address}`;
    }),
  );

/** A name as one word of a POSIX shell. */
function shellWord(text: string): string {
  return /^[\w.@+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

export async function copyText(text: unknown): Promise<void> {
  const value = typeof text === 'string' ? text : ((text as TreeNode | undefined)?.value ?? '');
  await copy([value]);
}

export function openInConsole({ aws }: CommandContext): NodeCommand {
  return async (node) => {
    const { session } = node;
    const record = recordOf(node);
    const kind = record?.kind ?? node.kind;
    if (session === undefined || kind === undefined) return;
    await env.openExternal(Uri.parse((await aws()).consoleLink(session, kind, record?.id), true));
  };
}
