"""What the network publishes: news now, guides and examples later."""
