"""The fourteen themes of the network: six life domains, and eight that run through all of them."""
