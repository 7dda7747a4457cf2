/** Asks what a document for a fleet shall say, step by step; every step may be given up. */
import type { Session } from '../../../aws';
import { l10n } from '../../l10n';
import type { Choice } from '../choose-options';
import { EXECUTION_ROLE, WRONG, type AutomationChoice, type FleetLocations, type FleetTarget } from './automation';
import type { DeclarativeChoice } from './declarative-policy';
import { wrongPrincipal, type ServiceControlChoice } from './service-control-policy';

export interface FleetUi {
  pick<T extends Choice>(title: string, placeholder: string, choices: readonly T[]): Promise<T | undefined>;
  pickMany<T extends Choice>(title: string, choices: readonly T[]): Promise<readonly T[] | undefined>;
  /** @param wrong why a text will not do; undefined where it will */
  askFor(
    title: string,
    prompt: string,
    value: string,
    wrong: (text: string) => string | undefined,
  ): Promise<string | undefined>;
}

/** `a, b` and `a b` */
const listOf = (text: string): string[] => text.split(/[\s,]+/).filter((each) => each !== '');
/** Values of tags may have spaces. */
const valuesOf = (text: string): string[] =>
  text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');

const TITLE = (): string => l10n.t('Roll Out by Systems Manager Automation');

async function chooseTarget(ui: FleetUi, ids: readonly string[]): Promise<FleetTarget | undefined> {
  const some = ids.slice(0, 50);
  const chosen = await ui.pick(TITLE(), l10n.t('On which instances?'), [
    { by: 'tag' as const, label: l10n.t('Those with a tag') },
    { by: 'resource-group' as const, label: l10n.t('Those of a resource group') },
    ...(some.length === 0 ? [] : [{ by: 'ids' as const, label: l10n.t('The {0} that are selected', some.length) }]),
  ]);
  if (chosen === undefined) return undefined;
  if (chosen.by === 'ids') return { by: 'ids', ids: some };
  if (chosen.by === 'resource-group') {
    const prompt = l10n.t('The name of the resource group, in each region that is meant');
    const name = await ui.askFor(TITLE(), prompt, '', (text) => WRONG.values([text.trim()]));
    return name === undefined ? undefined : { by: 'resource-group', name: name.trim() };
  }
  const key = await ui.askFor(TITLE(), l10n.t('The key of the tag'), '', WRONG.tagKey);
  if (key === undefined) return undefined;
  const prompt = l10n.t('Values of the tag {0}, with commas between them', key);
  const values = await ui.askFor(TITLE(), prompt, '', (text) => WRONG.values(valuesOf(text)));
  return values === undefined ? undefined : { by: 'tag', key, values: valuesOf(values) };
}

async function chooseLocations(ui: FleetUi, session: Session): Promise<FleetLocations | 'here' | undefined> {
  const where = await ui.pick(TITLE(), l10n.t('Where?'), [
    { is: 'here' as const, label: l10n.t('In {0} of account {1}', session.region, session.account) },
    {
      is: 'many' as const,
      label: l10n.t('In several accounts and regions'),
      detail: l10n.t('Each account needs a role for it'),
    },
  ]);
  if (where === undefined || where.is === 'here') return where?.is;
  const ask = (
    prompt: string,
    value: string,
    wrong: (text: string) => string | undefined,
  ): Promise<string | undefined> => ui.askFor(TITLE(), prompt, value, wrong);
  const accounts = await ask(l10n.t('Accounts, or organizational units (ou-…)'), session.account, (text) =>
    WRONG.accounts(listOf(text)),
  );
  if (accounts === undefined) return undefined;
  const regions = await ask(l10n.t('Regions'), session.region, (text) => WRONG.regions(listOf(text)));
  if (regions === undefined) return undefined;
  const executionRole = await ask(l10n.t('The role in each account that does it'), EXECUTION_ROLE, WRONG.role);
  if (executionRole === undefined) return undefined;
  const maxConcurrency = await ask(l10n.t('How many accounts and regions at once'), '1', WRONG.concurrency);
  if (maxConcurrency === undefined) return undefined;
  const shared = { accounts: listOf(accounts), regions: listOf(regions), executionRole, maxConcurrency };
  return { ...shared, maxErrors: '0' };
}

/** @param ids of instances that are selected */
export async function chooseAutomation(
  ui: FleetUi,
  session: Session,
  ids: readonly string[],
): Promise<AutomationChoice | undefined> {
  const target = await chooseTarget(ui, ids);
  if (target === undefined) return undefined;
  const locations = await chooseLocations(ui, session);
  if (locations === undefined) return undefined;
  const concurrency = l10n.t('How many instances at once: a number, or a percentage');
  const maxConcurrency = await ui.askFor(TITLE(), concurrency, '10%', WRONG.concurrency);
  if (maxConcurrency === undefined) return undefined;
  const errors = l10n.t('How many failures it bears before it stops: a number, or a percentage');
  const maxErrors = await ui.askFor(TITLE(), errors, '0', WRONG.errors);
  if (maxErrors === undefined) return undefined;
  const hops = l10n.t('Hop limit for all of them; empty leaves each as it is');
  const hopLimit = await ui.askFor(TITLE(), hops, '', (text) => (text === '' ? undefined : WRONG.hopLimit(text)));
  if (hopLimit === undefined) return undefined;
  const role = l10n.t('ARN of the role that Automation takes on; empty: you yourself');
  const assumeRole = await ui.askFor(TITLE(), role, '', (text) => (text === '' ? undefined : WRONG.roleArn(text)));
  if (assumeRole === undefined) return undefined;
  return {
    ...{ target, maxConcurrency, maxErrors },
    hopLimit: hopLimit === '' ? undefined : Number(hopLimit),
    assumeRole: assumeRole === '' ? undefined : assumeRole,
    locations: locations === 'here' ? undefined : locations,
  };
}

export async function chooseDeclarative(ui: FleetUi): Promise<DeclarativeChoice | undefined> {
  const title = l10n.t('Roll Out by a Declarative Policy for EC2');
  const chosen = await ui.pick(title, l10n.t('What shall hold for new instances?'), [
    {
      enforced: false,
      label: l10n.t('Tokens are required by default'),
      detail: l10n.t('A launch that asks for optional tokens still gets them'),
    },
    {
      enforced: true,
      label: l10n.t('Tokens are required by default, and enforced'),
      detail: l10n.t('A launch that would leave tokens optional fails'),
    },
  ]);
  if (chosen === undefined) return undefined;
  const hops = l10n.t('Hop limit; AWS recommends 2 or more with tokens required. Empty leaves it open');
  const hopLimit = await ui.askFor(title, hops, '2', (text) => (text === '' ? undefined : WRONG.hopLimit(text)));
  if (hopLimit === undefined) return undefined;
  const prompt = l10n.t('What whoever tries otherwise is told; empty: AWS’s own words');
  const message = await ui.askFor(title, prompt, '', () => undefined);
  if (message === undefined) return undefined;
  const { enforced } = chosen;
  return { tokens: 'required', enforced, hopLimit: hopLimit === '' ? undefined : Number(hopLimit), message };
}

export async function chooseServiceControl(
  ui: FleetUi,
  { partition }: Session,
): Promise<ServiceControlChoice | undefined> {
  const title = l10n.t('Roll Out by a Service Control Policy');
  const chosen = await ui.pickMany(title, [
    { what: 'launches', label: l10n.t('Deny launches that do not require tokens'), detail: 'ec2:MetadataHttpTokens' },
    { what: 'goingBack', label: l10n.t('Deny making tokens optional again'), detail: 'ec2:Attribute/HttpTokens' },
    {
      what: 'roleDelivery',
      label: l10n.t('Deny credentials that were got without a token'),
      detail: l10n.t('{0}; stops software on instances that are there as well', 'ec2:RoleDelivery'),
    },
  ]);
  if (chosen === undefined || chosen.length === 0) return undefined;
  const prompt = l10n.t('ARNs of roles that it leaves alone, as for emergencies; empty: none');
  const except = await ui.askFor(title, prompt, '', (text) =>
    listOf(text)
      .map(wrongPrincipal)
      .find((each) => each !== undefined),
  );
  if (except === undefined) return undefined;
  const has = (what: string): boolean => chosen.some((each) => each.what === what);
  return {
    ...{ launches: has('launches'), goingBack: has('goingBack'), roleDelivery: has('roleDelivery') },
    ...{ except: listOf(except), partition },
  };
}
