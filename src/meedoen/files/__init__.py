"""Files that people send: what they are, made safe and free of what they say about their maker; kept and served."""
