import { TOKENLESS_CALLS_METHOD, type TokenlessCall, type UnopenedText } from '../server/protocol';
import type { ServerSession } from './server-session';

/** The calls of IMDSv1 in a text that need not be open, by the language server, which is started for it. Undefined where it cannot tell. */
export async function findTokenlessCalls(
  session: ServerSession,
  name: string,
  text: string,
): Promise<readonly TokenlessCall[] | undefined> {
  await session.start();
  const params: UnopenedText = { uri: `ec2-warden:/${name}`, text };
  return (await session.request<readonly TokenlessCall[] | null>(TOKENLESS_CALLS_METHOD, params)) ?? undefined;
}
