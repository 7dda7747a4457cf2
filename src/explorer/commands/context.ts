import type { LogOutputChannel, TreeView, Uri } from 'vscode';
import type { Aws, AwsChanges } from '../../aws';
import type { EvidenceTools } from '../enforce/evidence';
import type { TreeNode } from '../model/node';
import type { Tree } from '../model/tree';
import type { Documents } from '../view/documents';
import type { Memory } from '../view/memory';

/** What commands work with. */
export interface CommandContext {
  readonly aws: () => Promise<Aws & AwsChanges>;
  readonly tree: Tree;
  readonly view: TreeView<TreeNode>;
  readonly memory: Memory;
  readonly documents: Documents;
  readonly output: LogOutputChannel;
  /** True once the linter has looked at a document. */
  readonly isLinted: (uri: Uri) => boolean;
  /** Looks for scripts and templates of the workspace that lead to an instance. */
  readonly findInWorkspace: NonNullable<EvidenceTools['findInWorkspace']>;
  /** Draws a node again. */
  readonly changed: (node: TreeNode | undefined) => void;
}

/** A command of the tree: its node, or what is selected where it comes from the palette or a key. */
export type NodeCommand = (node: TreeNode, all: readonly TreeNode[]) => Promise<void> | void;
