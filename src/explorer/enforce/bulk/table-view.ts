/** The table as a list of VS Code's, in which lines are ticked. */
import { l10n, QuickPickItemKind, ThemeIcon, window, type QuickInputButton, type QuickPickItem } from 'vscode';
import type { VerdictWord } from '../verdict';
import type { TableEnd, TableView } from './flow';
import type { Section } from './table';

interface Item extends QuickPickItem {
  /** Undefined for the line between sections. */
  readonly key?: string;
}

const ICONS: Readonly<Record<VerdictWord | 'waiting', string>> = {
  'will-break': '$(error)',
  unknown: '$(question)',
  'likely-safe': '$(info)',
  safe: '$(pass)',
  waiting: '$(loading~spin)',
};

/** Verdicts arrive faster than a list needs to be drawn. */
const DRAW_MS = 200;

function itemsOf(sections: readonly Section[]): readonly Item[] {
  return sections.flatMap(({ is, title, lines }) => [
    { label: title, kind: QuickPickItemKind.Separator },
    ...lines.map(({ key, label, description, detail }) => ({
      key,
      label: `${ICONS[is]} ${label}`,
      description,
      ...(detail === '' ? {} : { detail }),
    })),
  ]);
}

/** Shows the table until somebody accepts, exports or closes it. What is looked at is not looked at any longer then. */
export async function showTable({ title, placeholder, table, fill }: TableView): Promise<TableEnd> {
  const exporting: QuickInputButton = { iconPath: new ThemeIcon('export'), tooltip: l10n.t('Export as Plan…') };
  const pick = window.createQuickPick<Item>();
  pick.title = title;
  pick.placeholder = placeholder;
  pick.canSelectMany = true;
  pick.ignoreFocusOut = true;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.keepScrollPosition = true;
  pick.buttons = [exporting];
  pick.busy = true;

  /** What the list was last told to have ticked: a difference from it is somebody's doing. */
  let told: ReadonlySet<string> = new Set();
  const draw = (): void => {
    const items = itemsOf(table.sections());
    const chosen = table.chosen();
    pick.items = items;
    told = chosen;
    pick.selectedItems = items.filter(({ key }) => key !== undefined && chosen.has(key));
    const waiting = table.waiting();
    pick.title = waiting === 0 ? title : `${title} · ${l10n.t('{0} verdicts to come', waiting)}`;
  };
  let timer: NodeJS.Timeout | undefined;
  const drawSoon = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      draw();
    }, DRAW_MS);
  };

  const abort = new AbortController();
  const ended = new Promise<TableEnd>((resolve) => {
    pick.onDidChangeSelection((items) => {
      const keys = new Set(items.flatMap(({ key }) => key ?? []));
      if (keys.size === told.size && [...keys].every((key) => told.has(key))) return;
      table.choose(keys);
      told = keys;
      // What has no verdict cannot be chosen yet.
      if (table.chosen().size !== keys.size) drawSoon();
    });
    pick.onDidAccept(() => resolve('accept'));
    pick.onDidTriggerButton(() => resolve('export'));
    pick.onDidHide(() => resolve(undefined));
  });
  draw();
  pick.show();
  const filling = fill(drawSoon, abort.signal).finally(() => {
    pick.busy = false;
    drawSoon();
  });
  filling.catch(() => undefined);
  try {
    return await ended;
  } finally {
    abort.abort();
    await filling.catch(() => undefined);
    clearTimeout(timer);
    pick.dispose();
  }
}
