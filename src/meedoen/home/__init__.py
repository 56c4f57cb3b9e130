"""The start page and the network's statements; puts features side by side."""
