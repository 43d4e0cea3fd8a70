"""Send requests to any doccano, and check its answers before use."""
