import {
  type CancellationToken,
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
} from 'vscode-languageserver';
import type { FixInput } from '../engine';
import { wantsKind } from './code-action-kinds';
import type { Components } from './components';
import { toDiagnostic } from './diagnostics';
import type { IdentifiedFinding } from './finding-id';
import type { Linted } from './linter';
import { editsOf, type Plan, type PlannedAction } from './planned-action';
import { ASK_COMMAND, FIX_ALL_KIND, type FixQuestion, SHOW_DOCUMENTATION_COMMAND } from './protocol';
import { toWorkspaceEdit } from './workspace-edit';

/** A code action before it is known whether its edits are computed now or when it is chosen. */
interface Offer {
  readonly title: string;
  readonly kind: CodeActionKind;
  readonly plan: Plan;
  readonly diagnostics?: Diagnostic[];
  readonly isPreferred?: boolean;
  /** What the user has to be asked first. */
  readonly input?: FixInput;
}

/**
 * `textDocument/codeAction`. In a menu's order: the fixes of the findings in the range, best first; fix all; disable; documentation.
 * When asked for source actions: one that applies every safe fix.
 */
export function codeActionHandler(components: Components) {
  const { engine, client, linter } = components;

  const toCodeAction = (linted: Linted, offer: Offer): CodeAction[] => {
    const { kind, plan, diagnostics, isPreferred, input } = offer;
    const asks = input !== undefined && client.asksForInput;
    const action: CodeAction = {
      // Who cannot be asked gets an example, and is told so.
      title: input === undefined || asks ? offer.title : `${offer.title} (writes ${input.placeholder}, to be replaced)`,
      kind,
      ...(diagnostics !== undefined && { diagnostics }),
      ...(isPreferred === true && { isPreferred }),
    };
    const data: PlannedAction = { uri: linted.document.uri, version: linted.version, plan };
    if (asks) {
      const { prompt, placeholder } = input;
      const question: FixQuestion = { title: offer.title, prompt, placeholder, action: data };
      return [{ ...action, command: { title: offer.title, command: ASK_COMMAND, arguments: [question] } }];
    }
    if (client.resolvesEdits) return [{ ...action, data }];
    const edits = editsOf(engine, linted, plan);
    if (edits === undefined || edits.here.length + edits.elsewhere.length === 0) return [];
    const edit = toWorkspaceEdit(linted, edits, components);
    return edit === undefined ? [] : [{ ...action, edit }];
  };

  return async (params: CodeActionParams, token: CancellationToken): Promise<CodeAction[]> => {
    const { only } = params.context;
    const quickFixes = wantsKind(only, CodeActionKind.QuickFix);
    const fixAll = wantsKind(only, FIX_ALL_KIND);
    if (!client.codeActionLiterals || (!quickFixes && !fixAll)) return [];
    const linted = await linter.lint(params.textDocument.uri, token);
    if (linted === undefined) return [];
    const actions: CodeAction[] = [];
    if (quickFixes) {
      const touched = findingsIn(linted, params);
      const fixes = [
        ...offerFixes(components, linted, touched, params),
        ...offerFixAll(components, linted, touched, params),
      ];
      const offers = [...fixes, ...offerSuppressions(components, linted, touched, params)];
      actions.push(...offers.flatMap((offer) => toCodeAction(linted, offer)));
      actions.push(...offerDocumentation(components, touched));
    }
    if (fixAll && linted.findings.some(hasSafeFix)) {
      const title = 'Fix all safe EC2 Warden problems';
      actions.push(...toCodeAction(linted, { title, kind: FIX_ALL_KIND, plan: { act: 'fix-all' } }));
    }
    return actions;
  };
}

function findingsIn({ findings, lines }: Linted, { range }: CodeActionParams): IdentifiedFinding[] {
  const start = lines.offsetAt(range.start);
  const end = lines.offsetAt(range.end);
  return findings.filter(({ finding }) => finding.range.start <= end && start <= finding.range.end);
}

function offerFixes(
  components: Components,
  linted: Linted,
  touched: readonly IdentifiedFinding[],
  params: CodeActionParams,
): Offer[] {
  return touched.flatMap((identified) => {
    const diagnostics = [diagnosticOf(components, linted, identified, params)];
    const preferred = identified.finding.fixes.findIndex(({ safety }) => safety === 'safe');
    return identified.finding.fixes.map(({ title, input }, index) => ({
      title,
      ...(input !== undefined && { input }),
      kind: CodeActionKind.QuickFix,
      plan: { act: 'fix', finding: identified.id, index, title } as const,
      diagnostics,
      isPreferred: index === preferred,
    }));
  });
}

/** Only where it does more than the fix above it: a file with one problem needs no "all". */
function offerFixAll(
  components: Components,
  linted: Linted,
  touched: readonly IdentifiedFinding[],
  params: CodeActionParams,
): Offer[] {
  const fixable = linted.findings.filter(hasSafeFix);
  // VS Code lists actions that name a diagnostic before those that do not: with one, these stay below the fixes.
  const offer = (title: string, plan: Plan, about: readonly IdentifiedFinding[]): Offer => {
    const diagnostics = about.map((identified) => diagnosticOf(components, linted, identified, params));
    return { title, kind: CodeActionKind.QuickFix, plan, diagnostics };
  };
  const offers: Offer[] = [];
  for (const ruleId of ruleIdsOf(touched)) {
    const isOfRule = ({ finding }: IdentifiedFinding): boolean => finding.ruleId === ruleId;
    const count = fixable.filter(isOfRule).length;
    if (count < 2 || count === fixable.length) continue;
    const title = `Fix all safe ${ruleId} problems in this file`;
    offers.push(offer(title, { act: 'fix-all', ruleId }, touched.filter(isOfRule)));
  }
  if (touched.length > 0 && fixable.length > 1) {
    offers.push(offer('Fix all safe EC2 Warden problems in this file', { act: 'fix-all' }, touched));
  }
  return offers;
}

function offerSuppressions(
  components: Components,
  linted: Linted,
  touched: readonly IdentifiedFinding[],
  params: CodeActionParams,
): Offer[] {
  const offers: Offer[] = [];
  const offered = new Set<string>();
  for (const scope of ['line', 'file'] as const) {
    for (const identified of touched) {
      const { ruleId } = identified.finding;
      if (offered.has(`${scope} ${ruleId}`)) continue;
      offered.add(`${scope} ${ruleId}`);
      if (components.engine.suppress(linted.document, identified.finding, scope) === undefined) continue;
      offers.push({
        title: `Disable ${ruleId} for ${scope === 'line' ? 'this line' : 'the entire file'}`,
        kind: CodeActionKind.QuickFix,
        plan: { act: 'suppress', finding: identified.id, scope },
        diagnostics: [diagnosticOf(components, linted, identified, params)],
      });
    }
  }
  return offers;
}

function offerDocumentation({ client, rule }: Components, touched: readonly IdentifiedFinding[]): CodeAction[] {
  if (!client.showsDocuments) return [];
  return ruleIdsOf(touched).flatMap((ruleId) => {
    if (rule(ruleId) === undefined) return [];
    const title = `Show documentation for ${ruleId}`;
    const command = { title, command: SHOW_DOCUMENTATION_COMMAND, arguments: [ruleId] };
    return [{ title, kind: CodeActionKind.QuickFix, command }];
  });
}

/** The client's own object where it sent one: that is how it knows which of its diagnostics the action belongs to. */
function diagnosticOf(
  { rule, client }: Components,
  linted: Linted,
  identified: IdentifiedFinding,
  { context }: CodeActionParams,
): Diagnostic {
  return (
    context.diagnostics.find(({ data }) => idOf(data) === identified.id) ??
    toDiagnostic(linted, identified, rule, client)
  );
}

function idOf(data: unknown): unknown {
  return typeof data === 'object' && data !== null && 'id' in data ? data.id : undefined;
}

function hasSafeFix({ finding }: IdentifiedFinding): boolean {
  return finding.fixes.some(({ safety }) => safety === 'safe');
}

function ruleIdsOf(findings: readonly IdentifiedFinding[]): string[] {
  return [...new Set(findings.map(({ finding }) => finding.ruleId))];
}
