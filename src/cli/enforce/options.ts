export interface EnforceOptions {
  /** A file, or `-` for standard input. */
  readonly plan: string;
  readonly profile?: string;
  readonly dryRun?: boolean;
  /** Asks nothing. */
  readonly yes?: boolean;
  readonly allowBreaking?: boolean;
  /** Where changes are written down instead of in the user's folder for such things. */
  readonly log?: string;
}
