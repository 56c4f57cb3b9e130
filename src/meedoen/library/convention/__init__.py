"""The UN Convention explained: what each of its fifty articles says, and what it means for a municipality."""
