import type { Finding, Fix } from './finding';

/**
 * A finding whose fixes are planned when somebody asks for them, since most are only shown. It is a class for the sake of its getter: V8 gives each
 * object literal with a getter of its own a hidden class of its own, which holds on to all that the getter knows, here the syntax of whole programs,
 * until the next full collection of garbage. That took a third of the time of a keystroke.
 */
export class PlannedFinding implements Finding {
  readonly ruleId: Finding['ruleId'];
  readonly severity: Finding['severity'];
  readonly message: Finding['message'];
  readonly range: Finding['range'];
  readonly related: Finding['related'];
  declare readonly sensitive?: true;
  declare readonly resource?: string;
  readonly #plan: () => readonly Fix[];
  #fixes: readonly Fix[] | undefined;

  constructor(said: Omit<Finding, 'fixes'>, plan: () => readonly Fix[]) {
    this.ruleId = said.ruleId;
    this.severity = said.severity;
    this.message = said.message;
    this.range = said.range;
    this.related = said.related;
    if (said.sensitive) this.sensitive = true;
    if (said.resource !== undefined) this.resource = said.resource;
    this.#plan = plan;
  }

  get fixes(): readonly Fix[] {
    this.#fixes ??= this.#plan();
    return this.#fixes;
  }
}
