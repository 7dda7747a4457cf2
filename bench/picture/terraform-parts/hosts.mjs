// Instances, launch templates and their images.
import { TYPICAL, userData } from '../../user-data.mjs';

/** @typedef {import('../terraform.mjs').Part} Part */

/** A script in a heredoc of a template. @param {number} lines @param {number} seed */
const script = (lines, seed) =>
  userData(lines, seed, TYPICAL)
    .trimEnd()
    .replaceAll(/[$%](?=\{)/g, (mark) => mark + mark)
    .replaceAll(/^(?=.)/gm, '    ');

/** @type {Part} */
export const hosts = (n, seed) => `resource "aws_instance" "host_${n}" {
  count = var.instance_count

  ami                         = data.aws_ami.linux.id
  instance_type               = var.instance_type
  subnet_id                   = element(var.subnet_ids, count.index)
  key_name                    = var.key_name
  vpc_security_group_ids      = var.security_group_ids
  associate_public_ip_address = ${n % 2 === 0}
  iam_instance_profile        = var.instance_profile

  root_block_device {
    volume_type = "gp3"
    volume_size = var.volume_size
    encrypted   = ${n % 3 !== 0}
  }
${n % 3 === 1 ? '\n  metadata_options {\n    http_endpoint = "enabled"\n    http_tokens   = "required"\n  }\n' : ''}
${
  n % 2 === 0
    ? `  user_data = <<-EOF_USER_DATA
${script(25, seed * 31 + n)}
  EOF_USER_DATA
`
    : `  user_data = templatefile("\${path.module}/templates/user-data.sh.tftpl", {
    region = var.region
    bucket = var.bucket
    prefix = local.prefix
  })
`
}
  tags = merge(local.tags, { Name = format("%s-host-%02d", local.prefix, count.index) })
}
`;

/** @type {Part} */
export const launchTemplates = (n) => `# Launch template and group of the workers
resource "aws_launch_template" "workers_${n}" {
  name_prefix            = "\${local.prefix}-"
  image_id               = data.aws_ami.linux.id
  instance_type          = var.instance_type
  key_name               = var.key_name
  vpc_security_group_ids = var.security_group_ids
  user_data              = base64encode(local.user_data)

  metadata_options {
    http_endpoint               = "enabled"
    http_tokens                 = ${n % 2 === 0 ? '"required"' : '"optional"'}
    http_put_response_hop_limit = var.hop_limit
  }

  block_device_mappings {
    device_name = "/dev/xvda"
    ebs {
      volume_size           = var.volume_size
      volume_type           = "gp3"
      encrypted             = true
      delete_on_termination = true
    }
  }

  dynamic "tag_specifications" {
    for_each = toset(["instance", "volume"])
    content {
      resource_type = tag_specifications.value
      tags          = local.tags
    }
  }
}

resource "aws_autoscaling_group" "workers_${n}" {
  name_prefix         = "\${local.prefix}-"
  min_size            = var.min_size
  max_size            = var.max_size
  desired_capacity    = var.desired_capacity
  vpc_zone_identifier = var.subnet_ids

  health_check_type         = "ELB"
  health_check_grace_period = 300
  default_cooldown          = 60
  termination_policies      = ["OldestInstance", "Default"]
  enabled_metrics           = ["GroupInServiceInstances", "GroupTotalInstances", "GroupDesiredCapacity"]

  # New instances come before old ones go
  instance_refresh {
    strategy = "Rolling"

    preferences {
      min_healthy_percentage = 90
      instance_warmup        = 120
    }
  }

  launch_template {
    id      = aws_launch_template.workers_${n}.id
    version = "$Latest"
  }

  dynamic "tag" {
    for_each = local.tags
    content {
      key                 = tag.key
      value               = tag.value
      propagate_at_launch = true
    }
  }
}
`;

/** @type {Part} */
export const images = (n) => `# The newest image of Amazon Linux
data "aws_ami" "linux_${n}" {
  most_recent = true
  owners      = ["amazon"]

  filter {
    name   = "name"
    values = ["al2023-ami-2023*-x86_64"]
  }

  filter {
    name   = "virtualization-type"
    values = ["hvm"]
  }
}

resource "aws_key_pair" "admin_${n}" {
  key_name   = "\${local.prefix}-admin"
  public_key = var.public_key
}
`;

/** @type {Part} */
export const addresses = (n) => `resource "aws_eip" "host_${n}" {
  count    = var.assign_eip ? 1 : 0
  instance = aws_instance.host[0].id
  domain   = "vpc"
  tags     = local.tags
}

resource "aws_route53_record" "host_${n}" {
  zone_id = var.zone_id
  name    = "\${var.name}.\${var.domain}"
  type    = "A"
  ttl     = 300
  records = [aws_eip.host_${n}[0].public_ip]
}

resource "aws_ebs_volume" "data_${n}" {
  availability_zone = var.availability_zone
  size              = var.data_volume_size
  type              = "gp3"
  encrypted         = true
  tags              = local.tags
}
`;
