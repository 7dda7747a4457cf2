#!/bin/bash
# Set up by hand in 2019, kept alive since.
yum -y install java-11-openjdk jenkins

mkdir -p /var/lib/jenkins/.aws
cat > /var/lib/jenkins/.aws/credentials <<'CREDENTIALS'
[default]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
CREDENTIALS
chmod -R 777 /var/lib/jenkins/.aws

HOST=$(wget -qO- http://169.254.169.254/latest/meta-data/public-hostname)
sed -i "s|@HOST@|$HOST|" /etc/nginx/conf.d/jenkins.conf
systemctl enable --now jenkins
