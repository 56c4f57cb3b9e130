"""Words of the network with their explanation: a page with all of them, and links from the texts where they stand."""
