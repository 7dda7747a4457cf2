/** What is good to know of an instance whose tokens are to be required, whatever the verdict. */
import type { MetadataDefaults } from '../../aws';
import { l10n } from '../l10n';
import { arnName } from '../kinds/words';
import type { Evidence } from './evidence';
import { linesOf } from './observations';

export function notesOf(evidence: Evidence): readonly string[] {
  return [
    templateInWords(evidence),
    hopsInWords(evidence),
    imageInWords(evidence),
    roleInWords(evidence),
    evidence.defaults && defaultsInWords(evidence.defaults),
    evidence.inWorkspace === undefined
      ? l10n.t('The files of this workspace could not be searched in time: whether they call IMDSv1 is not known.')
      : undefined,
  ].filter((note) => note !== undefined);
}

/** The template starts the next one, so what is wrong with it does not break this one. */
function templateInWords({ template, userData, userDataOf }: Evidence): string | undefined {
  if (template === undefined || userDataOf === 'template' || template.userData.is !== 'read') return undefined;
  const { calls, text } = template.userData;
  if (calls.length === 0) return undefined;
  const name = `${template.id}:${template.version}`;
  return userData.is === 'read' && userData.text === text
    ? l10n.t('Its launch template {0} has the same user data: put it right there, too.', name)
    : l10n.t(
        'The user data of its launch template {0} calls IMDSv1 ({1}), though its own is another.',
        name,
        linesOf(calls),
      );
}

/** EC2 User Guide, "Considerations": a container wants a hop limit of 2. */
export function hopsInWords({ instance, containers }: Evidence): string | undefined {
  const { hopLimit } = instance.metadata;
  if (hopLimit === undefined || hopLimit < 2) return undefined;
  if (containers === undefined) {
    return l10n.t('Nothing looks like containers, and without them a hop limit of 1 is enough; it is {0}.', hopLimit);
  }
  return hopLimit > 2
    ? l10n.t(
        'It seems to run containers ({0}), and a hop limit of 2 is enough for them; it is {1}.',
        containers,
        hopLimit,
      )
    : undefined;
}

export function imageInWords({ image }: Evidence): string {
  switch (image) {
    case 'v2':
      return l10n.t('Its image says that it works with tokens only (ImdsSupport v2.0).');
    case 'unsaid':
      return l10n.t(
        'Its image says nothing of its support for tokens. How old its SDKs are cannot be known from outside.',
      );
    case 'gone':
      return l10n.t('Its image is not there any more. How old its SDKs are cannot be known from outside.');
    case undefined:
      return l10n.t('Its image could not be asked. How old its SDKs are cannot be known from outside.');
  }
}

export function roleInWords({ instance }: Evidence): string {
  const role = instance.instanceProfileArn;
  return role === undefined
    ? l10n.t('It has no role: metadata holds no credentials to steal.')
    : l10n.t('Its role {0} is what a thief of metadata would get.', arnName(role));
}

/** Undefined where the account prefers nothing. */
export function defaultsInWords({ tokens, enforced, managedBy }: MetadataDefaults): string | undefined {
  const who =
    managedBy === 'declarative-policy' ? l10n.t('its organization, by a declarative policy') : l10n.t('the account');
  if (enforced) return l10n.t('New instances of this region must require tokens: said by {0}.', who);
  if (tokens === 'required') return l10n.t('New instances of this region require tokens by default: said by {0}.', who);
  if (tokens === 'optional')
    return l10n.t('New instances of this region answer without a token by default: said by {0}.', who);
  return undefined;
}
