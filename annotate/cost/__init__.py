"""What annotation costs: time and corrections."""
