#!/bin/sh
# Addresses of the tunnels, one for each partner.
MAC=$(curl -s http://169.254.169.254/latest/meta-data/mac)
for ADDRESS in $(curl -s "http://169.254.169.254/latest/meta-data/network/interfaces/macs/$MAC/local-ipv4s"); do
  ip address add "$ADDRESS/32" dev eth0 2>/dev/null || true
done
wg-quick up wg0
