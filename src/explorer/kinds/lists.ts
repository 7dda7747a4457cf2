import type { Aws, ListOptions, Page, RecordKind, ResourceRecord, Session } from '../../aws';

export type RecordOf<K extends RecordKind> = Extract<ResourceRecord, { kind: K }>;

/** The list of a kind. */
export function listOf(
  aws: Aws,
  kind: RecordKind,
  session: Session,
  options: ListOptions,
): AsyncIterable<Page<ResourceRecord>> {
  switch (kind) {
    case 'instance':
      return aws.instances(session, options);
    case 'network-interface':
      return aws.networkInterfaces(session, options);
    case 'security-group':
      return aws.securityGroups(session, options);
    case 'key-pair':
      return aws.keyPairs(session, options);
    case 'volume':
      return aws.volumes(session, options);
  }
}
