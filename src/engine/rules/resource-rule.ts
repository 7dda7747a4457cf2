import type { Datum } from '../ec2/datum';
import type { LaunchChain, ResourceGraph } from '../ec2/graph';
import type { ResourceEditor } from '../ec2/model';
import type { FileEdits, FixInput, RelatedLocation, Severity } from '../finding';
import type { Program, WayToDocument } from '../program/program';
import type { Settings } from '../settings';
import type { Range, TextEdit } from '../text/range';
import type { RuleMeta } from './rule';

/** A program with the way from its own coordinates to the document's. */
export interface OwnedProgram extends WayToDocument {
  readonly program: Program;
  /** The file beside the document that it stands in, where it does: places and edits are in coordinates of that. */
  readonly uri?: string;
}

/** What a rule over resources is given. */
export interface ResourceContext {
  readonly graph: ResourceGraph;
  readonly settings: Settings;
  /** The programs in the user data of a resource. */
  programsOf(address: string): readonly OwnedProgram[];
  /** Those that stand in other files. */
  programsElsewhere(address: string): readonly OwnedProgram[];
}

/** The programs in the user data that a launch runs: its own, or that of its template. */
export function programsIn({ settings }: LaunchChain, context: ResourceContext): readonly OwnedProgram[] {
  for (const { address, hasUserData } of settings) {
    const programs = context.programsOf(address);
    if (hasUserData || programs.length > 0) return programs;
  }
  return [];
}

/** The same with those that stand in other files. */
export function allProgramsIn({ settings }: LaunchChain, context: ResourceContext): readonly OwnedProgram[] {
  for (const { address, hasUserData } of settings) {
    const programs = [...context.programsOf(address), ...context.programsElsewhere(address)];
    if (hasUserData || programs.length > 0) return programs;
  }
  return [];
}

/** Sets a property; where the editor cannot, `written` is replaced, which is to blame: it may stand in a branch, a default or a dynamic block. */
export function setOrReplace(
  edit: ResourceEditor,
  path: readonly string[],
  value: string | boolean,
  written: Datum | undefined,
): readonly TextEdit[] | undefined {
  return edit.set(path, value) ?? (written && edit.replace(written, value));
}

export interface ResourceFix {
  readonly title: string;
  readonly safety: 'safe' | 'suggestion';
  readonly input?: FixInput;
  edits(input?: string): readonly TextEdit[] | undefined;
  /** What has to be edited in other files with it; undefined where there is no certain way. */
  elsewhere?(input?: string): readonly FileEdits[] | undefined;
}

/** A finding in coordinates of the document. */
export interface ResourceFinding {
  readonly range: Range;
  readonly message: string;
  readonly resource: string;
  readonly severity?: Severity;
  readonly related?: readonly RelatedLocation[];
  /** Best first. A function where it takes more than a moment to know them: it is called when somebody asks. */
  readonly fixes?: readonly ResourceFix[] | (() => readonly ResourceFix[]);
  /** Comments of other scanners that silence it, by rule id. */
  readonly silenced?: ReadonlyMap<string, string>;
}

export function fixesOf({ fixes = [] }: ResourceFinding): readonly ResourceFix[] {
  return typeof fixes === 'function' ? fixes() : fixes;
}

/** A rule over resources, wherever they come from. A value that is not known gives no finding. */
export interface ResourceRule {
  readonly meta: RuleMeta;
  check(context: ResourceContext): readonly ResourceFinding[];
}
