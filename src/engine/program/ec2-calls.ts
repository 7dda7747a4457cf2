/** Operations of EC2 that rules know when a program calls them by AWS's command line, by what each call cannot do without. */
export const KNOWN_OPERATIONS =
  /authorize-security-group-ingress|metadata-(?:options|defaults)|launch-template-data|modify-(?:image|snapshot)-attribute|disable-ebs-encryption-by-default/;

/** A cheap test of the raw text: may it call EC2 in a way that concerns a rule? */
export function mayCallEc2(text: string): boolean {
  return KNOWN_OPERATIONS.test(text) && /aws|ec2/i.test(text);
}
