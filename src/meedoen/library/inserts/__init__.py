"""What stands in a text besides words: pictures, documents and videos; how each is named, taken in, told of and shown."""
