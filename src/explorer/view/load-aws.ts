/** The account's library: loaded from its own bundle, dist/aws.js, when it is first needed. */
import { type CancellationToken, Disposable, l10n, type LogOutputChannel, window, workspace } from 'vscode';
import type { Aws, AwsChanges, AwsSettings, MfaRequest } from '../../aws';

/** Settings of the machine: a workspace cannot set them. */
export function readSettings(): AwsSettings {
  const settings = workspace.getConfiguration('ec2Warden.account');
  const configFile = settings.get<string>('configFile', '');
  const credentialsFile = settings.get<string>('credentialsFile', '');
  return {
    readOnly: settings.get<string[]>('readOnlyProfiles', []),
    ...(configFile === '' ? {} : { configFile }),
    ...(credentialsFile === '' ? {} : { credentialsFile }),
  };
}

/** @param changeLog the path of the log of changes */
export async function loadAws(output: LogOutputChannel, changeLog: string): Promise<Aws & AwsChanges> {
  const startedAt = performance.now();
  const { changeLogAt, createAws, watchPaths } = await import('../../aws');
  const aws = createAws({
    settings: readSettings,
    watch: watchPaths,
    askMfaCode,
    changeLog: changeLogAt(changeLog),
  });
  output.info(`The library for AWS was loaded in ${(performance.now() - startedAt).toFixed(0)} ms.`);
  aws.onRetry(({ profile, region, operation, message, attempt }) => {
    output.info(`${profile} ${region} ${operation}: ${message} (try ${attempt})`);
  });
  return aws;
}

/** Asks for the six digits of a device, naming it and why. */
async function askMfaCode(
  { profile, device, purpose }: MfaRequest,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  return window.showInputBox(
    {
      title: l10n.t('Code of an MFA device for {0}', profile),
      prompt: l10n.t('{0}, {1}', device, purpose),
      placeHolder: '123456',
      ignoreFocusOut: true,
      validateInput: (value) => (/^\d{6}$/.test(value.trim()) ? undefined : l10n.t('Six digits')),
    },
    signal === undefined ? undefined : tokenOf(signal),
  );
}

function tokenOf(signal: AbortSignal): CancellationToken {
  return {
    get isCancellationRequested() {
      return signal.aborted;
    },
    onCancellationRequested: (listener: (event: unknown) => unknown) => {
      const call = (): void => void listener(undefined);
      signal.addEventListener('abort', call, { once: true });
      return new Disposable(() => signal.removeEventListener('abort', call));
    },
  };
}
