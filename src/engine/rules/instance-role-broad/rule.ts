import { items, possibilities, text, type Datum } from '../../ec2/datum';
import type { ResourceGraph } from '../../ec2/graph';
import type { Policy, PolicyStatement, Role } from '../../ec2/model';
import type { ResourceFinding, ResourceRule } from '../resource-rule';
import { rulePage } from '../rule';

/** Policies of AWS's own that allow everything, or to give oneself everything. */
const BROAD_POLICIES = /(?:^|\/)(?:AdministratorAccess|IAMFullAccess)$/;

/** The ARN of all roles of an account or of all accounts. */
const EVERY_ROLE = /^arn:(?:aws[\w-]*|\*):iam::(?:\d{12}|\*)?:(?:role\/)?\*$/;

/** True where EC2 may take the role on: its trust policy says so, or an instance profile shows it where what that says is not known. */
function isForInstances(role: Role, graph: ResourceGraph): boolean {
  return role.isForEc2 ?? graph.of('instance-profile').some((profile) => graph.target(profile.role, 'role') === role);
}

function matches(datum: Datum | undefined, test: (written: string) => boolean): Datum | undefined {
  return items(datum).items.find((item) => {
    const written = text(item.datum);
    return written !== undefined && test(written);
  })?.datum;
}

function statementProblem({
  effect,
  actions,
  notActions,
  resources,
  hasCondition,
}: PolicyStatement): { readonly at: Datum; readonly message: string } | undefined {
  if (hasCondition || (effect !== undefined && text(effect) !== 'Allow')) return undefined;
  const everywhere = matches(resources, (written) => written === '*');
  const everything = everywhere && matches(actions, (written) => /^(?:\*|\*:\*)$/.test(written));
  if (everything) return { at: everything, message: 'allows every action on every resource' };
  if (!everywhere && !matches(resources, (written) => EVERY_ROLE.test(written))) return undefined;
  const passing = matches(actions, (written) => /^iam:(?:\*|PassRole|Pass\*)$/i.test(written));
  const at = passing ?? allButOthers(notActions);
  const named = passing ? (text(passing) ?? 'iam:PassRole') : 'iam:PassRole and all else but a few actions';
  return at && { at, message: `allows ${named} for every role, so that any other role can be taken on` };
}

/** `NotAction` allows what it does not name: the first of its actions, where surely none of them is the passing of roles. */
function allButOthers(notActions: Datum | undefined): Datum | undefined {
  const { items: left, complete } = items(notActions);
  const isOther = (written: string): boolean =>
    /^[\w-]+:/.test(written) &&
    (!/^iam:/i.test(written) || (!/[*?]/.test(written) && written.toLowerCase() !== 'iam:passrole'));
  return complete && left.every(({ datum }) => isOther(text(datum) ?? '')) ? left[0]?.datum : undefined;
}

function policyProblem({ managed, statements }: Policy): { readonly at: Datum; readonly message: string } | undefined {
  for (const { datum } of possibilities(managed)) {
    const written = text(datum);
    if (datum && written !== undefined && BROAD_POLICIES.test(written))
      return { at: datum, message: `has ${written.slice(written.lastIndexOf('/') + 1)}` };
  }
  for (const statement of statements) {
    const problem = statementProblem(statement);
    if (problem) return problem;
  }
  return undefined;
}

export const instanceRoleBroad: ResourceRule = {
  meta: {
    id: 'instance-role-broad',
    title: 'Instance role that may do everything',
    description:
      'The role of an instance is an administrator, or can make itself one. Its credentials lie in the metadata service: whoever reads them there has the account.',
    severity: 'warning',
    fix: 'none',
    url: rulePage('instance-role-broad'),
  },
  check: ({ graph }) =>
    graph
      .of('role')
      .filter((role) => isForInstances(role, graph))
      .flatMap((role) =>
        role.policies.flatMap((policy): ResourceFinding[] => {
          const problem = policyProblem(policy);
          if (!problem) return [];
          const message = `This instance role ${problem.message}: whoever gets the instance's credentials has the account.`;
          return [{ range: problem.at.range, message, resource: role.address, silenced: policy.silenced }];
        }),
      ),
};
