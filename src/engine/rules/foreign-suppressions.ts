/** What other scanners are told to leave alone, read as what it says about our rules. */

import { lineIndex } from '../text/line-index';
import type { Range } from '../text/range';

/** A comment or an entry of metadata that silences rules of another scanner. */
export interface ForeignSuppression {
  /** Ids of the other scanner, `*` for all; empty where it silences whatever is found. */
  readonly ids: readonly string[];
  /** As it is written. */
  readonly written: string;
  /** Line of the comment, from 0. */
  readonly line: number;
  /** Whether the comment speaks of what it stands in, of the line that it stands on or before, of the block that begins there, or of the file. */
  readonly reach: 'within' | 'line' | 'block' | 'file';
}

/** Lines of something that can be silenced, from 0. */
export interface Extent {
  readonly first: number;
  readonly last: number;
}

const OPEN = ['open-management-port', 'open-all-ports', 'open-port'] as const;
const ROLE = ['instance-role-broad'] as const;
const VOLUME = ['ebs-unencrypted'] as const;
const TOKENS = ['imdsv1-allowed'] as const;
const PUBLIC = ['instance-public'] as const;
const DEFAULT_GROUP = ['default-security-group-open'] as const;

/** Our rules by the ids of Checkov, of Trivy and tfsec (without `avd-`), of cfn_nag and of the AWS Guard Rules Registry, in lower case. */
const RULES: Readonly<Record<string, readonly string[]>> = {
  ckv_aws_277: ['open-all-ports'],
  ckv_aws_260: ['open-port'],
  ckv_aws_79: TOKENS,
  ckv_aws_341: ['metadata-hop-limit'],
  ckv_aws_88: PUBLIC,
  ckv_aws_3: VOLUME,
  ckv_aws_8: VOLUME,
  ckv_aws_106: ['ebs-default-encryption-off'],
  ckv_aws_205: ['image-public'],
  ckv_aws_46: ['secret-in-script'],
  ckv_aws_1: ROLE,
  ckv_aws_62: ROLE,
  ckv_aws_63: ROLE,
  ckv_aws_110: ROLE,
  ckv_aws_274: ROLE,
  ckv2_aws_40: ROLE,
  ckv2_aws_56: ROLE,
  ckv2_aws_12: DEFAULT_GROUP,
  ckv2_aws_5: ['security-group-unused'],

  'aws-0107': OPEN,
  'aws-ec2-no-public-ingress-sgr': OPEN,
  'aws-vpc-no-public-ingress-sgr': OPEN,
  'aws-vpc-no-public-ingress-sg': OPEN,
  aws006: OPEN,
  aws008: OPEN,
  'aws-0028': TOKENS,
  'aws-0130': TOKENS,
  'aws-ec2-enforce-http-token-imds': TOKENS,
  'aws-ec2-enforce-launch-config-http-token-imds': TOKENS,
  'aws-autoscaling-enforce-http-token-imds': TOKENS,
  aws079: TOKENS,
  'aws-0008': VOLUME,
  'aws-0026': VOLUME,
  'aws-0131': VOLUME,
  'aws-ec2-enable-volume-encryption': VOLUME,
  'aws-ec2-enable-at-rest-encryption': VOLUME,
  'aws-ec2-enable-launch-config-at-rest-encryption': VOLUME,
  'aws-autoscaling-enable-at-rest-encryption': VOLUME,
  'aws-ebs-enable-volume-encryption': VOLUME,
  aws014: VOLUME,
  'aws-0009': PUBLIC,
  'aws-ec2-no-public-ip': PUBLIC,
  'aws-autoscaling-no-public-ip': PUBLIC,
  'aws-0029': ['secret-in-script'],
  'aws-0129': ['secret-in-script'],
  'aws-ec2-no-secrets-in-user-data': ['secret-in-script'],
  'aws-autoscaling-no-sensitive-info': ['secret-in-script'],
  'aws-0057': ROLE,
  'aws-0342': ROLE,
  'aws-iam-no-policy-wildcards': ROLE,
  'aws-0173': DEFAULT_GROUP,

  w2: OPEN,
  w27: ['wide-port-range'],
  w42: ['open-all-ports'],
  f1: VOLUME,
  f3: ROLE,
  f4: ROLE,
  f5: ROLE,
  f38: ROLE,
  f39: ROLE,
  f40: ROLE,
  w43: ROLE,

  incoming_ssh_disabled: ['open-management-port'],
  restricted_incoming_traffic: OPEN,
  vpc_sg_open_only_to_authorized_ports: OPEN,
  vpc_default_security_group_closed: DEFAULT_GROUP,
  ec2_imdsv2_check: TOKENS,
  autoscaling_launchconfig_requires_imdsv2: TOKENS,
  autoscaling_launch_config_hop_limit: ['metadata-hop-limit'],
  encrypted_volumes: VOLUME,
  ec2_ebs_encryption_by_default: ['ebs-default-encryption-off'],
  ec2_instance_no_public_ip: PUBLIC,
  autoscaling_launch_config_public_ip_disabled: PUBLIC,
  ebs_snapshot_public_restorable_check: ['snapshot-public'],
  iam_policy_no_statements_with_admin_access: ROLE,
  iam_policy_no_statements_with_full_access: ROLE,
};

/** Checkov has a rule for each of two ports. */
const PORT_RULES: Readonly<Record<string, number>> = { ckv_aws_24: 22, ckv_aws_25: 3389 };
const PORTS = Object.values(PORT_RULES);

/** Every rule over resources that somebody else may have been told to leave alone. */
const ALL: readonly string[] = [
  ...new Set([...Object.values(RULES).flat(), 'wide-port-range', 'instance-public', 'key-pair-weak', 'image-public']),
];

const COMMENT =
  /(checkov:skip=|(?:tfsec|cfsec|trivy):ignore:|kics-scan[ \t]{1,9}(?:ignore-line|ignore-block|ignore)\b)([^\n]*)/g;

/** Every comment in a text that speaks to another scanner. */
export function foreignComments(text: string): readonly ForeignSuppression[] {
  if (!/checkov:skip|sec:ignore|trivy:ignore|kics-scan/.test(text)) return [];
  const lines = text.split('\n');
  return lines.flatMap((content, line) =>
    [...content.matchAll(COMMENT)].flatMap(([whole, mark = '', rest = '']): ForeignSuppression[] => {
      const written = whole.trim();
      const at = content.indexOf(mark);
      if (!/#|\/\/|\/\*/.test(content.slice(0, at))) return [];
      if (mark.startsWith('checkov')) {
        const ids = (/^[\w,-]*/.exec(rest)?.[0] ?? '').split(',').filter((id) => id !== '');
        return [{ ids, written, line, reach: 'within' }];
      }
      if (mark.startsWith('kics')) {
        const reach = mark.endsWith('line') ? 'line' : mark.endsWith('block') ? 'block' : 'file';
        return [{ ids: ['*'], written, line: reach === 'file' ? line : codeLine(lines, line + 1), reach }];
      }
      // Several may follow each other on one line, each with its mark; `exp:` and `ws:` narrow them down.
      const ids = whole.matchAll(/(?:sec|trivy):ignore:([\w*-]+)/g);
      const isAlone = /^\s*(?:#|\/\/|\/\*)/.test(content);
      return [
        {
          ids: [...ids].map(([, id = '']) => id),
          written,
          line: isAlone ? codeLine(lines, line + 1) : line,
          reach: 'block',
        },
      ];
    }),
  );
}

/** The next line that is no comment and not empty. */
function codeLine(lines: readonly string[], from: number): number {
  let line = from;
  while (line < lines.length && /^\s*(?:(?:#|\/\/|\/\*).*)?$/.test(lines[line] ?? '')) line++;
  return line;
}

/** Tells the comments of a text that speak of a span of it, as `speakingOf` does. */
export function speakingIn(text: string): (range: Range, parts?: boolean) => readonly ForeignSuppression[] {
  const comments = foreignComments(text);
  if (comments.length === 0) return () => [];
  const lines = lineIndex(text);
  return ({ start, end }, parts) => {
    const extent = { first: lines.positionAt(start).line, last: lines.positionAt(Math.max(start, end - 1)).line };
    return speakingOf(comments, extent, parts);
  };
}

/**
 * The comments that speak of something: of all of it, or with `parts` of something in it.
 */
export function speakingOf(
  suppressions: readonly ForeignSuppression[],
  { first, last }: Extent,
  parts = false,
): readonly ForeignSuppression[] {
  return suppressions.filter(({ reach, line }) => {
    if (reach === 'file') return true;
    if (reach === 'within' || parts) return line >= first && line <= last;
    return reach === 'block' && line === first;
  });
}

/**
 * Our rules that are silenced, with the words that do it. `opens` says which ports something opens, since some scanners have a rule for each.
 */
export function silencedRules(
  suppressions: readonly ForeignSuppression[],
  opens?: (port: number) => boolean,
): ReadonlyMap<string, string> {
  const silenced = new Map<string, string>();
  const ports = new Set<number>();
  for (const { ids, written } of suppressions) {
    for (const id of ids) {
      const key = id.toLowerCase().replace(/^avd-/, '');
      const port = PORT_RULES[key];
      if (port !== undefined) ports.add(port);
      if (port !== undefined && PORTS.every((other) => !opens?.(other) || ports.has(other)) && opens?.(port) !== false)
        silenced.set('open-management-port', written);
      for (const rule of rulesOf(key)) if (!silenced.has(rule)) silenced.set(rule, written);
    }
  }
  return silenced;
}

function rulesOf(key: string): readonly string[] {
  if (key === '*') return ALL;
  if (!key.endsWith('*')) return RULES[key] ?? [];
  const prefix = key.slice(0, -1);
  return Object.entries(RULES).flatMap(([id, rules]) => (id.startsWith(prefix) ? rules : []));
}
