"""The fourteen themes of the network, and the fifty articles of the UN Convention with the themes that each touches."""
