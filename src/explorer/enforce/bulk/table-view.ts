/** The table as a list of VS Code's, in which lines are ticked. */
import { l10n, QuickPickItemKind, ThemeIcon, window, type QuickInputButton, type QuickPickItem } from 'vscode';
import type { VerdictWord } from '../verdict';
import type { TableEnd, TableView } from './flow';
import type { Line, Section, Table } from './table';
import { createTicks } from './ticks';

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
/** So long is waited for what the list still says of its former order. */
const SETTLE_MS = 300;

const itemOf = (is: Section['is'], { key, label, description, detail }: Line): Item => ({
  key,
  label: `${ICONS[is]} ${label}`,
  description,
  ...(detail === '' ? {} : { detail }),
});

/** VS Code tells items by their places, so that no place may change while verdicts come: they are sorted by risk once, when all are there. */
function itemsOf(table: Table): readonly Item[] {
  if (table.waiting() > 0) return table.lines().map((line) => itemOf(line.is, line));
  return table
    .sections()
    .flatMap(({ is, title, lines }) => [
      { label: title, kind: QuickPickItemKind.Separator },
      ...lines.map((line) => itemOf(is, line)),
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

  const ticks = createTicks(Date.now);
  const ticked = (): ReadonlySet<string> => new Set(pick.selectedItems.flatMap(({ key }) => key ?? []));
  const draw = (): void => {
    const items = itemsOf(table);
    const chosen = table.chosen();
    pick.items = items;
    ticks.told(chosen);
    pick.selectedItems = items.filter(({ key }) => key !== undefined && chosen.has(key));
    const waiting = table.waiting();
    pick.title = waiting === 0 ? title : `${title} · ${l10n.t('{0} verdicts to come', waiting)}`;
  };
  let timer: NodeJS.Timeout | undefined;
  const drawSoon = (): void => {
    const isLast = table.waiting() === 0;
    if (isLast) clearTimeout(timer);
    if (isLast || timer === undefined) {
      timer = setTimeout(
        () => {
          timer = undefined;
          draw();
          if (isLast) pick.busy = false;
        },
        isLast ? SETTLE_MS : DRAW_MS,
      );
    }
  };

  const abort = new AbortController();
  const ended = new Promise<TableEnd>((resolve) => {
    pick.onDidChangeSelection(() => {
      const doing = ticks.seen(ticked());
      if (doing === undefined) return;
      table.tick(doing.ticked, true);
      table.tick(doing.unticked, false);
      // What has no verdict cannot be chosen yet.
      if (doing.ticked.some((key) => !table.chosen().has(key))) drawSoon();
    });
    // What is seen to be ticked counts, and nothing that came in the same moment.
    const end = (how: TableEnd): void => {
      table.choose(ticked());
      resolve(how);
    };
    pick.onDidAccept(() => end('accept'));
    pick.onDidTriggerButton(() => end('export'));
    pick.onDidHide(() => resolve(undefined));
  });
  draw();
  pick.show();
  const filling = fill(drawSoon, abort.signal);
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
