"""All written exchange: threads and their contributions, whatever they are about."""
