#!/bin/bash
# Web servers of Tidewater Maps: fetch the site, register with the load balancer.
set -euo pipefail

INSTANCE_ID=$(curl -s http://169.254.169.254/latest/meta-data/instance-id)
ZONE=$(curl -s http://169.254.169.254/latest/meta-data/placement/availability-zone)
REGION=${ZONE%?}

dnf -y install nginx
aws s3 sync "s3://tidewater-site-$REGION/current" /usr/share/nginx/html --region "$REGION"
echo "<!-- served by $INSTANCE_ID in $ZONE -->" >> /usr/share/nginx/html/index.html
systemctl enable --now nginx
