"""The register of municipalities, its history, its map and the manifest."""
