/** Ways in which a script stands in another file. */

/** What a renderer is asked; `text` is the file, or what the step before made of it. */
export type Step =
  | { readonly by: 'python'; readonly steps: readonly (readonly (string | number)[])[] }
  | {
      readonly by: 'hcl';
      readonly path: readonly string[];
      readonly files: Readonly<Record<string, string>>;
      readonly json?: true;
    }
  | { readonly by: 'hcl-template' };

/** A file with others beside it. */
export interface Carrier {
  readonly name: string;
  readonly text: string;
  readonly languageId?: string;
  /** Other files of its folder, which are rendered as they are. */
  readonly beside?: Readonly<Record<string, string>>;
}

export interface Form {
  readonly name: string;
  /** The file that carries the script; undefined where this form cannot spell it. */
  wrap(script: string): Carrier | undefined;
  /** What has to be done to the carrier to have the script again, one after the other. */
  readonly render: readonly Step[];
}

/** Lines with blanks in front of all that are not empty. */
export function indented(text: string, by: number): string {
  return text.replace(/^(?=[^\n])/gm, ' '.repeat(by));
}

/** Lines with their ends. */
export function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** A block scalar's header tells its indentation where its first line begins with a blank. */
export function blockHeader(script: string, indentation: number): string {
  const chomping = !script.endsWith('\n') ? '-' : script.endsWith('\n\n') ? '+' : '';
  return `|${/^\n*[ \t]/.test(script) ? String(indentation) : ''}${chomping}`;
}
