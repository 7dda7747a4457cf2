// What stands around instances: roles and their policies, alarms, buckets, modules of the registry.

/** @typedef {import('../terraform.mjs').Part} Part */

/** @type {Part} */
export const roles = (n) => `# Role of the instances
resource "aws_iam_role" "instance_${n}" {
  name = "\${local.prefix}-instance-${n}"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "sts:AssumeRole"
        Principal = { Service = "ec2.amazonaws.com" }
      }
    ]
  })

  tags = local.tags
}

resource "aws_iam_role_policy_attachment" "instance_${n}" {
  role       = aws_iam_role.instance_${n}.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
}

resource "aws_iam_instance_profile" "instance_${n}" {
  name = "\${local.prefix}-instance-${n}"
  role = aws_iam_role.instance_${n}.name
}
`;

/** @type {Part} */
export const policies = (n) => `data "aws_caller_identity" "current_${n}" {}

data "aws_iam_policy_document" "access_${n}" {
  statement {
    sid     = "ReadArtifacts"
    effect  = "Allow"
    actions = ["s3:GetObject", "s3:ListBucket"]
    resources = [
      "arn:aws:s3:::\${var.bucket}",
      "arn:aws:s3:::\${var.bucket}/*",
    ]
  }

  statement {
    sid       = "Describe"
    effect    = "Allow"
    actions   = ["ec2:DescribeInstances", "ec2:DescribeTags"]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "access_${n}" {
  name   = "access"
  role   = var.role_name
  policy = data.aws_iam_policy_document.access_${n}.json
}
`;

/** @type {Part} */
export const alarms = (n) => `# Alarm when the fleet has been busy for long
resource "aws_cloudwatch_metric_alarm" "cpu_${n}" {
  count = var.alarms_enabled ? 1 : 0

  alarm_name          = "\${local.prefix}-cpu-${n}"
  alarm_description   = "The processors have been busy for ten minutes; look at the dashboard of the service before you add instances"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 2
  metric_name         = "CPUUtilization"
  namespace           = "AWS/EC2"
  period              = 300
  statistic           = "Average"
  threshold           = var.cpu_threshold
  alarm_actions       = var.alarm_actions
  treat_missing_data  = "notBreaching"

  # Nobody has to know when it is over
  ok_actions                = []
  insufficient_data_actions = []
  datapoints_to_alarm       = 2

  dimensions = {
    AutoScalingGroupName = var.autoscaling_group_name
  }

  tags = local.tags
}
`;

/** @type {Part} */
export const buckets = (n) => `# Bucket for logs
resource "aws_s3_bucket" "logs_${n}" {
  bucket        = "\${local.prefix}-logs-${n}"
  force_destroy = var.force_destroy
  tags          = local.tags
}

resource "aws_s3_bucket_policy" "logs_${n}" {
  bucket = aws_s3_bucket.logs_${n}.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "OnlyEncrypted"
        Effect    = "Deny"
        Principal = "*"
        Action    = "s3:*"
        Resource  = "\${aws_s3_bucket.logs_${n}.arn}/*"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      }
    ]
  })
}
`;

/** @type {Part} */
export const registryModule = (n) => `# -----------------------------------------------------------------------------
# ${['Security groups', 'Network', 'Workers', 'Load balancer'][n % 4] ?? ''} of the service
# -----------------------------------------------------------------------------
module "service_${n}" {
  source  = "terraform-aws-modules/${['security-group', 'vpc', 'autoscaling', 'alb'][n % 4] ?? 'vpc'}/aws"
  version = "~> 5.${n % 10}"

  name        = "\${local.prefix}-${n}"
  description = "Part ${n} of the service"

${MODULE_ARGUMENTS[n % 4] ?? ''}
  tags = merge(local.tags, { Part = "${n}" })
}
`;

/** By the module. */
const MODULE_ARGUMENTS = [
  `  vpc_id              = var.vpc_id
  ingress_cidr_blocks = var.allowed_cidr_blocks
  ingress_rules       = ["https-443-tcp"]

  # What the modules' named rules have no name for
  ingress_with_cidr_blocks = [
    {
      from_port   = 8080
      to_port     = 8090
      protocol    = "tcp"
      description = "Service ports"
      cidr_blocks = "10.10.0.0/16"
    },
  ]

  egress_rules = ["all-all"]
`,
  `  cidr = var.vpc_cidr_block

  azs             = var.availability_zones
  private_subnets = ["10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24"]
  public_subnets  = ["10.0.101.0/24", "10.0.102.0/24", "10.0.103.0/24"]

  # One gateway for all is enough where nobody is woken up
  enable_nat_gateway = true
  single_nat_gateway = var.environment != "production"
  enable_vpn_gateway = false

  public_subnet_tags = {
    "kubernetes.io/role/elb" = "1"
  }

  private_subnet_tags = {
    "kubernetes.io/role/internal-elb" = "1"
  }
`,
  `  min_size            = var.min_size
  max_size            = var.max_size
  desired_capacity    = var.desired_capacity
  health_check_type   = "ELB"
  vpc_zone_identifier = module.network.private_subnets

  image_id          = data.aws_ami.linux.id
  instance_type     = var.instance_type
  security_groups   = [module.security_group.security_group_id]
  ebs_optimized     = true
  enable_monitoring = true

  block_device_mappings = [
    {
      device_name = "/dev/xvda"
      ebs = {
        encrypted   = true
        volume_size = 20
        volume_type = "gp3"
      }
    }
  ]
`,
  `  vpc_id          = module.network.vpc_id
  subnets         = module.network.public_subnets
  security_groups = [module.security_group.security_group_id]

  listeners = {
    http = {
      port     = 80
      protocol = "HTTP"
      redirect = {
        port        = "443"
        protocol    = "HTTPS"
        status_code = "HTTP_301"
      }
    }
    https = {
      port            = 443
      protocol        = "HTTPS"
      certificate_arn = var.certificate_arn
      forward         = { target_group_key = "service" }
    }
  }
`,
];

/** @type {Part} */
export const labels = (n) => `locals {
  # What all names of this part begin with
  name_${n} = "\${var.name}-\${var.environment}-${n}"

  labels_${n} = {
    Service     = var.name
    Environment = var.environment
    ManagedBy   = "terraform"
    Repository  = "https://git.example.com/platform/service"
  }

  # Settings by stage; what is not named here is as in staging
  sizes_${n} = {
    development = { instance_type = "t3.micro", minimum = 1, maximum = 1 }
    staging     = { instance_type = "t3.small", minimum = 1, maximum = 2 }
    production  = { instance_type = "m5.large", minimum = 2, maximum = 8 }
  }

  size_${n} = lookup(local.sizes_${n}, var.environment, {})

  containers_${n} = jsonencode([
    {
      name      = "service"
      image     = "registry.example.com/service:latest"
      essential = true
      portMappings = [
        { containerPort = 8080, protocol = "tcp" },
        { containerPort = 9090, protocol = "tcp" },
      ]
      environment = [
        { name = "LOG_LEVEL", value = "info" },
        { name = "METRICS_NAMESPACE", value = "service" },
      ]
      logConfiguration = {
        logDriver = "awslogs"
        options = {
          awslogs-group         = "/service/${n}"
          awslogs-region        = "eu-central-1"
          awslogs-stream-prefix = "service"
        }
      }
    }
  ])
}
`;

/** @type {Part} */
export const database = (n) => `# -----------------------------------------------------------------------------
# Database
# -----------------------------------------------------------------------------
resource "aws_db_subnet_group" "main_${n}" {
  name       = "\${local.prefix}-${n}"
  subnet_ids = var.subnet_ids
}

resource "aws_db_instance" "main_${n}" {
  identifier = "\${local.prefix}-${n}"

  # Engine
  engine                      = "postgres"
  engine_version              = "16.3"
  instance_class              = "db.t3.medium"
  allow_major_version_upgrade = false
  auto_minor_version_upgrade  = true
  apply_immediately           = false

  # Storage
  allocated_storage     = 100
  max_allocated_storage = 500
  storage_type          = "gp3"
  storage_encrypted     = true

  # Who may sign in is in the secret that RDS keeps
  db_name                     = "service"
  username                    = "service"
  manage_master_user_password = true

  # Network
  db_subnet_group_name   = aws_db_subnet_group.main_${n}.name
  vpc_security_group_ids = var.security_group_ids
  publicly_accessible    = false
  port                   = 5432

  # Backups, and when it may be away
  backup_retention_period   = 14
  backup_window             = "02:00-03:00"
  maintenance_window        = "sun:03:00-sun:04:00"
  copy_tags_to_snapshot     = true
  deletion_protection       = true
  skip_final_snapshot       = false
  final_snapshot_identifier = "service-${n}-final"

  # Monitoring
  performance_insights_enabled    = true
  monitoring_interval             = 60
  monitoring_role_arn             = aws_iam_role.monitoring.arn
  enabled_cloudwatch_logs_exports = ["postgresql", "upgrade"]

  tags = local.tags
}
`;

/** @type {Part} */
export const distribution = (n) => `# Distribution in front of the bucket and the service
resource "aws_cloudfront_distribution" "main_${n}" {
  enabled             = true
  is_ipv6_enabled     = true
  comment             = "The service and its files"
  default_root_object = "index.html"
  price_class         = "PriceClass_100"
  aliases             = var.aliases

  origin {
    domain_name = aws_s3_bucket.files.bucket_regional_domain_name
    origin_id   = "files"

    s3_origin_config {
      origin_access_identity = aws_cloudfront_origin_access_identity.files.cloudfront_access_identity_path
    }
  }

  origin {
    domain_name = aws_lb.service.dns_name
    origin_id   = "service"

    custom_origin_config {
      http_port              = 80
      https_port             = 443
      origin_protocol_policy = "https-only"
      origin_ssl_protocols   = ["TLSv1.2"]
    }
  }

  default_cache_behavior {
    allowed_methods        = ["GET", "HEAD", "OPTIONS"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "files"
    viewer_protocol_policy = "redirect-to-https"
    min_ttl                = 0
    default_ttl            = 3600
    max_ttl                = 86400
    compress               = true

    forwarded_values {
      query_string = false

      cookies {
        forward = "none"
      }
    }
  }

  # What the service answers is not kept
  ordered_cache_behavior {
    path_pattern           = "/api/*"
    allowed_methods        = ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"]
    cached_methods         = ["GET", "HEAD"]
    target_origin_id       = "service"
    viewer_protocol_policy = "https-only"
    min_ttl                = 0
    default_ttl            = 0
    max_ttl                = 0

    forwarded_values {
      query_string = true
      headers      = ["Authorization", "Origin"]

      cookies {
        forward = "all"
      }
    }
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }

  viewer_certificate {
    acm_certificate_arn      = var.certificate_arn
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }

  tags = local.tags
}
`;
