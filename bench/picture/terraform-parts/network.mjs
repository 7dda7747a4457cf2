// Networks, security groups and their rules.

/** @typedef {import('../terraform.mjs').Part} Part */

/** @type {Part} */
export const groups = (n) => `# Security group of the ${n % 2 === 0 ? 'web' : 'data'} tier
resource "aws_security_group" "tier_${n}" {
  count = var.create_security_group ? 1 : 0

  name        = "\${local.prefix}-tier-${n}"
  description = "Allows the traffic of the tier"
  vpc_id      = var.vpc_id

${
  n % 2 === 0
    ? `  ingress {
    description = "SSH from where the hosts are administered"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ${n % 3 === 0 ? '["0.0.0.0/0"]' : 'var.allowed_cidr_blocks'}
  }

  ingress {
    description = "HTTPS"
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
`
    : `  dynamic "ingress" {
    for_each = var.service_ports
    content {
      description     = "Service"
      from_port       = ingress.value
      to_port         = ingress.value
      protocol        = "tcp"
      security_groups = var.client_security_group_ids
    }
  }
`
}
  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }

  tags = merge(local.tags, { Name = "\${local.prefix}-tier-${n}" })

  lifecycle {
    create_before_destroy = true
  }
}
`;

/** @type {Part} */
export const rules = (n) => `# What else is let in
resource "aws_security_group_rule" "extra_${n}" {
  for_each = var.extra_rules

  type              = "ingress"
  description       = each.value.description
  from_port         = each.value.port
  to_port           = each.value.port
  protocol          = "tcp"
  cidr_blocks       = each.value.cidr_blocks
  security_group_id = var.security_group_id
}
`;

/** @type {Part} */
export const ingressRules = (n) => `resource "aws_vpc_security_group_ingress_rule" "service_${n}" {
  security_group_id            = var.security_group_id
  description                  = "The service, from its load balancer"
  referenced_security_group_id = var.balancer_security_group_id
  from_port                    = var.service_port
  to_port                      = var.service_port
  ip_protocol                  = "tcp"

  tags = local.tags
}

resource "aws_vpc_security_group_ingress_rule" "ssh_${n}" {
  security_group_id = var.security_group_id
  description       = "SSH"
  cidr_ipv4         = "10.${n}.0.0/16"
  from_port         = 22
  to_port           = 22
  ip_protocol       = "tcp"
}
`;

/** @type {Part} */
export const networks = (n) => `################################
# Network
################################

resource "aws_vpc" "main_${n}" {
  cidr_block           = var.vpc_cidr_block
  enable_dns_support   = true
  enable_dns_hostnames = true

  tags = merge(local.tags, { Name = local.prefix })
}

resource "aws_internet_gateway" "main_${n}" {
  vpc_id = aws_vpc.main_${n}.id
  tags   = merge(local.tags, { Name = local.prefix })
}

# One public subnet in each availability zone
resource "aws_subnet" "public_${n}" {
  count = length(var.availability_zones)

  vpc_id                  = aws_vpc.main_${n}.id
  cidr_block              = cidrsubnet(var.vpc_cidr_block, 8, count.index)
  availability_zone       = element(var.availability_zones, count.index)
  map_public_ip_on_launch = true

  tags = merge(local.tags, { Name = format("%s-public-%d", local.prefix, count.index) })
}

resource "aws_route_table" "public_${n}" {
  vpc_id = aws_vpc.main_${n}.id

  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.main_${n}.id
  }

  tags = merge(local.tags, { Name = "\${local.prefix}-public" })
}

resource "aws_route_table_association" "public_${n}" {
  count = length(var.availability_zones)

  subnet_id      = aws_subnet.public_${n}[count.index].id
  route_table_id = aws_route_table.public_${n}.id
}
`;
