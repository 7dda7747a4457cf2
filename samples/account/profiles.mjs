import { PRODUCTION } from './production.mjs';
import { STAGING } from './staging.mjs';

/** The device of the profile that asks for a code; any six digits will do but 000000. */
export const MFA_DEVICE = 'arn:aws:iam::123456789012:mfa/anna';

/**
 * The two files that lead to the company's accounts, as they would lie in ~/.aws.
 * @param {string} endpoint
 */
export function profileFiles(endpoint) {
  const config = `# Profiles of Tidewater Maps. Every address is that of the emulated account.

[profile tidewater]
region = eu-central-1
endpoint_url = ${endpoint}

[profile tidewater-production]
role_arn = arn:aws:iam::${PRODUCTION.id}:role/Engineer
source_profile = tidewater
role_session_name = anna
region = eu-central-1
endpoint_url = ${endpoint}

[profile tidewater-staging]
role_arn = arn:aws:iam::${STAGING.id}:role/Engineer
source_profile = tidewater
role_session_name = anna
region = eu-central-1
endpoint_url = ${endpoint}

# Needs a code of the MFA device: any six digits but 000000.
[profile tidewater-break-glass]
role_arn = arn:aws:iam::${PRODUCTION.id}:role/BreakGlass
source_profile = tidewater
mfa_serial = ${MFA_DEVICE}
region = us-east-1
endpoint_url = ${endpoint}

# Logging in would need a browser and a real IAM Identity Center: this one shows how a login that has run out looks.
[profile tidewater-sso]
sso_session = tidewater
sso_account_id = ${PRODUCTION.id}
sso_role_name = Auditor
region = eu-central-1

[sso-session tidewater]
sso_start_url = https://tidewater.awsapps.example/start
sso_region = eu-central-1
sso_registration_scopes = sso:account:access

# Nobody knows any more what this was for.
[profile ci-2019]
role_arn = arn:aws:iam::${PRODUCTION.id}:role/Deploy
source_profile = jenkins
region = eu-central-1
`;
  const credentials = `# Keys that only the emulated account takes.
[tidewater]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
`;
  return { config, credentials };
}
