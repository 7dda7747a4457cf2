#!/bin/bash
# API servers: everything by IMDSv2.
set -euo pipefail

TOKEN=$(curl -sf -X PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 300')
REGION=$(curl -sf -H "X-aws-ec2-metadata-token: $TOKEN" http://169.254.169.254/latest/meta-data/placement/region)

dnf -y install docker
systemctl enable --now docker
docker run -d --restart=always -p 8080:8080 -e AWS_REGION="$REGION" registry.tidewater.example/api:current
