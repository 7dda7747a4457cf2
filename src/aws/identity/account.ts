/** What IAM tells of an account and its caller, where it may be asked. */
import { ListAccessKeysCommand, ListAccountAliasesCommand, type IAMClient } from '@aws-sdk/client-iam';
import { spoken } from '../profiles/problem';
import type { Session } from './session';

interface Abortion {
  readonly abortSignal?: AbortSignal;
}

/** The account's alias; undefined where it has none. */
export async function aliasOf(client: IAMClient, options: Abortion): Promise<string | undefined> {
  const answer = await client.send(new ListAccountAliasesCommand({ MaxItems: 1 }), options);
  return answer.AccountAliases?.[0];
}

/** AWS's advice is to rotate keys every 90 days (IAM User Guide, "Update access keys"). */
const OLD = 90 * 24 * 3600_000;

/** Active access keys of the caller that are older than 90 days, as sentences; none for a role, which has no keys. */
export async function oldKeyNotes(
  client: IAMClient,
  { arn }: Session,
  now: Date,
  options: Abortion,
): Promise<readonly string[]> {
  const user = /:user\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];
  if (user === undefined) return [];
  const answer = await client.send(new ListAccessKeysCommand({}), options);
  return (answer.AccessKeyMetadata ?? []).flatMap(({ CreateDate, Status }) => {
    if (!CreateDate || Status !== 'Active' || now.getTime() - CreateDate.getTime() < OLD) return [];
    const days = Math.floor((now.getTime() - CreateDate.getTime()) / (24 * 3600_000));
    return [
      `An access key of ${user} is ${String(days)} days old (made ${spoken(CreateDate).slice(0, 10)}): replace it, or use a role.`,
    ];
  });
}
