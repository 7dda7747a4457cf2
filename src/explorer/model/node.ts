/** Nodes of the tree, as they are before any editor draws them. */
import type { RecordKind, ResourceRecord, Session } from '../../aws';
import type { FindingCounts } from './finding-counts';

/** What a node looks like right now. */
export interface NodeView {
  readonly label: string;
  readonly description?: string;
  readonly icon: Icon;
  readonly collapsible: 'none' | 'collapsed' | 'expanded';
  /** What can be done with it, for menus: `instance`, `arn`, `address`. */
  readonly abilities: readonly string[];
  /** All that the label and the icon say, for a screen reader. */
  readonly spoken: string;
  /** Lines of Markdown. */
  readonly tooltip?: readonly string[];
  readonly counts?: FindingCounts;
  /** What a click does. */
  readonly click?: Action;
}

/** A codicon with one of VS Code's theme colours. */
export interface Icon {
  readonly id: string;
  readonly color?: string;
}

export interface Action {
  readonly command: string;
  readonly title: string;
  readonly args: readonly unknown[];
}

/** The same object for as long as it is the same thing in the tree: VS Code tells nodes apart by identity. */
export interface TreeNode {
  /** Unique in the tree; below a region it begins with the session's key. */
  readonly id: string;
  readonly parent: TreeNode | undefined;
  readonly profile: string | undefined;
  /** Whose data this is; undefined above a connection. */
  readonly session: Session | undefined;
  /** The record as it was last read, for nodes of resources. */
  readonly resource?: () => ResourceRecord | undefined;
  /** The kind that it is a folder of. */
  readonly kind?: RecordKind;
  /** More lines for the tooltip, asked for when somebody looks at it. */
  readonly more?: () => Promise<readonly string[]>;
  /** What `Copy` copies where there is no record. */
  readonly value?: string;
  readonly view: () => NodeView;
  readonly children: () => Promise<readonly TreeNode[]>;
}

export const NO_CHILDREN = (): Promise<readonly TreeNode[]> => Promise.resolve([]);
