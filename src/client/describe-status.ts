import { l10n } from 'vscode';
import type { DocumentStatus } from '../server/protocol';
import type { ServerState } from './status-item';

/** What the language status item shows. */
export interface StatusView {
  readonly text: string;
  readonly detail: string;
  readonly busy: boolean;
  readonly failed: boolean;
  /** True where there was nothing to look at. */
  readonly idle: boolean;
  /** What its link offers. */
  readonly action: 'problems' | 'settings' | 'log' | 'restart' | undefined;
}

export function describeStatus(server: ServerState, status: DocumentStatus | undefined): StatusView {
  if (server === 'stopped') return failure(l10n.t('Not running'), l10n.t('The language server has stopped'), 'restart');
  if (server === 'idle') return { ...nothingToCheck(), idle: true };
  if (status === undefined) return { ...quiet(l10n.t('Looking…'), ''), busy: true };
  switch (status.outcome) {
    case 'linted':
      return describeFindings(status);
    case 'nothing-to-check':
      return { ...nothingToCheck(), idle: true };
    case 'unsupported':
      return { ...quiet(l10n.t('Not linted'), l10n.t('It is not recognised as a script or template')), idle: true };
    case 'disabled':
      return { ...quiet(l10n.t('Linting is off'), l10n.t('Switched off in the settings')), action: 'settings' };
    case 'ignored':
      return quiet(l10n.t('Not linted'), l10n.t('.ec2-warden.yaml leaves it out'));
    case 'failed':
      return failure(l10n.t('Linting failed'), l10n.t('The log says where'), 'log');
  }
}

/** The old side of a diff and the like. */
export function describeIgnored(): StatusView {
  return quiet(l10n.t('Not linted'), l10n.t('It is a read-only view of something else'));
}

function describeFindings({ kind, findings }: DocumentStatus): StatusView {
  const what = kind ?? l10n.t('Script');
  if (findings === 0) return quiet(l10n.t('{0}, no findings', what), '');
  const text = findings === 1 ? l10n.t('{0}, 1 finding', what) : l10n.t('{0}, {1} findings', what, findings);
  return { ...quiet(text, ''), action: 'problems' };
}

function nothingToCheck(): StatusView {
  return quiet(l10n.t('No findings'), l10n.t('It mentions no instance metadata, no credentials and no EC2 resources'));
}

function quiet(text: string, detail: string): StatusView {
  return {
    text,
    detail: detail === '' ? 'EC2 Warden' : `EC2 Warden: ${detail}`,
    busy: false,
    failed: false,
    idle: false,
    action: undefined,
  };
}

function failure(text: string, detail: string, action: 'log' | 'restart'): StatusView {
  return { ...quiet(text, detail), failed: true, action };
}
