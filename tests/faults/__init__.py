"""Faults on purpose: the real site, with its own processes, while something around it goes wrong (``make faults``).

Nothing here is a test of ``make test``: each module makes one fault, tells what people saw and ends with exit code 1
when a promise was not kept. ``docs/reliability.md`` has the figures.
"""
