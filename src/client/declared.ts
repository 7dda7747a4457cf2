import { DECLARED_METHOD, type DeclaringDocument, type ShownDeclarations } from '../server/protocol';
import type { ServerSession } from './server-session';

/** What instances a document declares, by the language server, which is started for it. The text is wanted for one that is not open. */
export async function declaredIn(session: ServerSession, uri: string, text?: string): Promise<ShownDeclarations> {
  await session.start();
  const params: DeclaringDocument = { uri, ...(text !== undefined && { text }) };
  return session.request<ShownDeclarations>(DECLARED_METHOD, params);
}
