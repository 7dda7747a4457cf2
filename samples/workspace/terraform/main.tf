variable "image" {
  description = "Amazon Machine Image of the web fleet"
  type        = string
}

resource "aws_security_group" "web" {
  name = "web"

  ingress {
    description = "Administrators"
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_instance" "web" {
  ami                    = var.image
  instance_type          = "t3.micro"
  vpc_security_group_ids = [aws_security_group.web.id]

  metadata_options {
    http_tokens = "required"
  }

  user_data = templatefile("${path.module}/bootstrap.tftpl", { name = "web" })
}

resource "aws_instance" "batch" {
  ami           = var.image
  instance_type = "t3.micro"

  metadata_options {
    http_tokens = "required"
  }

  user_data = <<-EOF
    #!/bin/bash
    ZONE=$(curl -s http://169.254.169.254/latest/meta-data/placement/availability-zone)
    echo "${var.image} in $ZONE" > /etc/motd
  EOF
}
