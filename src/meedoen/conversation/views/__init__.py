"""The pages of what people wrote: a writer's own page, answering, and saying thank you."""
