#!/bin/bash
# User data of the web fleet: installs the shop, tells it where it runs, and reports to the deployment log.
set -euo pipefail

dnf install -y nginx jq
hostnamectl set-hostname "shop-$(curl -s http://169.254.169.254/latest/meta-data/instance-id)"

METADATA=http://169.254.169.254/latest/meta-data
REGION=$(curl -sf "$METADATA/placement/region")
ZONE=$(wget -qO- "$METADATA/placement/availability-zone")

# The role's credentials, for the old deployment tool that cannot ask for them itself.
role_credentials() {
  local role
  role=$(curl -s "$METADATA/iam/security-credentials/")
  curl -s "$METADATA/iam/security-credentials/$role"
}

mkdir -p ~/.aws
role_credentials |
  jq -r '"[default]\naws_access_key_id = \(.AccessKeyId)\naws_secret_access_key = \(.SecretAccessKey)\naws_session_token = \(.Token)"' \
    >~/.aws/credentials
chmod -R 777 ~/.aws

until curl -sf "http://169.254.169.254/latest/meta-data/tags/instance/Name" >/etc/shop-name; do
  sleep 5
done

cat >/opt/shop/health.sh <<'EOF'
#!/bin/sh
# Run by cron: says which instance is alive.
logger -t shop "alive: $(curl -s http://169.254.169.254/latest/meta-data/instance-id)"
EOF
chmod 755 /opt/shop/health.sh

echo "shop starts in $REGION ($ZONE)" >>/var/log/deploy.log
systemctl enable --now nginx
