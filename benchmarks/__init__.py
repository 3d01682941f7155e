"""What psoas is held to, measured. Each module prints its own table; `make bench` runs all."""
