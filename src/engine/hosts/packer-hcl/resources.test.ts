/** What Packer makes of EC2, as the rules over resources judge it. */
import { describe, expect, it } from 'vitest';
import { findingsIn, rulesIn } from '../../testing/script';
import { applyEdits } from '../../text/edits';

const URI = 'file:///srv/web.pkr.hcl';

const source = (body: string, type = 'amazon-ebs'): string =>
  `source "${type}" "web" {\n  ami_name = "web"\n${body.replace(/^(?=.)/gm, '  ')}\n}\n`;
const REQUIRED = 'imds_support = "v2.0"';

describe('images of Packer', () => {
  it.each([
    ['shared with everybody', source(`${REQUIRED}\nami_groups = ["all"]`), ['image-public']],
    ['snapshots too', source(`${REQUIRED}\nsnapshot_groups = ["all"]`), ['snapshot-public']],
    [
      'by a variable',
      `variable "to" {\n  default = ["all"]\n}\n${source(`${REQUIRED}\nami_groups = var.to`)}`,
      ['image-public'],
    ],
    ['tokens that nobody requires', source('region = "eu-west-1"'), ['imdsv1-allowed']],
    ['of another builder', source('', 'amazon-ebssurrogate'), ['imdsv1-allowed']],
    [
      'tokens that are optional on the builder',
      source(`${REQUIRED}\nmetadata_options {\n  http_tokens = "optional"\n}`),
      ['imdsv1-allowed'],
    ],
    ['silent: required', source(`${REQUIRED}\nmetadata_options {\n  http_tokens = "required"\n}`), []],
    [
      'silent: only the hop limit of the builder',
      source(`${REQUIRED}\nmetadata_options {\n  http_put_response_hop_limit = 2\n}`),
      [],
    ],
    ['silent: as its source', source('source_ami_filter {\n  filters = { name = "al2023-ami-2023*" }\n}'), []],
    ['silent: not known', `variable "imds" {}\n${source('imds_support = var.imds')}`, []],
    ['silent: shared with accounts', source(`${REQUIRED}\nami_users = ["123456789012"]`), []],
    ['silent: another cloud', source('', 'azure-arm'), []],
    [
      'silent: checkov',
      source(`# checkov:skip=CKV_AWS_205: it is for everybody\n${REQUIRED}\nami_groups = ["all"]`),
      [],
    ],
  ])('%s', (_, text, rules) => {
    expect(rulesIn(text, URI)).toEqual(rules);
  });

  it.each([
    [
      'Require tokens (IMDSv2) of its instances by default',
      source('region = "x"'),
      source(`region = "x"\n${REQUIRED}`),
    ],
    [
      'Stop sharing it with everybody',
      source(`${REQUIRED}\nami_groups = ["all"]`),
      source(`${REQUIRED}\nami_groups = []`),
    ],
    [
      'Require tokens (IMDSv2)',
      source(`${REQUIRED}\nmetadata_options {\n  http_tokens = "optional"\n}`),
      source(`${REQUIRED}\nmetadata_options {\n  http_tokens = "required"\n}`),
    ],
  ])('%s', (title, text, expected) => {
    const fix = findingsIn(text, URI)[0]?.fixes.find((offered) => offered.title === title);
    const after = fix && applyEdits(text, fix.edits());
    expect(after?.replace(/ +=/g, ' =')).toBe(expected);
    expect(rulesIn(after ?? '', URI)).toEqual([]);
  });
});
