"""One way out for mail: an outbox, templates in text and HTML, delivery with patience."""
