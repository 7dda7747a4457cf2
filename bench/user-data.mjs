// Scripts as people write them for EC2's user data, made by us: the same seed always gives the same script.

/**
 * Numbers from 0 to 1 (exclusive), the same for the same seed: mulberry32.
 * @param {number} seed
 */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const METADATA = 'http://169.254.169.254/latest/meta-data';

/**
 * Parts of a script, each a few lines; `n` is a number of its own, so that no two have the same names.
 * @typedef {<T>(from: readonly [T, ...T[]]) => T} Pick
 * @typedef {(n: number, pick: Pick) => readonly string[]} Part
 */

/** @type {readonly [Part, ...Part[]]} */
const PARTS = [
  (_, pick) => [
    `# Packages for the ${pick(['web', 'batch', 'build'])} tier`,
    `yum install -y ${pick(['jq unzip', 'nginx', 'amazon-cloudwatch-agent', 'docker git'])} || exit 1`,
    `systemctl enable --now ${pick(['nginx', 'docker', 'amazon-ssm-agent'])}`,
    '',
  ],
  (n) => [
    `wait_for_${n}() {`,
    '  local tries=0',
    `  until nc -z "$1" "$2" >/dev/null 2>&1; do`,
    '    tries=$((tries + 1))',
    '    if [ "$tries" -gt 30 ]; then',
    '      echo "gave up on $1:$2" >&2',
    '      return 1',
    '    fi',
    '    sleep 2',
    '  done',
    '}',
    `wait_for_${n} db-${n}.internal 5432`,
    '',
  ],
  (n, pick) => [
    `cat > /etc/systemd/system/app-${n}.service <<'EOF'`,
    '[Unit]',
    `Description=Application ${n}`,
    'After=network-online.target',
    '[Service]',
    `ExecStart=/opt/app-${n}/bin/${pick(['server', 'worker', 'agent'])} --port ${8000 + n}`,
    'Restart=always',
    '[Install]',
    'WantedBy=multi-user.target',
    'EOF',
    'systemctl daemon-reload',
    `systemctl enable --now app-${n}`,
    '',
  ],
  (n, pick) => [
    `for volume_${n} in ${pick(['/dev/xvdf /dev/xvdg', '/dev/nvme1n1', '/dev/sdf /dev/sdg /dev/sdh'])}; do`,
    `  if ! blkid "$volume_${n}"; then`,
    `    mkfs -t xfs "$volume_${n}" && mount "$volume_${n}" "/data/$(basename "$volume_${n}")"`,
    '  fi',
    'done',
    '',
  ],
  (n, pick) => [
    `case "\${STAGE_${n}:-prod}" in`,
    `  prod) LEVEL_${n}=warn ;;`,
    `  *) LEVEL_${n}=${pick(['debug', 'info'])} ;;`,
    'esac',
    `sed -i "s/^level=.*/level=$LEVEL_${n}/" /etc/app-${n}.conf`,
    '',
  ],
];

/**
 * What the linter has work with.
 * @type {readonly [Part, ...Part[]]}
 */
const WORK = [
  (n, pick) => [
    `${pick(['INSTANCE_ID', 'HOST_ID', 'MY_ID'])}_${n}=$(curl -s ${METADATA}/instance-id)`,
    `REGION_${n}=$(curl -s ${METADATA}/placement/availability-zone | sed 's/[a-z]$//')`,
    `aws ec2 create-tags --region "$REGION_${n}" --resources "$HOST_ID_${n}" --tags "Key=Name,Value=node-${n}"`,
    '',
  ],
  (n) => [
    `TOKEN_${n}=$(curl -sX PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 300' http://169.254.169.254/latest/api/token)`,
    `LOCAL_IP_${n}=$(curl -s -H "X-aws-ec2-metadata-token: $TOKEN_${n}" ${METADATA}/local-ipv4)`,
    `echo "$LOCAL_IP_${n} node-${n}" >> /etc/hosts`,
    '',
  ],
  (n) => [
    `cat > /usr/local/bin/report-${n}.sh <<'EOF'`,
    '#!/bin/bash',
    `ID=$(curl -s ${METADATA}/instance-id)`,
    `aws cloudwatch put-metric-data --namespace App --metric-name Alive --value 1 --dimensions "Instance=$ID"`,
    'EOF',
    `chmod +x /usr/local/bin/report-${n}.sh`,
    `echo '*/5 * * * * root /usr/local/bin/report-${n}.sh' > /etc/cron.d/report-${n}`,
    '',
  ],
  (n, pick) => [
    'mkdir -p /home/ec2-user/.aws',
    `printf '[profile p%s]\\nregion = %s\\n' ${n} ${pick(['eu-central-1', 'us-east-1'])} >> /home/ec2-user/.aws/config`,
    'chown -R ec2-user: /home/ec2-user/.aws',
    `chmod -R ${pick(['700', '755', '777', 'go-rwx'])} /home/ec2-user/.aws`,
    '',
  ],
];

/**
 * How much of a script is `WORK`. `TYPICAL` gives 1.1 metadata requests in 100 lines, as counted in 143 public scripts that mention the service
 * (not kept here); `DENSE` five times as many.
 */
export const TYPICAL = 0.07;
export const DENSE = 1 / 3;

/**
 * A script for user data.
 * @param {number} lines exactly so many
 * @param {number} seed
 * @param {number} share of its parts that the linter has work with, 0 to 1
 */
export function userData(lines, seed, share = DENSE) {
  const random = randomFrom(seed);
  /** @type {Pick} */
  const pick = (from) => from[Math.floor(random() * from.length)] ?? from[0];
  const script = ['#!/bin/bash', 'set -euo pipefail', 'exec > >(tee /var/log/user-data.log) 2>&1', ''];
  for (let n = 1; ; n++) {
    const part = pick(random() < share ? WORK : PARTS)(n, pick);
    if (script.length + part.length > lines) break;
    script.push(...part);
  }
  while (script.length < lines) script.push(`logger -t user-data "step ${script.length} done"`);
  return `${script.join('\n')}\n`;
}
